package import CodeProblems
package import Execution

/// Runs answers against the tests of their problems. What a test should give never enters the sandbox, but for the checks
/// of HumanEval and MBPP, which are code.
package struct CodeGrader: Sendable {
  private let executor: any TestExecutor
  package let options: GradingOptions

  package init(executor: any TestExecutor, options: GradingOptions) {
    self.executor = executor
    self.options = options
  }

  /// Judges one program.
  ///
  /// - Throws: ``ExecutionError`` when there is no sandbox, and `cancelled`; ``DatasetError`` for tests that are no tests.
  package func grade(_ answer: ProgramAnswer, kind: ProblemKind, tests: ProblemTests) async throws -> Grade {
    var grade = try await self.grade(answer, kind: kind, tests: tests, mode: options.mode)
    guard options.mode == .strict, options.asksOfficial, case .exchanges = tests,
      OfficialDoubt.arises(from: answer.code, kind: kind)
    else { return grade }
    let official = try await self.grade(answer, kind: kind, tests: tests, mode: .official)
    if official.isPassed != grade.isPassed || official.verdict.officialCode != grade.verdict.officialCode {
      grade.officialVerdict = official.verdict
    }
    return grade
  }

  private func grade(
    _ answer: ProgramAnswer, kind: ProblemKind, tests: ProblemTests, mode: GradingMode
  ) async throws -> Grade {
    let plan = try TestPlan(answer, kind: kind, tests: tests, mode: mode)
    return try await executor.withSession(testing: plan.program, limits: options.limits) { session in
      var grade = Grade(.accepted, testCount: plan.tests.count)
      grade.runtime = session.runtime
      for (index, test) in plan.tests.enumerated() {
        try Task.checkCancellation()
        let result = try await run(test, at: index, session, OutcomeJudge(kind: kind, mode: mode))
        grade.tests.append(result)
        guard result.verdict != .accepted else { continue }
        if grade.isPassed { (grade.verdict, grade.detail) = (result.verdict, result.detail) }
        if mode == .official || !options.goesOn(after: result.verdict) { break }
      }
      return grade
    }
  }

  private func run(
    _ test: TestPlan.Test, at index: Int, _ session: any TestSession, _ judge: OutcomeJudge
  ) async throws -> TestGrade {
    var outcome = try await session.run(ProgramTest(test.input))
    // A sandbox that broke says nothing of the program: once more, in a new one.
    if case .engineError = outcome.ending { outcome = try await session.run(ProgramTest(test.input)) }
    let (verdict, detail) = judge.judge(outcome, expected: test.expected)
    return TestGrade(
      index: index, verdict: verdict, detail: detail, cpuSeconds: outcome.cpuSeconds, wallSeconds: outcome.wallSeconds,
      peakMemoryBytes: outcome.peakMemoryBytes)
  }
}
