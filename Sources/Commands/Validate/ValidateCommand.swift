package import ArgumentParser

package struct ValidateCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judge one answer as a benchmark would, without a model.",
    discussion: """
      EXAMPLES
        llmbench validate vue Component.vue --checks ast_checks.json --original input.vue
        llmbench validate answer --kind integer --expected 42 --actual 'The answer is 42.'
        llmbench validate answer --kind listUnordered --expected 'a,b,c' --actual 'c, a and b'
      """,
    subcommands: [ValidateVueCommand.self, ValidateAnswerCommand.self])

  package init() {}
}
