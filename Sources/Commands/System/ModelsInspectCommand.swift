package import ArgumentParser
import Client
import Contract

package struct ModelsInspectCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a model on a local server is.",
    discussion: """
      Architecture, parameters, quantisation, context, and whether it is a mixture of experts, of ollama/ models and of \
      what llama.cpp's server serves. What the server does not tell is a dash, in --json null.

      EXAMPLES
        llmbench models inspect ollama/qwen3:30b-a3b
        llmbench models inspect local/smollm2 --base-url http://127.0.0.1:8080/v1
        llmbench models inspect ollama/qwen3:8b --json | jq .isMixtureOfExperts
      """)

  @Argument(help: ArgumentHelp("The model, as PROVIDER/MODEL.", valueName: "ref"))
  package var model: String

  @Option(help: ArgumentHelp("Address of the server.", valueName: "url"))
  package var baseURL: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let params = ModelsInspect.Params(model: model, baseURL: baseURL)
    let result = try await context.withClient { try await $0.call(ModelsInspect.self, params) }
    try context.render(result, ModelFactsView.lines)
    return .success
  }
}
