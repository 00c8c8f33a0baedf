package import ArgumentParser
import Client
package import Contract
import JSON

package struct SuitesCheckCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Have a suite's grader judge answers whose worth is known, as every run does first.",
    discussion: """
      Calls no model. Right answers must pass and wrong ones must not; otherwise the exit code is 1, and no run of the \
      suite begins.

      EXAMPLES
        llmbench suites check sorting
        llmbench suites check events-codegen --option language=javascript --json
      """)

  @Argument(help: "The suite, as 'llmbench suites' lists it.")
  package var suite: String

  @Option(
    name: .customLong("option"),
    help: ArgumentHelp("An option of the suite; the value is JSON or text.", valueName: "key=value"),
    transform: KeyValue.parse)
  package var options: [KeyValue] = []

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let options = JSONObject(options.map { ($0.key, $0.value) })
    let params = BenchmarkCheck.Params(suite: suite, options: options.isEmpty ? nil : options)
    let result = try await context.withClient { try await $0.call(BenchmarkCheck.self, params) }
    try context.render(result, SuiteCheckView.lines)
    return result.isSound ? .success : .failure
  }
}

/// What a suite's grader said of answers whose worth is known.
package enum SuiteCheckView {
  package static func lines(_ result: BenchmarkCheck.Result) -> [StyledText] {
    guard !result.references.isEmpty else {
      return [
        "\(result.suite, .bold) (version \(result.suiteVersion)) ships no reference answers: nothing was checked."
      ]
    }
    var table = Table([.left("ANSWER"), .left("IT IS"), .left("VERDICT"), .right("SCORE"), .left(""), .left("REASON")])
    for reference in result.references {
      table.add([
        StyledText(reference.name), reference.isRight ? "right" : "wrong",
        SampleView.outcome(reference.verdict.outcome), StyledText(NumberText.score(reference.verdict.score)),
        reference.isAsExpected ? StyledText("ok", .green) : StyledText("MISJUDGED", .red),
        StyledText(reference.verdict.reason ?? ""),
      ])
    }
    let misjudged = result.references.count { !$0.isAsExpected }
    let count = NumberText.count(result.references.count)
    let verdict: StyledText =
      misjudged == 0
      ? "The grader of \(result.suite, .bold) (version \(result.suiteVersion)) judged all \(count) answers as it must."
      : StyledText(
        "The grader of \(result.suite) misjudged \(misjudged) of \(count) answers: no run of it begins.", .red)
    return table.lines() + ["", verdict]
  }
}
