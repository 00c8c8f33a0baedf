import Contract
import Statistics

/// What a reducer makes of each sample's epochs. The scores of one sample come one after another.
struct ReducedTally: Sendable {
  private let reducer: Reducer
  private var summary: ReducedScore
  private var sampleId: String?
  /// Of the sample that the last score was of: the scores that are known, and how many are not.
  private var scores: [Double] = []
  private var unknown = 0
  /// The samples before it, with every unknown score as 0, and as 1; the second where any is unknown.
  private var ifWrong = SpreadTally()
  private var ifRight: SpreadTally?
  private var leftOut = 0

  /// - Returns: nil for a run that asked for no reducer.
  init?(_ request: RunRequest) {
    guard let name = request.reducer else { return nil }
    reducer =
      switch name {
      case .mean: .mean
      case .passAtK: .passAtK(request.k ?? 1)
      case .passHatK: .passHatK(request.k ?? 1)
      case .majority: .majority
      }
    summary = ReducedScore(reducer: name, k: name.takesK ? request.k ?? 1 : nil)
  }

  mutating func add(_ score: Double, sampleId: String, isUnknown: Bool) {
    if sampleId != self.sampleId {
      finishSample()
      self.sampleId = sampleId
    }
    if isUnknown { unknown += 1 } else { scores.append(score) }
  }

  private mutating func finishSample() {
    guard sampleId != nil else { return }
    if unknown > 0, ifRight == nil { ifRight = ifWrong }
    if let value = reducer.value(of: scores + Array(repeating: 0, count: unknown)) {
      ifWrong.add([value])
    } else {
      leftOut += 1
    }
    if let value = reducer.value(of: scores + Array(repeating: 1, count: unknown)) { ifRight?.add([value]) }
    scores.removeAll(keepingCapacity: true)
    unknown = 0
  }

  var score: ReducedScore {
    var whole = self
    whole.finishSample()
    var result = summary
    result.samples = whole.ifWrong.count
    result.samplesLeftOut = whole.leftOut
    result.score = whole.ifWrong.mean
    let ifWrong = whole.ifWrong.interval
    result.low = ifWrong?.low
    result.high = ifWrong?.high
    guard let right = whole.ifRight else { return result }
    result.scoreIfUnknownWrong = result.score
    result.scoreIfUnknownRight = right.mean
    if let ifWrong, let ifRight = right.interval {
      result.low = min(ifWrong.low, ifRight.low)
      result.high = max(ifWrong.high, ifRight.high)
    }
    return result
  }
}
