import Synchronization

/// Wakes one task that waits. Signals that come while it does not wait count as one.
final class WakeUp: Sendable {
  private struct State {
    var isSignalled = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func signal() {
    let waiter = state.withLock { state in
      let waiter = state.waiter
      state.waiter = nil
      state.isSignalled = waiter == nil
      return waiter
    }
    waiter?.resume()
  }

  /// Returns with the next signal, at once if one came since the last wait, and in any case when the time is over or
  /// the task is cancelled. To be called by one task at a time.
  ///
  /// - Parameter limit: nil for no limit.
  func wait(atMost limit: Duration? = nil, by time: Timekeeper = .system) async {
    let timer = limit.map { limit in
      Task {
        // Ends by cancellation when the signal was first.
        guard (try? await time.sleep(limit)) != nil else { return }
        signal()
      }
    }
    defer { timer?.cancel() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isSignalled = state.withLock { state in
          if !state.isSignalled { state.waiter = continuation }
          defer { state.isSignalled = false }
          return state.isSignalled
        }
        if isSignalled { continuation.resume() }
      }
    } onCancel: {
      signal()
    }
  }
}
