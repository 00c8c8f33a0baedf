import Contract
import Synchronization

/// Counts a run's finished samples and foresees its end.
final class ProgressTracker: Sendable {
  private struct State {
    var progress: RunProgress
    var finishedHere = 0
    /// Why calls wait, by model.
    var waiting: [String: String] = [:]
  }

  private let state: Mutex<State>
  private let start = ContinuousClock.now

  /// - Parameter lastSequence: of what is stored already.
  init(runId: String, total: Int, answered: AnsweredSamples, lastSequence: Int) {
    var progress = RunProgress(
      runId: runId, completed: answered.count, total: total, passed: answered.passed, errors: answered.errors)
    progress.sequence = lastSequence
    state = Mutex(State(progress: progress))
  }

  /// - Parameter reason: why the calls of a model wait; nil when they do no longer.
  /// - Returns: whether that is news.
  func note(waiting reason: String?, for model: String) -> Bool {
    state.withLock { state in
      guard state.waiting[model] != reason else { return false }
      state.waiting[model] = reason
      let reasons = state.waiting.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      state.progress.waiting = reasons.isEmpty ? nil : reasons.joined(separator: "; ")
      return true
    }
  }

  func current() -> RunProgress { state.withLock { $0.progress } }

  /// - Parameter sequence: under which the sample was stored.
  func finished(_ record: SampleRecord, sequence: Int) {
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    state.withLock { state in
      state.finishedHere += 1
      // The store numbers in the order that it stores, and tells the tasks that wait in any.
      state.progress.sequence = max(state.progress.sequence, sequence)
      state.progress.completed += 1
      if record.outcome == .passed { state.progress.passed += 1 }
      if record.outcome == .infrastructureError { state.progress.errors += 1 }
      if elapsed > 0 {
        let rate = Double(state.finishedHere) / elapsed
        state.progress.samplesPerSecond = rate
        state.progress.remainingSeconds = Double(state.progress.total - state.progress.completed) / rate
      }
    }
  }
}
