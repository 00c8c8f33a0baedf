package import ArgumentParser
import Client
import Contract

/// What is checked when a run has ended, and the report of it.
package struct CheckOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Exit with 100 when a model's score is below this, 0…1.", valueName: "x"))
  package var failUnder: Double?

  @Option(
    help: ArgumentHelp(
      "Exit with 100 when a model is worse than in an earlier run.",
      discussion: """
        A run's id; 'latest' for the newest completed run of the suite and model before this one, passed or not (name a run, or a file, to hold many runs against the same); or a file that \
        'results export' or 'results show --json' wrote. Worse: the difference on the same samples is real (see \
        'results compare'); where nothing can be paired, neither score lies within the other's 95 % interval.
        """, valueName: "run"))
  package var baseline: String?

  @Option(
    help: ArgumentHelp(
      "With --baseline: how far a score may drop, 0…1.",
      discussion: "A larger drop ends with 100, real or not; with --significant only one that is real.", valueName: "x")
  )
  package var maxDrop: Double?

  @Flag(help: "With --max-drop: only drops that are real count.")
  package var significant = false

  @Option(
    help: ArgumentHelp(
      "Write a report of the run to a file.",
      discussion: "The ending says how: .md, .html, .csv, .xml (JUnit), .json, .jsonl.",
      valueName: "path"), completion: .file())
  package var report: String?

  package init() {}

  /// Whether there is anything to do when a run has ended.
  var areGiven: Bool { failUnder != nil || baseline != nil || report != nil }

  package func validate() throws {
    if let failUnder, !(0...1).contains(failUnder) {
      throw ValidationError("--fail-under is a score from 0 to 1, such as 0.9.")
    }
    if let maxDrop, !(0...1).contains(maxDrop) {
      throw ValidationError("--max-drop is a difference of scores from 0 to 1, such as 0.05.")
    }
    if maxDrop != nil || significant, baseline == nil {
      throw ValidationError("--max-drop and --significant compare with a run: name it with --baseline.")
    }
    if let report, ReportFormat(pathExtensionOf: report) == nil {
      throw ValidationError("--report: the file must end in .md, .html, .csv, .xml, .json or .jsonl.")
    }
  }

  /// Finds out before a run whether its report can be written afterwards.
  ///
  /// - Throws: ``ServiceError`` of kind `fileUnwritable`.
  func checkReport() throws(ServiceError) {
    if let report { try LocalFile.checkWritable(report) }
  }

  /// - Parameters:
  ///   - suite: what the run to judge measures.
  ///   - models: the models that it asks.
  ///   - until: when it began, for one that is stored already.
  func gate(
    _ context: CommandContext, _ client: ServiceClient, suite: String, models: [String], until: Timestamp? = nil
  ) async throws -> ScoreGate {
    guard let baseline else { return ScoreGate(failUnder: failUnder, baseline: nil) }
    let choice = BaselineChoice(baseline)
    guard let (run, isStored) = try await choice.find(client, suite: suite, models: models, until: until) else {
      context.hint("There is no earlier run of \(suite) to compare with: this one may be the next one's baseline.")
      return ScoreGate(failUnder: failUnder, baseline: nil)
    }
    try ScoreGate.check(run, isOf: suite)
    return ScoreGate(
      failUnder: failUnder,
      baseline: .init(run, isStored: isStored, maxDrop: maxDrop, isSignificant: significant))
  }
}
