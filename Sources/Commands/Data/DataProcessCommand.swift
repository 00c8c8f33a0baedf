package import ArgumentParser
import Contract

package struct DataProcessCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Filter an Avro file by a threshold, group it by a key and average a value.",
    discussion: """
      Works on any Avro file with a key and a number; rows with a value below the threshold are left out.

      EXAMPLES
        llmbench data process data/events-1m.avro
        llmbench data process orders.avro --key customer --value amount --threshold 9.99 --all
      """)

  @Argument(help: "The Avro file.", completion: .file())
  package var path: String

  @Option(help: ArgumentHelp("Smallest value that counts. Default 50.", valueName: "x"))
  package var threshold: Double?

  @Option(
    name: [.customLong("key"), .customLong("key-field")],
    help: ArgumentHelp("Field to group by. Default userId.", valueName: "field"))
  package var key: String?

  @Option(
    name: [.customLong("value"), .customLong("value-field")],
    help: ArgumentHelp("Field to filter and average. Default duration.", valueName: "field"))
  package var value: String?

  @Flag(help: "Show all groups, not the first \(ProcessedDataView.shownGroups).")
  package var all = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if let threshold, !threshold.isFinite { throw ValidationError("--threshold must be a number.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = DataProcess.Params(path: context.enginePath(path))
    params.threshold = threshold
    params.keyField = key
    params.valueField = value
    let request = params
    let result = try await context.withClient { client in
      try await context.callWithProgress(DataProcess.self, request, client, title: "process")
    }
    try context.render(result) { ProcessedDataView.lines($0, all: all) }
    return .success
  }
}
