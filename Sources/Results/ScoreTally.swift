import Contract
import Statistics

/// Scores of some samples, for their mean and its 95 % interval.
struct ScoreTally: Sendable {
  /// Scores of each sample; several when it was asked in several epochs.
  private var clusters: [String: [Double]] = [:]
  private(set) var count = 0
  private var sum = 0.0
  private var isBinary = true

  mutating func add(_ score: Double, sampleId: String) {
    clusters[sampleId, default: []].append(score)
    count += 1
    sum += score
    if score != 0, score != 1 { isBinary = false }
  }

  var mean: Double? { count == 0 ? nil : min(1, max(0, sum / Double(count))) }

  /// Wilson's interval when every score is 0 or 1, Student's otherwise; the cluster-robust one when samples were
  /// asked several times. Within 0…1. nil when the scores say nothing of their spread.
  ///
  /// - One sample alone, asked several times, makes no cluster: its epochs then are the population, and the interval is
  ///   that of this sample's own rate.
  /// - Clusters whose means are all the same have no spread between them, which would make an interval of no width:
  ///   Wilson's takes its place, on as many trials as there are clusters.
  var interval: Interval? {
    if count == clusters.count || clusters.count == 1 { return independentInterval }
    // In a fixed order, so that the same samples give the same last digit.
    let groups = clusters.sorted { $0.key < $1.key }.map(\.value)
    guard let robust = Mean.interval(clusters: groups), let mean else { return nil }
    if robust.high - robust.low > 1e-9 { return robust.clipped(to: 0...1) }
    return Wilson.interval(successes: mean * Double(groups.count), trials: Double(groups.count))
  }

  private var independentInterval: Interval? {
    if isBinary { return Wilson.interval(successes: sum, trials: Double(count)) }
    return Mean.interval(clusters.sorted { $0.key < $1.key }.flatMap(\.value))?.clipped(to: 0...1)
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
