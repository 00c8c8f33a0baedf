package import Execution

/// Whose verdicts are wanted.
package enum GradingMode: String, Codable, Sendable, CaseIterable {
  /// What is right counts: each test runs in a process of its own with real standard input and output.
  case strict
  /// As LiveCodeBench's own grader judges, its known faults included: it stops at the first test that fails, and programs
  /// are run by stand-ins for standard input and output.
  case official

  package var dialect: TestProgram.Dialect { self == .strict ? .strict : .official }
}
