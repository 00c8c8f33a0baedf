import HTTP
import JSON

/// Anthropic's Messages API.
///
/// Sources: platform.claude.com/docs/en/api/messages, …/build-with-claude/streaming,
/// …/build-with-claude/extended-thinking and …/adaptive-thinking, …/api/errors, …/api/rate-limits, as of 2026-11, and
/// anthropic-sdk-python's types of 2026-08-08. It knows no seed; system messages are a member of their own. llama.cpp's
/// server speaks it too.
struct MessagesDialect: ModelDialect, Equatable {
  /// The most tokens of an answer where the request names no number, which this API must be told; nil for what the
  /// model is documented to give.
  private(set) var defaultLength: Int?
  private(set) var refusedParameters: Set<String> = []

  /// As in the header `anthropic-version`.
  private static let version = "2023-06-01"

  init(defaultLength: Int? = nil) { self.defaultLength = defaultLength }

  func path(for model: String) -> String { "/v1/messages" }
  var redundantBaseEnds: [String] { ["/messages", "/v1"] }
  var baseURLHint: String { "the base URL is what comes before /v1/messages" }

  func headers(_ key: APIKey?) -> HTTPHeaders {
    var headers = HTTPHeaders(["anthropic-version": Self.version])
    if let key { headers.add("x-api-key", key.value, isSensitive: true) }
    return headers
  }

  // MARK: - The request

  func body(_ request: ModelRequest, model: String) -> RequestBody {
    let rules = AnthropicModelRules(model)
    let length = request.maximumOutputTokens ?? defaultLength ?? rules.maximumOutputTokens
    let system = request.messages.filter { $0.role == .system }.map(\.content)
    let turns = request.messages.filter { $0.role != .system }
    var body = RequestBody(object: [
      "model": .string(model), "max_tokens": .integer(Int64(length)),
      "messages": .array(turns.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }),
      "stream": true,
    ])
    body.outputLimit = length
    if !system.isEmpty { body.object["system"] = .string(system.joined(separator: "\n\n")) }
    let thinking = rules.thinking(request, maximumOutputTokens: length)
    if let thinking { body.object["thinking"] = thinking }
    if let effort = Self.effort(request) { body.object["output_config"] = ["effort": .string(effort)] }

