import JSON

/// What an error body says, in whichever of the usual shapes: `{"error": {"type", "code", "message"…}}` (OpenAI,
/// Anthropic, Google, llama.cpp), `{"error": "text"}` (Ollama), `{"detail": …}` and plain text.
struct FailureDetails: Sendable {
  var code = ""
  /// Of Google its `status`.
  var type = ""
  var parameter: String?
  /// Short, on one line, without the key.
  var message: String?
  var numericCode: Int?
  var promptTokens: Int?
  var contextTokens: Int?
  /// The error object itself, for what one provider alone has in it.
  var object: JSONValue = .null

  init(_ body: [UInt8], _ endpoint: ModelEndpoint) {
    if let value = try? JSONParser().parse(body) {
      self.init(value, endpoint)
      return
    }
    self.init(.null, endpoint)
    if Self.isMarkup(body) {
      message = "it answered with a web page; is \(endpoint.url) the right address?"
    } else {
      message = endpoint.shortened(String(decoding: body.prefix(4096), as: UTF8.self))
    }
  }

  init(_ value: JSONValue, _ endpoint: ModelEndpoint) {
    // Some gateways wrap the body in a list, and so does Google where a stream was asked for.
    let value = value[0] ?? value
    // Gateways report what failed behind them within the choice.
    let error = value["error"] ?? value["choices"]?[0]?["error"] ?? value
    object = error
    code = error["code"]?.stringValue ?? ""
    numericCode = error["code"]?.intValue ?? Int(code)
    type = error["type"]?.stringValue ?? error["status"]?.stringValue ?? ""
    parameter = error["param"]?.stringValue
    promptTokens = error["n_prompt_tokens"]?.intValue
    contextTokens = error["n_ctx"]?.intValue
    let text =
      error.stringValue ?? error["message"]?.stringValue ?? error["detail"]?.stringValue
      ?? error["error"]?.stringValue
    message = text.flatMap(endpoint.shortened)
  }

  static func isMarkup(_ body: [UInt8]) -> Bool {
    body.first { $0 > 0x20 } == UInt8(ascii: "<")
  }

  /// Whether the message holds one of these, which are in lower case.
  func says(_ words: String...) -> Bool {
    let text = (message ?? "").lowercased()
    return words.contains { text.contains($0) }
  }

  var contextSizes: String {
    guard let promptTokens, let contextTokens else { return "" }
    return " (\(promptTokens) tokens, room for \(contextTokens))"
  }

  /// What an error means by the words that many servers share; nil where they say nothing certain.
  func commonKind(status: Int) -> ModelError.Kind? {
    if isContextTooLong(status) { return .contextTooLong }
    if isQuota || status == 402 { return .quotaExceeded }
    if ["content_filter", "content_policy_violation", "moderation_blocked", "invalid_prompt"].contains(code) {
      return .contentFiltered
    }
    return nil
  }

  private func isContextTooLong(_ status: Int) -> Bool {
    if ["context_length_exceeded", "exceed_context_size_error"].contains(where: { $0 == code || $0 == type }) {
      return true
    }
    return [400, 413, 422, 500].contains(status)
      && says("context length", "context size", "maximum context", "context window", "prompt is too long")
  }

  private var isQuota: Bool {
    let names = ["insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached", "billing_not_active"]
    return names.contains(code) || names.contains(type)
  }

  var isModelNotFound: Bool {
    code == "model_not_found" || (parameter == "model" && says("not", "unknown", "invalid"))
      || (says("model") && says("not found", "does not exist", "not exist", "unknown model", "no such model"))
  }
}
