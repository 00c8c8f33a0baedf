import Contract
import JSON
import Statistics

/// Makes the summary of one model in a run.
struct ModelSummarizer: Sendable {
  private var totals: ModelSummary
  private let dimension: String?
  private let planned: Int
  private var stored = 0
  private var scores = ScoreTally()
  private var reduced: ReducedTally?
  private var cost = CostTally()
  private var latency = MeanTally()
  private var medianLatency = MedianSearch()
  private var timeToFirstToken = MeanTally()
  private var gpu = GPUTally()
  private var metrics: [String: MeanTally] = [:]
  private var reasons: [String: Int] = [:]
  private var truncations: [String: Int] = [:]
  private var work = TimeCover()
  private var groups: [String: GroupSummarizer] = [:]
  /// Without answers that were cut off: a limit says nothing of the size at which the model itself breaks.
  private var sizes: [Double: (passed: Int, failed: Int)] = [:]

  /// Reasons beyond the most frequent ones are left out of a summary.
  private static let shownReasons = 20

  init(model: String, dimension: String?, planned: Int, reduced: ReducedTally? = nil) {
    self.reduced = reduced
    totals = ModelSummary(model: model)
    self.dimension = dimension
    self.planned = planned
  }

  // MARK: - Samples

  mutating func add(_ record: SampleRecord) {
    stored += 1
    count(record.outcome)
    if record.cached {
      totals.cached += 1
    } else {
      totals.promptTokens = totals.promptTokens.addingSaturated(record.promptTokens ?? 0)
      totals.completionTokens = totals.completionTokens.addingSaturated(record.completionTokens ?? 0)
      totals.tokensEstimated = totals.tokensEstimated || record.tokensEstimated
    }
    cost.add(record)
    gpu.add(record)
    let (start, end) = (record.startedAt.millisecondsSinceEpoch, record.finishedAt.millisecondsSinceEpoch)
    work.add(start, max(start, end))
    if let reason = Self.reason(of: record) { reasons[reason, default: 0] += 1 }
    if record.outcome == .truncated {
      truncations[record.reason ?? TruncationReason.outputLimit.rawValue, default: 0] += 1
    }
    if let score = record.outcome.countedScore(record.score) { addScored(record, score) }
    addToGroups(record)
  }

  private mutating func count(_ outcome: Outcome) {
    switch outcome {
    case .passed: totals.passed += 1
    case .failed: totals.failed += 1
    case .partial: totals.partial += 1
    case .truncated: totals.truncated += 1
    case .modelError: totals.modelErrors += 1
    case .infrastructureError: totals.errors += 1
    case .cancelled: totals.cancelled += 1
    }
  }

  private mutating func addScored(_ record: SampleRecord, _ score: Double) {
    scores.add(score, sampleId: record.sampleId, isUnknown: record.outcome == .truncated)
    reduced?.add(score, sampleId: record.sampleId, isUnknown: record.outcome == .truncated)
    latency.add(record.latencyMilliseconds)
    addLatency(record.latencyMilliseconds)
    timeToFirstToken.add(record.timeToFirstTokenMilliseconds)
    for (name, value) in record.metrics { metrics[name, default: MeanTally()].add(value) }
  }

  /// The sample's reason, else that of its first part with one, else its outcome; nil when nothing went wrong, and for
  /// an answer that was cut off, which is counted apart: whether it is wrong is not known.
  private static func reason(of record: SampleRecord) -> String? {
    switch record.outcome {
    case .passed, .truncated, .cancelled: nil
    case .failed, .partial, .modelError, .infrastructureError:
      record.reason ?? record.parts.lazy.compactMap(\.reason).first ?? record.outcome.rawValue
    }
  }

