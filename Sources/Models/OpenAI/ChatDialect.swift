import HTTP
import JSON

/// OpenAI's chat completions API, and what other servers made of it.
///
/// Sources: platform.openai.com/docs/api-reference/chat (create, streaming, object) and …/docs/guides/reasoning, as of
/// 2026-11, and openai-python's types of 2026-08-21; `max_tokens` is deprecated there in favour of
/// `max_completion_tokens`, and refused by reasoning models. Beyond that, `reasoning_content` (llama.cpp, vLLM,
/// DeepSeek) and `reasoning` (OpenRouter, newer vLLM) hold reasoning, llama.cpp's server adds `timings`, and it and
/// vLLM take `chat_template_kwargs`, whose `enable_thinking` the templates of hybrid models look at.
struct ChatDialect: ModelDialect, Equatable {
  /// Whose rules about parameters hold.
  let rules: Rules
  /// `max_completion_tokens` or `max_tokens`.
  private(set) var lengthParameter: String
  /// The length that is sent where the request names none; nil leaves it to the server.
  private(set) var defaultLength: Int?
  /// Parameters of the request body that the server has refused.
  private(set) var refusedParameters: Set<String> = []

  enum Rules: Sendable {
    case openAI
    case compatible
  }

  /// What OpenAI documents for its own models.
  static let openAI = ChatDialect(rules: .openAI, lengthParameter: "max_completion_tokens")

  /// What servers beside OpenAI's have in common: llama.cpp, vLLM, LM Studio, Ollama's `/v1`…
  static let compatible = ChatDialect(rules: .compatible, lengthParameter: "max_tokens")

  /// A server on this machine generates until its context is full unless it is told otherwise, which takes a weak model
  /// minutes.
  static let local = ChatDialect(rules: .compatible, lengthParameter: "max_tokens", defaultLength: localDefaultLength)

  static let localDefaultLength = 2048

  func path(for model: String) -> String { "/chat/completions" }
  var redundantBaseEnds: [String] { ["/chat/completions"] }
  var baseURLHint: String { "a base URL usually ends in /v1" }
  func rateLimit(_ headers: HTTPHeaders) -> RateLimitStatus? { RateLimitStatus(openAI: headers) }

  // MARK: - The request

