package import ArgumentParser
package import Contract
package import JSON

/// Which problems of a dataset are meant.
package struct ProblemChoiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "LiveCodeBench's release: v6 is all up to it, v4_v5 two parts, part3 one.", valueName: "name"))
  package var release: String?

  @Option(help: ArgumentHelp("Problems of contests from this day on, such as 2024-08-01.", valueName: "day"))
  package var from: String?

  @Option(help: ArgumentHelp("Problems of contests up to this day.", valueName: "day"))
  package var to: String?

  @Option(
    help: ArgumentHelp(
      "Whether contests after midnight of the last day are in: official (no) or inclusive (yes).",
      discussion: "Default official, as LiveCodeBench's own harness has it.", valueName: "rule"))
  package var dateRule: String?

  @Option(
    name: [.customLong("platform"), .customLong("platforms")],
    help: ArgumentHelp("leetcode, atcoder, codeforces; several with commas.", valueName: "list"))
  package var platforms: String?

  @Option(
    name: [.customLong("difficulty"), .customLong("difficulties")],
    help: ArgumentHelp("easy, medium, hard; several with commas.", valueName: "list"))
  package var difficulties: String?

  @Flag(help: "Problems with known faults too: several right outputs, a judge to talk with, wrong tests.")
  package var includeErrata = false

  package init() {}

  /// nil where nothing is chosen.
  package var choice: ProblemChoice? {
    var choice = ProblemChoice()
    choice.release = release
    choice.from = from
    choice.to = to
    choice.dateRule = dateRule
    choice.platforms = platforms.map(Self.list)
    choice.difficulties = difficulties.map(Self.list)
    choice.includeErrata = includeErrata ? true : nil
    return choice == ProblemChoice() ? nil : choice
  }

  /// The same as options of the suite, by name.
  package var suiteOptions: [(String, JSONValue?)] {
    [
      ("release", release.map { .string($0) }), ("from", from.map { .string($0) }), ("to", to.map { .string($0) }),
      ("dateRule", dateRule.map { .string($0) }), ("platforms", platforms.map(Self.values)),
      ("difficulties", difficulties.map(Self.values)), ("includeErrata", includeErrata ? .bool(true) : nil),
    ]
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
  }

  private static func values(_ text: String) -> JSONValue { .array(list(text).map { .string($0) }) }
}