  private mutating func addToGroups(_ record: SampleRecord) {
    guard let dimension else { return }
    if record.parts.isEmpty {
      guard let value = record.metadata[dimension] else { return }
      add(.init(outcome: record.outcome, score: record.score, executionMilliseconds: nil), value, of: record)
    }
    for part in record.parts {
      guard let value = part.metadata[dimension] else { continue }
      // A part that failed for an answer that was cut off is as unknown as the answer; one that passed is right.
      let isUnknown = record.outcome == .truncated && part.outcome.isScored && part.outcome != .passed
      let verdict = GroupSummarizer.Verdict(
        outcome: isUnknown ? .truncated : part.outcome, score: part.score,
        executionMilliseconds: part.executionMilliseconds)
      add(verdict, value, of: record)
    }
  }

  private mutating func add(_ verdict: GroupSummarizer.Verdict, _ value: JSONValue, of record: SampleRecord) {
    groups[Self.key(value), default: GroupSummarizer(value: value)].add(verdict, of: record)
    if dimension == "size", verdict.outcome.isScored, verdict.outcome != .truncated,
      let size = value.doubleValue
    {
      if verdict.outcome == .passed {
        sizes[size, default: (0, 0)].passed += 1
      } else {
        sizes[size, default: (0, 0)].failed += 1
      }
    }
  }

  /// 10 and 10.0 are one value.
  private static func key(_ value: JSONValue) -> String {
    JSONWriter.string(value.doubleValue.map { .double($0) } ?? value)
  }

  // MARK: - Median

  /// In a further pass, of a scored sample.
  mutating func addLatency(_ milliseconds: Double?) {
    if let milliseconds, milliseconds.isFinite { medianLatency.add(milliseconds) }
  }

  mutating func endPass() { medianLatency.endPass() }

  /// Whether the latencies of so many samples have to be gone through again for an exact median.
  var wantsLatencies: Bool { !medianLatency.isSettled }

  // MARK: - Summary

  func summary() -> ModelSummary {
    var summary = totals
    summary.n = scores.count
    summary.score = scores.mean
    let interval = scores.interval
    summary.low = interval?.low
    summary.high = interval?.high
    summary.scoreIfUnknownWrong = scores.bounds?.low
    summary.scoreIfUnknownRight = scores.bounds?.high
    summary.missing = max(0, planned - stored)
    summary.costUSD = cost.total
    summary.durationSeconds = work.seconds
    summary.meanLatencyMilliseconds = latency.mean
    summary.medianLatencyMilliseconds = medianLatency.median
    summary.meanTimeToFirstTokenMilliseconds = timeToFirstToken.mean
    summary.metrics = metrics.compactMapValues(\.mean)
    summary.groups = groupSummaries()
    summary.cliff = cliff()
    summary.reasons = Array(Self.counts(reasons).prefix(Self.shownReasons))
    summary.reduced = reduced?.score
    summary.truncations = Self.counts(truncations)
    summary.gpu = gpu.summary
    return summary
  }

  /// Most frequent first.
  private static func counts(_ counts: [String: Int]) -> [ReasonCount] {
    counts.map { ReasonCount(reason: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }

  /// Numbers by size, then all else by its text.
  private func groupSummaries() -> [GroupSummary] {
    guard let dimension else { return [] }
    return groups.sorted { left, right in
      switch (left.value.value.doubleValue, right.value.value.doubleValue) {
      case (let first?, let second?): first < second
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): left.key < right.key
      }
    }.map { $0.value.summary(dimension: dimension) }
  }

  private func cliff() -> CliffFit? {
    guard dimension == "size", sizes.count > 1 else { return nil }
    let cliff = Cliff(
      sizes.lazy.flatMap { size, count in
        (0..<(count.passed + count.failed)).lazy.map { (size: size, passed: $0 < count.passed) }
      })
    var fit = CliffFit(n: cliff.n, note: cliff.note)
    fit.sizeAt50 = cliff.at50?.size
    fit.sizeAt50Low = cliff.at50?.low
    fit.sizeAt50High = cliff.at50?.high
    fit.sizeAt95 = cliff.at95?.size
    fit.sizeAt95Low = cliff.at95?.low
    fit.sizeAt95High = cliff.at95?.high
    return fit
  }
}
