import CodeProblems
import Testing

/// What LiveCodeBench's own grader says of the same pairs (run beside it by scripts/check-code-grading).
@Suite struct OutputComparisonTests {
  private func isRight(_ output: String, _ expected: String) -> Bool {
    OutputComparison.difference(Array(output.utf8), Array(expected.utf8)) == nil
  }

  @Test(arguments: [
    ("6.0", "6"), ("+6", "6"), ("06", "6"), ("6e0", "6"), ("6_0", "60"), ("inf", "Infinity"), ("-INF", "-infinity"),
    ("６", "6"), ("1  2", "1 2"), ("1 2\r\n3", "1 2\n3"), ("", ""), ("  \n", ""), ("\u{1c}a\u{85}", "a"),
    ("a\u{a0}\nb", "a\nb"), ("1e3", "1000"), ("0.10", ".1"), ("-0", "0"), ("0e5", "0.00"), ("1_000", "1000"),
    ("100000000000000000000000000001.0", "100000000000000000000000000001"), ("5.", "5"), ("1\u{2003}2", "1 2"),
    ("1e999999999999999999", "10e999999999999999998"), ("\n\na b\n", "a b"),
  ])
  func `equal by the official rules`(_ output: String, _ expected: String) {
    #expect(isRight(output, expected) && isRight(expected, output))
  }

  @Test(arguments: [
    ("0.333333", "0.3333333333"), ("nan", "NaN"), ("YES", "Yes"), ("a  b", "a b"), ("6\u{0}", "6"), ("1\n\n2", "1\n2"),
    ("1", "1\n2"), ("1 2", "1 2 3"), ("e5", "0"), ("1e", "1"), (".", "0"), ("0x10", "16"), ("1,000", "1000"),
    ("caf\u{e9}", "cafe\u{301}"), ("100000000000000000000000000001", "100000000000000000000000000002"),
    ("1e1000000000000000000", "2e1000000000000000000"), ("--1", "1"), ("1 a", "1.0 a"), ("sNaN", "snan"), ("²", "2"),
    ("a", ""), ("", "a"),
  ])
  func `different by the official rules`(_ output: String, _ expected: String) {
    #expect(!isRight(output, expected) && !isRight(expected, output))
  }

  @Test func `the first line that differs is told, shortened`() throws {
    let long = String(repeating: "x", count: 1000)
    let difference = try #require(OutputComparison.difference(Array("1\n\(long)\n3".utf8), Array("1\ny\n3".utf8)))
    #expect(
      difference.line == 2 && difference.message.utf8.count < 400 && difference.message.contains("expected \"y\""))
    let missing = try #require(OutputComparison.difference(Array("1".utf8), Array("1\n2".utf8)))
    #expect(missing.line == nil && missing.message == "1 line was printed instead of 2.")
  }

  @Test func `bytes that are no text are compared as bytes`() {
    #expect(OutputComparison.difference([0xFF, 0x0A], [0xFF]) == nil)
    #expect(OutputComparison.difference([0xFF], [0xFE]) != nil)
    #expect(OutputComparison.difference([0xE2, 0x80], [0x31]) != nil)
  }
}
