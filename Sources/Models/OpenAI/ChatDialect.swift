import JSON

/// How a server of the chat completions API wants its requests.
///
/// Source: platform.openai.com/docs/api-reference/chat/create and …/docs/guides/reasoning, as of 2026-11;
/// `max_tokens` is deprecated there in favour of `max_completion_tokens`, and refused by reasoning models.
package struct ChatDialect: Sendable, Equatable {
  /// `max_completion_tokens` or `max_tokens`.
  var lengthParameter: String
  /// The length that is sent where the request names none; nil leaves it to the server.
  var defaultLength: Int?
  /// Parameters of the request body that the model refuses.
  var refusedParameters: Set<String> = []

  /// What OpenAI documents for its own models.
  static func openAI(model: String, reasoningEffort: String?) -> ChatDialect {
    var dialect = ChatDialect(lengthParameter: "max_completion_tokens")
    if isOpenAIReasoningModel(model) {
      if !takesSampling(model, reasoningEffort) { dialect.refusedParameters.formUnion(["temperature", "top_p"]) }
      // "Not supported with latest reasoning models o3 and o4-mini."
      if model.hasPrefix("o3") || model.hasPrefix("o4") { dialect.refusedParameters.insert("stop") }
    }
    return dialect
  }

  /// What servers beside OpenAI's have in common: llama.cpp, vLLM, LM Studio, Ollama's `/v1`…
  static let compatible = ChatDialect(lengthParameter: "max_tokens")

  /// A server on this machine generates until its context is full unless it is told otherwise, which takes a weak model
  /// minutes.
  static let local: ChatDialect = {
    var dialect = compatible
    dialect.defaultLength = 2048
    return dialect
  }()

  /// The o series and the gpt-5 family but for its chat variants.
  private static func isOpenAIReasoningModel(_ model: String) -> Bool {
    if model.hasPrefix("o"), model.dropFirst().first?.isNumber == true { return true }
    return model.hasPrefix("gpt-5") && !model.hasPrefix("gpt-5-chat")
  }

  /// From gpt-5.1 on the plain models take temperature and top_p while they do not reason, which is their default.
  private static func takesSampling(_ model: String, _ reasoningEffort: String?) -> Bool {
    guard model.hasPrefix("gpt-5."), reasoningEffort == nil || reasoningEffort == "none" else { return false }
    let suffix = model.dropFirst("gpt-5.".count).drop { $0.isNumber }
    // What may follow is a date; other variants ("-pro", "-codex", "-chat-latest") always reason.
    return suffix.allSatisfy { $0.isNumber || $0 == "-" }
  }

  /// The dialect after a server has refused a parameter by name; nil where leaving it out would not help.
  func refusing(_ parameter: String) -> ChatDialect? {
    var dialect = self
    switch parameter {
    case lengthParameter:
      let other = parameter == "max_tokens" ? "max_completion_tokens" : "max_tokens"
      if refusedParameters.contains(other) { return nil }
      dialect.lengthParameter = other
      dialect.refusedParameters.insert(parameter)
    case "temperature", "top_p", "seed", "stop", "stream_options", "reasoning_effort":
      guard dialect.refusedParameters.insert(parameter).inserted else { return nil }
    default: return nil
    }
    return dialect
  }
}

extension ChatDialect {
  /// The request body for a model, and the parameters that had to be left out of it.
  func body(_ request: ModelRequest, model: String) -> (body: JSONObject, omitted: [String]) {
    var body: JSONObject = [
      "model": .string(model),
      "messages": .array(
        request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }),
      "stream": true,
    ]
    if !refusedParameters.contains("stream_options") { body["stream_options"] = ["include_usage": true] }
    var omitted: [String] = []
    func set(_ name: String, _ value: JSONValue?) {
      guard let value else { return }
      if refusedParameters.contains(name) { omitted.append(name) } else { body[name] = value }
    }
    set("temperature", request.temperature.map { .double($0) })
    set("top_p", request.topP.map { .double($0) })
    set(lengthParameter, (request.maximumOutputTokens ?? defaultLength).map { .integer(Int64($0)) })
    // Servers keep a seed in 32 bits, some with a sign.
    set("seed", request.seed.map { .integer(Int64($0 & 0x7FFF_FFFF)) })
    set("stop", request.stop.isEmpty ? nil : .array(request.stop.map { .string($0) }))
    set("reasoning_effort", request.reasoningEffort.map { .string($0) })
    for (key, value) in request.additionalParameters { body[key] = value }
    return (body, omitted)
  }
}
