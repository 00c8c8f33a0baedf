package import ArgumentParser
package import Contract
import JSON

/// How models are asked, beyond temperature and length.
package struct ModelSettingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which of a provider's APIs: chat or responses; of local/ models messages as well.",
      discussion: "Default: chat, but responses for OpenAI's models that have no other.", valueName: "name"))
  package var api: String?

  @Option(
    help: ArgumentHelp(
      "How much a reasoning model reasons: none, minimal, low, medium, high…", discussion: "In its provider's word.",
      valueName: "word"))
  package var reasoningEffort: String?

  @Option(help: ArgumentHelp("Whether a model thinks first: on, off, or a level such as low.", valueName: "word"))
  package var think: String?

  @Option(
    help: ArgumentHelp("Most tokens to think with; of anthropic/ and google/ models. 0 for none.", valueName: "n"))
  package var thinkingTokens: Int?

  @Option(help: ArgumentHelp("Tokens of context that an ollama/ model is loaded with.", valueName: "n"))
  package var numCtx: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long an ollama/ model stays loaded: 5m, 300 (seconds), -1 (for ever).", valueName: "time"))
  package var keepAlive: String?

  @Option(help: ArgumentHelp("Nucleus sampling, 0 to 1.", valueName: "x"))
  package var topP: Double?

  @Option(
    name: .customLong("model-parameter"),
    help: ArgumentHelp(
      "A member for the provider's own request body; the value is JSON or text.", discussion: "Such as 'top_k=20'.",
      valueName: "key=value"),
    transform: KeyValue.parse)
  package var parameters: [KeyValue] = []

  package init() {}

  package func validate() throws {
    if let thinkingTokens, thinkingTokens < 0 { throw ValidationError("--thinking-tokens must be 0 or more.") }
    if let numCtx, numCtx < 1 { throw ValidationError("--num-ctx must be 1 or more.") }
    if let topP, !(0...1).contains(topP) { throw ValidationError("--top-p must be 0 to 1.") }
    var keys: Set<String> = []
    for parameter in parameters where !keys.insert(parameter.key).inserted {
      throw ValidationError("The model parameter '\(parameter.key)' is given twice.")
    }
  }

  /// nil where nothing is given.
  package var settings: ModelSettings? {
    var settings = ModelSettings()
    settings.api = api
    settings.reasoningEffort = reasoningEffort
    settings.think = think
    settings.thinkingTokens = thinkingTokens
    settings.numCtx = numCtx
    settings.keepAlive = keepAlive
    settings.topP = topP
    if !parameters.isEmpty {
      var object = JSONObject()
      for parameter in parameters { object[parameter.key] = parameter.value }
      settings.parameters = object
    }
    return settings == ModelSettings() ? nil : settings
  }
}
