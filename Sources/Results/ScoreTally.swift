import Contract
import Statistics

/// Scores of some samples, for their mean and its 95 % interval.
struct ScoreTally: Sendable {
  /// Scores of each sample; several when it was asked in several epochs.
  private var clusters: [String: [Double]] = [:]
  /// How many answers of a sample were cut off, so that nobody knows what they would have scored.
  private var unknowns: [String: Int] = [:]
  private(set) var count = 0
  private var sum = 0.0

  /// - Parameter isUnknown: whether the score, 0, stands for an answer of unknown worth.
  mutating func add(_ score: Double, sampleId: String, isUnknown: Bool = false) {
    if isUnknown { unknowns[sampleId, default: 0] += 1 } else { clusters[sampleId, default: []].append(score) }
    count += 1
    if !isUnknown { sum += score }
  }

  /// Unknown scores count as 0.
  var mean: Double? { count == 0 ? nil : min(1, max(0, sum / Double(count))) }

  /// The mean if every unknown score were 0, and if every one were 1; nil when all are known.
  var bounds: Interval? {
    guard let mean, !unknowns.isEmpty else { return nil }
    let unknown = unknowns.values.reduce(0, +)
    return Interval(low: mean, high: min(1, (sum + Double(unknown)) / Double(count)))
  }

  /// The 95 % interval, within 0…1. With unknown scores it runs from the low end that it has when all of them are 0
  /// to the high end when all are 1. nil when the scores say nothing of their spread.
  var interval: Interval? {
    guard let ifWrong = ScoreSpread(scores(unknown: 0)).interval else { return nil }
    guard !unknowns.isEmpty, let ifRight = ScoreSpread(scores(unknown: 1)).interval else { return ifWrong }
    return Interval(low: min(ifWrong.low, ifRight.low), high: max(ifWrong.high, ifRight.high))
  }

  private func scores(unknown: Double) -> [[Double]] {
    let all = clusters.merging(unknowns.mapValues { Array(repeating: unknown, count: $0) }) { $0 + $1 }
    // In a fixed order, so that the same samples give the same last digit.
    return all.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// How far the mean of some samples' scores may be from the truth.
struct ScoreSpread {
  /// The scores of each sample.
  private let clusters: [[Double]]
  private let scores: [Double]

  init(_ clusters: [[Double]]) {
    self.clusters = clusters
    scores = clusters.flatMap { $0 }
  }

  /// Wilson's interval when every score is 0 or 1 and every sample was asked once; else the bootstrap that draws whole
  /// samples (``ItemMean``). Within 0…1. nil when the scores say nothing of their spread.
  ///
  /// - One sample alone, asked several times, makes no cluster: its epochs then are the population, and the interval is
  ///   that of this sample's own rate.
  /// - Samples whose means are all the same have no spread between them, which would make an interval of no width:
  ///   Wilson's takes its place, on as many trials as there are samples.
  var interval: Interval? {
    if clusters.count == 1 { return interval(of: scores.map { [$0] }) }
    return interval(of: clusters)
  }

  private func interval(of clusters: [[Double]]) -> Interval? {
    let trials = Double(clusters.count)
    if clusters.count == scores.count, scores.allSatisfy({ $0 == 0 || $0 == 1 }) {
      return Wilson.interval(successes: scores.reduce(0, +), trials: trials)
    }
    guard let spread = ItemMean.interval(clusters.map { ItemValues($0) }), let mean = Mean.of(scores) else {
      return nil
    }
    if spread.high - spread.low > 1e-9 { return spread.clipped(to: 0...1) }
    return Wilson.interval(successes: min(1, max(0, mean)) * trials, trials: trials)
  }
}

/// A running mean of what is known.
struct MeanTally: Sendable {
  private(set) var sum = 0.0
  private(set) var count = 0

  mutating func add(_ value: Double?) {
    guard let value, value.isFinite else { return }
    sum += value
    count += 1
  }

  var mean: Double? { count == 0 ? nil : sum / Double(count) }
}

/// What some samples cost together: unknown as soon as one is. A sample that was not scored and used no tokens that
/// anyone reported never got to the model, and costs nothing.
struct CostTally: Sendable {
  private var sum = 0.0
  private var isKnown = true
  /// Whether any sample's cost is known; a sum of nothing says nothing.
  private var isEmpty = true

  mutating func add(_ record: SampleRecord) {
    if let cost = record.costUSD, cost.isFinite {
      isEmpty = false
      sum += cost
    } else if record.outcome.isScored || record.promptTokens != nil || record.completionTokens != nil {
      isKnown = false
    }
  }

  var total: Double? { isKnown && !isEmpty ? sum : nil }
}

extension Outcome {
  /// The score that counts: 0 for an answer that was cut off or malformed, whatever was recorded; nil when it does not
  /// count at all.
  func countedScore(_ score: Double?) -> Double? {
    switch self {
    case .passed: score ?? 1
    case .failed, .partial: score ?? 0
    case .truncated, .modelError: 0
    case .infrastructureError, .cancelled: nil
    }
  }
}

extension Int {
  /// The sum, held at the ends of the range: a server may report any number of tokens.
  func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }
}
