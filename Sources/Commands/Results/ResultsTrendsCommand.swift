package import ArgumentParser
import Client
package import Contract

package struct ResultsTrendsCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "trends",
    abstract: "Show how the scores of each model moved over time, and where they changed.",
    discussion: """
      Of completed runs. A run weighs as much as it has samples; a change is marked with its evidence.

      EXAMPLES
        llmbench results trends
        llmbench results trends --suite sorting --model local/smollm2 --days 90
        llmbench results trends --group-by model --json
      """)

  @Option(help: "Only runs of this suite.")
  package var suite: String?

  @Option(help: ArgumentHelp("Only this model.", valueName: "ref"))
  package var model: String?

  @Option(help: ArgumentHelp("How far back. Default 30.", valueName: "n"))
  package var days: Double?

  @Option(help: ArgumentHelp("Only runs started before.", valueName: "time"))
  package var until: Timestamp?

  @Option(help: "configuration: runs that asked the same (default); model: all runs of a model and suite.")
  package var groupBy: TrendGrouping?

  @Option(help: ArgumentHelp("Level at which a change is marked. Default 0.01.", valueName: "p"))
  package var alpha: Double?

  @Option(help: ArgumentHelp("Most points, 1…10000. Default 2000.", valueName: "n"))
  package var limit: Int?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    if let alpha, !(alpha > 0 && alpha < 1) { throw ValidationError("--alpha is above 0 and below 1.") }
    if let days, !(days > 0) { throw ValidationError("--days is above 0.") }
    if let limit, !(1...10_000).contains(limit) { throw ValidationError("--limit is from 1 to 10000.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = ResultsTrends.Params()
    params.suite = suite
    params.model = model
    params.days = days
    params.until = until
    params.groupBy = groupBy
    params.alpha = alpha
    params.limit = limit
    let request = params
    let trends = try await context.withClient { try await $0.call(ResultsTrends.self, request) }
    try context.render(trends) { TrendView.lines($0) }
    if common.json { return .success }
    if trends.series.isEmpty { context.hint("No completed run fits: --days looks further back.") }
    if trends.isShortened { context.hint("Older runs were left out: raise --limit, or lower --days.") }
    return .success
  }
}

extension TrendGrouping: ExpressibleByArgument {}
