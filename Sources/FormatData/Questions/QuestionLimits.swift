/// How many questions of each type are asked about one dataset, at most.
package struct QuestionLimits: Sendable, Equatable {
  package var fieldRetrieval: Int
  package var aggregation: Int
  package var filtering: Int
  package var structureAwareness: Int

  /// Together with those about damaged texts about 300 questions on the datasets that come with the program.
  package static let standard = QuestionLimits(
    fieldRetrieval: 13, aggregation: 11, filtering: 8, structureAwareness: 7)

  package init(fieldRetrieval: Int, aggregation: Int, filtering: Int, structureAwareness: Int) {
    self.fieldRetrieval = fieldRetrieval
    self.aggregation = aggregation
    self.filtering = filtering
    self.structureAwareness = structureAwareness
  }

  func count(_ type: QuestionType) -> Int {
    switch type {
    case .fieldRetrieval: fieldRetrieval
    case .aggregation: aggregation
    case .filtering: filtering
    case .structureAwareness: structureAwareness
    case .structuralValidation: .max
    }
  }
}
