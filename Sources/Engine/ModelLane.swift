import Benchmark
import Contract
import Models
import Results
import Synchronization

/// One model's share of a run: its open samples, asked by a bounded number of workers.
final class ModelLane: Sendable {
  let client: any ModelClient
  private let run: RunJob
  private let prepared: PreparedRun
  private let runId: String
  private let budget: CallBudget?
  private let state = Mutex(State())

  private struct State {
    var next = 0
    var stopped = false
    var answered = false
    var failuresInARow = 0
  }

  /// So many samples in a row that failed for a reason of the machine or network end the model's share: the rest
  /// would fare no better, and `resume` can ask them later.
  private static let failureLimit = 5

  /// - Parameter budget: nil for a run without one.
  init(client: any ModelClient, run: RunJob, prepared: PreparedRun, runId: String, budget: CallBudget?) {
    self.budget = budget
    self.client = client
    self.run = run
    self.prepared = prepared
    self.runId = runId
  }

  func work() async {
    let width = prepared.request.concurrency ?? client.defaultConcurrency
    await withDiscardingTaskGroup { group in
      for _ in 0..<min(width, prepared.chosen.count * prepared.epochs) {
        group.addTask { await self.workerLoop() }
      }
    }
  }

  private func workerLoop() async {
    while !Task.isCancelled, let item = nextItem() {
      do {
        let evaluation = SampleEvaluation(
          client: client, prepared: prepared, runId: runId, epoch: item.epoch, budget: budget)
        let result = try await evaluation.evaluate(index: item.index)
        await run.finish(result.record)
        note(result)
      } catch is CancellationError {
        return
      } catch let exhausted as BudgetExhausted {
        state.withLock { $0.stopped = true }
        run.exhaust(exhausted.description)
        return
      } catch let error as ServiceError {
        run.end(.failed, error.message)
        return
      } catch {
        run.end(.failed, "A sample could not be made: \(error)")
        return
      }
    }
  }

  private func nextItem() -> (index: Int, epoch: Int)? {
    while true {
      let position = state.withLock { state -> Int? in
        guard !state.stopped, state.next < prepared.chosen.count * prepared.epochs else { return nil }
        defer { state.next += 1 }
        return state.next
      }
      guard let position else { return nil }
      let item = (index: prepared.chosen[position / prepared.epochs], epoch: position % prepared.epochs + 1)
      let key = SampleKey(
        model: client.reference.description, sampleId: prepared.plan.sampleIDs[item.index], epoch: item.epoch)
      if !run.isStored(key) { return item }
    }
  }

  /// Decides whether the model is worth asking further.
  private func note(_ result: SampleEvaluation.Result) {
    guard result.failure != nil || result.judgingFailed else {
      return state.withLock {
        $0.answered = true
        $0.failuresInARow = 0
      }
    }
    let givesUp = state.withLock { state -> Bool in
      state.failuresInARow += 1
      guard !state.stopped else { return false }
      state.stopped = isHopeless(result.failure, state) || state.failuresInARow >= Self.failureLimit
      return state.stopped
    }
    let reason = result.failure?.message ?? result.record.detail ?? "Answers cannot be judged here."
    if givesUp { run.noteFailure("\(client.reference): \(reason)") }
  }

  private func isHopeless(_ failure: ModelError?, _ state: State) -> Bool {
    guard let failure else { return false }
    return failure.concernsEverySample || (failure.kind == .network && client.isLocal && !state.answered)
  }
}

extension ModelError {
  /// Whether the next sample would fail for the same reason.
  fileprivate var concernsEverySample: Bool {
    switch kind {
    case .missingAPIKey, .authentication, .quotaExceeded, .modelNotFound, .unsupported, .recordingUnusable: true
    default: false
    }
  }
}
