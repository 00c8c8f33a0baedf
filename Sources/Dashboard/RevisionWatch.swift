import Client
import Contract
import Synchronization

/// Knows, to a fifth of a second, whether anything in the store changed, and wakes those who want to know.
final class RevisionWatch: Sendable {
  private struct State {
    var revision = ""
    var listeners: [Int: AsyncStream<String>.Continuation] = [:]
    var lastNumber = 0
  }

  private let client: ServiceClient
  private let state = Mutex(State())
  private let interval: Duration

  init(_ client: ServiceClient, interval: Duration = .milliseconds(200)) {
    self.client = client
    self.interval = interval
  }

  /// The last that was seen; empty before the first.
  var revision: String { state.withLock { $0.revision } }

  /// Looks until the task is cancelled. A store that cannot be read is looked at again.
  func run() async {
    while !Task.isCancelled {
      await look()
      guard (try? await Task.sleep(for: interval)) != nil else { return }
    }
  }

  /// Looks at once, after something was stored here.
  func look() async {
    guard let revision = try? await client.call(ResultsRevision.self, Empty()).revision else { return }
    let listeners = state.withLock { state -> [AsyncStream<String>.Continuation] in
      guard state.revision != revision else { return [] }
      state.revision = revision
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.yield(revision) }
  }

  /// Each change from now on; of several at once the last.
  func changes() -> AsyncStream<String> {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.lastNumber += 1
      state.listeners[state.lastNumber] = continuation
      return state.lastNumber
    }
    continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.listeners[number] = nil } }
    return stream
  }
}
