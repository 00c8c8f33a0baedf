package import ArgumentParser
import Contract

package struct ResumeCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Finish a run that was stopped or broke off.",
    discussion: """
      Stored answers are kept; only what is missing is asked, and again what failed through no fault of the model.

      EXAMPLES
        llmbench resume latest
        llmbench resume 01JD3Q8Z --keep-errors
      """)

  @Argument(help: "The run: its id, the start of it, or 'latest'.")
  package var run: String

  @Flag(help: "Do not ask again what failed through no fault of the model.")
  package var keepErrors = false

  @OptionGroup(title: "Checks and report") package var checks: CheckOptions
  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let params = BenchmarkResume.Params(runId: run, retryErrors: keepErrors ? false : nil)
    return try await context.withClient { client in
      let gate = try await checks.gate(client, suite: nil)
      let ending = try await RunFollower(context, title: "resume").follow(BenchmarkResume.self, params, client)
      return try await RunConclusion(context, gate: gate, report: checks.report).conclude(ending, client)
    }
  }
}
