import HTTP
import JSON

/// Google's Gemini API, method `streamGenerateContent` with server-sent events.
///
/// Sources: ai.google.dev/api/generate-content (request, `GenerationConfig`, `FinishReason`, `UsageMetadata`),
/// ai.google.dev/gemini-api/docs/thinking and …/troubleshooting (errors), as of 2026-11; python-genai of 2026-08-21 for
/// the address and the key's header. The API tells of its limits only in the details of an error
/// (`google.rpc.QuotaFailure`, `google.rpc.RetryInfo`), with no header.
struct GeminiDialect: ModelDialect, Equatable {
  func path(for model: String) -> String {
    let name = ["models/", "tunedModels/"].contains(where: model.hasPrefix) ? model : "models/" + model
    return "/v1beta/\(Self.percentEncoded(name)):streamGenerateContent?alt=sse"
  }

  var redundantBaseEnds: [String] { ["/v1beta"] }
  var baseURLHint: String { "the base URL is what comes before /v1beta" }

  func headers(_ key: APIKey?) -> HTTPHeaders {
    var headers = HTTPHeaders()
    if let key { headers.add("x-goog-api-key", key.value, isSensitive: true) }
    return headers
  }

  /// Unreserved characters of RFC 3986 and slashes stay.
  private static func percentEncoded(_ text: String) -> String {
    let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return text.utf8.reduce(into: "") { result, byte in
      if unreserved.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  // MARK: - The request

  func body(_ request: ModelRequest, model: String) -> RequestBody {
    let system = request.messages.filter { $0.role == .system }
    let turns = request.messages.filter { $0.role != .system }
    var body = RequestBody(object: [
      "contents": .array(
        turns.map { turn in
          ["role": turn.role == .assistant ? "model" : "user", "parts": [["text": .string(turn.content)]]]
        })
    ])
    if !system.isEmpty {
      body.object["systemInstruction"] = ["parts": .array(system.map { ["text": .string($0.content)] })]
    }
    var generation = JSONObject()
    generation["temperature"] = request.temperature.map { .double($0) }
    generation["topP"] = request.topP.map { .double($0) }
    generation["maxOutputTokens"] = request.maximumOutputTokens.map { .integer(Int64($0)) }
    body.outputLimit = request.maximumOutputTokens
    // A signed number of 32 bits.
    generation["seed"] = request.seed.map { .integer(Int64($0 & 0x7FFF_FFFF)) }
    if !request.stop.isEmpty { generation["stopSequences"] = .array(request.stop.map { .string($0) }) }
    let thinking = thinking(request, &body.omitted)
    if !thinking.isEmpty { generation["thinkingConfig"] = .object(thinking) }
    if !generation.isEmpty { body.object["generationConfig"] = .object(generation) }
    body.omitted += request.settings.given(except: .think, .thinkingTokens)
    body.add(request.additionalParameters)
    return body
  }

  /// A level (Gemini 3 and later) or a number of tokens (Gemini 2.5), never both, which the API refuses. Thoughts are
  /// asked for wherever thinking is.
  private func thinking(_ request: ModelRequest, _ omitted: inout [String]) -> JSONObject {
    let settings = request.settings
    var config = JSONObject()
    var level = request.reasoningEffort
    if level == nil, case .level(let word)? = settings.think { level = word }
    if let tokens = settings.think == .off ? 0 : settings.thinkingTokens {
      config["thinkingBudget"] = .integer(Int64(tokens))
      if level != nil { omitted.append("reasoningEffort") }
    } else if let level {
      config["thinkingLevel"] = .string(level.uppercased())
    }
    let isOff = settings.think == .off || settings.thinkingTokens == 0
    if !isOff, settings.think != nil || !config.isEmpty { config["includeThoughts"] = true }
    return config
  }

  // MARK: - Errors

  func kind(of details: FailureDetails, status: Int) -> ModelError.Kind? {
    switch details.type {
    case "INVALID_ARGUMENT"
    where details.googleReasons.contains("API_KEY_INVALID") || details.says("api key not valid"):
      .authentication
    case "INVALID_ARGUMENT" where details.says("exceeds the maximum number of tokens"): .contextTooLong
    // What it is for: billing that is not set up, or a country that is not served.
    case "FAILED_PRECONDITION", "PERMISSION_DENIED", "UNAUTHENTICATED": .authentication
    case "NOT_FOUND": .modelNotFound
    case "RESOURCE_EXHAUSTED": details.isGoogleQuotaOfTheDay ? .quotaExceeded : .rateLimited
    case "UNAVAILABLE": .overloaded
    case "DEADLINE_EXCEEDED": .timeout
    case "INTERNAL", "UNKNOWN", "ABORTED": .serverError
    case "CANCELLED": .serverError
    default: nil
    }
  }

  func retryAfterSeconds(_ details: FailureDetails) -> Double? {
    details.googleDetails("RetryInfo").compactMap { $0["retryDelay"]?.stringValue.flatMap(RateLimitStatus.seconds) }
      .max()
  }

  // MARK: - The answer

  func take(_ value: JSONValue, eventType: String?, into answer: inout StreamedAnswer) {
    if let error = value["error"], !error.isNull {
      answer.failure = value
      return
    }
    if let id = value["responseId"]?.stringValue { answer.id = id }
    if let model = value["modelVersion"]?.stringValue { answer.model = model }
    if let usage = value["usageMetadata"] { take(usage: usage, &answer.usage) }
    if let reason = value["promptFeedback"]?["blockReason"]?.stringValue {
      // No candidate comes then, and so no answer.
      answer.failure = ["error": ["code": "content_filter", "message": .string("blockReason \(reason)")]]
      return
    }
    for candidate in value["candidates"]?.arrayValue ?? [] where candidate["index"]?.intValue ?? 0 == 0 {
      answer.hasBegun = true
      for part in candidate["content"]?["parts"]?.arrayValue ?? [] {
        let text = part["text"]?.stringValue ?? ""
        if part["thought"]?.boolValue == true { answer.reasoning += text } else { answer.text += text }
      }
      if let reason = candidate["finishReason"]?.stringValue { answer.stopReason = Self.stopReason(reason) }
    }
  }

  private static func stopReason(_ word: String) -> StopReason? {
    switch word {
    case "STOP": .stop
    case "MAX_TOKENS": .length
    case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII": .contentFilter
    case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS": .toolCalls
    case "FINISH_REASON_UNSPECIFIED": nil
    default: .other(word)
    }
  }

  /// "promptTokenCount … also includes the number of tokens in the cached content"; thoughts are counted beside the
  /// candidates, and both are paid for as output.
  private func take(usage value: JSONValue, _ usage: inout PartialUsage) {
    let thoughts = PartialUsage.count(value["thoughtsTokenCount"])
    let prompt = PartialUsage.count(value["promptTokenCount"])
    usage.promptTokens =
      prompt.map { $0 + (PartialUsage.count(value["toolUsePromptTokenCount"]) ?? 0) } ?? usage.promptTokens
    if let candidates = PartialUsage.count(value["candidatesTokenCount"]) ?? (thoughts == nil ? nil : 0) {
      usage.completionTokens = candidates + (thoughts ?? 0)
    }
    usage.cachedPromptTokens = PartialUsage.count(value["cachedContentTokenCount"]) ?? usage.cachedPromptTokens
    usage.reasoningTokens = thoughts ?? usage.reasoningTokens
  }
}

extension FailureDetails {
  /// The entries of an error's `details` of one type of `google.rpc`.
  fileprivate func googleDetails(_ type: String) -> [JSONValue] {
    (object["details"]?.arrayValue ?? []).filter { $0["@type"]?.stringValue?.hasSuffix("google.rpc." + type) ?? false }
  }

  fileprivate var googleReasons: [String] {
    googleDetails("ErrorInfo").compactMap { $0["reason"]?.stringValue }
  }

  /// Whether a limit of a day, or one of nothing at all, is used up: waiting for seconds does not help.
  fileprivate var isGoogleQuotaOfTheDay: Bool {
    googleDetails("QuotaFailure").flatMap { $0["violations"]?.arrayValue ?? [] }.contains { violation in
      violation["quotaId"]?.stringValue?.contains("PerDay") ?? false || violation["quotaValue"]?.stringValue == "0"
    }
  }
}
