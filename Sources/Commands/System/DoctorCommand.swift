package import ArgumentParser
import Client
import Contract

package struct DoctorCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what is installed and what is missing, with the command that mends it.",
    discussion: """
      Exits with 1 when anything is missing; warnings do not count.

      EXAMPLES
        llmbench doctor
        llmbench doctor --json
      """)

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let result = try await context.withClient { try await $0.call(SystemDoctor.self, Empty()) }
    try context.render(result) { DoctorView.lines($0.checks) }
    return result.checks.contains { $0.status == .missing } ? .failure : .success
  }
}
