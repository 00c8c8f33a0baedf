import AnswerValidation
import JSON
import SeededRandom
import Testing

@Suite struct StrictTests {
  struct Right: Sendable, CustomTestStringConvertible {
    let kind: AnswerKind
    let expected: JSONValue
    let actual: String
    var options = AnswerOptions()
    var testDescription: String { "\(kind): \(actual)" }

    init(_ kind: AnswerKind, _ expected: JSONValue, _ actual: String, _ options: AnswerOptions = AnswerOptions()) {
      (self.kind, self.expected, self.actual, self.options) = (kind, expected, actual, options)
    }
  }

  static let money = AnswerOptions(decimalPlaces: 2)

  static let right: [Right] = [
    .init(.integer, 42, "42"), .init(.integer, 42, " 42.\n"), .init(.integer, 42, "**42**"),
    .init(.integer, 42, "`42`"),
    .init(.integer, 42, "```\n42\n```"), .init(.integer, 42, "The answer is 42."), .init(.integer, 42, "Answer: 42"),
    .init(.integer, 42, "42 employees"), .init(.integer, 42, "There are 42 employees."), .init(.integer, 42, "42.00"),
    .init(.integer, 42, "= 42"), .init(.integer, 42, "42\n\nThere are 42 employees."), .init(.integer, "42", "42"),
    .init(.integer, 1_234_567, "1,234,567"), .init(.integer, 1_234_567, "$1,234,567"), .init(.integer, -5, "-5"),
    .init(.integer, -5, "−5"), .init(.integer, -5, "-$5"), .init(.integer, -5, "$-5"), .init(.integer, 1000, "1e3"),
    .init(.integer, 0, "-0"), .init(.integer, 9_007_199_254_740_993, "9007199254740993"),
    .init(.integer, 250, "250 ms"),
    .init(.integer, 250, "250ms"), .init(.integer, "123456789012345678901234567890", "123456789012345678901234567890"),
    .init(.number, 0.35, "0.35"), .init(.number, 0.35, ".35"), .init(.number, 0.35, "35%"),
    .init(.number, 0.35, "35 percent"),
    .init(.number, 1234.5, "1,234.50", money), .init(.number, 1234.5, "$1,234.5", money),
    .init(.number, 2.345, "2.35", money), .init(.number, 2.345, "2.34", money), .init(.number, 1.5e-3, "1.5e-3"),
    .init(.number, 3, "3.0000001"), .init(.number, 94568.27, "94568.27", money),
    .init(.number, 94568.27, "The average salary is $94,568.27.", money),
    .init(.boolean, true, "yes"), .init(.boolean, true, "YES."), .init(.boolean, true, "True"),
    .init(.boolean, true, "1"),
    .init(.boolean, true, "**Yes**, it is complete."), .init(.boolean, false, "No, the data is not valid."),
    .init(.boolean, false, "The answer is no."), .init(.boolean, "NO", "no"),
    .init(.boolean, true, "Yes\nThe rows match."),
    .init(.date, "2025-11-01", "2025-11-01"), .init(.date, "2025-11-01", "November 1, 2025"),
    .init(.date, "2025-11-01", "1st of November 2025"), .init(.date, "2025-11-01", "Sat, 1 Nov 2025"),
    .init(.date, "2025-11-01", "2025/11/1"), .init(.date, "2025-11-13", "13/11/2025"),
    .init(.date, "2025-11-13", "11/13/2025"),
    .init(.date, "2025-05-05", "05/05/2025"), .init(.date, "2025-11-01", "2025-11-01T23:00:00-05:00"),
    .init(.date, "2025-11-01", "Answer: 2025-11-01"), .init(.date, "2025-11-01T10:00:00Z", "2025-11-01 12:00+02:00"),
    .init(.date, "2025-11-01T10:00:00.500Z", "2025-11-01T10:00:00.5Z"), .init(.date, "2024-02-29", "Feb 29, 2024"),
    .init(.string, "Sales", "sales"), .init(.string, "Sales", "\"Sales\"."),
    .init(.string, "Sales", "The answer is: Sales"),
    .init(.string, "John  Doe", "John Doe"), .init(.string, "Dr. No.", "Dr. No."), .init(.string, "5'", "5'"),
    .init(.string, "caf\u{E9}", "cafe\u{301}"), .init(.string, 42, "42"), .init(.string, "```", "```"),
    .init(.string, "", ""),
    .init(.listOrdered, "a,b,c", "a, b, c"), .init(.listOrdered, ["a", "b"], "[\"a\", \"b\"]"),
    .init(.listOrdered, ["a", "b"], "- a\n- b"), .init(.listOrdered, ["a", "b"], "1. a\n2. b"),
    .init(.listOrdered, ["a", "b", "c"], "a, b and c"), .init(.listOrdered, ["a", "b", "c"], "a, b, and c."),
    .init(.listOrdered, ["a", "b"], "`a`, `b`"), .init(.listOrdered, ["a", "b"], "[a, b]"), .init(.listOrdered, [], ""),
    .init(.listOrdered, ["a", "b"], "Answer: a; b"), .init(.listOrdered, ["x, y", "z"], "\"x, y\", z"),
    .init(.listUnordered, ["a", "b", "b"], "b,a,b"), .init(.listUnordered, "a,b", "B, A"),
    .init(.listOrdered, [1, 2], "1,2"), .init(.listOrdered, ["a"], "a"),
  ]

