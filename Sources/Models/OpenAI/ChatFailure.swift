import HTTP
import JSON

/// Turns what a server of the chat completions API says when it does not answer into a ``ModelError``.
///
/// Sources, as of 2026-11: developers.openai.com/docs/guides/error-codes (`error.code`, and `error.type` where the
/// code is null); llama.cpp tools/server/README.md (`exceed_context_size_error` with `n_prompt_tokens` and `n_ctx`).
struct ChatFailure {
  let endpoint: ChatEndpoint

  /// An error response, from its status and whatever body it has.
  func error(status: Int, headers: HTTPHeaders, body: [UInt8]) -> ModelError {
    let details = Details(body, endpoint)
    return error(status: status, details, headers)
  }

  /// An `error` object in the middle of a stream, or with status 200.
  func error(inside value: JSONValue) -> ModelError {
    let details = Details(value, endpoint)
    let status = details.numericCode.flatMap { (400..<600).contains($0) ? $0 : nil } ?? 500
    // The answer had begun.
    return error(status: status, details, HTTPHeaders(), mayBeBilled: true)
  }

  private func error(
    status: Int, _ details: Details, _ headers: HTTPHeaders, mayBeBilled: Bool? = nil
  ) -> ModelError {
    let (kind, message) = judge(status, details)
    return ModelError(
      kind, message, httpStatus: status, retryAfterSeconds: RetryAfter.seconds(headers),
      variable: kind == .authentication ? endpoint.keyVariable : nil, rateLimit: RateLimitStatus(openAI: headers),
      mayBeBilled: mayBeBilled)
  }

  private func judge(_ status: Int, _ details: Details) -> (ModelError.Kind, String) {
    let name = endpoint.reference.provider
    let said = details.message.map { ": \($0)" } ?? ""
    if details.isContextTooLong(status) {
      return (.contextTooLong, "the prompt is too long for \(endpoint.reference)\(details.contextSizes)\(said)")
    }
    if details.isQuota || status == 402 {
      return (.quotaExceeded, "the account at \(name) has nothing left to spend (HTTP \(status))\(said)")
    }
    if details.isContentFilter { return (.contentFiltered, "\(name) refuses this prompt for its content\(said)") }
    switch status {
    case 401: return (.authentication, unauthorized)
    case 403: return (.authentication, "\(name) does not allow this (HTTP 403)\(said)")
    case 404: return notFound(details, said)
    case 408: return (.timeout, "\(name) gave up waiting (HTTP 408)\(said)")
    case 409, 425: return (.serverError, "\(name) cannot take the request now (HTTP \(status))\(said)")
    case 429: return (.rateLimited, "\(name) limits the rate of requests (HTTP 429)\(said)")
    case 503, 529: return (.overloaded, "\(name) has no capacity now (HTTP \(status))\(said)")
    case 501: return (.unsupported, "\(endpoint.url) cannot do this (HTTP 501)\(said)")
    case 500...: return (.serverError, "\(name) failed (HTTP \(status))\(said)")
    case 300..<400:
      return (.badRequest, "\(endpoint.url) redirects elsewhere (HTTP \(status)); give the final base URL")
    default:
      if details.isModelNotFound { return (.modelNotFound, modelNotFound(said)) }
      return (.badRequest, "\(name) refuses the request (HTTP \(status))\(said)")
    }
  }

  private var unauthorized: String {
    let name = endpoint.reference.provider
    if endpoint.key != nil { return "\(name) refuses the key in \(endpoint.keyVariable) (HTTP 401)" }
    return "\(name) asks for a key (HTTP 401); set \(endpoint.keyVariable)"
  }

  private func notFound(_ details: Details, _ said: String) -> (ModelError.Kind, String) {
    if details.isModelNotFound { return (.modelNotFound, modelNotFound(said)) }
    return (.badRequest, "there is no \(endpoint.url) (HTTP 404); a base URL usually ends in /v1\(said)")
  }

  private func modelNotFound(_ said: String) -> String {
    "\(endpoint.reference.provider) has no model “\(endpoint.reference.name)”\(said)"
  }
}

extension ChatFailure {
  /// What an error body says.
  struct Details {
    var code = ""
    var type = ""
    var parameter: String?
    /// Short, on one line, without the key.
    var message: String?
    var numericCode: Int?
    var promptTokens: Int?
    var contextTokens: Int?

    init(_ body: [UInt8], _ endpoint: ChatEndpoint) {
      if let value = try? JSONParser().parse(body) {
        self.init(value, endpoint)
        return
      }
      self.init(.null, endpoint)
      let text = String(decoding: body.prefix(4096), as: UTF8.self)
      if Self.isMarkup(body) {
        message = "it answered with a web page; is \(endpoint.url) the right address?"
      } else {
        message = endpoint.shortened(text)
      }
    }

    init(_ value: JSONValue, _ endpoint: ChatEndpoint) {
      // Some gateways wrap the body in a list.
      let value = value[0] ?? value
      // Gateways report what failed behind them within the choice.
      let error = value["error"] ?? value["choices"]?[0]?["error"] ?? value
      code = error["code"]?.stringValue ?? ""
      numericCode = error["code"]?.intValue ?? Int(code)
      type = error["type"]?.stringValue ?? ""
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

    private func says(_ words: String...) -> Bool {
      let text = (message ?? "").lowercased()
      return words.contains { text.contains($0) }
    }

    func isContextTooLong(_ status: Int) -> Bool {
      if ["context_length_exceeded", "exceed_context_size_error"].contains(where: { $0 == code || $0 == type }) {
        return true
      }
      return [400, 413, 422, 500].contains(status)
        && says("context length", "context size", "maximum context", "context window", "prompt is too long")
    }

    var isQuota: Bool {
      let names = [
        "insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached", "billing_not_active",
      ]
      return names.contains(code) || names.contains(type)
    }

    var isContentFilter: Bool {
      ["content_filter", "content_policy_violation", "moderation_blocked", "invalid_prompt"].contains(code)
    }

    var isModelNotFound: Bool {
      code == "model_not_found" || (parameter == "model" && says("not", "unknown", "invalid"))
        || (says("model") && says("not found", "does not exist", "not exist", "unknown model", "no such model"))
    }

    var contextSizes: String {
      guard let promptTokens, let contextTokens else { return "" }
      return " (\(promptTokens) tokens, room for \(contextTokens))"
    }

    /// The parameter that the server does not take, where it names one.
    var unsupportedParameter: String? {
      if code == "unsupported_parameter" || code == "unsupported_value" { return parameter }
      return says("stream_options") ? "stream_options" : nil
    }
  }
}
