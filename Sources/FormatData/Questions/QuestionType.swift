/// What a question takes.
package enum QuestionType: String, Sendable, CaseIterable, Codable {
  /// Reading a value off one record.
  case fieldRetrieval = "field-retrieval"
  /// Counting, adding up or comparing over all records, with one condition at most.
  case aggregation
  /// Counting or listing the records that meet several conditions.
  case filtering
  /// Saying how the data is made: how many records, which fields, what comes last.
  case structureAwareness = "structure-awareness"
  /// Saying whether the text is complete and valid.
  case structuralValidation = "structural-validation"

  package var title: String {
    switch self {
    case .fieldRetrieval: "Field retrieval"
    case .aggregation: "Aggregation"
    case .filtering: "Filtering"
    case .structureAwareness: "Structure awareness"
    case .structuralValidation: "Structural validation"
    }
  }
}
