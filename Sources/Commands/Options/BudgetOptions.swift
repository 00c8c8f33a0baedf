package import ArgumentParser
import Contract

/// The limits of a run.
package struct BudgetOptions: ParsableArguments {
  @Option(
    name: .customLong("budget"),
    help: ArgumentHelp(
      "Most US dollars that the run may cost.",
      discussion: "A call is sent only when its worst case still fits; needs --max-tokens.", valueName: "usd"))
  package var usd: Double?

  @Option(
    name: .customLong("budget-tokens"),
    help: ArgumentHelp("Most tokens of prompts and answers together; needs --max-tokens.", valueName: "n"))
  package var tokens: Int?

  @Option(
    name: .customLong("budget-seconds"),
    help: ArgumentHelp("Most seconds at work, resumed parts added up.", valueName: "s"))
  package var seconds: Double?

  package init() {}

  package func validate() throws {
    for case (let name, let value?) in [("--budget", usd), ("--budget-seconds", seconds)]
    where !(value > 0 && value.isFinite) {
      throw ValidationError("\(name) must be more than 0.")
    }
    if let tokens, tokens < 1 { throw ValidationError("--budget-tokens must be 1 or more.") }
  }

  /// nil when no limit is given.
  var budget: Budget? {
    usd == nil && tokens == nil && seconds == nil ? nil : Budget(usd: usd, tokens: tokens, seconds: seconds)
  }
}
