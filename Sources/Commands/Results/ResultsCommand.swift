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
      """,
    subcommands: [ResultsListCommand.self, ResultsShowCommand.self, ResultsSamplesCommand.self])

  package init() {}
}
