import CodeProblems
import Testing

@Suite struct PythonValueTests {
  private func areEqual(_ left: String, _ right: String) throws -> Bool {
    PythonValue.isEqual(try PythonJSON.parse(left), try PythonJSON.parse(right))
  }

  @Test(arguments: [
    ("1", "1.0"), ("true", "1"), ("0", "false"), ("0.0", "-0.0"), ("[1, 2.0, true]", "[1.0, 2, 1]"),
    ("\"\\u00e9\"", "\"é\""), ("{\"a\": 1, \"b\": [2]}", "{\"b\": [2.0], \"a\": true}"), ("1e3", "1000"),
    ("null", "null"), ("Infinity", "1e999"), ("9007199254740992", "9007199254740992.0"),
    ("99999999999999991611392", "1e23"), ("{\"a\": 1, \"a\": 2}", "{\"a\": 2}"), ("\"\\ud83d\\ude00\"", "\"😀\""),
    (" [ ] ", "[]"), ("-0", "0"), ("-100000000000000000000", "-1e20"),
  ])
  func `equal as in Python`(_ left: String, _ right: String) throws {
    #expect(try areEqual(left, right) && areEqual(right, left))
  }

  @Test(arguments: [
    ("1", "\"1\""), ("NaN", "NaN"), ("[1]", "[1, 1]"), ("null", "false"), ("0", "null"), ("[]", "{}"), ("\"\"", "[]"),
    ("100000000000000000000000", "1e23"), ("9007199254740993", "9007199254740992.0"), ("0.1", "0.10000000000000002"),
    ("{\"a\": 1}", "{\"b\": 1}"), ("\"\\u00e9\"", "\"e\\u0301\""), ("1", "Infinity"), ("\"a\"", "\"A\""),
  ])
  func `different as in Python`(_ left: String, _ right: String) throws {
    #expect(try !areEqual(left, right) && !areEqual(right, left))
  }

  @Test(arguments: [
    "", "[1,]", "{1: 2}", "01", "+1", ".5", "1.", "nan", "'a'", "\"a", "\"\t\"", "[1 2]", "tru", "1 2", "\"\\x\"", "-",
    "{\"a\" 1}", "\"\\u12\"",
  ])
  func `what json.loads refuses is refused`(_ text: String) {
    #expect(throws: DatasetError.self) { try PythonJSON.parse(text) }
  }

  @Test func `deep nesting is an error and no crash`() {
    #expect(throws: DatasetError.self) { try PythonJSON.parse(String(repeating: "[", count: 100_000)) }
  }

  @Test func `a tuple is a list at the top and nowhere else`() throws {
    let pair = PythonValue.tuple([.integer(PythonInteger(1)), .integer(PythonInteger(2))])
    #expect(ResultComparison.difference(pair, try PythonJSON.parse("[1, 2]")) == nil)
    #expect(ResultComparison.difference(.list([pair]), try PythonJSON.parse("[[1, 2]]")) != nil)
    let difference = ResultComparison.difference(.other("deque([1])"), try PythonJSON.parse("[1]"))
    #expect(difference == "The result is deque([1]), expected [1].")
  }
}
