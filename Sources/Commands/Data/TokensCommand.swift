package import ArgumentParser
import Client
import Contract
import JSON

package struct TokensCommand: ServiceCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tokens",
    abstract: "Count the tokens of files or of standard input.",
    discussion: """
      Counts exactly as tiktoken does with the same encoding. What models of other makers count is not public: with \
      --model such a count is marked as an estimate, and says with which encoding it was made.

      EXAMPLES
        llmbench tokens prompt.txt
        llmbench tokens *.json --encoding cl100k_base
        llmbench tokens orders.json --model anthropic/claude-opus-4-8
        git diff | llmbench tokens
        llmbench tokens prompt.txt --json | jq .tokens
      """)

  @Argument(
    help: ArgumentHelp("The files; - or none for standard input.", valueName: "file"), completion: .file())
  package var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "o200k_base or cl100k_base.", discussion: "Default: the model's own where it is known, else o200k_base.",
      valueName: "name"), completion: .list(["o200k_base", "cl100k_base"]))
  package var encoding: String?

  @Option(help: ArgumentHelp("The model that is to read it, as PROVIDER/MODEL.", valueName: "ref"))
  package var model: String?

  @Option(
    help: ArgumentHelp(
      "What texts such as <|endoftext|> are: text, recognized or refused.",
      discussion: "text (the default) counts them as what people write, recognized as one token each.",
      valueName: "how"), completion: .list(["text", "recognized", "refused"]))
  package var special: String?

  @Flag(help: "Print the tokens themselves, one list a file.")
  package var ids = false

  @OptionGroup(title: "Common options") package var common: CommonOptions

  package init() {}

  package func validate() throws {
    if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be counted once.") }
  }

  package func execute(_ context: CommandContext) async throws -> ExitStatus {
    let counts = try await context.withClient { client in
      var counts: [CountedTokens] = []
      for path in paths.isEmpty ? ["-"] : paths {
        counts.append(CountedTokens(path, try await count(path, client, context)))
      }
      return counts
    }
    if context.options.json {
      try context.render(CountedTokens.Total(counts)) { _ in [] }
    } else if ids {
      context.console.print(counts.map(\.idLine))
    } else {
      context.console.print(TokensView.lines(counts, model: model))
    }
    return .success
  }

  private func count(
    _ path: String, _ client: ServiceClient, _ context: CommandContext
  ) async throws -> TokensCount.Result {
    let input = path == "-" ? try StandardInput.read() : nil
    defer { input?.remove() }
    var params = TokensCount.Params()
    params.encoding = encoding
    params.model = model
    params.specialTokens = special
    params.includeTokenIds = ids ? true : nil
    switch input {
    case .text(let text)?: params.text = text
    case .file(let temporary)?: params.path = temporary
    case nil: params.path = context.enginePath(path)
    }
    let title = path == "-" ? "standard input" : path
    return try await context.callWithProgress(TokensCount.self, params, client, title: title)
  }
}
