package import JSON

package enum ValidateAnswer: Method {
  package static let name = "validate.answer"
  package static let summary = "Says whether an answer is right, by its kind and without a model, and if not, why."
  package static let details = """
    `strict` judges as a careful person would: the answer has to be the value, in any usual notation; a number somewhere in \
    a sentence is none. `lenient` judges as the reference benchmark of the TOON project does, with its faults: the first \
    number anywhere counts, whole numbers lose their fraction, `Yes.` is no boolean. The suite data-formats stores both.
    """

  package struct Params: Codable, Sendable, Equatable {
    /// `integer`, `number`, `boolean`, `date`, `string`, `listOrdered` or `listUnordered`.
    package var kind: String
    /// A value of the kind, or its text.
    package var expected: JSONValue
    /// The answer's text; another value stands for its text.
    package var actual: JSONValue
    package var options: Options?
    /// `strict` (default) or `lenient`.
    package var mode: String?

    package init(kind: String, expected: JSONValue, actual: JSONValue, options: Options? = nil, mode: String? = nil) {
      self.kind = kind
      self.expected = expected
      self.actual = actual
      self.options = options
      self.mode = mode
    }
  }

  package struct Options: Codable, Sendable, Equatable {
    package var tolerance: Double?
    package var decimalPlaces: Int?
    package var caseSensitive: Bool?
    package var allowCurrency: Bool?
    package var allowPercent: Bool?

    package init() {}
  }

  package struct Result: Codable, Sendable, Equatable {
    package var match: Bool
    /// In a word; nil where the answer is right.
    package var reason: String?
    /// The same in a sentence.
    package var detail: String?
    /// What the answer was understood to say; nil where it could not be read.
    package var understood: JSONValue?

    package init(match: Bool, reason: String?, detail: String?, understood: JSONValue?) {
      self.match = match
      self.reason = reason
      self.detail = detail
      self.understood = understood
    }
  }
}
