package import ArgumentParser
import Contract

package struct DataCheckCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read all of a dataset of coding problems and say what is wrong, with file and line.",
    discussion: """
      Takes files of LiveCodeBench, HumanEval and MBPP, and a folder of problems of your own, one folder a problem:

        NAME/statement.md    what the model is told (needed)
        NAME/problem.json    {"title", "difficulty", "platform", "date", "function"}, all optional; with "function" that
                             function is called by the tests, without it programs read standard input
        NAME/starter.py      what an answer begins with
        NAME/tests/X.in      input of the test X: for a function one argument a line, as JSON (needed)
        NAME/tests/X.out     what it should give: for a function its result, as JSON (needed)
        NAME/right/*.py      answers that must pass, NAME/wrong/*.py ones that must fail: they prove the grader

      Tests named sample… are public and come first. The exit code is 1 where something cannot be used.

      EXAMPLES
        llmbench data check lcb.jsonl
        llmbench data check problems --json
      """)

  @Argument(help: "The dataset's file or folder.", completion: .file())
  package var path: String

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let params = DataCheck.Params(path: context.enginePath(path))
    let result = try await context.withClient { client in
      try await context.callWithProgress(DataCheck.self, params, client, title: "check")
    }
    try context.render(result, DatasetCheckView.lines)
    return result.errors == 0 ? .success : .failure
  }
}
