package import ArgumentParser
import Client
package import Contract
import JSON

package struct ValidateAnswerCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Say whether an answer is right, by its kind, and if not, why.",
    discussion: """
      KINDS
        integer, number, boolean, date, string, listOrdered, listUnordered

      MODES
        strict   as a careful judge: the answer has to be the value, in any usual notation (default)
        lenient  as the reference benchmark of the TOON project, with its faults: the first number anywhere counts

      The exit code is 0 for a right answer and 100 for a wrong one.

      EXAMPLES
        llmbench validate answer --kind number --expected 1234.5 --actual '$1,234.50' --decimal-places 2
        llmbench validate answer --kind date --expected 2025-06-01 --actual 'June 1, 2025'
        llmbench validate answer --kind integer --expected 5 --actual 'Of 5 orders 3 are open.' --mode lenient
        llmbench validate answer --kind listOrdered --expected id,name --json < answer.txt
      """)

  @Option(help: ArgumentHelp("What kind of value the answer is.", valueName: "kind"))
  package var kind: String

  @Option(help: ArgumentHelp("The right answer: its text, or a JSON array for a list.", valueName: "value"))
  package var expected: String

  @Option(help: ArgumentHelp("The answer to judge. Without it, standard input.", valueName: "text"))
  package var actual: String?

  @Option(help: "strict or lenient. Default strict.")
  package var mode: String?

  @Option(help: ArgumentHelp("How far a number may be off. Default 0.000001.", valueName: "x"))
  package var tolerance: Double?

  @Option(help: ArgumentHelp("Decimal places that the number was asked for.", valueName: "n"))
  package var decimalPlaces: Int?

  @Flag(help: "Upper and lower case differ.")
  package var caseSensitive = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let answer = try actual ?? LocalFile.read("-")
    let list = expected.first == "[" ? try? JSONParser().parse(expected) : nil
    var params = ValidateAnswer.Params(
      kind: kind, expected: list ?? .string(expected), actual: .string(answer), mode: mode)
    var options = ValidateAnswer.Options()
    options.tolerance = tolerance
    options.decimalPlaces = decimalPlaces
    if caseSensitive { options.caseSensitive = true }
    params.options = options
    let request = params
    let result = try await context.withClient { try await $0.call(ValidateAnswer.self, request) }
    try context.render(result, AnswerVerdictView.lines)
    return result.match ? .success : .belowThreshold
  }
}

/// Whether an answer is right.
package enum AnswerVerdictView {
  package static func lines(_ result: ValidateAnswer.Result) -> [StyledText] {
    if result.match {
      let understood = result.understood.map { ": read as \($0)" } ?? ""
      return [StyledText("right", .green) + StyledText(understood)]
    }
    return [StyledText("wrong", .red) + StyledText(" (\(result.reason ?? "")): \(result.detail ?? "")")]
  }
}