  @Test(arguments: right) func `usual notations of the right answer are right`(_ right: Right) {
    let verdict = AnswerValidator(right.kind, options: right.options).judge(right.actual, expected: right.expected)
    #expect(verdict.match, "\(verdict)")
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let kind: AnswerKind
    let expected: JSONValue
    let actual: String
    let reason: AnswerVerdict.Reason
    let options: AnswerOptions
    var testDescription: String { "\(kind): \(actual)" }

    init(
      _ kind: AnswerKind, _ expected: JSONValue, _ actual: String, _ reason: AnswerVerdict.Reason,
      _ options: AnswerOptions = AnswerOptions()
    ) {
      (self.kind, self.expected, self.actual, self.reason, self.options) = (kind, expected, actual, reason, options)
    }
  }

  static let wrong: [Wrong] = [
    .init(.integer, 42, "43", .differentValue), .init(.integer, 42, "", .empty), .init(.integer, 42, "none", .noNumber),
    .init(.integer, 42, "42.5", .notAnInteger), .init(.integer, 3, "Of 3 orders, 5 are open.", .severalValues),
    .init(.integer, 42, "42 or 43", .severalValues), .init(.integer, 42, "Employee 42 is not in the list.", .notAlone),
    .init(.integer, 42, "not 42", .notAlone), .init(.integer, 42, "It is not 42", .notAlone),
    .init(.integer, 42, "about 42", .notAlone), .init(.integer, 42, "approximately 42.", .notAlone),
    .init(.integer, 42, "Q42", .notAlone), .init(.integer, 42, "more than 42", .notAlone),
    .init(.integer, 5_000_000, "5 million", .unclearNumber), .init(.integer, 5, "5k", .unclearNumber),
    .init(.integer, 123, "1,23", .unclearNumber), .init(.integer, 1234, "1.234.567", .unclearNumber),
    .init(.integer, 5, "-5", .differentValue),
    .init(.integer, 9_007_199_254_740_993, "9007199254740992", .differentValue),
    .init(.integer, 42, "42$", .notAlone),
    .init(.integer, 42, "$42", .signNotAllowed, AnswerOptions(allowCurrency: false)),
    .init(.number, 0.35, "35%", .signNotAllowed, AnswerOptions(allowPercent: false)),
    .init(.number, 35, "35%", .differentValue), .init(.number, 2.345, "2.36", .differentValue, money),
    .init(.number, 1, "1e400", .differentValue), .init(.number, 3, "3.00001", .differentValue),
    .init(.boolean, true, "no", .differentValue), .init(.boolean, true, "maybe", .noBoolean),
    .init(.boolean, true, "", .empty),
    .init(.boolean, true, "Yes, but it is not complete.", .severalValues),
    .init(.boolean, false, "No more than three", .notAlone),
    .init(.boolean, true, "No. Wait, yes.", .severalValues), .init(.boolean, true, "42", .noBoolean),
    .init(.date, "2025-11-01", "2025-11-02", .differentValue), .init(.date, "2025-03-04", "03/04/2025", .ambiguousDate),
    .init(.date, "2025-03-03", "Feb 31, 2025", .impossibleDate),
    .init(.date, "2025-02-29", "2025-02-29", .impossibleDate),
    .init(.date, "2025-11-01", "Sunday, November 1, 2025", .impossibleDate),
    .init(.date, "2025-11-01", "soon", .noDate),
    .init(.date, "2025-11-01T10:00:00Z", "2025-11-01", .timeMissing),
    .init(.date, "2025-11-01", "November 2025", .noDate),
    .init(.date, "2025-11-01T10:00:00Z", "2025-11-01T10:00:01Z", .differentValue),
    .init(.string, "Sales", "Finance", .differentValue), .init(.string, "Sales", "", .empty),
    .init(.string, "Sales", "It is either Sales or Finance", .notAlone),
    .init(.string, "Sales", "sales", .differentCase, AnswerOptions(caseSensitive: true)),
    .init(.listOrdered, ["a", "b"], "b,a", .wrongOrder), .init(.listOrdered, ["a", "b"], "a", .missingItems),
    .init(.listOrdered, ["a", "b"], "a,b,c", .extraItems), .init(.listOrdered, ["a", "b"], "a,c", .differentItems),
    .init(.listUnordered, ["a", "b", "b"], "a,b", .missingItems),
    .init(.listUnordered, ["a", "b"], "a,b,b", .extraItems),
    .init(.listOrdered, ["a", "b"], "a,,b", .emptyItem), .init(.listOrdered, ["a", "b"], "", .empty),
  ]

