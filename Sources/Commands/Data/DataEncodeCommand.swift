package import ArgumentParser
import Contract

package struct DataEncodeCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Write data as TOON, JSON, compact JSON, YAML, XML or CSV.",
    discussion: """
      Takes JSON, or what the file's name says (.toon, .yaml, .xml, .csv), or what
      --from says. CSV is for flat tables: a list of objects, or an object of such
      lists. A file of any size goes from JSON to TOON.

      EXAMPLES
        llmbench data encode --format toon orders.json
        llmbench data encode --format toon --delimiter tab orders.json --out o.toon
        llmbench data encode --format json --from yaml settings.txt
        curl -s https://example.com/orders.json | llmbench data encode --format yaml -
      """)

  @Argument(help: "The file with the data; '-', the default, is standard input.", completion: .file())
  package var path = "-"

  @Option(name: [.short, .long], help: "toon, json, json-compact, yaml, xml or csv.")
  package var format: String

  @OptionGroup(title: "Reading") package var source: DataSourceOptions

  @Option(help: ArgumentHelp("Spaces a level, 1 to 16. Default 2.", valueName: "n"))
  package var indentation: Int?

  @Option(help: "What parts values in TOON and CSV: comma, tab or pipe. Default comma.")
  package var delimiter: String?

  @Option(
    name: [.customLong("out"), .customLong("output"), .customShort("o")],
    help: ArgumentHelp("File for the text. Default is standard output.", valueName: "path"), completion: .file())
  package var output: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = DataEncode.Params(format: format)
    params.indentation = indentation
    params.delimiter = delimiter
    source.fill(&params)
    return try await DataTransfer(context: context, path: path, output: output).run(params)
  }
}

/// How the source of a conversion is read.
package struct DataSourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("What the data is written in. Default by the file's name, else json.", valueName: "format"))
  package var from: String?

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Whether all that the source's format forbids is an error. Default strict.")
  package var strict = true

  @Option(help: ArgumentHelp("Spaces a level of a TOON source. Default 2.", valueName: "n"))
  package var sourceIndentation: Int?

  @Option(help: ArgumentHelp("What parts the cells of a CSV source. Default comma.", valueName: "delimiter"))
  package var sourceDelimiter: String?

  package init() {}

  func fill(_ params: inout DataEncode.Params) {
    params.from = from
    params.strict = strict
    params.sourceIndentation = sourceIndentation
    params.sourceDelimiter = sourceDelimiter
  }
}
