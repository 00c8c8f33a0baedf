package import ArgumentParser
import Client
package import Contract
import JSON

package struct ReportCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Render one run, or several side by side, as a document.",
    discussion: """
      EXAMPLES
        llmbench report latest
        llmbench report 20261121-112150-e9ujsv 20261121-114210-k3m7xa --output comparison.html
        llmbench report latest --format junit --output results.xml
      """)

  @Argument(help: "Runs: ids, starts of ids, or 'latest'.")
  package var runs: [String]

  @Option(
    help: "markdown, html, csv, junit, json, jsonl or github. Default: what the ending of --output says, else markdown."
  )
  package var format: ReportFormat?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "path"), completion: .file())
  package var output: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    guard format == nil, let output, output.contains("."), ReportFormat(pathExtensionOf: output) == nil else { return }
    throw ValidationError(
      "The ending of '\(output)' says nothing of a format: end it in .md, .html, .csv, .xml, .json or .jsonl, or give --format."
    )
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let format = self.format ?? output.flatMap(ReportFormat.init(pathExtensionOf:))
    let document = try await context.withClient { client in
      try await client.call(ReportRender.self, .init(runIds: runs, format: format))
    }
    if let output {
      try LocalFile.write(document.text, to: output)
      if common.json {
        context.console.printJSON(["path": .string(output), "format": .string(document.format.rawValue)])
      } else {
        context.hint("Wrote \(output).")
      }
    } else if common.json {
      try context.render(document) { _ in [] }
    } else {
      context.console.printDocument(document.text)
    }
    return .success
  }
}

extension ReportFormat: ExpressibleByArgument {}
