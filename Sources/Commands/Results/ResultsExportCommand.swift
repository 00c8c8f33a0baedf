package import ArgumentParser
import Client
import Contract

package struct ResultsExportCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write whole runs, with every sample, to carry them to another machine.",
    discussion: """
      EXAMPLES
        llmbench results export latest --output run.jsonl
        llmbench results export 20261121-112150-e9ujsv 20261121-114210-k3m7xa > runs.jsonl

      The document is JSON lines; 'results import' reads it.
      """)

  @Argument(help: "Runs: ids, starts of ids, or 'latest'.")
  package var runs: [String]

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to a file. Default: standard output.", valueName: "path"),
    completion: .file())
  package var output: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    // A server elsewhere gives the text, and the file is written here.
    let writesHere = output != nil && common.connect != nil
    let spool =
      output == nil && common.connect == nil && !common.json && !context.console.outputIsTerminal
      ? SpooledDocument() : nil
    let path = writesHere ? nil : spool?.path ?? output.map(LocalFile.absolute)
    var result = try await context.withClient { try await $0.call(ResultsExport.self, .init(runIds: runs, path: path)) }
    if writesHere, let output, let text = result.text {
      try LocalFile.write(text, to: output)
      result.text = nil
      result.path = output
    }
    if let text = result.text, !common.json {
      context.console.printDocument(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    } else if spool == nil {
      try context.render(result) { _ in [] }
    }
    if result.text == nil { try spool?.print(to: context.console) }
    if let output {
      let samples = result.runs.reduce(0) { $0 + $1.samples }
      let runs = result.runs.count == 1 ? "1 run" : "\(result.runs.count) runs"
      context.hint("Wrote \(runs) with \(samples) samples to \(output).")
    }
    return .success
  }
}
