package import ArgumentParser
import Client
import Contract

package struct CancelCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Stop a run of a server.",
    discussion: """
      Stops a run that is at work in the server that --connect names, detached or of any of its clients, and waits until \
      what has ended is stored. 'llmbench resume' goes on with it.

      EXAMPLES
        llmbench cancel latest --connect tcp://127.0.0.1:7077
        llmbench cancel 20261121-112150-e9ujsv --connect unix:///run/user/1000/llmbench.sock --json
      """)

  @Argument(help: "The run: its id, the start of it, or 'latest'.")
  package var run: String

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let stopped = try await context.withClient { try await $0.call(BenchmarkCancel.self, .init(runId: run)) }
    try context.render(stopped) { RunView.lines($0, resumeCommand: context.resumeCommand($0.runId)) }
    if stopped.status == .cancelled { context.hint("Go on with: \(context.resumeCommand(stopped.runId))") }
    return .success
  }
}
