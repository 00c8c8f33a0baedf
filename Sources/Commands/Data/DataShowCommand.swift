package import ArgumentParser
import Client
import Contract

package struct DataShowCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show records of an Avro file.",
    discussion: """
      EXAMPLES
        llmbench data show data/events-100.avro
        llmbench data show data/events-1m.avro --offset 500000 --limit 20
        llmbench data show data/events-1k.avro --json-lines > events.jsonl
      """)

  @Argument(help: "The Avro file.", completion: .file())
  package var path: String

  @Option(help: ArgumentHelp("Most records. Default 100, with --json-lines all.", valueName: "n"))
  package var limit: Int?

  @Option(help: ArgumentHelp("Records to pass over first.", valueName: "n"))
  package var offset: Int?

  @Flag(help: "One JSON object a line.")
  package var jsonLines = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    if let offset, offset < 0 { throw ValidationError("--offset must be 0 or more.") }
    if jsonLines, common.json { throw ValidationError("Give --json or --json-lines, not both.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let path = context.enginePath(path)
    return try await context.withClient { client in
      if jsonLines { return try await printLines(path, client, context) }
      let result = try await client.call(DataRecords.self, .init(path: path, limit: limit, offset: offset))
      try context.render(result, RecordsView.lines)
      return .success
    }
  }
}
