package import ArgumentParser
import Client
import Contract

package struct SuitesCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "suites",
    abstract: "List the suites with their options.",
    discussion: """
      EXAMPLES
        llmbench suites
        llmbench suites --json
        llmbench suites check sorting
      """,
    subcommands: [SuitesCheckCommand.self])

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let result = try await context.withClient { try await $0.call(BenchmarkList.self, Empty()) }
    try context.render(result) { SuitesView.lines($0.suites) }
    return .success
  }
}
