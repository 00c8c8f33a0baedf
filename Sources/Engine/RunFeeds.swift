import Synchronization

/// Tells those who watch runs that there is something new. What it is they take from the store and the run's tracker,
/// each as fast as it can, so that nothing is kept for a slow one.
final class RunFeeds: Sendable {
  private struct State {
    var watchers: [String: [Int: WakeUp]] = [:]
    var lastNumber = 0
    var count = 0
    var isClosed = false
    var closer: WakeUp?
  }

  private let state = Mutex(State())

  /// Calls `body` with what is signalled whenever the run has something new.
  func watching<Value>(_ runId: String, _ body: (WakeUp) async throws -> Value) async rethrows -> Value {
    let wakeUp = WakeUp()
    let number = state.withLock { state in
      state.lastNumber += 1
      state.count += 1
      state.watchers[runId, default: [:]][state.lastNumber] = wakeUp
      return state.lastNumber
    }
    defer { remove(number, runId) }
    return try await body(wakeUp)
  }

  private func remove(_ number: Int, _ runId: String) {
    let closer = state.withLock { state in
      state.watchers[runId]?[number] = nil
      if state.watchers[runId]?.isEmpty == true { state.watchers[runId] = nil }
      state.count -= 1
      return state.count == 0 ? state.closer : nil
    }
    closer?.signal()
  }

  func signal(_ runId: String) {
    let watchers = state.withLock { $0.watchers[runId].map { Array($0.values) } ?? [] }
    for watcher in watchers { watcher.signal() }
  }

  /// Whether nothing new will come: who still watches a run that has not ended must stop.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Tells all watchers for good to stop, and waits until they have, at most `limit`.
  func close(waiting limit: Duration) async {
    let closer = WakeUp()
    let watchers = state.withLock { state in
      state.isClosed = true
      state.closer = closer
      return state.watchers.values.flatMap(\.values)
    }
    for watcher in watchers { watcher.signal() }
    // In a task of its own: whoever shuts down is often cancelled.
    if !watchers.isEmpty { await Task { await closer.wait(atMost: limit) }.value }
  }
}
