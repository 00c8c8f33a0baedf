package import ArgumentParser
import Client
import Contract
import JSON

package struct ValidateVueCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "vue",
    abstract: "Check a Vue component: syntax, types, syntax trees, template, names.",
    discussion: """
      The component is type-checked by the TypeScript of its project, or by one that is found on this machine, with \
      Vue's own types where the project has them. 'llmbench doctor' says what is there.

      A file that is no .vue file is taken for a model's answer: the component is taken out of it. '-' reads the answer \
      from standard input.

      The checks are those of an ast_checks.json, such as
        {"interfaces": ["ComponentProps"], "type_annotations": ["defineProps<ComponentProps>"],
         "script_lang": ["<script setup lang=\\"ts\\">"], "imports": []}
      They are compared as syntax trees: spaces, quotes and comments make no difference.

      EXAMPLES
        llmbench validate vue Component.vue
        llmbench validate vue Component.vue --checks ast_checks.json --original input.vue
        llmbench validate vue answer.md --auto-imports nuxt --stub pinia,@/stores/*
        llmbench validate vue src/App.vue --root . --json

      EXIT CODES
        0    it compiles, and scores at least --fail-under
        1    it could not be checked
        100  it does not compile, or scores less
      """)

  @Argument(help: "The component, or an answer that holds it; '-' for standard input.", completion: .file())
  package var path: String

  @Option(help: ArgumentHelp("JSON file of checks.", valueName: "path"), completion: .file())
  package var checks: String?

  @Option(help: ArgumentHelp("Component whose template must be the same.", valueName: "path"), completion: .file())
  package var original: String?

  @Option(
    name: .customLong("file"),
    help: ArgumentHelp("A file beside the component, as PATH or NAME=PATH. May be repeated.", valueName: "path"),
    completion: .file())
  package var files: [String] = []

  @Option(
    help: ArgumentHelp("Folder of the project whose files and packages are used.", valueName: "path"),
    completion: .directory)
  package var root: String?

  @Option(help: ArgumentHelp("Names that need no import: vue, nuxt or a list.", valueName: "names"))
  package var autoImports: String?

  @Option(
    name: .customLong("stub"),
    help: ArgumentHelp(
      "Modules to take for granted, with '*' for anything. Default: packages not found.", valueName: "modules"))
  package var stubModules: String?

  @Option(help: ArgumentHelp("Most seconds of processor time. Default 10.", valueName: "seconds"))
  package var timeout: Double?

  @Option(help: ArgumentHelp("Lowest score, 0 to 10, that is a success.", valueName: "score"))
  package var failUnder: Double?

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if let timeout, !(timeout > 0) { throw ValidationError("--timeout must be above 0.") }
    if let failUnder, !(0...10).contains(failUnder) { throw ValidationError("--fail-under must be 0 to 10.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let params = try params(context)
    let result = try await context.withClient { try await $0.call(ValidateVue.self, params) }
    try context.render(result) { ValidateVueView.lines($0) }
    guard result.compiles != nil else { return .failure }
    guard result.compiles == true, (result.score ?? 0) >= (failUnder ?? 0) else { return .belowThreshold }
    return .success
  }

  private func params(_ context: CommandContext) throws -> ValidateVue.Params {
    var params = ValidateVue.Params()
    if path == "-" { params.source = try LocalFile.read(path) } else { params.path = context.enginePath(path) }
    params.files = try files.isEmpty ? nil : files.map(Self.file)
    if let checks { params.checks = try Self.json(checks) }
    params.original = try original.map { path throws(ServiceError) in try LocalFile.read(path) }
    params.root = root.map(context.enginePath)
    switch autoImports {
    case nil: break
    case let name? where name == "vue" || name == "nuxt": params.autoImports = .string(name)
    case let names?: params.autoImports = .array(Self.list(names).map(JSONValue.string))
    }
    params.stubModules = stubModules.map(Self.list)
    params.timeoutSeconds = timeout
    return params
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  private static func json(_ path: String) throws(ServiceError) -> JSONValue {
    let text = try LocalFile.read(path)
    do throws(JSONParseError) {
      return try JSONParser().parse(text)
    } catch {
      throw ServiceError(.invalidData, "'\(path)' is no JSON: \(error).", details: ["path": .string(path)])
    }
  }

  private static func file(_ argument: String) throws(ServiceError) -> ValidateVue.File {
    if let equals = argument.firstIndex(of: "=") {
      return ValidateVue.File(
        path: String(argument[..<equals]),
        source: try LocalFile.read(String(argument[argument.index(after: equals)...])))
    }
    return ValidateVue.File(path: argument, source: try LocalFile.read(argument))
  }
}
