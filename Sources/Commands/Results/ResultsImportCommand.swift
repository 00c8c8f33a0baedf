package import ArgumentParser
import Client
import Contract

package struct ResultsImportCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take runs of another machine into the store, or a tracker's results.json.",
    discussion: """
      EXAMPLES
        llmbench results import run.jsonl
        ssh build llmbench results export latest | llmbench results import -

      A run that is stored already is left as it is: the same file may come twice.
      """)

  @Argument(help: "What 'results export' wrote, or the results file of a LiveCodeBench tracker; - for standard input.")
  package var file: String

  @Flag(help: "Put the runs in the place of stored ones with the same ids.")
  package var replace = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    var params = ResultsImport.Params(replace: replace ? true : nil)
    if file == "-" || common.connect != nil {
      params.text = try LocalFile.read(file)
    } else {
      params.path = LocalFile.absolute(file)
    }
    let request = params
    let result = try await context.withClient { try await $0.call(ResultsImport.self, request) }
    try context.render(result) { result in
      result.runs.map { run in
        switch run.status {
        case .imported: "\(run.runId): imported with \(run.samples) samples"
        case .replaced: "\(run.runId): replaced, with \(run.samples) samples"
        case .alreadyStored: "\(run.runId): stored already, left as it is"
        }
      }
    }
    return .success
  }
}
