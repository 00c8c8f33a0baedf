import AnswerValidation
import JSON

/// Something that a record may have: in words, and in which records it holds.
struct Condition {
  let words: String
  let field: String
  let holds: [Bool]

  var count: Int { holds.count { $0 } }
  /// Neither nothing nor everything.
  var isTelling: Bool { (1..<holds.count).contains(count) }

  static func equal(_ field: RecordField, _ value: String) -> Condition {
    Condition(
      words: "the \(field.label) \"\(value)\"", field: field.name, holds: field.values.map { $0?.stringValue == value })
  }

  static func isTrue(_ field: RecordField, _ wanted: Bool) -> Condition {
    Condition(
      words: "`\(field.name)` set to \(wanted)", field: field.name, holds: field.values.map { $0?.boolValue == wanted })
  }

  static func above(_ field: RecordField, _ threshold: Threshold) -> Condition {
    Condition(
      words: "\(field.labelWithArticle) greater than \(threshold.text)", field: field.name,
      holds: field.numbers.map { ($0 ?? -.infinity) > threshold.value })
  }

  static func below(_ field: RecordField, _ threshold: Threshold) -> Condition {
    Condition(
      words: "\(field.labelWithArticle) less than \(threshold.text)", field: field.name,
      holds: field.numbers.map { ($0 ?? .infinity) < threshold.value })
  }

  static func exists(_ name: String, _ records: [JSONObject]) -> Condition {
    Condition(words: "a field `\(name)`", field: name, holds: records.map { $0[name] != nil })
  }

  func and(_ other: Condition) -> Condition {
    Condition(
      words: "\(words) and \(other.words)", field: "\(field)+\(other.field)",
      holds: zip(holds, other.holds).map { $0 && $1 })
  }
}

/// A number to compare with, chosen from the data: near a quantile, and as round as it can be.
struct Threshold: Equatable {
  let value: Double
  let text: String

  /// Thresholds at which the field's values part into two lots, the telling ones near the quantiles given.
  static func of(_ field: RecordField, quantiles: [Double]) -> [Threshold] {
    let sorted = field.numbers.compactMap { $0 }.sorted()
    guard let least = sorted.first, let most = sorted.last, let last = sorted.last(where: { $0 < most }) else {
      return []
    }
    var found: [Threshold] = []
    for quantile in quantiles {
      let value = min(sorted[Int(Double(sorted.count - 1) * quantile)], last)
      let threshold = round(value, in: least..<most)
      if !found.contains(threshold) { found.append(threshold) }
    }
    return found
  }

  /// The roundest number that is close enough to a value and leaves values on both sides.
  private static func round(_ value: Double, in range: Range<Double>) -> Threshold {
    let spread = range.upperBound - range.lowerBound
    var step = 1e9
    while step >= 0.01 {
      for factor in [1.0, 0.5, 0.25] where step * factor <= spread / 4 {
        let unit = step * factor
        let rounded = (value / unit).rounded() * unit
        let isClose = (rounded - value).magnitude <= spread / 10
        if isClose, range.contains(rounded) { return Threshold(hundredths: (rounded * 100).rounded()) }
      }
      step /= 10
    }
    return Threshold(value: value, text: JSONValue.double(value).answerText)
  }

  private init(hundredths: Double) {
    value = hundredths / 100
    text = JSONValue.double(hundredths / 100).answerText
  }

  private init(value: Double, text: String) {
    self.value = value
    self.text = text
  }
}
