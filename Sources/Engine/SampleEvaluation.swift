import Benchmark
import Contract
import JSON
import Models
import Prices

/// Asks a model one sample once, with retries, and judges the answer.
struct SampleEvaluation: Sendable {
  struct Result: Sendable {
    var record: SampleRecord
    /// Why no answer came.
    var failure: ModelError?
    /// Whether an answer came that could not be judged here.
    var judgingFailed = false
  }

  let client: any ModelClient
  let prepared: PreparedRun
  let runId: String
  let epoch: Int
  let gate: LaneGate
  let time: Timekeeper
  let budget: CallBudget?

  /// - Throws: `CancellationError`, ``BudgetExhausted``, ``LaneClosed``, or what kept the sample from being made.
  func evaluate(index: Int) async throws -> Result {
    let sample = try prepared.plan.sample(at: index)
    let startedAt = Timestamp.now()
    var record = SampleRecord(
      runId: runId, model: client.reference.description, sampleId: sample.id, epoch: epoch,
      outcome: .infrastructureError, prompt: sample.promptText, expected: sample.expected, startedAt: startedAt,
      finishedAt: startedAt)
    record.metadata = sample.metadata
    var call = RetryingCall(
      client: client, request: prepared.request, gate: gate, time: time, budget: budget)
    var failure: ModelError?
    do {
      let response = try await call.complete(
        prepared.modelRequest(for: sample), identity: CallIdentity(sampleID: sample.id, epoch: epoch))
      record.take(response)
      record.costUSD = prepared.rates(of: client.reference)?.cost(of: response.usage).usd
    } catch let error as ModelError {
      if error.kind == .cancelled || Task.isCancelled { throw CancellationError() }
      failure = error
      record.take(error)
    }
    record.attempts = call.attempts
    if record.response != nil { await judge(&record, sample) }
    if Task.isCancelled, record.outcome == .infrastructureError { throw CancellationError() }
    record.finishedAt = .now()
    let isBroken = record.outcome == .infrastructureError
    return Result(
      record: record, failure: isBroken ? failure : nil, judgingFailed: isBroken && record.response != nil)
  }

  private func judge(_ record: inout SampleRecord, _ sample: Sample) async {
    let answer = record.response ?? ""
    let wasCut = record.stopReason == StopReason.length.rawValue
    do {
      var score = try await prepared.plan.score(answer, of: sample)
      if wasCut, score.outcome != .passed {
        score.outcome = .truncated
        score.value = 0
        score.reason = "truncated"
        score.detail = "The answer ended at the token limit; raise the limit with --max-tokens."
      } else if score.outcome != .passed, answer.allSatisfy(\.isWhitespace) {
        score.reason = "emptyAnswer"
        score.detail = "The model answered with nothing."
      }
      record.take(score)
    } catch {
      record.outcome = .infrastructureError
      record.reason = "scoringFailed"
      record.detail = (error as? ServiceError)?.message ?? "The answer could not be judged: \(error)"
    }
  }
}

extension SampleRecord {
  fileprivate mutating func take(_ response: ModelResponse) {
    self.response = response.text
    reasoning = response.reasoning
    stopReason = response.stopReason.rawValue
    latencyMilliseconds = response.timings.latencySeconds * 1000
    timeToFirstTokenMilliseconds = response.timings.timeToFirstTokenSeconds.map { $0 * 1000 }
    promptTokens = response.usage.promptTokens
    completionTokens = response.usage.completionTokens
    tokensEstimated = response.usage.isEstimate
  }

  /// A refusal that lies in the model counts against it; everything else is the provider's or the machine's fault.
  fileprivate mutating func take(_ error: ModelError) {
    reason = error.kind.rawValue
    detail = error.message
    switch error.kind {
    case .contextTooLong, .contentFiltered:
      outcome = .failed
      score = 0
    default:
      outcome = .infrastructureError
    }
  }

  fileprivate mutating func take(_ score: Score) {
    outcome = score.outcome
    self.score = score.value
    reason = score.reason
    detail = score.detail
    extracted = score.extracted
    metrics = score.metrics
    parts = score.parts
  }
}
