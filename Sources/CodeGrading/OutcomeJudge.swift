import CodeProblems
import Execution

/// Turns what a program did in a test into a verdict.
struct OutcomeJudge {
  let kind: ProblemKind
  let mode: GradingMode

  typealias Judgement = (verdict: GradeVerdict, detail: String?)

  /// - Parameter expected: the output or result of the test; nil for a script, whose end is its result.
  func judge(_ outcome: TestOutcome, expected: Expectation?) -> Judgement {
    switch outcome.ending {
    case .finished(let code): finished(outcome, code, expected)
    case .exitedEarly(let code):
      kind == .standardInput
        ? finished(outcome, code, expected)
        : (.runtimeError, "The program ended itself with exit code \(code) before the test was over.")
    case .signal(let number): (.runtimeError, "The program was ended by \(Self.name(ofSignal: number)).")
    case .exception(let raised): exception(raised)
    case .compileError(let raised): (.compileError, Self.text(raised))
    case .noFunction(let name): (.noFunction, "There is no function named \(name) in the program.")
    case .cpuTime: (.cpuTimeLimit, "The program took more processor time than the limit.")
    case .wallTime: (.wallTimeLimit, "The program was at work for longer than the limit on the clock.")
    case .memory: (.memoryLimit, "The program took more memory than the limit.")
    case .outputLimit: (.outputLimit, "The program printed more than the limit.")
    case .engineError(let text): (.engineError, text)
    }
  }

  /// What a test should give.
  enum Expectation {
    case output([UInt8])
    case result(PythonValue)
  }

  private func finished(_ outcome: TestOutcome, _ code: Int, _ expected: Expectation?) -> Judgement {
    switch expected {
    case nil: return (.accepted, nil)
    case .output(let output):
      // The reference judges what was printed however the program ended.
      if code != 0, mode == .strict { return (.runtimeError, "The program ended with exit code \(code).") }
      let difference = OutputComparison.difference(outcome.standardOutput, output)
      return difference.map { (.wrongAnswer, $0.message) } ?? (.accepted, nil)
    case .result(let result):
      guard let value = outcome.value else { return (.engineError, "The sandbox gave no result.") }
      let difference = ResultComparison.difference(PythonValue(value, mode: mode), result)
      return difference.map { (.wrongAnswer, $0) } ?? (.accepted, nil)
    }
  }

  private func exception(_ raised: RaisedException) -> Judgement {
    if raised.className == "MemoryError" { return (.memoryLimit, Self.text(raised)) }
    if case .script = kind, raised.className == "AssertionError", raised.stage == .run {
      return (.wrongAnswer, raised.message.isEmpty ? "An assertion of the test failed." : Self.text(raised))
    }
    return (.runtimeError, Self.text(raised))
  }

  /// `ValueError: invalid literal… (line 3)`.
  private static func text(_ raised: RaisedException) -> String {
    let message = ShortText.middleCut(raised.message.split(whereSeparator: \.isNewline).joined(separator: " "), to: 300)
    return "\(raised.className)\(message.isEmpty ? "" : ": \(message)")\(raised.line.map { " (line \($0))" } ?? "")"
  }

  private static func name(ofSignal number: Int) -> String {
    let names = [4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 15: "SIGTERM"]
    return names[number].map { "\($0) (signal \(number))" } ?? "signal \(number)"
  }
}
