import AnswerValidation
import FormatData
import Foundation
import JSON
import Testing

@Suite struct QuestionTests {
  static let all: [(dataset: DataSet, questions: [Question])] = DataSetKind.allCases.map { kind in
    let dataset = kind.make()
    return (dataset, dataset.questions())
  }

  @Test func `there are at least 240, of five types, none twice`() {
    let questions = Self.all.flatMap(\.questions)
    #expect(questions.count >= 240)
    #expect(Set(questions.map(\.type)) == Set(QuestionType.allCases))
    #expect(Set(questions.map(\.id)).count == questions.count)
    #expect(Set(questions.map { "\($0.dataset) \($0.text.lowercased())" }).count == questions.count)
    for type in QuestionType.allCases where type != .structuralValidation {
      #expect(questions.count { $0.type == type } >= 40, "\(type)")
    }
    #expect(Set(questions.map(\.kind)).count >= 6)
  }

  @Test(arguments: DataSetKind.allCases) func `the right answer is right for both judges, and a wrong one for neither`(
    _ kind: DataSetKind
  ) {
    for question in kind.make().questions() {
      let right = question.expected.answerText
      let wrong = question.expected.boolValue.map { $0 ? "no" : "yes" } ?? "7777777777"
      for mode in AnswerMode.allCases {
        #expect(question.judge(right, mode: mode).match, "\(question)")
        #expect(!question.judge(wrong, mode: mode).match, "\(question)")
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4]) func `counts are neither nothing nor everything`(_ seed: UInt64) {
    for kind in DataSetKind.allCases where !kind.isStructural {
      let dataset = kind.make(seed: seed)
      for question in dataset.questions() where question.text.hasPrefix("How many") && question.text.contains(" have ")
      {
        guard [.aggregation, .filtering].contains(question.type), let count = question.expected.intValue else {
          continue
        }
        // Counts over a configuration are about parts of it.
        #expect(count > 0 && (kind == .nestedConfig || count < dataset.rows), "\(question.text) \(count)")
      }
    }
  }

  @Test(arguments: [1, 2, 3]) func `the smallest datasets have questions too`(_ rows: Int) {
    for kind in DataSetKind.allCases where kind.leastRows <= rows {
      let questions = kind.make(rows: rows).questions()
      #expect(!questions.isEmpty)
      for question in questions {
        #expect(question.judge(question.expected.answerText, mode: .strict).match, "\(question)")
      }
    }
  }

  @Test func `a model that always says no gets half of the questions about damaged texts`() {
    let questions = Self.all.flatMap(\.questions).filter { $0.type == .structuralValidation }
    #expect(questions.count == 10)
    #expect(questions.count { $0.judge("no", mode: .strict).match } == 5)
  }

  // MARK: Answers, worked out in another way

  private static func employees() -> [JSONValue] { DataSetKind.tabular.make().value["employees"]?.arrayValue ?? [] }

  private static func number(behind words: String, in text: String) -> Double? {
    guard let range = text.range(of: words) else { return nil }
    return Double(text[range.upperBound...].prefix { $0.isNumber || $0 == "." })
  }

  @Test func `answers about employees agree with a count by hand`() throws {
    var checked = 0
    for question in DataSetKind.tabular.make().questions(
      limits: .init(fieldRetrieval: 30, aggregation: 60, filtering: 60, structureAwareness: 9))
    where question.kind == .integer && question.text.hasPrefix("How many employees have") {
      let text = question.text
      var matching = Self.employees()
      if let start = text.range(of: "the department \"") {
        let department = text[start.upperBound...].prefix { $0 != "\"" }
        matching.removeAll { $0["department"]?.stringValue != String(department) }
      }
      for (field, label) in [("salary", "salary"), ("yearsExperience", "number of years of experience")] {
        if let least = Self.number(behind: "\(label) greater than ", in: text) {
          matching.removeAll { ($0[field]?.doubleValue ?? 0) <= least }
        }
        if let most = Self.number(behind: "\(label) less than ", in: text) {
          matching.removeAll { ($0[field]?.doubleValue ?? 0) >= most }
        }
      }
      for flag in [true, false] where text.contains("`active` set to \(flag)") {
        matching.removeAll { $0["active"]?.boolValue != flag }
      }
      #expect(question.expected == .integer(Int64(matching.count)), "\(text)")
      checked += 1
    }
    #expect(checked > 20)
  }

  @Test func `sums and averages agree with decimal arithmetic`() throws {
    let metrics = DataSetKind.analytics.make().value["metrics"]?.arrayValue ?? []
    let cents = metrics.map { Int((($0["revenue"]?.doubleValue ?? 0) * 100).rounded()) }
    let questions = DataSetKind.analytics.make().questions(
      limits: .init(fieldRetrieval: 1, aggregation: 100, filtering: 1, structureAwareness: 1))
    let sum = try #require(questions.first { $0.text.hasPrefix("What is the sum of the revenue") })
    #expect(sum.expected.doubleValue == Double(cents.reduce(0, +)) / 100)
    let average = try #require(questions.first { $0.text.hasPrefix("What is the average revenue") })
    #expect(average.expected.doubleValue == (Double(cents.reduce(0, +)) / Double(cents.count)).rounded() / 100)
  }

  @Test func `records without anything to tell them apart are counted`() throws {
    try withFile(
      """
      [{"colour": "red", "size": 1}, {"colour": "red", "size": 1}, {"colour": "blue", "size": 3}, {"colour": "red", "size": 1}]
      """
    ) { path in
      let questions = try DataSetSource.own(path).questions
      let third = questions.filter { $0.text.contains("number 3, counted from 1") && $0.type == .fieldRetrieval }
      #expect(!third.isEmpty)
      #expect(third.allSatisfy { $0.expected == 3 || $0.expected == "blue" })
      #expect(questions.allSatisfy { $0.judge($0.expected.answerText, mode: .strict).match })
    }
  }
}
