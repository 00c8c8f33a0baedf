package import ArgumentParser
import Client
import Contract
import JSON

package struct AttachCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: "Watch a run to its end, whoever started it.",
    discussion: """
      Shows the same progress and the same result as 'llmbench run', and exits with the same codes: for a detached run of \
      a server, a run of another terminal, or one that has ended. Ctrl-C stops only the watching.

      EXAMPLES
        llmbench attach latest
        llmbench attach 20261121-112150-e9ujsv --connect tcp://127.0.0.1:7077 --fail-under 0.8
        llmbench attach latest --json-lines | jq -r '[.sequence, .sampleId, .outcome] | @tsv'
        llmbench attach latest --json-lines --after-sequence 120
      """)

  @Argument(help: "The run: its id, the start of it, or 'latest'.")
  package var run: String

  @Flag(help: "Print each stored sample as one JSON object a line, first those that are stored already.")
  package var jsonLines = false

  @Option(
    help: ArgumentHelp(
      "With --json-lines: only samples stored after this one.", discussion: "A number beyond the last: only new ones.",
      valueName: "sequence"))
  package var afterSequence: Int?

  @OptionGroup(title: "Checks and report") package var checks: CheckOptions
  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    if let afterSequence, afterSequence < 0 { throw ValidationError("--after-sequence must be 0 or more.") }
    if afterSequence != nil, !jsonLines { throw ValidationError("--after-sequence goes with --json-lines.") }
    if jsonLines, common.json { throw ValidationError("Give --json or --json-lines, not both.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    try checks.checkReport()
    return try await context.withClient { client in
      // First what is meant: 'latest' may be another run later.
      let stored = try await client.call(ResultsGet.self, .init(runId: run))
      let gate = try await checks.gate(
        context, client, suite: stored.suite, models: stored.models.map(\.model), until: stored.startedAt)
      let follower = RunFollower(
        context, title: "\(stored.suite) \(stored.runId)", keepsTitle: true, isOnlooker: true)
      let params = BenchmarkAttach.Params(runId: stored.runId, afterSequence: afterSequence)
      let ending = try await follower.follow(
        BenchmarkAttach.self, params, client, onSample: jsonLines ? printer(context) : nil)
      return try await RunConclusion(context, gate: gate, report: checks.report, printsRun: !jsonLines)
        .conclude(ending, client)
    }
  }

  private func printer(_ context: CommandContext) -> @Sendable (JSONValue) -> Void {
    { sample in
      context.console.printJSONLines([sample])
      // Nobody reads any more, as after `head`.
      if context.console.outputIsClosed, !context.interruption.hasCome { context.interruption.signal() }
    }
  }
}
