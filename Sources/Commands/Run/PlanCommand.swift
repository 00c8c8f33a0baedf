package import ArgumentParser
import Client
import Contract

package struct PlanCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what a run would send, without calling a model.",
    usage: "llmbench plan <suite> --model <ref> ... [<options>]",
    discussion: """
      Makes the samples exactly as 'run' would, and tells for each model how many there are, the tokens and \
      the time they take, and what they cost. Answers are taken to be as in the suite's last runs; the most it may cost \
      needs --max-tokens.

      EXAMPLES
        llmbench plan events-context --model local/smollm2 --sizes 10,100,1k
        llmbench plan sorting --model openai/gpt-5.1 local/smollm2 --sizes 10,20 --json
      """)

  @OptionGroup(title: "Run options") package var run: RunOptions
  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var request = try run.request(path: context.enginePath)
    // A plan asks nothing, so there is nothing to record: not even an empty file.
    request.record = nil
    let plan = try await context.withClient { try await $0.call(BenchmarkPlan.self, request) }
    try context.render(plan, PlanView.lines)
    return .success
  }
}
