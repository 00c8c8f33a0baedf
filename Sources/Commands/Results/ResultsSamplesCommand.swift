package import ArgumentParser
import Client
package import Contract

package struct ResultsSamplesCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "samples",
    abstract: "List a run's samples in the order they ended.",
    discussion: """
      One line a sample; --full shows prompt, answer and what was expected.

      EXAMPLES
        llmbench results samples latest
        llmbench results samples latest --outcome failed --full --limit 3
        llmbench results samples 20261121-112150-e9ujsv --all --json
      """)

  @Argument(help: "The run: its id, the start of it, or 'latest'.")
  package var run: String

  @Option(help: "Only samples that ended so.")
  package var outcome: Outcome?

  @Option(help: ArgumentHelp("Only samples of this model.", valueName: "ref"))
  package var model: String?

  @Option(help: ArgumentHelp("Most samples. Default 100.", valueName: "n"))
  package var limit: Int?

  @Flag(help: "All samples.")
  package var all = false

  @Option(help: ArgumentHelp("Where the list before ended.", valueName: "text"))
  package var cursor: String?

  @Flag(help: "Prompt, answer and expectation of each.")
  package var full = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    if limit != nil, all { throw ValidationError("Give --limit or --all, not both.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = ResultsSamples.Params(runId: run)
    params.outcome = outcome
    params.model = model
    params.cursor = cursor
    let pager = SamplePager(first: params, count: all ? nil : limit ?? 100)
    return try await context.withClient { client in
      if full, !common.json {
        return try await printFull(pager, client, context)
      }
      let result = try await pager.collect(client)
      try context.render(result) { SampleView.lines($0.samples) }
      if !common.json { hint(result.samples.count, result.nextCursor, context) }
      return .success
    }
  }

  /// Prints page after page, so that a long run shows at once and needs little memory.
  private func printFull(
    _ pager: SamplePager, _ client: ServiceClient, _ context: CommandContext
  ) async throws -> ExitStatus {
    let (count, next) = try await pager.forEachPage(client) { samples in
      for sample in samples { context.console.print(SampleView.full(sample)) }
      return !context.console.outputIsClosed
    }
    hint(count, next, context)
    return .success
  }

  private func hint(_ count: Int, _ next: String?, _ context: CommandContext) {
    if count == 0 { context.hint("No sample fits.") }
    if let next, !context.console.outputIsClosed {
      context.hint("There are more: --all, or --cursor \(ShellText.quoted(next))")
    }
  }
}

extension Outcome: ExpressibleByArgument {
  /// - Parameter argument: a name of the protocol, or the word that the lists show.
  package init?(argument: String) {
    let shown = Self.allCases.first { SampleView.outcome($0).plain == argument }
    guard let outcome = Self(rawValue: argument) ?? shown else { return nil }
    self = outcome
  }

  package static var allValueStrings: [String] { allCases.map { SampleView.outcome($0).plain } }
}
