package import ArgumentParser
import Client
import Contract
import JSON

package struct DataDatasetCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Print one dataset, or the questions about it.",
    discussion: """
      The same seed gives the same data and questions on every machine. The data are printed as JSON; --json prints them \
      with what they are and with their questions.

      EXAMPLES
        llmbench data dataset nested --seed 12345 > orders.json
        llmbench data dataset tabular --rows 20 --questions
        llmbench data dataset repositories --repositories repositories.json --questions
        llmbench data dataset --file my.json --question-file my-questions.jsonl --questions
      """)

  @Argument(help: "A dataset, as 'llmbench data datasets' lists it.")
  package var name: String?

  @Option(help: ArgumentHelp("A JSON file of your own instead.", valueName: "path"), completion: .file())
  package var file: String?

  @Option(
    help: ArgumentHelp(
      "Questions to it: JSON lines of {question, expected, kind, type}. Without them they are made from the data.",
      valueName: "path"), completion: .file())
  package var questionFile: String?

  @Option(help: ArgumentHelp("Records. Default: as 'llmbench data datasets' says.", valueName: "n"))
  package var rows: Int?

  @Option(help: ArgumentHelp("Seed of data and questions. Default 12345.", valueName: "n"))
  package var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Real repositories for the dataset of that name, as 'llmbench data fetch repositories' writes them.",
      valueName: "path"), completion: .file())
  package var repositories: String?

  @Flag(help: "Show the questions with their answers instead of the data.")
  package var questions = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if name == nil, file == nil { throw ValidationError("Name a dataset, or give --file.") }
    if name != nil, file != nil { throw ValidationError("Name a dataset or give --file, not both.") }
    if let seed, seed > UInt64(Int64.max) { throw ValidationError("--seed must be at most 2^63-1.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = DataDataset.Params(name: name, path: file.map(context.enginePath))
    params.questionsPath = questionFile.map(context.enginePath)
    params.rows = rows
    params.seed = seed
    params.repositories = repositories.map(context.enginePath)
    let request = params
    let result = try await context.withClient { try await $0.call(DataDataset.self, request) }
    if questions || context.options.json {
      try context.render(result) { DatasetsView.questions($0.questions) }
    } else {
      let text = JSONWriter.string(result.value, indentation: 2)
      context.console.print(text.split(separator: "\n").map { StyledText(String($0)) })
      let count = NumberText.count(result.dataset.questions)
      context.hint(StyledText("\(result.dataset.title). \(count) questions: --questions shows them.", .dim))
    }
    return .success
  }
}
