/// What kind of value an answer is.
package enum AnswerKind: String, Sendable, CaseIterable, Codable {
  case integer, number, boolean, date, string
  /// A list whose order counts.
  case listOrdered
  /// A list in any order; how often each item occurs counts.
  case listUnordered
}
