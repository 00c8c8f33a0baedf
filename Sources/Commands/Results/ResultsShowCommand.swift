package import ArgumentParser
import Client
import Contract

package struct ResultsShowCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one run: scores with intervals, by model and by size.",
    discussion: """
      EXAMPLES
        llmbench results show latest
        llmbench results show 20261121-112150-e9ujsv --json
      """)

  @Argument(help: "The run: its id, the start of it, or 'latest'.")
  package var run: String

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let summary = try await context.withClient { try await $0.call(ResultsGet.self, .init(runId: run)) }
    try context.render(summary) { RunView.lines($0, resumeCommand: context.resumeCommand($0.runId)) }
    return .success
  }
}
