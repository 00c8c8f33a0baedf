package import ArgumentParser
import Contract

package struct DataGenerateCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write Avro files of seeded random events.",
    discussion: """
      The same seed gives the same events on every machine. Memory use does not grow with the size.

      EXAMPLES
        llmbench data generate --sizes 100,1k,10k,100k,1m --seed 7 --out data
        llmbench data generate --sizes 1m --codec zstandard --users 1000
      """)

  @Option(
    help: ArgumentHelp("Rows of each file, such as 100,1k,1m; up to 1g.", valueName: "list"),
    transform: SizeNotation.parseList)
  package var sizes: [Int]

  @Option(help: ArgumentHelp("Seed of the events. Default 7.", valueName: "n"))
  package var seed: UInt64?

  @Option(
    name: [.customLong("out"), .customLong("output"), .customShort("o")],
    help: ArgumentHelp("Folder for the files. Default 'data'.", valueName: "path"), completion: .directory)
  package var output: String?

  @Option(help: "null, deflate, snappy or zstandard. Default null.")
  package var codec: String?

  @Option(help: ArgumentHelp("Users to choose from. Default 50.", valueName: "n"))
  package var users: Int?

  @Option(help: ArgumentHelp("Shortest duration in milliseconds. Default 10.", valueName: "ms"))
  package var minimumDuration: Int?

  @Option(help: ArgumentHelp("Longest duration in milliseconds. Default 200.", valueName: "ms"))
  package var maximumDuration: Int?

  @Option(help: ArgumentHelp("Bytes of a block before compression. Default 65536.", valueName: "n"))
  package var blockBytes: Int?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if let seed, seed > UInt64(Int64.max) { throw ValidationError("--seed must be at most 2^63-1.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = DataGenerate.Params(sizes: sizes)
    params.seed = seed
    params.output = context.options.connect == nil ? output : context.enginePath(output ?? "data")
    params.codec = codec
    params.users = users
    params.minimumDuration = minimumDuration
    params.maximumDuration = maximumDuration
    params.blockBytes = blockBytes
    let request = params
    let result = try await context.withClient { client in
      try await context.callWithProgress(DataGenerate.self, request, client, title: "generate")
    }
    try context.render(result, GeneratedFilesView.lines)
    return .success
  }
}
