import Synchronization

/// Ctrl-C and termination signals: the first asks the work to stop, the second ends the process at once.
package final class Interruption: Sendable {
  private struct State {
    var count = 0
    var stop: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  private let exitAtOnce: @Sendable () -> Void

  /// - Parameter exitAtOnce: what the second signal does.
  package init(exitAtOnce: @escaping @Sendable () -> Void = {}) { self.exitAtOnce = exitAtOnce }

  /// Whether a signal came.
  package var hasCome: Bool { state.withLock { $0.count > 0 } }

  /// Says what the first signal does; at once when it came already.
  package func onFirst(_ stop: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      state.stop = stop
      return state.count > 0
    }
    if isLate { stop() }
  }

  /// A signal came.
  package func signal() {
    let (count, stop) = state.withLock { state in
      state.count += 1
      return (state.count, state.stop)
    }
    if count == 1 { stop?() } else { exitAtOnce() }
  }
}
