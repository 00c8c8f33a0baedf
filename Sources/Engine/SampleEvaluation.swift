import Benchmark
import Contract
import GPUMetrics
import JSON
import Models
import Prices
import Results

/// Asks a model one sample once, with retries, and judges the answer.
struct SampleEvaluation: Sendable {
  struct Result: Sendable {
    var record: SampleRecord
    /// Why no answer came.
    var failure: ModelError?
    /// Whether an answer came that could not be judged here.
    var judgingFailed = false
    /// What is to be kept of the answer for runs to come.
    var caching: CachedAnswer?
  }

  let client: any ModelClient
  let prepared: PreparedRun
  let runId: String
  let epoch: Int
  let gate: LaneGate
  let time: Timekeeper
  let budget: CallBudget?
  let cache: AnswerCache
  let gpu: GPUMeter?
  /// nil for a suite whose samples are the same for every model.
  let measure: TokenMeasure?

  /// How long the prompt is in the model's own tokens, where that was measured.
  private func meantTokens(of sample: Sample) -> Int? {
    measure?.source == .server ? sample.metadata["size"]?.intValue : nil
  }

  /// - Throws: `CancellationError`, ``BudgetExhausted``, ``LaneClosed``, or what kept the sample from being made.
  func evaluate(index: Int) async throws -> Result {
    let sample =
      try measure.map { try prepared.plan.sample(at: index, measured: $0) } ?? prepared.plan.sample(at: index)
    let startedAt = Timestamp.now()
    var record = SampleRecord(
      runId: runId, model: client.reference.description, sampleId: sample.id, epoch: epoch,
      outcome: .infrastructureError, prompt: sample.promptText, expected: sample.expected, startedAt: startedAt,
      finishedAt: startedAt)
    record.metadata = sample.metadata
    var call = RetryingCall(
      client: client, request: prepared.request, gate: gate, time: time, budget: budget, gpu: gpu)
    var failure: ModelError?
    var cut: AnswerCut?
    var caching: CachedAnswer?
    let request = prepared.modelRequest(for: sample)
    let identity = CallIdentity(sampleID: sample.id, epoch: epoch)
    do {
      if let answer = try await cache.answer(to: request, identity) {
        record.take(answer)
        cut = answer.truncation.map { AnswerCut($0) }
      } else {
        let response = try await call.complete(request, identity: identity)
        record.take(response)
        if let use = call.gpuUse { record.take(use) }
        cut = AnswerCut(response, to: request, isLocal: client.isLocal, meantTokens: meantTokens(of: sample))
        caching = cache.entry(for: response, to: request, identity, cut: cut)
        record.costUSD = prepared.rates(of: client.reference)?.cost(of: response.usage).usd
      }
    } catch let error as ModelError {
      if error.kind == .cancelled || Task.isCancelled { throw CancellationError() }
      failure = error
      record.take(error, isLocal: client.isLocal)
    }
    record.attempts = call.attempts
    if record.response != nil { await AnswerJudge(plan: prepared.plan).judge(&record, sample, cut: cut) }
    if Task.isCancelled, record.outcome == .infrastructureError { throw CancellationError() }
    record.finishedAt = .now()
    let isBroken = record.outcome == .infrastructureError
    return Result(
      record: record, failure: isBroken ? failure : nil, judgingFailed: isBroken && record.response != nil,
      caching: caching)
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
    telemetry = CallTelemetry(response)
  }

  fileprivate mutating func take(_ use: GPUUse) {
    telemetry = telemetry ?? CallTelemetry()
    telemetry?.gpu = GPUTelemetry(use, completionTokens: completionTokens)
  }

  /// No call was made for it: what the call took then is told apart.
  fileprivate mutating func take(_ answer: CachedAnswer) {
    response = answer.response
    reasoning = answer.reasoning
    stopReason = answer.stopReason
    promptTokens = answer.promptTokens
    completionTokens = answer.completionTokens
    tokensEstimated = answer.tokensEstimated
    cached = true
    originalLatencyMilliseconds = answer.latencyMilliseconds
    telemetry = answer.telemetry
    costUSD = 0
  }

  /// A refusal that lies in the model counts against it; everything else is the provider's or the machine's fault. The
  /// context of a local model is what its server was started with, and says nothing of the model.
  fileprivate mutating func take(_ error: ModelError, isLocal: Bool) {
    reason = error.kind.rawValue
    detail = error.message
    switch error.kind {
    case .contextTooLong where isLocal:
      reason = TruncationReason.contextTooLong.rawValue
      outcome = .truncated
      score = 0
    case .contextTooLong, .contentFiltered:
      outcome = .failed
      score = 0
    default:
      outcome = .infrastructureError
    }
  }
}
