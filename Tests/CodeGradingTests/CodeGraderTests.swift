import CodeGrading
import CodeProblems
import Execution
import Testing

@Suite struct CodeGraderTests {
  private let sums = ProblemTests.exchanges([
    .init(input: "1 2", output: "3", isPublic: true), .init(input: "2 2", output: "4"),
    .init(input: "5 5", output: "10"),
  ])

  private func options(_ mode: GradingMode = .strict, all: Bool = true) -> GradingOptions {
    var options = GradingOptions()
    (options.mode, options.runsAllTests) = (mode, all)
    return options
  }

  private func grade(
    _ executor: FakeExecutor, _ code: String = "print(sum(map(int, input().split())))",
    kind: ProblemKind = .standardInput,
    _ tests: ProblemTests? = nil, _ options: GradingOptions? = nil
  ) async throws -> Grade {
    try await CodeGrader(executor: executor, options: options ?? self.options())
      .grade(ProgramAnswer(code), kind: kind, tests: tests ?? sums)
  }

  private static func input(_ test: ProgramTest) -> String {
    if case .standardInput(let bytes) = test.input { return String(decoding: bytes, as: UTF8.self) }
    return ""
  }

  private func printing(_ outputs: [String: String]) -> FakeExecutor {
    FakeExecutor { TestOutcome(.finished(exitCode: 0), standardOutput: Array((outputs[Self.input($1)] ?? "").utf8)) }
  }

  @Test func `every test has to pass`() async throws {
    let executor = printing(["1 2": "3\n", "2 2": "4.0", "5 5": " 10 "])
    let grade = try await grade(executor)
    #expect(grade.isPassed && grade.tests.count == 3 && grade.firstFailedTest == nil && grade.runtime == "fake 1")
    #expect(executor.openSessions == 0 && executor.openedSessions == 1)
  }

  @Test func `the first failure is the verdict, and the rest is run unless told otherwise`() async throws {
    let outputs = ["1 2": "3", "2 2": "5", "5 5": "10"]
    let all = try await grade(printing(outputs))
    #expect(all.verdict == .wrongAnswer && all.firstFailedTest == 1 && all.tests.count == 3 && all.passedTests == 2)
    #expect(all.detail == "Line 1 is \"5\", expected \"4\".")
    let first = try await grade(printing(outputs), options: options(all: false))
    #expect(first.verdict == .wrongAnswer && first.tests.count == 2 && first.testCount == 3)
    let official = try await grade(printing(outputs), options: options(.official))
    #expect(official.tests.count == 2)
  }

  private func grade(_ executor: FakeExecutor, options: GradingOptions) async throws -> Grade {
    try await grade(executor, kind: .standardInput, nil, options)
  }

  private static let raised = RaisedException(className: "ValueError", message: "no", line: 3)

  @Test(arguments: [
    (TestOutcome.Ending.exception(raised), GradeVerdict.runtimeError, "ValueError: no (line 3)"),
    (.exception(RaisedException(className: "MemoryError", message: "")), .memoryLimit, "MemoryError"),
    (
      .compileError(RaisedException(className: "SyntaxError", message: "bad", line: 1)), .compileError,
      "SyntaxError: bad (line 1)"
    ),
    (.noFunction("f"), .noFunction, "There is no function named f in the program."),
    (.signal(11), .runtimeError, "The program was ended by SIGSEGV (signal 11)."),
    (.finished(exitCode: 1), .runtimeError, "The program ended with exit code 1."),
    (.cpuTime, .cpuTimeLimit, "The program took more processor time than the limit."),
    (.wallTime, .wallTimeLimit, "The program was at work for longer than the limit on the clock."),
    (.memory, .memoryLimit, "The program took more memory than the limit."),
    (.outputLimit, .outputLimit, "The program printed more than the limit."),
    (.engineError("broken"), .engineError, "broken"),
  ])
  func `each way to end has its verdict`(
    _ ending: TestOutcome.Ending, _ verdict: GradeVerdict, _ detail: String
  ) async throws {
    let grade = try await grade(FakeExecutor { _, _ in TestOutcome(ending, standardOutput: Array("3".utf8)) })
    #expect(grade.verdict == verdict && !grade.isPassed)
    #expect(grade.detail == detail)
  }

  @Test func `a program that cannot pass is not run for every test`() async throws {
    for ending in [TestOutcome.Ending.cpuTime, .compileError(Self.raised), .memory, .noFunction("f")] {
      #expect(try await grade(FakeExecutor { _, _ in TestOutcome(ending) }).tests.count == 1)
    }
  }

  @Test func `a sandbox that breaks once is asked again`() async throws {
    let executor = FakeExecutor { _, _ in TestOutcome(.engineError("broken")) }
    #expect(try await grade(executor).verdict == .engineError)
    #expect(executor.requests.count == 2)
  }

  @Test func `the official mode judges what was printed before an exit`() async throws {
    let executor = FakeExecutor { _, _ in TestOutcome(.exitedEarly(exitCode: 3), standardOutput: Array("3".utf8)) }
    let one = ProblemTests.exchanges([.init(input: "1 2", output: "3")])
    #expect(try await grade(executor, "exit(3)", one, options(.official)).isPassed)
    let strict = try await grade(executor, "exit(3)", one, options())
    #expect(strict.verdict == .runtimeError && strict.officialVerdict == .accepted)
  }

