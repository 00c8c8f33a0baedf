import Benchmark
import JSON

/// Judges a number: it must be the only one in the answer.
enum ContextScorer {
  static func score(_ answer: String, expected: Int, task: ContextTask?) -> Score {
    let numbers = numbers(in: answer)
    var score = verdict(numbers, expected, task)
    score.extracted = numbers.count == 1 ? numbers.first.map { .integer(Int64($0)) } : nil
    return score
  }

  private static func verdict(_ numbers: [Int], _ expected: Int, _ task: ContextTask?) -> Score {
    guard let number = numbers.first else {
      return Score(0, reason: "noNumber", detail: "The answer holds no number.")
    }
    guard numbers.count == 1 else {
      let isAmong = numbers.contains(expected)
      return Score(
        0, reason: "severalNumbers",
        detail: "The answer holds \(numbers.count) numbers\(isAmong ? ", the right one among them" : "").")
    }
    if number == expected { return Score(1) }
    if task?.otherNumbers.contains(number) == true {
      return Score(0, reason: "otherFact", detail: "\(number) is what the text says of something else.")
    }
    return Score(0, reason: "wrongNumber", detail: "\(number) instead of \(expected).")
  }

  /// The distinct whole numbers of a text, in order; `12,345` and `12 345` are one number each.
  static func numbers(in text: String) -> [Int] {
    var numbers: [Int] = []
    var digits = ""
    let scalars = Array(text.unicodeScalars)
    func isDigit(_ index: Int) -> Bool { scalars.indices.contains(index) && (48...57).contains(scalars[index].value) }
    func finish() {
      if let number = Int(digits), !numbers.contains(number) { numbers.append(number) }
      // Too long for a number: still one, and none that is right.
      if digits.count > 18, !numbers.contains(.max) { numbers.append(.max) }
      digits = ""
    }
    for (index, scalar) in scalars.enumerated() {
      if isDigit(index) {
        if digits.count < 40 { digits.unicodeScalars.append(scalar) }
      } else if !digits.isEmpty {
        let isGrouped =
          [",", " ", "\u{2009}", "\u{202F}"].contains(scalar) && digits.count <= 9
          && (1...3).allSatisfy { isDigit(index + $0) } && !isDigit(index + 4)
        if !isGrouped { finish() }
      }
    }
    if !digits.isEmpty { finish() }
    return numbers
  }
}
