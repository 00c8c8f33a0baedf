package import ArgumentParser
import Contract

package struct RunCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a suite on one or more models and store every answer.",
    usage: "llmbench run <suite> --model <ref> ... [<options>]",
    discussion: """
      Each answer is stored when it comes, so a run that is stopped can be finished with 'llmbench resume'. Ctrl-C \
      once stops cleanly, twice at once.

      EXAMPLES
        llmbench run events-context --model local/smollm2 --sizes 10,100
        llmbench run events-codegen --model openai/gpt-5.1 --budget-seconds 600
        llmbench run sorting --model local/a local/b --sizes 10,20,30 --samples 10
        llmbench run sorting --model local/smollm2 --sizes 10 --record answers.jsonl
        llmbench run sorting --model replay/answers.jsonl --option 'sizes=[10]'
        llmbench run sorting --model local/smollm2 --fail-under 0.8 --json
        llmbench run sorting --model local/smollm2 --baseline 20261121-112150-e9ujsv --report a.html
      """)

  @OptionGroup(title: "Run options") package var run: RunOptions
  @OptionGroup(title: "Checks and report") package var checks: CheckOptions
  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let request = try run.request(path: context.enginePath)
    try checks.checkReport()
    return try await context.withClient { client in
      // The baseline first: a wrong one must not cost a run.
      let gate = try await checks.gate(client, suite: request.suite)
      let ending = try await RunFollower(context, title: request.suite)
        .follow(BenchmarkRun.self, TrackedRunRequest(request), client)
      return try await RunConclusion(context, gate: gate, report: checks.report).conclude(ending, client)
    }
  }
}