  private func grade(_ executor: FakeExecutor, _ code: String, _ tests: ProblemTests, _ options: GradingOptions)
    async throws -> Grade
  {
    try await grade(executor, code, kind: .standardInput, tests, options)
  }

  @Test func `what the official grader would say is told where it is something else, and asked only in doubt`()
    async throws
  {
    let executor = FakeExecutor { program, test in
      let fails = program.dialect == .official
      return fails
        ? TestOutcome(.exception(Self.raised))
        : TestOutcome(
          .finished(exitCode: 0),
          standardOutput: Array("\(Self.input(test) == "1 2" ? 3 : Self.input(test) == "2 2" ? 4 : 10)".utf8))
    }
    let doubtful = try await grade(executor, "for line in sys.stdin: print(line)")
    #expect(doubtful.isPassed && doubtful.officialVerdict == .runtimeError)
    let plain = try await grade(executor, "print(sum(map(int, input().split())))")
    #expect(plain.isPassed && plain.officialVerdict == nil)
    #expect(executor.openedSessions == 3)
  }

  @Test func `what a test should give never enters the sandbox`() async throws {
    let executor = FakeExecutor { _, _ in TestOutcome(.finished(exitCode: 0), value: .int("424242")) }
    let tests = ProblemTests.exchanges([.init(input: "1\n[2, \"x\"]", output: "424242")])
    let grade = try await grade(executor, "def f(a, b): ...", kind: .function("f"), tests)
    #expect(grade.isPassed)
    let request = try #require(executor.requests.first)
    #expect(request.test.input == .arguments(["1", "[2, \"x\"]"]) && request.program.entry == .function("f"))
    #expect(!"\(request)".contains("424242"))
  }

  @Test func `values are compared outside, a class of the program decides nothing`() async throws {
    let trick = PlainValue.other(type: "Yes", description: "<Yes>", definesEquality: true)
    let tests = ProblemTests.exchanges([.init(input: "1", output: "[1, 2]")])
    func verdict(_ value: PlainValue, _ mode: GradingMode) async throws -> GradeVerdict {
      let executor = FakeExecutor { _, _ in TestOutcome(.finished(exitCode: 0), value: value) }
      return try await grade(executor, "def f(a): ...", kind: .function("f"), tests, options(mode)).verdict
    }
    #expect(try await verdict(trick, .strict) == .wrongAnswer)
    #expect(try await verdict(trick, .official) == .accepted)
    for mode in GradingMode.allCases {
      #expect(try await verdict(.tuple([.int("1"), .float(2)]), mode) == .accepted)
      #expect(try await verdict(.list([.bool(true), .int("2")]), mode) == .accepted)
      #expect(try await verdict(.set([.int("1"), .int("2")]), mode) == .wrongAnswer)
      #expect(try await verdict(.null, mode) == .wrongAnswer)
    }
  }

  @Test(arguments: [
    ("Fraction", "Fraction(3, 2)", "1.5", true), ("Fraction", "Fraction(4, 1)", "4", true),
    ("Fraction", "Fraction(1, 3)", "0.3333333333333333", false), ("Decimal", "Decimal('1.5')", "1.5", true),
    ("Decimal", "Decimal('0.1')", "0.1", false), ("Decimal", "Decimal('-7')", "-7", true),
    ("Decimal", "Decimal('2.50')", "2.5", true), ("deque", "deque([1])", "[1]", false),
    ("Fraction", "Fraction(", "1", false), ("Fraction", "Fraction(1, 0)", "1", false),
    ("Decimal", "Decimal('NaN')", "NaN", false),
  ])
  func `a fraction and a decimal equal the numbers that Python says they equal`(
    _ type: String, _ text: String, _ expected: String, _ isEqual: Bool
  ) async throws {
    let tests = ProblemTests.exchanges([.init(input: "1", output: expected)])
    for mode in GradingMode.allCases {
      let executor = FakeExecutor { _, _ in
        TestOutcome(
          .finished(exitCode: 0), value: .other(type: type, description: text, definesEquality: type == "deque"))
      }
      let grade = try await grade(executor, "def f(a): ...", kind: .function("f"), tests, options(mode))
      #expect(grade.isPassed == isEqual, "\(text)")
    }
  }

  @Test func `a script's failed assertion is a wrong answer, another error is its own`() async throws {
    let script = ProblemTests.script(CheckScript(prompt: "def f(a):\n", checks: ["check(f)"], entryPoint: "f"))
    func verdict(_ raised: RaisedException) async throws -> GradeVerdict {
      let executor = FakeExecutor { _, _ in TestOutcome(.exception(raised)) }
      return try await grade(executor, "return 1", kind: .script(entryPoint: "f"), script).verdict
    }
    #expect(try await verdict(RaisedException(className: "AssertionError", message: "")) == .wrongAnswer)
    #expect(try await verdict(RaisedException(className: "TypeError", message: "x")) == .runtimeError)
    let early = FakeExecutor { _, _ in TestOutcome(.exitedEarly(exitCode: 0)) }
    #expect(try await grade(early, "exit()", kind: .script(entryPoint: "f"), script).verdict == .runtimeError)
  }

  @Test func `a problem without tests passes nothing`() async throws {
    let executor = printing([:])
    await #expect(throws: DatasetError.self) { try await grade(executor, "print()", .exchanges([]), options()) }
    #expect(executor.openedSessions == 0)
  }
}
