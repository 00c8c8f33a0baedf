package import ArgumentParser
import Client
import Contract

package struct RescoreCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rescore",
    abstract: "Judge a run's stored answers with today's grader, without a call to a model.",
    discussion: """
      Lists every verdict that flipped. The new scores count from then on; the earlier ones are kept, and 'llmbench \
      results show' tells of both. Stopped before its end, it changes nothing.

      EXAMPLES
        llmbench rescore latest
        llmbench rescore latest --dry-run
        llmbench rescore 20261121-112150-e9ujsv --json | jq '.flips[] | [.sampleId, .before.outcome, .after.outcome]'
      """)

  @Argument(help: "The run: its id, the start of it, or 'latest'.")
  package var run: String

  @Flag(help: "Only say what would flip, and store nothing.")
  package var dryRun = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let params = BenchmarkRescore.Params(runId: run, dryRun: dryRun ? true : nil)
    let result = try await context.withClient { client in
      try await context.callWithProgress(BenchmarkRescore.self, params, client, title: "Scoring again")
    }
    try context.render(result) { RescoreView.lines($0, isDryRun: dryRun) }
    return .success
  }
}
