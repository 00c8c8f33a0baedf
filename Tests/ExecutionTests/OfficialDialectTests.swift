import Execution
import Testing

/// The reference runner's environment, with what it is known to get wrong.
@Suite(.timeLimit(.minutes(5)), .needs(.python)) struct OfficialDialectTests {
  private func run(_ source: String, input: String = "abc\ndef\n") async throws -> TestOutcome {
    try await Machine.test(source, dialect: .official, input: input)
  }

  @Test(arguments: [
    ("print(input())\nprint(input())", "abc\ndef\n"),
    ("import sys\nprint(sys.stdin.read().split())", "['abc', 'def']\n"),
    ("import sys\nprint(sys.stdin.readlines())", "['abc\\n', 'def\\n', '']\n".replacing("\\n", with: "")),
    ("import sys\nprint(sys.stdin.buffer.readline(), sys.stdin.buffer.readline())", "b'abc\\n' b'abc\\n'\n"),
    ("import sys\nprint(input())\nsys.exit()\nprint(1)", "abc\n"),
    ("print('right')\nexit()", "right\n"),
    ("if __name__ == '__main__':\n  print('last')", "last\n"),
    ("if __name__ == '__main__':\n  print('not last')\nx = 1", ""),
    ("import os\nos.write(1, b'lost')", ""),
    ("print(gcd(12, 18), Counter('aab')['a'], inf)", "6 2 inf\n"),
    ("return_value = 1\nprint(return_value)\nreturn", "1\n"),
    ("print('x', file=sys.stderr)\nprint(end='y')", "y"),
    ("import os\nprint(os.kill, os.fork)", "None None\n"),
  ])
  func `a program is run as the reference runner runs it`(source: String, output: String) async throws {
    let outcome = try await run(source)
    #expect(outcome.ending == .finished(exitCode: 0), "\(outcome.errors)")
    #expect(outcome.output == output)
  }

  @Test(arguments: [
    ("import sys\nfor line in sys.stdin: print(line)", "TypeError"),
    ("import sys\nsys.stdout.buffer.write(b'x')", "AttributeError"),
    ("x = 0\ndef add():\n  global x\n  x += 1\nadd()", "NameError"),
    ("quit()", "TypeError"),
    ("import os\nos.fork()", "TypeError"),
    ("class Solution: pass\nprint(1)", "AttributeError"),
    ("print(input(), input(), input(), input())", "EOFError"),
    ("int('x')", "ValueError"),
  ])
  func `what the reference runner fails is failed`(source: String, error: String) async throws {
    guard case .exception(let raised) = try await run(source).ending else {
      Issue.record("nothing raised")
      return
    }
    #expect(raised.className == error)
  }

  @Test func `source that is none is a compile error`() async throws {
    for source in ["", "print(", "def f(:"] {
      guard case .compileError = try await run(source).ending else {
        Issue.record("\(source) compiled")
        continue
      }
    }
    let outcome = try await Machine.test(
      "x = 1\ndef f(:", entry: .function("f"), dialect: .official, .arguments(["1"]))
    guard case .compileError(let error) = outcome.ending else {
      Issue.record("\(outcome) \(outcome.errors)")
      return
    }
    #expect(error.line == 2)
  }

  @Test func `tests share the process and the Solution object`() async throws {
    let program = TestProgram(
      source: "total = 0\nclass Solution:\n  def __init__(self): self.calls = 0\n  def f(self, x):\n    global total\n"
        + "    self.calls += 1; total += x\n    return self.calls, total",
      entry: .function("f"), dialect: .official)
    try await Machine.executor(.python).withSession(testing: program) { session in
      for number in 1...3 {
        let outcome = try await session.run(ProgramTest(.arguments(["2"])))
        #expect(outcome.value == .tuple([.int("\(number)"), .int("\(2 * number)")]), "\(outcome)")
      }
    }
  }

  @Test func `limits hold for each test, and the next one finds a new process`() async throws {
    let program = TestProgram(
      source: "import time\nx = input()\nwhile x == 'spin': pass\nif x == 'sleep': time.sleep(1000)\nprint(x)",
      entry: .standardInput, dialect: .official)
    try await Machine.executor(.python).withSession(testing: program) { session in
      for (input, ending) in [
        ("a", TestOutcome.Ending.finished(exitCode: 0)), ("spin", .cpuTime), ("b", .finished(exitCode: 0)),
        ("sleep", .wallTime), ("c", .finished(exitCode: 0)),
      ] {
        let test = ProgramTest(.standardInput(Array(input.utf8)), cpuSeconds: 0.4, wallSeconds: 2)
        let outcome = try await session.run(test)
        #expect(outcome.ending == ending)
        if ending == .finished(exitCode: 0) { #expect(outcome.output == input + "\n") }
      }
    }
  }

  @Test func `the time limit cannot be caught or turned off`() async throws {
    let source = """
      import signal
      signal.alarm(0)
      while True:
          try:
              while True: pass
          except BaseException: pass
      """
    let outcome = try await Machine.test(
      source, dialect: .official, limits: ExecutionLimits(cpuSeconds: 0.4, wallSeconds: 20))
    #expect(outcome.ending == .cpuTime)
  }

  @Test func `an error in a function has its own line`() async throws {
    let outcome = try await Machine.test(
      "class Solution:\n  def f(self, x):\n    return 1 // x", entry: .function("f"), dialect: .official,
      .arguments(["0"]))
    guard case .exception(let error) = outcome.ending else {
      Issue.record("\(outcome) \(outcome.errors)")
      return
    }
    #expect(error.className == "ZeroDivisionError")
    #expect(error.line == 3)
  }
}
