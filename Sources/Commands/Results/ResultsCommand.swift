package import ArgumentParser

package struct ResultsCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Look at stored runs and their answers.",
    discussion: """
      EXAMPLES
        llmbench results list --suite sorting
        llmbench results show latest
        llmbench results samples latest --outcome failed --full
        llmbench results compare 20261121-112150-e9ujsv latest
        llmbench results trends --days 90
        llmbench results costs --above 50
        llmbench results export latest --output run.jsonl
      """,
    subcommands: [
      ResultsListCommand.self, ResultsShowCommand.self, ResultsSamplesCommand.self, ResultsCompareCommand.self,
      ResultsTrendsCommand.self, ResultsCostsCommand.self, ResultsExportCommand.self, ResultsImportCommand.self,
    ])

  package init() {}
}
