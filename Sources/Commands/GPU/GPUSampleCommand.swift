package import ArgumentParser
import Client
import Contract

package struct GPUSampleCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Read every GPU once.",
    discussion: """
      Without a GPU the answer is 'none', which is no error. What a device does not tell is a dash, in --json null.

      EXAMPLES
        llmbench gpu sample
        llmbench gpu sample --json | jq '.devices[].memoryUsedBytes'
      """)

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let readings = try await context.withClient { try await $0.call(GPUSample.self, Empty()) }
    try context.render(readings, GPUView.lines)
    return .success
  }
}
