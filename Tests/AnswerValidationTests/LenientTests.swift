import AnswerValidation
import Foundation
import JSON
import Testing

@Suite struct LenientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let value: JSONValue
    var testDescription: String { value.description }
  }

  static let recorded: [Case] = {
    let path =
      #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Fixtures/answers/lenient.jsonl"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { try? JSONParser().parse(String($0)) }.map(Case.init)
  }()

  @Test func `there are recorded verdicts of every kind, right and wrong`() {
    for kind in AnswerKind.allCases {
      let verdicts = Self.recorded.filter { $0.value["kind"]?.stringValue == kind.rawValue }.map(\.value["match"])
      #expect(Set(verdicts.compactMap { $0?.boolValue }) == [true, false], "\(kind)")
    }
  }

  @Test(arguments: recorded) func `the verdict is that of the reference benchmark`(_ recorded: Case) throws {
    let value = recorded.value
    let kind = try #require(value["kind"]?.stringValue.flatMap(AnswerKind.init))
    var options = AnswerOptions()
    options.decimalPlaces = value["options"]?["decimalPlaces"]?.intValue
    options.caseSensitive = value["options"]?["caseSensitive"]?.boolValue ?? false
    options.allowPercent = value["options"]?["allowPercent"]?.boolValue ?? true
    let verdict = AnswerValidator(kind, options: options)
      .judge(try #require(value["actual"]?.stringValue), expected: try #require(value["expected"]), mode: .lenient)
    #expect(verdict.match == value["match"]?.boolValue, "\(verdict)")
    #expect(verdict.match == (verdict.reason == nil))
  }

  @Test(arguments: [
    (AnswerKind.integer, "3", "Of 3 orders, 5 are open.", "the first number anywhere"),
    (.integer, "5", "5.9", "whole numbers lose their fraction"),
    (.integer, "5", "-$5", "a minus before a currency is lost"),
    (.boolean, "yes", " YES ", "case and space"),
    (.date, "2025-11-01", "Saturday, Nov 1 2025", "months by name"),
    (.date, "2025-11-02", "Nov 1 2025 22:00 PST", "the day in the zone of the machine, which is UTC"),
    (.string, "sales", "```text\nSales\n```", "a fence"),
    (.listOrdered, "a,b", "a,,b", "empty items count for nothing"),
  ])
  func `faults of the reference are reproduced`(
    _ kind: AnswerKind, _ expected: String, _ actual: String, _ what: String
  ) {
    let verdict = AnswerValidator(kind).judge(actual, expected: .string(expected), mode: .lenient)
    #expect(verdict.match, "\(what): \(verdict)")
  }

  @Test func `a boolean with a full stop is none`() {
    let verdict = AnswerValidator(.boolean).judge("Yes.", expected: true, mode: .lenient)
    #expect(verdict.reason == .noBoolean)
  }
}
