package import ArgumentParser
import JSON

/// What a run of coding problems takes beside what every run does.
package struct ProblemRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The problems: a file or folder of LiveCodeBench, HumanEval, MBPP, or one's own.", valueName: "path"),
    completion: .file())
  package var dataset: String?

  @Option(
    help: ArgumentHelp("Whose verdicts count: strict, or official as LiveCodeBench's own grader.", valueName: "mode"))
  package var mode: String?

  @Option(help: ArgumentHelp("How the program is found in an answer: default or official.", valueName: "rule"))
  package var extraction: String?

  @Option(
    help: ArgumentHelp(
      "A file with a prompt of your own, with {{statement}}, {{starter}}, {{function}}, {{title}}.", valueName: "path"),
    completion: .file())
  package var promptTemplate: String?

  @OptionGroup package var choice: ProblemChoiceOptions

  package init() {}

  /// - Parameter path: turns a path as it was typed into one that the engine understands.
  func suiteOptions(path: (String) -> String) -> [(String, JSONValue?)] {
    [
      ("dataset", dataset.map { .string(path($0)) }), ("mode", mode.map { .string($0) }),
      ("extraction", extraction.map { .string($0) }), ("prompt", promptTemplate.map { .string(path($0)) }),
    ] + choice.suiteOptions
  }
}
