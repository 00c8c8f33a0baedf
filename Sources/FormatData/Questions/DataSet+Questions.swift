import AnswerValidation
import JSON
import SeededRandom

extension DataSet {
  /// Questions with their answers, made from the data: no two alike, in the order of the types.
  package func questions(seed: UInt64? = nil, limits: QuestionLimits = .standard) -> [Question] {
    if let corruption { return structuralQuestions(corruption) }
    let seed = seed ?? self.seed ?? DataSetKind.defaultSeed
    func stream(_ part: String) -> SeededGenerator {
      SeededGenerator(seed: seed, stream: "format-questions/\(name)/\(part)")
    }
    var drafts: [QuestionType: [[Draft]]] = [:]
    for (index, table) in RecordTable.all(in: self).enumerated() {
      var maker = TableQuestions(table, stream("table-\(index)"))
      drafts[.fieldRetrieval, default: []].append(maker.fieldRetrieval())
      drafts[.aggregation, default: []].append(maker.aggregation())
      drafts[.filtering, default: []].append(maker.filtering())
      drafts[.structureAwareness, default: []].append(maker.structureAwareness())
    }
    if shape.structure == .deep {
      var tree = TreeQuestions(value, stream("tree"))
      drafts[.fieldRetrieval, default: []].insert(tree.fieldRetrieval(), at: 0)
      drafts[.aggregation, default: []].insert(tree.aggregation(), at: 0)
      drafts[.structureAwareness, default: []].insert(tree.structureAwareness(), at: 0)
    }
    var asked: Set<String> = []
    return QuestionType.allCases.flatMap { type in
      let chosen = Self.inTurn(drafts[type] ?? []).filter { asked.insert($0.text.lowercased()).inserted }
      return chosen.prefix(limits.count(type)).enumerated().map { index, draft in
        Question(
          id: "\(name)/\(type.rawValue)/\(index + 1)", dataset: name, type: type, text: draft.text,
          expected: draft.expected, kind: draft.kind, options: draft.options)
      }
    }
  }

  /// One of each list after another, so that every table gets its share.
  private static func inTurn(_ lists: [[Draft]]) -> [Draft] {
    let longest = lists.map(\.count).max() ?? 0
    return (0..<longest).flatMap { index in lists.compactMap { $0.indices.contains(index) ? $0[index] : nil } }
  }

  /// The same question in two ways whose right answers differ: a model that always says no gets half.
  private func structuralQuestions(_ corruption: Corruption) -> [Question] {
    let texts = [
      ("Is this data complete and valid? Answer yes or no.", corruption.isControl),
      (
        "Is something missing from this data, or does something in it not fit together? Answer yes or no.",
        !corruption.isControl
      ),
    ]
    return texts.enumerated().map { index, text in
      Question(
        id: "\(name)/\(QuestionType.structuralValidation.rawValue)/\(index + 1)", dataset: name,
        type: .structuralValidation, text: text.0, expected: .bool(text.1), kind: .boolean)
    }
  }
}
