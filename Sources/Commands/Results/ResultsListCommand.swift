package import ArgumentParser
import Client
package import Contract

package struct ResultsListCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List stored runs, newest first.",
    discussion: """
      EXAMPLES
        llmbench results list
        llmbench results list --suite events-codegen --model openai/gpt-5.1 --since 2026-01-01
        llmbench results list --status interrupted --json
      """)

  @Option(help: "Only runs of this suite.")
  package var suite: String?

  @Option(help: ArgumentHelp("Only runs of this model.", valueName: "ref"))
  package var model: String?

  @Option(help: "Only runs that stand so.")
  package var status: RunStatus?

  @Option(help: ArgumentHelp("Only runs started then or later, as in 2026-01-31.", valueName: "time"))
  package var since: Timestamp?

  @Option(help: ArgumentHelp("Only runs started before.", valueName: "time"))
  package var until: Timestamp?

  @Option(help: ArgumentHelp("Most runs, 1…1000. Default 50.", valueName: "n"))
  package var limit: Int?

  @Option(help: ArgumentHelp("Where the list before ended.", valueName: "text"))
  package var cursor: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    if let limit, !(1...1000).contains(limit) { throw ValidationError("--limit is from 1 to 1000.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = ResultsQuery.Params()
    params.suite = suite
    params.model = model
    params.status = status
    params.since = since
    params.until = until
    params.limit = limit
    params.cursor = cursor
    let query = params
    let page = try await context.withClient { try await $0.call(ResultsQuery.self, query) }
    try context.render(page) { RunListView.lines($0.runs) }
    if common.json { return .success }
    if page.runs.isEmpty { context.hint("No stored run fits.") }
    if let cursor = page.nextCursor { context.hint("There are more: --cursor \(ShellText.quoted(cursor))") }
    return .success
  }
}

extension RunStatus: ExpressibleByArgument {}

extension Timestamp: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
