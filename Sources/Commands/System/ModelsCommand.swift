package import ArgumentParser
import Client
import Contract

package struct ModelsCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Look at providers and models.",
    discussion: """
      EXAMPLES
        llmbench models list
        llmbench models inspect ollama/qwen3:8b
      """,
    subcommands: [ModelsListCommand.self, ModelsInspectCommand.self])

  package init() {}
}

package struct ModelsListCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the providers, with the variables that hold their keys and addresses.",
    discussion: """
      EXAMPLES
        llmbench models list
        llmbench models list --json
      """)

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let result = try await context.withClient { try await $0.call(ModelsList.self, Empty()) }
    try context.render(result) { ProvidersView.lines($0.providers) }
    return .success
  }
}
