package import Benchmark
package import JSON

/// Judges a sorted list. The score is exact equality; `positionsRight` is the share of positions that hold the right
/// number, over the longer of the two lists, so that numbers left out or made up cost.
package enum SortingScorer {
  package static func score(_ answer: String, expected: [JSONValue]) -> Score {
    guard let actual = AnswerJSON.array(in: answer) else {
      return unreadable("noArray", "The answer holds no JSON array.")
    }
    let numbers = actual.compactMap(\.intValue)
    guard numbers.count == actual.count else {
      return unreadable("notIntegers", "The array holds something that is not a whole number.")
    }
    let right = zip(expected, numbers).count { $0.intValue == $1 }
    let isExact = right == expected.count && numbers.count == expected.count
    var score = isExact ? Score(1) : mistake(numbers, expected.compactMap(\.intValue), right: right)
    score.extracted = .array(actual)
    score.metrics["positionsRight"] = Double(right) / Double(max(expected.count, numbers.count, 1))
    return score
  }

  private static func unreadable(_ reason: String, _ detail: String) -> Score {
    var score = Score(0, reason: reason, detail: detail)
    score.metrics["positionsRight"] = 0
    return score
  }

  private static func mistake(_ actual: [Int], _ expected: [Int], right: Int) -> Score {
    let detail = "\(right) of \(expected.count) positions are right; the answer has \(actual.count) numbers."
    if actual.count < expected.count { return Score(0, reason: "numbersMissing", detail: detail) }
    if actual.count > expected.count { return Score(0, reason: "numbersAdded", detail: detail) }
    if actual.sorted() != expected { return Score(0, reason: "numbersChanged", detail: detail) }
    return Score(0, reason: "wrongOrder", detail: detail)
  }
}