  @Test(arguments: wrong) func `wrong answers are wrong for the right reason`(_ wrong: Wrong) {
    let verdict = AnswerValidator(wrong.kind, options: wrong.options).judge(wrong.actual, expected: wrong.expected)
    if wrong.reason != .impossibleDate || wrong.expected != "2025-02-29" {
      #expect(verdict.reason == wrong.reason, "\(verdict)")
    }
    #expect(!verdict.match)
    #expect(verdict.detail?.isEmpty == false)
  }

  @Test(arguments: [
    (AnswerKind.integer, "forty"), (.integer, "4.5"), (.number, "x"), (.boolean, "perhaps"), (.date, "2025-02-30"),
  ])
  func `what was expected has to be of its kind`(_ kind: AnswerKind, _ expected: String) {
    let actual = kind == .boolean ? "yes" : kind == .date ? "2025-01-01" : "1"
    #expect(AnswerValidator(kind).judge(actual, expected: .string(expected)).reason == .badExpectation)
  }

  @Test func `a list is expected in any form that an answer may have`() {
    let validator = AnswerValidator(.listOrdered)
    #expect(validator.judge("a, b", expected: "a,b").match)
    #expect(validator.judge("a, b", expected: ["a", "b"]).match)
    #expect(!validator.judge("a, b", expected: ["a, b"]).match)
  }
}

@Suite struct RobustnessTests {
  private static let pieces = [
    "42", "-", "−", "$", "€", ".", ",", "%", "e", "E9999999999", "1,234", "```", "\"", "'", "`", "**", "“", "”", "yes",
    "no",
    "not", "\n", "\r\n", " ", "\u{FEFF}", "\u{0}", "Nov", "2025", ":", "+02:00", "T", "Z", "[", "]", "{\"a\":1}", "- ",
    "1. ",
    "answer", "is", "é", "👩‍👩‍👧", "\u{301}", "Σ", "İ", "and ", " and ", ";", "999999999999999999999999", "(", ")", "/",
  ]

  @Test func `no answer makes a judge trap, and both say why it is wrong`() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<5000 {
      let count = generator.next(in: 0...8)
      let answer = (0..<count).map { _ in Self.pieces[generator.next(in: 0...Self.pieces.count - 1)] }.joined()
      let kind = AnswerKind.allCases[generator.next(in: 0...AnswerKind.allCases.count - 1)]
      let places = generator.next(in: -1...15)
      let validator = AnswerValidator(kind, options: AnswerOptions(decimalPlaces: places < 0 ? nil : places))
      for mode in AnswerMode.allCases {
        let verdict = validator.judge(answer, expected: .string(Self.pieces[generator.next(in: 0...5)]), mode: mode)
        #expect(verdict.match == (verdict.reason == nil))
        #expect(verdict.match == (verdict.detail == nil))
      }
    }
  }

  @Test(arguments: [
    "9", "1,", "\"", "`", "- ", "**", "yes ", "Σ", "\u{301}", "[", "a,", "1 ", "\n", "Nov ", "(", "-", " and ",
  ])
  func `a long answer of anything is judged`(_ piece: String) {
    let answer = String(repeating: piece, count: 20_000 / piece.utf8.count)
    for kind in AnswerKind.allCases {
      for mode in AnswerMode.allCases {
        #expect(!AnswerValidator(kind).judge(answer, expected: "2025-01-01", mode: mode).match)
      }
    }
  }
}
