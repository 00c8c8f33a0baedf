package import Models
import Synchronization

/// Lets the calls to one model through: so many samples at once, and each call when its turn has come.
package final class LaneGate: Sendable {
  private struct State {
    var lane: LaneState
    var active = 0
    /// For a place, in the order that they came.
    var queue: [WakeUp] = []
    /// For their turn.
    var waiting: [Int: WakeUp] = [:]
    var lastNumber = 0
    var toldReason: String?
  }

  private let state: Mutex<State>
  private let time: Timekeeper
  private let onWaiting: @Sendable (String?) -> Void

  /// - Parameter onWaiting: told why calls wait, and nil when they do no longer; must be quick.
  package init(
    width: LaneWidth, requestsPerMinute: Double?, time: Timekeeper = .system,
    onWaiting: @escaping @Sendable (String?) -> Void = { _ in }
  ) {
    state = Mutex(State(lane: LaneState(width: width, requestsPerMinute: requestsPerMinute)))
    self.time = time
    self.onWaiting = onWaiting
  }

  /// The most samples that it ever lets through at once.
  package var most: Int { state.withLock { $0.lane.width.most } }

  /// How many samples it lets through at once now.
  package var width: Int { state.withLock { $0.lane.width.current } }

  // MARK: - Places

  /// Waits for a place, which must be given back with ``leave()``.
  ///
  /// - Throws: `CancellationError`: there is no place to give back.
  package func enter() async throws {
    while true {
      let place = state.withLock { state -> WakeUp? in
        guard state.active >= state.lane.width.current else {
          state.active += 1
          return nil
        }
        let wakeUp = WakeUp()
        state.queue.append(wakeUp)
        return wakeUp
      }
      guard let place else { return }
      await place.wait()
      // One that was woken and gave up must not keep the place from the next.
      let isCancelled = Task.isCancelled
      state.withLock { $0.queue.removeAll { $0 === place } }
      if isCancelled {
        wakeQueue()
        throw CancellationError()
      }
    }
  }

  package func leave() {
    state.withLock { $0.active -= 1 }
    wakeQueue()
  }

  private func wakeQueue() {
    let woken = state.withLock { state in
      let free = max(0, state.lane.width.current - state.active)
      let woken = Array(state.queue.prefix(free))
      state.queue.removeFirst(woken.count)
      return woken
    }
    for wakeUp in woken { wakeUp.signal() }
  }

  // MARK: - Turns

  /// Waits until a call may be sent, which must be ended with one of the methods below.
  ///
  /// - Throws: ``LaneClosed``, `CancellationError`: no call is to be sent then.
  package func turn() async throws -> LaneState.Call {
    while true {
      try Task.checkCancellation()
      let now = time.now()
      let (step, number, wakeUp) = state.withLock { state in
        let step = state.lane.next(now: now)
        let wakeUp = WakeUp()
        if case .wait = step {
          state.lastNumber += 1
          state.waiting[state.lastNumber] = wakeUp
        }
        return (step, state.lastNumber, wakeUp)
      }
      tellWaiting()
      switch step {
      case .go(let call):
        return call
      case .closed(let reason):
        wakeWaiting()
        throw LaneClosed(description: reason)
      case .wait(let moment):
        await wakeUp.wait(atMost: moment - now, by: time)
        state.withLock { $0.waiting[number] = nil }
      }
    }
  }

  package func end(_ call: LaneState.Call, answered response: ModelResponse) {
    let now = time.now()
    state.withLock { state in
      state.lane.answered(
        call, isFull: state.active >= state.lane.width.current, usedTokens: response.usage.totalTokens,
        response.rateLimit, now: now)
    }
    changed()
  }

  package func end(_ call: LaneState.Call, failed error: ModelError) -> LaneState.Blame {
    let now = time.now()
    let blame = state.withLock { $0.lane.failed(call, error, now: now) }
    changed()
    return blame
  }

  private func changed() {
    tellWaiting()
    wakeWaiting()
    wakeQueue()
  }

  private func wakeWaiting() {
    let waiting = state.withLock { Array($0.waiting.values) }
    for wakeUp in waiting { wakeUp.signal() }
  }

  private func tellWaiting() {
    let now = time.now()
    let change = state.withLock { state -> String?? in
      let reason = state.lane.waitingReason(now: now)
      guard reason != state.toldReason else { return nil }
      state.toldReason = reason
      return .some(reason)
    }
    if let change { onWaiting(change) }
  }
}

/// A model's share of a run has ended before all its samples were asked: why.
package struct LaneClosed: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
}
