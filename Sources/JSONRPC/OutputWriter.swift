/// Puts frames on a stream in order, one write a frame.
///
/// The thread that has a frame writes it itself when the stream takes it without waiting; otherwise a thread of
/// the writer's own goes on, so that whoever sends, above all the thread that reads, never waits for the peer.
final class OutputWriter: Sendable {
  enum Outcome: Sendable, Equatable {
    case accepted
    /// More is unread than the limit allows.
    case overflow
    /// It was not taken, because much is unread: see ``OutputWriter/waitForRoom(_:)``.
    case full
    case closed
  }

  /// When a frame is written.
  enum Writing: Sendable {
    case now
    /// With the next frame that is written now, or by ``OutputWriter/write()``, which must follow soon.
    case later
  }

  private struct State: Sendable {
    var queue: OutputQueue
    /// Bytes already taken from the queue that the stream did not take yet.
    var remainder: ArraySlice<UInt8> = []
    /// Whether somebody writes. Only they touch the stream.
    var isWriting = false
    /// Whether it is the thread's turn.
    var isThreadAsked = false
    var hasThread = false
    /// Whether somebody waits for the last byte to be written.
    var isFlushing = false
    var isClosed = false
    /// What ended the stream.
    var failure: ByteStreamError?
    var onFailure: (@Sendable (ByteStreamError) -> Void)?
    var roomWaiters: [Int: RoomWaiter] = [:]
    var lastWaiter = 0

    var isOver: Bool { isClosed || failure != nil }
    var unwritten: Int { queue.byteCount + remainder.count }
  }

  /// Who waits until no more than so many bytes are unwritten.
  private struct RoomWaiter: Sendable {
    let unwritten: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private let stream: any ByteStream
  private let limit: Int
  /// Bytes waiting above which droppable messages are left out and patient ones wait.
  private let patience: Int
  private let state: Monitor<State>

  /// Small frames are joined up to this size while they wait.
  private static let batchBytes = 1 << 16
  /// How many batches a sender writes before it hands the rest to the thread.
  private static let senderRounds = 8

  /// - Parameter limit: bytes that may wait for the peer.
  init(stream: any ByteStream, limit: Int) {
    self.stream = stream
    self.limit = limit
    patience = limit / 64
    state = Monitor(State(queue: OutputQueue(dropThreshold: patience)))
  }

  /// - Parameter body: called at most once, by any thread, when the peer is gone.
  func onFailure(_ body: @escaping @Sendable (ByteStreamError) -> Void) { state.withLock { $0.onFailure = body } }

  /// Never waits for the peer.
  ///
  /// - Parameter isPatient: whether the frame is refused with ``Outcome/full`` when much is waiting already.
  func send(
    _ frame: [UInt8], _ delivery: Delivery, isPatient: Bool = false, writing: Writing = .now
  ) -> Outcome {
    let (outcome, mustWrite) = state.withLock { state -> (Outcome, Bool) in
      if state.isOver { return (.closed, false) }
      if isPatient, state.unwritten > 0, state.unwritten + frame.count > patience { return (.full, false) }
      state.queue.push(frame, delivery)
      if state.unwritten > limit { return (.overflow, false) }
      if state.isWriting || writing == .later { return (.accepted, false) }
      state.isWriting = true
      return (.accepted, true)
    }
    if mustWrite { writeWithoutWaiting() }
    return outcome
  }

  /// Writes what was sent to be written later.
  func write() {
    let mustWrite = state.withLock { state in
      if state.isWriting || state.isOver || state.unwritten == 0 { return false }
      state.isWriting = true
      return true
    }
    if mustWrite { writeWithoutWaiting() }
  }

