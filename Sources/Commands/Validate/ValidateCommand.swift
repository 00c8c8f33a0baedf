package import ArgumentParser

package struct ValidateCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judge one answer as a benchmark would, without a model.",
    discussion: """
      EXAMPLES
        llmbench validate vue Component.vue --checks ast_checks.json --original input.vue
      """,
    subcommands: [ValidateVueCommand.self])

  package init() {}
}
