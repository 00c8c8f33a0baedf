import CodeProblems
package import Execution

/// How answers are judged.
package struct GradingOptions: Sendable, Equatable {
  package var mode = GradingMode.strict
  /// What one test may use, scaled to this machine.
  package var limits: ExecutionLimits
  /// Whether tests after one that failed are run all the same, so that a result says how many pass.
  package var runsAllTests = true
  /// Whether answers that LiveCodeBench's own grader may judge otherwise are run its way too.
  package var asksOfficial = true

  /// LiveCodeBench's own limit on time; on memory it has none.
  package static let defaultLimits = ExecutionLimits(cpuSeconds: 6, wallSeconds: 30, memoryBytes: 1 << 30)

  package init(limits: ExecutionLimits = Self.defaultLimits) { self.limits = limits }

  /// What fails in every test alike, or takes a whole limit each time, is not run again and again.
  func goesOn(after verdict: GradeVerdict) -> Bool {
    guard runsAllTests else { return false }
    switch verdict {
    case .accepted, .wrongAnswer, .runtimeError: return true
    default: return false
    }
  }
}