    var refused = refusedParameters.union(rules.refusedParameters)
    // "Thinking isn't compatible with temperature … modifications"; top_p is but in a narrow range.
    if let type = thinking?["type"], type != "disabled" { refused.formUnion(["temperature", "top_p"]) }
    body.set("temperature", request.temperature.map { .double($0) }, unless: refused)
    // "You should either alter temperature or top_p, but not both", which newer models enforce.
    if request.temperature != nil { refused.insert("top_p") }
    body.set("top_p", request.topP.map { .double($0) }, unless: refused)
    if request.seed != nil { body.omitted.append("seed") }
    setStop(request.stop, &body)
    body.omitted += request.settings.given(except: .think, .thinkingTokens)
    body.add(request.additionalParameters)
    return body
  }

  private static func effort(_ request: ModelRequest) -> String? {
    if let effort = request.reasoningEffort { return effort }
    guard case .level(let level)? = request.settings.think else { return nil }
    return level
  }

  /// White space alone is refused as a stop text: such a list is left to this side.
  private func setStop(_ stop: [String], _ body: inout RequestBody) {
    guard !stop.isEmpty else { return }
    if refusedParameters.contains("stop_sequences") || stop.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      body.omitted.append("stop")
    } else {
      body.object["stop_sequences"] = .array(stop.map { .string($0) })
    }
  }

  /// These errors carry no parameter of their own: the message names it in back quotes, or before a colon.
  func refusal(in details: FailureDetails) -> Refusal? {
    let message = details.message ?? ""
    if message.hasPrefix("max_tokens: "), message.contains("maximum allowed") {
      // "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for …"
      let limit = message.split(separator: ">").dropFirst().first?.drop { $0 == " " }.prefix { $0.isNumber }
      return limit.flatMap { Int($0) }.flatMap { $0 > 0 ? .outputLimit($0) : nil }
    }
    guard details.says("deprecated", "not supported", "cannot both", "may only be set", "not permitted") else {
      return nil
    }
    let names = ["top_p", "temperature", "stop_sequences"]
    return names.first { message.contains("`\($0)`") || message.hasPrefix("\($0):") }.map { .parameter($0) }
  }

  func accepting(_ refusal: Refusal) -> (any ModelDialect)? {
    var dialect = self
    switch refusal {
    case .outputLimit(let limit):
      // The number may be the user's own, which stays as it is: then the error stands.
      if defaultLength == limit { return nil }
      dialect.defaultLength = limit
    case .parameter(let name):
      if !dialect.refusedParameters.insert(name).inserted { return nil }
    }
    return dialect
  }

  // MARK: - Errors and limits

  func kind(of details: FailureDetails, status: Int) -> ModelError.Kind? {
    switch details.type {
    case "authentication_error", "permission_error": .authentication
    case "billing_error": .quotaExceeded
    case "not_found_error": details.says("model") ? .modelNotFound : .badRequest
    case "request_too_large": .contextTooLong
    case "rate_limit_error": .rateLimited
    case "timeout_error": .timeout
    case "api_error": .serverError
    case "overloaded_error": .overloaded
    case "invalid_request_error" where details.says("credit balance", "usage limit"): .quotaExceeded
    case "invalid_request_error" where details.says("exceed context limit"): .contextTooLong
    case "invalid_request_error" where details.says("content filtering policy"): .contentFiltered
    default: nil
    }
  }

  func rateLimit(_ headers: HTTPHeaders) -> RateLimitStatus? { RateLimitStatus(anthropic: headers) }

  // MARK: - The answer

  func take(_ value: JSONValue, eventType: String?, into answer: inout StreamedAnswer) {
    switch value["type"]?.stringValue ?? eventType {
    case "message_start": take(message: value["message"] ?? .null, &answer)
    case "message": takeWhole(value, &answer)
    case "content_block_start": take(block: value["content_block"] ?? .null, &answer)
    case "content_block_delta": take(block: value["delta"] ?? .null, &answer)
    case "message_delta":
      take(stopReason: value["delta"]?["stop_reason"], &answer)
      take(usage: value["usage"], &answer.usage)
    case "message_stop": answer.isFinished = answer.hasBegun
    case "error": answer.failure = value
    default: if let error = value["error"], !error.isNull { answer.failure = value }
    }
  }

  private func take(message: JSONValue, _ answer: inout StreamedAnswer) {
    answer.hasBegun = true
    answer.id = message["id"]?.stringValue
    answer.model = message["model"]?.stringValue
    take(usage: message["usage"], &answer.usage)
  }

  private func takeWhole(_ message: JSONValue, _ answer: inout StreamedAnswer) {
    take(message: message, &answer)
    for block in message["content"]?.arrayValue ?? [] { take(block: block, &answer) }
    take(stopReason: message["stop_reason"], &answer)
  }

  /// A content block, or the next piece of one. Signatures and the input of tools are no text.
  private func take(block: JSONValue, _ answer: inout StreamedAnswer) {
    answer.text += block["text"]?.stringValue ?? ""
    answer.reasoning += block["thinking"]?.stringValue ?? ""
  }

  private func take(stopReason value: JSONValue?, _ answer: inout StreamedAnswer) {
    switch value?.stringValue {
    case "end_turn", "stop_sequence": answer.stopReason = .stop
    case "max_tokens", "model_context_window_exceeded": answer.stopReason = .length
    case "refusal": answer.stopReason = .contentFilter
    case "tool_use": answer.stopReason = .toolCalls
    case let word?: answer.stopReason = .other(word)
    case nil: break
    }
  }

  /// "Total input tokens in a request is the summation of input_tokens, cache_creation_input_tokens, and
  /// cache_read_input_tokens." A later count replaces an earlier one.
  private func take(usage value: JSONValue?, _ usage: inout PartialUsage) {
    guard let value else { return }
    let read = PartialUsage.count(value["cache_read_input_tokens"])
    let written = PartialUsage.count(value["cache_creation_input_tokens"])
    if let input = PartialUsage.count(value["input_tokens"]) {
      usage.promptTokens = input + (read ?? usage.cachedPromptTokens ?? 0) + (written ?? usage.cacheWriteTokens ?? 0)
    }
    usage.cachedPromptTokens = read ?? usage.cachedPromptTokens
    usage.cacheWriteTokens = written ?? usage.cacheWriteTokens
    usage.completionTokens = PartialUsage.count(value["output_tokens"]) ?? usage.completionTokens
    usage.reasoningTokens =
      PartialUsage.count(value["output_tokens_details"]?["thinking_tokens"]) ?? usage.reasoningTokens
  }
}