  func body(_ request: ModelRequest, model: String) -> RequestBody {
    var body = RequestBody(object: [
      "model": .string(model),
      "messages": .array(
        request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }),
      "stream": true,
    ])
    var refused = refusedParameters
    if rules == .openAI { refused.formUnion(OpenAIModelRules.refused(by: model, effort(request))) }
    if !refused.contains("stream_options") { body.object["stream_options"] = ["include_usage": true] }
    body.set("temperature", request.temperature.map { .double($0) }, unless: refused)
    body.set("top_p", request.topP.map { .double($0) }, unless: refused)
    let length = request.maximumOutputTokens ?? defaultLength
    body.set(lengthParameter, length.map { .integer(Int64($0)) }, unless: refused)
    body.outputLimit = length
    // Servers keep a seed in 32 bits, some with a sign.
    body.set("seed", request.seed.map { .integer(Int64($0 & 0x7FFF_FFFF)) }, unless: refused)
    body.set("stop", request.stop.isEmpty ? nil : .array(request.stop.map { .string($0) }), unless: refused)
    body.set("reasoning_effort", effort(request).map { .string($0) }, unless: refused)
    if rules == .compatible, let isOn = request.settings.think?.isOn {
      body.object["chat_template_kwargs"] = ["enable_thinking": .bool(isOn)]
    } else if rules == .openAI, request.settings.think == .on {
      // These models decide that themselves.
      body.omitted.append("think")
    }
    body.omitted += request.settings.given(except: .think)
    body.add(request.additionalParameters)
    return body
  }

  private func effort(_ request: ModelRequest) -> String? {
    switch request.settings.think {
    case _ where request.reasoningEffort != nil: request.reasoningEffort
    case .level(let level)?: level
    case .off? where rules == .openAI: "none"
    default: nil
    }
  }

  func refusal(in details: FailureDetails) -> Refusal? {
    OpenAIModelRules.refusal(in: details) ?? (details.says("stream_options") ? .parameter("stream_options") : nil)
  }

  func accepting(_ refusal: Refusal) -> (any ModelDialect)? {
    guard case .parameter(let parameter) = refusal else { return nil }
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

  // MARK: - The answer

  /// Takes a `chat.completion.chunk` or a `chat.completion`. The choices beyond the first are not asked for.
  func take(_ value: JSONValue, eventType: String?, into answer: inout StreamedAnswer) {
    if eventType == "error" || Self.isError(value) { answer.failure = value }
    if let model = value["model"]?.stringValue, !model.isEmpty { answer.model = model }
    if let id = value["id"]?.stringValue, !id.isEmpty { answer.id = id }
    if let usage = value["usage"] { Self.take(usage: usage, into: &answer.usage) }
    if let timings = value["timings"] { answer.timings.take(llamaServer: timings) }
    for choice in value["choices"]?.arrayValue ?? [] where choice["index"]?.intValue ?? 0 == 0 {
      answer.hasBegun = true
      Self.take(message: choice["delta"] ?? choice["message"] ?? .null, into: &answer)
      // Completion servers of the older kind put the text here.
      if choice["delta"] == nil, choice["message"] == nil { answer.text += Self.text(choice["text"]) }
      if let reason = choice["finish_reason"]?.stringValue, !reason.isEmpty {
        answer.stopReason = Self.stopReason(reason)
      }
    }
  }

  private static func isError(_ value: JSONValue) -> Bool {
    guard let error = value["error"] ?? value["choices"]?[0]?["error"] else { return false }
    return !error.isNull
  }

  private static func take(message: JSONValue, into answer: inout StreamedAnswer) {
    answer.text += text(message["content"])
    let reasoning = text(message["reasoning_content"])
    answer.reasoning += reasoning.isEmpty ? text(message["reasoning"]) : reasoning
    answer.refusal += text(message["refusal"])
  }

  /// A text, or the text parts of a list of parts.
  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text): text
    case .array(let parts): parts.compactMap { $0["text"]?.stringValue }.joined()
    default: ""
    }
  }

  private static func stopReason(_ word: String) -> StopReason {
    switch word {
    case "stop", "eos": .stop
    case "length", "max_tokens": .length
    case "content_filter": .contentFilter
    case "tool_calls", "function_call": .toolCalls
    default: .other(word)
    }
  }

  private static func take(usage value: JSONValue, into usage: inout PartialUsage) {
    guard let prompt = PartialUsage.count(value["prompt_tokens"]),
      let completion = PartialUsage.count(value["completion_tokens"])
    else { return }
    let promptDetails = value["prompt_tokens_details"]
    usage = PartialUsage(
      promptTokens: prompt, completionTokens: completion,
      cachedPromptTokens: PartialUsage.count(promptDetails?["cached_tokens"])
        ?? PartialUsage.count(value["prompt_cache_hit_tokens"]),
      cacheWriteTokens: PartialUsage.count(promptDetails?["cache_write_tokens"]),
      reasoningTokens: PartialUsage.count(value["completion_tokens_details"]?["reasoning_tokens"]))
  }
}

extension RequestBody {
  /// Sets a member, or notes that it had to be left out; nil does neither.
  mutating func set(_ name: String, _ value: JSONValue?, unless refused: Set<String>) {
    guard let value else { return }
    if refused.contains(name) { omitted.append(name) } else { object[name] = value }
  }
}

extension ServerTimings {
  /// The `timings` of llama.cpp's server. Source: its tools/server/README.md, "Timings and context usage".
  mutating func take(llamaServer value: JSONValue) {
    guard case .object = value else { return }
    func number(_ name: String) -> Double? { value[name]?.doubleValue.flatMap { $0.isFinite && $0 > 0 ? $0 : nil } }
    promptSeconds = number("prompt_ms").map { $0 / 1000 }
    generationSeconds = number("predicted_ms").map { $0 / 1000 }
    promptTokensPerSecond = number("prompt_per_second")
    generationTokensPerSecond = number("predicted_per_second")
  }
}
