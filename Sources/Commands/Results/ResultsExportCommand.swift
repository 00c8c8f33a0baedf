package import ArgumentParser
import Client
import Contract
import JSON

package struct ResultsExportCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write whole runs, with every sample, to carry them to another machine.",
    discussion: """
      EXAMPLES
        llmbench results export latest --output run.jsonl
        llmbench results export 20261121-112150-e9ujsv 20261121-114210-k3m7xa > runs.jsonl
        llmbench results export latest --format seed-json --output vue.json

      The document is JSON lines; 'results import' reads it. In the format seed-json it is one JSON array with a run of \
      a fixture of the suite vue in each element: model, fixture, timestamp, compiles, ast_score, tokens_per_sec, \
      duration_sec, gpu_…, output_code, errors, run_number.
      """)

  @Argument(help: "Runs: ids, starts of ids, or 'latest'.")
  package var runs: [String]

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to a file. Default: standard output.", valueName: "path"),
    completion: .file())
  package var output: String?

  @Option(help: ArgumentHelp("archive, which can be imported, or seed-json. Default archive.", valueName: "name"))
  package var format: ExportFormat = .archive

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    if format == .seedJSON { return try await writeSeedJSON(context) }
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

  private func writeSeedJSON(_ context: CommandContext) async throws -> ExitStatus {
    let samples = try await context.withClient { client in
      var samples: [SampleRecord] = []
      for run in runs {
        samples += try await SamplePager(first: .init(runId: run), count: nil).collect(client).samples
      }
      return samples
    }
    let entries = samples.compactMap(SeedJSON.entry)
    guard !entries.isEmpty || samples.isEmpty else {
      throw ServiceError(
        .unsupported, "The format seed-json is for runs of the suite vue: export this one as an archive.")
    }
    let text = JSONWriter.string(.array(entries), indentation: 2)
    if let output {
      try LocalFile.write(text + "\n", to: output)
      context.hint("Wrote \(entries.count) runs of fixtures to \(output).")
    } else {
      context.console.printDocument(text)
    }
    return .success
  }
}

/// What an export looks like.
package enum ExportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case archive
  case seedJSON = "seed-json"
}