  /// Waits until a patient frame of so many bytes has room. Returns at once when the writer has ended, and when the
  /// task is cancelled.
  func waitForRoom(_ byteCount: Int) async {
    let number = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // Half is to be free, so that who waits is not woken for every frame.
        let unwritten = max(0, min(patience / 2, patience - byteCount))
        let mustWait = state.withLock { state in
          if state.isOver || state.unwritten <= unwritten || Task.isCancelled { return false }
          state.roomWaiters[number] = RoomWaiter(unwritten: unwritten, continuation: continuation)
          return true
        }
        if !mustWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.roomWaiters.removeValue(forKey: number) }?.continuation.resume()
    }
  }

  private func wakeWaiters() {
    let woken = state.withLock { state in
      if state.roomWaiters.isEmpty { return [CheckedContinuation<Void, Never>]() }
      let numbers = state.roomWaiters.filter { state.isOver || state.unwritten <= $0.value.unwritten }.map(\.key)
      return numbers.compactMap { state.roomWaiters.removeValue(forKey: $0)?.continuation }
    }
    for continuation in woken { continuation.resume() }
  }

  /// Waits until all is written, for as long as the peer goes on taking some of it.
  ///
  /// - Parameters:
  ///   - patience: how long it may take nothing.
  ///   - isGivenUp: asked now and then.
  func flush(patience: Duration, unless isGivenUp: () -> Bool) {
    var unwritten = unwrittenByteCount
    var lastTaken = ContinuousClock.now
    while !isWritten(within: min(patience, .milliseconds(20))), !isGivenUp() {
      let count = unwrittenByteCount
      if count < unwritten {
        unwritten = count
        lastTaken = .now
      } else if .now - lastTaken >= patience {
        return
      }
    }
  }

  /// Waits until all is written, or can never be; false when the time is over first.
  private func isWritten(within timeout: Duration) -> Bool {
    let isOver = state.wait(timeout: timeout) { state -> Bool? in
      state.isFlushing = true
      return state.unwritten == 0 && !state.isWriting || state.failure != nil ? true : nil
    }
    return isOver ?? false
  }

  /// Waits until all is written, at most `timeout`, and ends the writer. What is left then is lost.
  func close(flushing timeout: Duration) {
    _ = isWritten(within: timeout)
    state.update { state in
      state.isClosed = true
      state.queue.removeAll()
      state.remainder = []
    }
    wakeWaiters()
  }

  /// Messages left out because the peer did not read.
  var droppedCount: Int { state.withLock { $0.queue.droppedCount } }

  /// Bytes that wait for the peer.
  var unwrittenByteCount: Int { state.withLock { $0.unwritten } }

  private func writeWithoutWaiting() {
    for _ in 0..<Self.senderRounds {
      guard let bytes = nextBytes() else { return }
      do {
        let count = try stream.writeAvailable(bytes)
        if count < bytes.count { return askThread(bytes.dropFirst(count)) }
      } catch {
        return fail(error)
      }
    }
    askThread([])
  }

  /// What to write now; nil, and no longer writing, when nothing is left.
  private func nextBytes() -> ArraySlice<UInt8>? {
    let (bytes, mustWake) = state.withLock { state -> (ArraySlice<UInt8>?, Bool) in
      if !state.isClosed {
        if !state.remainder.isEmpty {
          defer { state.remainder = [] }
          return (state.remainder, false)
        }
        if let bytes = state.queue.take(upTo: Self.batchBytes) { return (bytes[...], false) }
      }
      state.isWriting = false
      return (nil, state.isFlushing)
    }
    if mustWake { state.update { _ in } }
    if bytes == nil { wakeWaiters() }
    return bytes
  }

  private func askThread(_ remainder: ArraySlice<UInt8>) {
    let mustStart = state.update { state in
      state.remainder = state.isClosed ? [] : remainder
      state.isThreadAsked = true
      defer { state.hasThread = true }
      return !state.hasThread
    }
    guard mustStart else { return }
    if !BackgroundThread.start({ self.threadLoop() }) {
      fail(ByteStreamError("the system has no thread left for writing"))
    }
  }

  private func threadLoop() {
    while waitForTurn() {
      while let bytes = nextBytes() {
        do {
          try writeWaiting(bytes)
        } catch {
          fail(error)
          break
        }
      }
    }
  }

  /// Waits until a sender leaves work to the thread; false when the writer is closed.
  private func waitForTurn() -> Bool {
    state.wait { state -> Bool? in
      if state.isClosed || state.failure != nil { return false }
      guard state.isThreadAsked else { return nil }
      state.isThreadAsked = false
      return true
    } ?? false
  }

  private func writeWaiting(_ bytes: ArraySlice<UInt8>) throws(ByteStreamError) {
    var rest = bytes
    while !rest.isEmpty {
      // Kept in the account while it waits, so that the limit sees it.
      let isOpen = state.withLock { state in
        if !state.isClosed { state.remainder = rest }
        return !state.isClosed
      }
      guard isOpen else { return }
      stream.waitUntilWritable()
      rest = rest.dropFirst(try stream.writeAvailable(rest))
    }
    state.withLock { $0.remainder = [] }
    wakeWaiters()
  }

  private func fail(_ error: ByteStreamError) {
    let onFailure = state.update { state in
      let isFirst = state.failure == nil && !state.isClosed
      state.failure = error
      state.isWriting = false
      state.queue.removeAll()
      state.remainder = []
      return isFirst ? state.onFailure : nil
    }
    wakeWaiters()
    onFailure?(error)
  }
}
