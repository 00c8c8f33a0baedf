import CodeProblems
import Execution

/// An answer as a program to run, with the tests to run it on.
struct TestPlan {
  struct Test {
    let input: ProgramTest.Input
    /// nil for a script.
    let expected: OutcomeJudge.Expectation?
  }

  let program: TestProgram
  let tests: [Test]

  /// - Throws: ``DatasetError`` for a problem without tests, or a function's result that is no JSON.
  init(_ answer: ProgramAnswer, kind: ProblemKind, tests: ProblemTests, mode: GradingMode) throws(DatasetError) {
    switch tests {
    case .script(let script):
      program = TestProgram(
        source: answer.isCompletion ? script.program(completion: answer.code) : script.program(answer: answer.code),
        entry: .script, hasPrelude: false)
      self.tests = script.checks.map { Test(input: .checks($0), expected: nil) }
    case .exchanges(let exchanges):
      program = TestProgram(
        source: answer.code, entry: kind.functionName.map { .function($0) } ?? .standardInput, dialect: mode.dialect)
      var list: [Test] = []
      for exchange in exchanges { list.append(try Self.test(exchange, kind)) }
      self.tests = list
    }
    // An answer would pass all of no tests.
    if self.tests.isEmpty { throw DatasetError("there is no test") }
  }

  private static func test(_ exchange: ProblemTests.Exchange, _ kind: ProblemKind) throws(DatasetError) -> Test {
    guard case .function = kind else {
      return Test(
        input: .standardInput(Array(exchange.input.utf8)), expected: .output(Array(exchange.output.utf8)))
    }
    let arguments = exchange.input.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Test(input: .arguments(arguments), expected: .result(try PythonJSON.parse(exchange.output)))
  }
}
