import Contract
import JSON
import Statistics

/// Makes the summary of the samples, or parts of samples, that share a value of the suite's dimension.
///
/// For a part, the verdict is the part's own; tokens, latency, cost and further measures are the whole sample's, since
/// its one answer serves every part. The costs of several groups may so count one answer several times: each says what
/// it takes to get an answer of that kind.
struct GroupSummarizer: Sendable {
  struct Verdict {
    var outcome: Outcome
    var score: Double?
    var executionMilliseconds: Double?
  }

  /// As the first sample wrote it.
  let value: JSONValue
  private var scores = ScoreTally()
  private var cost = CostTally()
  private var passed = 0
  private var truncated = 0
  private var errors = 0
  private var promptTokens = MeanTally()
  private var completionTokens = MeanTally()
  private var latency = MeanTally()
  private var execution = MeanTally()
  private var metrics: [String: MeanTally] = [:]

  init(value: JSONValue) { self.value = value }

  mutating func add(_ verdict: Verdict, of record: SampleRecord) {
    cost.add(record)
    if verdict.outcome == .passed { passed += 1 }
    if verdict.outcome == .truncated { truncated += 1 }
    if verdict.outcome == .infrastructureError { errors += 1 }
    guard let score = verdict.outcome.countedScore(verdict.score) else { return }
    scores.add(score, sampleId: record.sampleId, isUnknown: verdict.outcome == .truncated)
    promptTokens.add(record.promptTokens.map(Double.init))
    completionTokens.add(record.completionTokens.map(Double.init))
    latency.add(record.latencyMilliseconds)
    execution.add(verdict.executionMilliseconds)
    for (name, value) in record.metrics { metrics[name, default: MeanTally()].add(value) }
  }

  func summary(dimension: String) -> GroupSummary {
    var summary = GroupSummary(dimension: dimension, value: value)
    summary.score = scores.mean
    let interval = scores.interval
    summary.low = interval?.low
    summary.high = interval?.high
    summary.scoreIfUnknownWrong = scores.bounds?.low
    summary.scoreIfUnknownRight = scores.bounds?.high
    summary.n = scores.count
    summary.passed = passed
    summary.truncated = truncated
    summary.errors = errors
    summary.meanPromptTokens = promptTokens.mean
    summary.meanCompletionTokens = completionTokens.mean
    summary.meanLatencyMilliseconds = latency.mean
    summary.meanExecutionMilliseconds = execution.mean
    summary.costUSD = cost.total
    summary.metrics = metrics.compactMapValues(\.mean)
    return summary
  }
}
