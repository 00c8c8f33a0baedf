import Benchmark
import Contract
import Models
import Results
import Synchronization

/// One model's share of a run: its open samples, asked by a bounded number of workers.
final class ModelLane: Sendable {
  let client: any ModelClient
  /// Among the run's models.
  private let number: Int
  private let run: RunJob
  private let prepared: PreparedRun
  private let runId: String
  private let gpu: GPUMeter?
  private let budget: CallBudget?
  private let time: Timekeeper
  private let gate: LaneGate
  private let cache: AnswerCache
  private let state = Mutex(State())

  private struct State {
    var next = 0
    var stopped = false
    var answered = false
    var failuresInARow = 0
    /// nil for a suite whose samples are the same for every model.
    var measure: TokenMeasure?
  }

  /// So many samples in a row that failed for a reason of the machine or network end the model's share: the rest
  /// would fare no better, and `resume` can ask them later.
  private static let failureLimit = 5

  /// - Parameter budget: nil for a run without one.
  init(
    client: any ModelClient, number: Int, run: RunJob, prepared: PreparedRun, runId: String, gpu: GPUMeter? = nil,
    budget: CallBudget?, time: Timekeeper,
    cache: AnswerCache
  ) {
    self.cache = cache
    self.gpu = gpu
    self.budget = budget
    self.time = time
    let usual = client.defaultConcurrency
    let width = client.takesMoreConcurrency ? LaneWidth.adaptive(from: usual) : .fixed(usual)
    gate = LaneGate(
      width: prepared.request.concurrency.map { .fixed($0) } ?? width,
      requestsPerMinute: prepared.request.requestsPerMinute, time: time,
      onWaiting: { [reference = client.reference] in run.note(waiting: $0, for: reference) })
    self.client = client
    self.number = number
    self.run = run
    self.prepared = prepared
    self.runId = runId
  }

  func work() async {
    do {
      let measure = try await TokenCalibration(client: client, prepared: prepared).measure()
      state.withLock { $0.measure = measure }
    } catch {
      return
    }
    await withDiscardingTaskGroup { group in
      for _ in 0..<min(gate.most, prepared.chosen.count * prepared.epochs) {
        group.addTask { await self.workerLoop() }
      }
    }
    run.note(waiting: nil, for: client.reference)
  }

  private func workerLoop() async {
    // The place first: a sample may be large, and is not made before it is its turn.
    while !Task.isCancelled, (try? await gate.enter()) != nil {
      defer { gate.leave() }
      guard let item = nextItem() else { return }
      do {
        let evaluation = SampleEvaluation(
          client: client, prepared: prepared, runId: runId, epoch: item.epoch, gate: gate, time: time, budget: budget,
          cache: cache, gpu: gpu, measure: state.withLock { $0.measure })
        let result = try await evaluation.evaluate(index: item.index)
        await run.finish(result.record, caching: result.caching)
        note(result)
      } catch is CancellationError {
        return
      } catch let closed as LaneClosed {
        // Where there never was an answer, waiting may not be all it takes.
        let hasAnswered = state.withLock { state in
          state.stopped = true
          return state.answered
        }
        run.noteFailure("\(client.reference): \(closed.description)", status: hasAnswered ? .interrupted : .failed)
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
      if run.isAnswered(model: number, call: position) { continue }
      return (index: prepared.chosen[position / prepared.epochs], epoch: position % prepared.epochs + 1)
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
