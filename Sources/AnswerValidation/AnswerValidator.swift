package import JSON

/// Judges answers without a model: the same answer always gets the same verdict.
///
/// Time and memory grow with the length of the answer, and no answer makes it trap.
package struct AnswerValidator: Sendable {
  package let kind: AnswerKind
  package let options: AnswerOptions

  package init(_ kind: AnswerKind, options: AnswerOptions = AnswerOptions()) {
    self.kind = kind
    self.options = options
  }

  /// - Parameter expected: a JSON value of the kind, or its text as an answer would have it; a list as an array or with
  ///   commas.
  package func judge(_ actual: String, expected: JSONValue, mode: AnswerMode = .strict) -> AnswerVerdict {
    switch mode {
    case .strict: StrictJudge(kind: kind, options: options).judge(actual, expected: expected)
    case .lenient: LenientJudge(kind: kind, options: options).judge(actual, expected: expected)
    }
  }
}

extension JSONValue {
  /// The value as an answer would have it: a string as it is, a list with commas, whole numbers without a fraction.
  package var answerText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .double(let value):
      value.rounded() == value && value.magnitude < 1e15 ? String(Int64(value)) : value.description
    case .string(let text): text
    case .array(let items): items.map(\.answerText).joined(separator: ",")
    case .object: description
    }
  }
}

/// A text as a message quotes it: not longer than helps.
func quoted(_ text: some StringProtocol) -> String {
  let shown = text.prefix(60)
  return shown.endIndex < text.endIndex ? "\"\(shown)…\"" : "\"\(text)\""
}
