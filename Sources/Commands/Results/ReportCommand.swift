package import ArgumentParser
import Client
package import Contract
import Dashboard
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
        llmbench report --site public/                       # the dashboard's pages as files, for any web host
      """)

  @Argument(help: "Runs: ids, starts of ids, or 'latest'.")
  package var runs: [String] = []

  @Option(
    help: "markdown, html, csv, junit, json, jsonl or github. Default: what the ending of --output says, else markdown."
  )
  package var format: ReportFormat?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "path"), completion: .file())
  package var output: String?

  @Option(
    help: ArgumentHelp("Write the dashboard's pages of all runs as files to this folder.", valueName: "folder"),
    completion: .directory)
  package var site: String?

  @Option(help: ArgumentHelp("With --site: most samples on a run's page. Default 100.", valueName: "n"))
  package var siteSamples: Int?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package static let needsStoredRuns = true

  package init() {}

  package func validate() throws {
    if site != nil {
      guard runs.isEmpty, format == nil, output == nil else {
        throw ValidationError("--site is of all runs: give it without runs, --format and --output.")
      }
    } else if runs.isEmpty {
      throw ValidationError("Name a run: its id, the start of it, or 'latest'; or give --site FOLDER for all of them.")
    }
    if let siteSamples {
      guard site != nil else { throw ValidationError("--site-samples goes with --site.") }
      guard (1...1000).contains(siteSamples) else { throw ValidationError("--site-samples is from 1 to 1000.") }
    }
    guard format == nil, let output, output.contains("."), ReportFormat(pathExtensionOf: output) == nil else { return }
    throw ValidationError(
      "The ending of '\(output)' says nothing of a format: end it in .md, .html, .csv, .xml, .json or .jsonl, or give --format."
    )
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    if let site { return try await write(site, context) }
    let format = self.format ?? output.flatMap(ReportFormat.init(pathExtensionOf:))
    // An engine in this process writes by itself: not even the largest document has to fit into memory then.
    let isHere = common.connect == nil
    let spool = isHere && output == nil && !common.json && !context.console.outputIsTerminal ? SpooledDocument() : nil
    let path = isHere ? spool?.path ?? output.flatMap { LocalFile.isSpecial($0) ? nil : LocalFile.absolute($0) } : nil
    let document = try await context.withClient { client in
      try await client.call(ReportRender.self, .init(runIds: runs, format: format, path: path))
    }
    if let output {
      if let text = document.text { try LocalFile.write(text, to: output) }
      if common.json {
        context.console.printJSON(["path": .string(output), "format": .string(document.format.rawValue)])
      } else {
        context.hint("Wrote \(output).")
      }
    } else if common.json {
      try context.render(document) { _ in [] }
    } else {
      if let text = document.text { context.console.printDocument(text) }
      if document.text == nil { try spool?.print(to: context.console) }
    }
    return .success
  }
}

extension ReportCommand {
  /// Writes the pages of all runs.
  private func write(_ folder: String, _ context: CommandContext) async throws -> ExitStatus {
    let root = folder.hasSuffix("/") ? folder : folder + "/"
    let files = try await context.withClient { client in
      try await StaticSite(client: client, monthlyLimitUSD: nil, samples: siteSamples ?? 100).make { path, bytes in
        try Task.checkCancellation()
        try LocalFile.write(String(decoding: bytes, as: UTF8.self), to: root + path, makingFolders: true)
      }
    }
    if common.json {
      context.console.printJSON(["path": .string(folder), "files": .integer(Int64(files))])
    } else {
      context.hint("Wrote \(NumberText.count(files)) files to \(folder): open \(root)index.html.")
    }
    return .success
  }
}

extension ReportFormat: ExpressibleByArgument {}
