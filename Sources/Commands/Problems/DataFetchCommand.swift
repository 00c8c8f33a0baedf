package import ArgumentParser
import Contract

package struct DataFetchCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download a published dataset; goes on where an earlier download stopped.",
    discussion: """
      The files of all releases of LiveCodeBench's pruned set are about 4.5 GB; --release part6 is 134 MB. What is there \
      whole is not downloaded again, and each file's size, SHA-256 (where the server names it) and lines are checked.

      EXAMPLES
        llmbench data fetch livecodebench --release v6
        llmbench data fetch livecodebench --release part6 --out data/lcb
        llmbench run code-problems --dataset data/livecodebench --model openai/gpt-5.1 --sample 50
      """)

  @Argument(help: "The dataset: livecodebench.")
  package var dataset: String

  @Option(
    help: ArgumentHelp(
      "v6 is all up to it, v4_v5 two parts, part3 one, latest all. Default latest.", valueName: "name"))
  package var release: String?

  @Option(
    name: [.customLong("out"), .customLong("output")],
    help: ArgumentHelp("Folder for the files. Default data/livecodebench.", valueName: "path"),
    completion: .directory)
  package var output: String?

  @Option(
    name: .customLong("from-url"),
    help: ArgumentHelp("Address of the folder that the files lie in, such as a mirror's.", valueName: "url"))
  package var baseURL: String?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = DataFetch.Params(dataset: dataset)
    params.release = release
    params.output = context.enginePath(output ?? "data/livecodebench")
    params.baseURL = baseURL
    let request = params
    let result = try await context.withClient { client in
      try await context.callWithProgress(DataFetch.self, request, client, title: "fetch")
    }
    try context.render(result, Self.lines)
    context.hint("Run it with: llmbench run code-problems --dataset \(ShellText.quoted(result.folder)) --model …")
    return .success
  }

  private static func lines(_ result: DataFetch.Result) -> [StyledText] {
    var table = Table([
      .left("FILE"), .right("SIZE"), .right("DOWNLOADED"), .right("PROBLEMS"), .left("CHECKED"),
    ])
    for file in result.files {
      table.add([
        StyledText(file.path), StyledText(NumberText.bytes(file.bytes)),
        StyledText(file.downloadedBytes > 0 ? NumberText.bytes(file.downloadedBytes) : "was there"),
        StyledText(NumberText.count(file.problems)), StyledText(file.isVerified ? "SHA-256" : "size and lines"),
      ])
    }
    return table.lines() + [StyledText("\(NumberText.count(result.problems)) problems in \(result.folder).")]
  }
}
