import Prices
import Synchronization

/// Keeps the calls of a run within its budget, however many are under way at once.
///
/// Before a call its worst case is reserved, and what all calls under way and all that ended may have cost is written
/// down; only then is the call sent. So neither the budget nor what is written of it is ever too low, not even when this
/// process is killed. A call whose worst case does not fit waits while others may still release what they did not use.
/// When it would not fit even then, the budget is exhausted for all that would take of it.
package final class BudgetLedger: Sendable {
  private struct State {
    /// Of the calls that ended.
    var spent: Charge
    /// The worst cases of those under way.
    var reserved = Charge.zero
    var exhausted: BudgetExhausted?
    /// Calls that wait for others to end.
    var waiting: [Int: WakeUp] = [:]
    var lastNumber = 0
    /// Grows with each reservation.
    var version = 0
    var isWriting = false
    /// Who waits until the version is written.
    var writeWaiters: [(version: Int, continuation: CheckedContinuation<Result<Void, any Error>, Never>)] = []
  }

  private enum Decision {
    case granted(version: Int)
    case wait(number: Int, WakeUp)
    case refused(BudgetExhausted)
  }

  package let limits: BudgetLimits
  private let write: @Sendable (Charge) async throws -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - spent: before, by the same run.
  ///   - write: keeps, beyond the end of this process, what may be spent by now. Called by one task at a time.
  package init(limits: BudgetLimits, spent: Charge, write: @escaping @Sendable (Charge) async throws -> Void) {
    self.limits = limits
    self.write = write
    state = Mutex(State(spent: spent))
  }

  /// What is spent, with the worst cases of the calls under way.
  package var spentAtMost: Charge { state.withLock { $0.spent + $0.reserved } }

  /// Reserves the worst case of a call, which must be ended with ``end(_:spent:)``.
  ///
  /// - Throws: ``BudgetExhausted``; `CancellationError`; what keeps the reservation from being written. Nothing is
  ///   reserved then.
  package func reserve(_ worstCase: Charge) async throws {
    while true {
      switch state.withLock({ decide(worstCase, &$0) }) {
      case .granted(let version):
        guard limits.concern(worstCase) else { return }
        do {
          try await written(version)
          try Task.checkCancellation()
          return
        } catch {
          end(worstCase, spent: .zero)
          throw error
        }
      case .wait(let number, let wakeUp):
        await wakeUp.wait()
        state.withLock { $0.waiting[number] = nil }
        try Task.checkCancellation()
      case .refused(let exhausted):
        throw exhausted
      }
    }
  }

  /// Ends a call: what it did not use is free for others.
  ///
  /// - Parameters:
  ///   - worstCase: as it was reserved.
  ///   - spent: what it took; more than was reserved where a provider bills more than it was allowed.
  package func end(_ worstCase: Charge, spent: Charge) {
    let waiting = state.withLock { state in
      state.reserved = state.reserved - worstCase
      state.spent = state.spent + spent
      return Array(state.waiting.values)
    }
    for wakeUp in waiting { wakeUp.signal() }
  }

  private func decide(_ charge: Charge, _ state: inout State) -> Decision {
    if limits.concern(charge) {
      if let exhausted = state.exhausted { return .refused(exhausted) }
      if !limits.allow(state.spent, state.reserved, charge) {
        if limits.allow(state.spent, charge) {
          state.lastNumber += 1
          let wakeUp = WakeUp()
          state.waiting[state.lastNumber] = wakeUp
          return .wait(number: state.lastNumber, wakeUp)
        }
        let exhausted = BudgetExhausted(charge, spent: state.spent, limits: limits)
        state.exhausted = exhausted
        for wakeUp in state.waiting.values { wakeUp.signal() }
        return .refused(exhausted)
      }
    }
    state.reserved = state.reserved + charge
    state.version += 1
    return .granted(version: state.version)
  }

  // MARK: - Writing

  /// Waits until what is reserved up to a version is written; one write serves all who wait.
  private func written(_ version: Int) async throws {
    let result = await withCheckedContinuation { continuation in
      let mustStart = state.withLock { state in
        state.writeWaiters.append((version, continuation))
        defer { state.isWriting = true }
        return !state.isWriting
      }
      // Ends by itself when nobody waits any more, and each who waits does so to its end.
      if mustStart { Task { await self.writeForAll() } }
    }
    try result.get()
  }

  private func writeForAll() async {
    var hasMore = true
    while hasMore {
      let (version, total) = state.withLock { ($0.version, $0.spent + $0.reserved) }
      let result: Result<Void, any Error>
      do { result = .success(try await write(total)) } catch { result = .failure(error) }
      let done = state.withLock { state in
        let done = state.writeWaiters.filter { $0.version <= version }
        state.writeWaiters.removeAll { $0.version <= version }
        state.isWriting = !state.writeWaiters.isEmpty
        hasMore = state.isWriting
        return done
      }
      for waiter in done { waiter.continuation.resume(returning: result) }
    }
  }
}
