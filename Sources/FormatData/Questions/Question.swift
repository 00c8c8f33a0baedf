package import AnswerValidation
package import JSON

/// A question about a dataset, with its answer.
package struct Question: Sendable, Equatable {
  /// The same for the same dataset and seed: `tabular/filtering/3`.
  package let id: String
  package let dataset: String
  package let type: QuestionType
  package let text: String
  package let expected: JSONValue
  package let kind: AnswerKind
  package let options: AnswerOptions

  package init(
    id: String, dataset: String, type: QuestionType, text: String, expected: JSONValue, kind: AnswerKind,
    options: AnswerOptions = AnswerOptions()
  ) {
    self.id = id
    self.dataset = dataset
    self.type = type
    self.text = text
    self.expected = expected
    self.kind = kind
    self.options = options
  }

  package func judge(_ answer: String, mode: AnswerMode) -> AnswerVerdict {
    AnswerValidator(kind, options: options).judge(answer, expected: expected, mode: mode)
  }
}

/// A question before it is chosen.
struct Draft {
  let text: String
  let expected: JSONValue
  let kind: AnswerKind
  var options = AnswerOptions()

  static func count(_ text: String, _ value: Int) -> Draft {
    Draft(text: text, expected: JSONValue(value), kind: .integer)
  }
}
