package import ArgumentParser
import Client
import Contract

/// What is checked when a run has ended, and the report of it.
package struct CheckOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Exit with 100 when a model's score is below this, 0…1.", valueName: "x"))
  package var failUnder: Double?

  @Option(
    help: ArgumentHelp(
      "Exit with 100 when a model is worse than in this run.",
      discussion: """
        Worse: its score lies below the 95 % interval of the baseline's score, and the baseline's score above its own \
        interval. Differences within the intervals are chance.
        """, valueName: "run"))
  package var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write a report of the run to a file.", discussion: "The ending says how: .md, .html, .csv, .xml (JUnit), .json.",
      valueName: "path"), completion: .file())
  package var report: String?

  package init() {}

  /// Whether there is anything to do when a run has ended.
  var areGiven: Bool { failUnder != nil || baseline != nil || report != nil }

  package func validate() throws {
    if let failUnder, !(0...1).contains(failUnder) {
      throw ValidationError("--fail-under is a score from 0 to 1, such as 0.9.")
    }
    if let report, ReportFormat(pathExtensionOf: report) == nil {
      throw ValidationError("--report: the file must end in .md, .html, .csv, .xml or .json.")
    }
  }

  /// Finds out before a run whether its report can be written afterwards.
  ///
  /// - Throws: ``ServiceError`` of kind `fileUnwritable`.
  func checkReport() throws(ServiceError) {
    if let report { try LocalFile.checkWritable(report) }
  }

  /// - Parameter suite: the suite that the baseline must be of, when that is known.
  func gate(_ client: ServiceClient, suite: String?) async throws -> ScoreGate {
    guard let baseline else { return ScoreGate(failUnder: failUnder, baseline: nil) }
    let run = try await client.call(ResultsGet.self, .init(runId: baseline))
    if let suite { try ScoreGate.check(run, isOf: suite) }
    return ScoreGate(failUnder: failUnder, baseline: run)
  }
}
