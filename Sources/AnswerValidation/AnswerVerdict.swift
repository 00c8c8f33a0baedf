package import JSON

/// Whether an answer is right, and if not, why.
package struct AnswerVerdict: Sendable, Equatable {
  package let match: Bool
  /// Why it is not right, in a word; nil where it is.
  package let reason: Reason?
  /// The same in a sentence.
  package let detail: String?
  /// What the answer was understood to say; nil where it could not be read.
  package let understood: JSONValue?

  package enum Reason: String, Sendable, CaseIterable {
    /// There is no answer.
    case empty
    /// The answer holds nothing of the kind.
    case noNumber, noBoolean, noDate
    /// The answer holds several values that differ.
    case severalValues
    /// The value stands in a text that is not just the answer.
    case notAlone
    /// Separators between digits that can be read in two ways, such as `1,23`.
    case unclearNumber
    /// A number with a fraction where a whole one was asked for.
    case notAnInteger
    /// A currency or a percent sign that is not allowed.
    case signNotAllowed
    /// A date that does not exist, or whose weekday is another.
    case impossibleDate
    /// A date such as `03/04/2025`.
    case ambiguousDate
    /// A time of day was asked for, and the answer has a day alone.
    case timeMissing
    case differentValue
    /// The right text but for upper and lower case.
    case differentCase
    case missingItems, extraItems, differentItems, wrongOrder
    /// A list with nothing between two commas.
    case emptyItem
    /// What was expected is not of the kind itself.
    case badExpectation
  }

  package static func right(_ understood: JSONValue) -> AnswerVerdict {
    AnswerVerdict(match: true, reason: nil, detail: nil, understood: understood)
  }

  package static func wrong(_ reason: Reason, _ detail: String, understood: JSONValue? = nil) -> AnswerVerdict {
    AnswerVerdict(match: false, reason: reason, detail: detail, understood: understood)
  }
}

/// Why a text could not be read as a value.
struct Unreadable: Error {
  let reason: AnswerVerdict.Reason
  let detail: String

  init(_ reason: AnswerVerdict.Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}
