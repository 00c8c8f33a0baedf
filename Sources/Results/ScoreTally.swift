import Contract
import Statistics

/// Scores of some samples, for their mean and its 95 % interval. The scores of one sample come one after another, so
/// that a run of any size takes little memory.
struct ScoreTally: Sendable {
  private var sampleId: String?
  /// Of the sample that the last score was of: the scores that are known, and how many are not.
  private var scores: [Double] = []
  private var unknown = 0
  /// The samples before it, with every unknown score as 0, and as 1; the second where any is unknown.
  private var ifWrong = SpreadTally()
  private var ifRight: SpreadTally?

  private(set) var count = 0
  private var sum = 0.0
  private var unknownCount = 0

  /// - Parameter isUnknown: whether the score, 0, stands for an answer of unknown worth.
  mutating func add(_ score: Double, sampleId: String, isUnknown: Bool = false) {
    if sampleId != self.sampleId {
      finishSample()
      self.sampleId = sampleId
    }
    count += 1
    if isUnknown {
      unknown += 1
      unknownCount += 1
    } else {
      scores.append(score)
      sum += score
    }
  }

  private mutating func finishSample() {
    guard sampleId != nil else { return }
    if unknown > 0, ifRight == nil { ifRight = ifWrong }
    ifWrong.add(scores + Array(repeating: 0, count: unknown))
    ifRight?.add(scores + Array(repeating: 1, count: unknown))
    scores.removeAll(keepingCapacity: true)
    unknown = 0
  }

  /// Unknown scores count as 0.
  var mean: Double? { count == 0 ? nil : min(1, max(0, sum / Double(count))) }

  /// The mean if every unknown score were 0, and if every one were 1; nil when all are known.
  var bounds: Interval? {
    guard let mean, unknownCount > 0 else { return nil }
    return Interval(low: mean, high: min(1, (sum + Double(unknownCount)) / Double(count)))
  }

  /// The 95 % interval, within 0…1. With unknown scores it runs from the low end that it has when all of them are 0
  /// to the high end when all are 1. nil when the scores say nothing of their spread.
  var interval: Interval? {
    var whole = self
    whole.finishSample()
    guard let ifWrong = whole.ifWrong.interval else { return nil }
    guard let ifRight = whole.ifRight?.interval else { return ifWrong }
    return Interval(low: min(ifWrong.low, ifRight.low), high: max(ifWrong.high, ifRight.high))
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
