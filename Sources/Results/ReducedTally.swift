import Contract
import Statistics

/// The scores of each sample's epochs, for what a reducer makes of them.
struct ReducedTally: Sendable {
  private let reducer: Reducer
  private var summary: ReducedScore
  /// By sample: the scores that are known, and how many are not.
  private var items: [String: (scores: [Double], unknown: Int)] = [:]

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
    if isUnknown {
      items[sampleId, default: ([], 0)].unknown += 1
    } else {
      items[sampleId, default: ([], 0)].scores.append(score)
    }
  }

  var score: ReducedScore {
    var result = summary
    let wrong = values(unknown: 0)
    result.samples = wrong.count
    result.samplesLeftOut = items.count - wrong.count
    result.score = Mean.of(wrong)
    let ifWrong = ScoreSpread(wrong.map { [$0] }).interval
    result.low = ifWrong?.low
    result.high = ifWrong?.high
    guard items.values.contains(where: { $0.unknown > 0 }) else { return result }
    let right = values(unknown: 1)
    result.scoreIfUnknownWrong = result.score
    result.scoreIfUnknownRight = Mean.of(right)
    if let ifWrong, let ifRight = ScoreSpread(right.map { [$0] }).interval {
      result.low = min(ifWrong.low, ifRight.low)
      result.high = max(ifWrong.high, ifRight.high)
    }
    return result
  }

  /// In a fixed order, so that the same samples give the same last digit.
  private func values(unknown: Double) -> [Double] {
    items.sorted { $0.key < $1.key }.compactMap { item in
      reducer.value(of: item.value.scores + Array(repeating: unknown, count: item.value.unknown))
    }
  }
}
