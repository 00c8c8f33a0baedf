package import ArgumentParser
import Client
import Contract

package struct ResumeCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Finish a run that was stopped or broke off.",
    discussion: """
      Stored answers are kept; only what is missing is asked, and again what failed through no fault of the model. A budget \
      counts for the run as a whole, with what is spent already; without one the run keeps its own.

      EXAMPLES
        llmbench resume latest
        llmbench resume 20261121-112150-e9ujsv --keep-errors
        llmbench resume latest --budget 5
        llmbench resume latest --base-url http://127.0.0.1:9000/v1

      Prices stay those that the run began with, so that its costs add up.
      """)

  @Argument(help: "The run: its id, the start of it, or 'latest'.")
  package var run: String

  @Flag(help: "Do not ask again what failed through no fault of the model.")
  package var keepErrors = false

  @Option(help: ArgumentHelp("Requests under way at once for each model, from now on.", valueName: "n"))
  package var concurrency: Int?

  @Option(help: ArgumentHelp("Most requests to each model in a minute, from now on.", valueName: "n"))
  package var requestsPerMinute: Double?

  @Option(
    help: ArgumentHelp("Where local/, ollama/ and openai-compatible/ models are now.", valueName: "url"))
  package var baseURL: String?

  @OptionGroup(title: "Budget") package var budget: BudgetOptions
  @OptionGroup(title: "Checks and report") package var checks: CheckOptions
  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    try checks.checkReport()
    return try await context.withClient { client in
      // First what is meant: 'latest' may be another run later.
      let stored = try await client.call(ResultsGet.self, .init(runId: run))
      let gate = try await checks.gate(
        context, client, suite: stored.suite, models: stored.models.map(\.model), until: stored.startedAt)
      var params = BenchmarkResume.Params(runId: stored.runId, retryErrors: keepErrors ? false : nil)
      params.budget = budget.budget
      params.concurrency = concurrency
      params.requestsPerMinute = requestsPerMinute
      params.baseURL = baseURL
      let follower = RunFollower(context, title: "Resuming \(stored.suite) \(stored.runId)", keepsTitle: true)
      let ending = try await follower.follow(BenchmarkResume.self, params, client)
      if case .finished(let run) = ending, run == stored { context.hint("Nothing was left to ask.") }
      return try await RunConclusion(context, gate: gate, report: checks.report).conclude(ending, client)
    }
  }
}
