package import ArgumentParser
import Contract

package struct DataDecodeCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Read TOON, YAML, XML or CSV and print it as JSON.",
    discussion: """
      What is wrong is told with line and column. With --no-strict what can be
      read is read: TOON with wrong lengths or odd indentation, keys that stand
      twice (the last counts), bytes that are not UTF-8.

      EXAMPLES
        llmbench data decode --format toon orders.toon --strict
        llmbench data decode answer.toon --no-strict --compact
        llmbench data decode -f csv --delimiter tab staff.tsv --out staff.json
      """)

  @Argument(help: "The file with the data; '-', the default, is standard input.", completion: .file())
  package var path = "-"

  @Option(name: [.short, .long], help: "toon, json, json-compact, yaml, xml or csv. Default by the file's name.")
  package var format: String?

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Whether all that the format forbids is an error. Default strict.")
  package var strict = true

  @Option(help: ArgumentHelp("Spaces a level of TOON, 1 to 16. Default 2.", valueName: "n"))
  package var indentation: Int?

  @Option(help: "What parts the cells of CSV: comma, tab or pipe. Default comma.")
  package var delimiter: String?

  @Flag(help: "JSON without white space.")
  package var compact = false

  @Option(
    name: [.customLong("out"), .customLong("output"), .customShort("o")],
    help: ArgumentHelp("File for the JSON. Default is standard output.", valueName: "path"), completion: .file())
  package var output: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if format == nil, path == "-" { throw ValidationError("--format is needed: standard input has no name to go by.") }
    let endings = [".toon", ".json", ".yaml", ".yml", ".xml", ".csv"]
    if format == nil, !endings.contains(where: path.lowercased().hasSuffix) {
      throw ValidationError("--format is needed: the name of '\(path)' does not tell it.")
    }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = DataEncode.Params(format: compact ? "json-compact" : "json")
    params.from = format
    params.strict = strict
    params.sourceIndentation = indentation
    params.sourceDelimiter = delimiter
    return try await DataTransfer(context: context, path: path, output: output).run(params)
  }
}
