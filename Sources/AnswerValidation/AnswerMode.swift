/// How an answer is read.
package enum AnswerMode: String, Sendable, CaseIterable, Codable {
  /// As a careful judge would: the answer has to be the value, in any usual notation, and not merely contain it.
  case strict
  /// As the reference benchmark of the TOON project does, with its faults: the first number anywhere in a sentence counts,
  /// whole numbers lose their fraction, `Yes.` is no boolean.
  case lenient
}
