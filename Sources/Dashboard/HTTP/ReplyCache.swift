import Hashing
import Synchronization

/// A reply as it goes over the wire, made once.
struct PackedReply: Sendable {
  var reply: Reply
  var gzip: [UInt8]?
  /// Quoted; nil for what must not be kept.
  var tag: String?

  init(_ reply: Reply) {
    self.reply = reply
    gzip = Gzip.compressed(reply.body)
    tag = reply.caching == .never ? nil : "\"\(SHA256.hex(reply.body).prefix(32))\""
  }
}

/// Keeps the replies to addresses for as long as nothing in the store changed.
final class ReplyCache: Sendable {
  private struct Entry {
    var revision: String
    var madeAt: ContinuousClock.Instant
    var task: Task<PackedReply, any Error>
    var bytes = 0
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var bytes = 0
  }

  private let state = Mutex(State())
  private let maximumBytes: Int
  /// Of a run whose process is gone nobody writes to the store that it is over.
  private let longest: Duration

  init(maximumBytes: Int = 16 << 20, longest: Duration = .seconds(5)) {
    self.maximumBytes = maximumBytes
    self.longest = longest
  }

  /// Gives the reply that is kept, or makes it; who asks meanwhile waits for the same one.
  func reply(
    to address: String, revision: String, _ make: @escaping @Sendable () async throws -> Reply
  ) async throws -> PackedReply {
    let now = ContinuousClock.now
    let (task, isNew) = state.withLock { state -> (Task<PackedReply, any Error>, Bool) in
      if let entry = state.entries[address], entry.revision == revision, now - entry.madeAt < longest {
        return (entry.task, false)
      }
      let task = Task { PackedReply(try await make()) }
      state.bytes -= state.entries[address]?.bytes ?? 0
      state.entries[address] = Entry(revision: revision, madeAt: now, task: task)
      return (task, true)
    }
    do {
      let packed = try await task.value
      if isNew { count(packed, address) }
      return packed
    } catch {
      if isNew { state.withLock { $0.entries[address] = nil } }
      throw error
    }
  }

  private func count(_ packed: PackedReply, _ address: String) {
    let size = packed.reply.body.count + (packed.gzip?.count ?? 0) + address.utf8.count + 500
    state.withLock { state in
      guard state.entries[address] != nil else { return }
      state.entries[address]?.bytes = size
      state.bytes += size
      if state.bytes > maximumBytes || state.entries.count > 2000 { state = State() }
    }
  }
}
