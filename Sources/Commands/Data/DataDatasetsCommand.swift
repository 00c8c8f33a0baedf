package import ArgumentParser
import Client
import Contract

package struct DataDatasetsCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "List the datasets that questions are asked about.",
    discussion: """
      TABLES is the share of a dataset's collections that TOON writes as tables; CSV says whether CSV can hold it at all.

      EXAMPLES
        llmbench data datasets
        llmbench data datasets --json | jq '.datasets[] | select(.csvSupported) | .name'
      """)

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let result = try await context.withClient { try await $0.call(DataDatasets.self, Empty()) }
    try context.render(result, DatasetsView.lines)
    return .success
  }
}
