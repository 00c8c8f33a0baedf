import AnswerValidation
import JSON
import SeededRandom

/// Makes the records of the datasets. Each kind of dataset has a stream of its own, so that none disturbs another.
///
/// A dataset of fewer rows is the beginning of one with more.
struct RecordSource {
  private let seed: UInt64
  private let name: String
  /// The day that everything recent is before: fixed, so that a seed means the same data every day.
  static let today = CalendarDate(dayNumber: 20_240)

  init(seed: UInt64, name: String) {
    self.seed = seed
    self.name = name
  }

  func generator(_ part: String) -> SeededGenerator {
    SeededGenerator(seed: seed, stream: "format-data/\(name)/\(part)")
  }
}

extension SeededGenerator {
  /// One of the elements, each equally likely.
  mutating func pick<Element>(_ elements: [Element], else fallback: Element) -> Element {
    elements.isEmpty ? fallback : elements[next(in: 0...elements.count - 1)]
  }

  mutating func pick(_ words: [String]) -> String { pick(words, else: "") }

  /// - Parameter percent: 0…100.
  mutating func chance(_ percent: Int) -> Bool { next(in: 0...99) < percent }

  /// An amount with two decimal places, from whole hundredths.
  mutating func hundredths(_ range: ClosedRange<Int>) -> Int { next(in: range) }

  mutating func token(_ length: Int, _ alphabet: String) -> String {
    let letters = Array(alphabet)
    return String((0..<length).map { _ in pick(letters, else: "x") })
  }
}

extension JSONValue {
  /// An amount of hundredths as people write it: 1234 is 12.34.
  init(hundredths: Int) {
    self = hundredths.isMultiple(of: 100) ? .integer(Int64(hundredths / 100)) : .double(Double(hundredths) / 100)
  }

  init(_ value: Int) { self = .integer(Int64(value)) }
}
