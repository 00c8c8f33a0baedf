import JSON

extension JSONObject {
  fileprivate mutating func set(_ key: String, _ value: Double?) { self[key] = value.map { .double($0) } }
  fileprivate mutating func set(_ key: String, _ value: Int?) { self[key] = value.map { .integer(Int64($0)) } }
  fileprivate mutating func set(_ key: String, _ value: String?) { self[key] = value.map { .string($0) } }
}

extension ModelResponse {
  /// Unknown values are left out; rate limits are of their moment and are not recorded.
  var recorded: JSONValue {
    var object: JSONObject = ["text": .string(text)]
    object.set("reasoning", reasoning)
    object.set("stopReason", stopReason.rawValue)
    object["usage"] = usage.recorded
    object["timings"] = timings.recorded
    object.set("servedModel", servedModel)
    object.set("responseId", responseID)
    if !omittedParameters.isEmpty { object["omittedParameters"] = .array(omittedParameters.map { .string($0) }) }
    return .object(object)
  }

  init(recorded value: JSONValue) throws(RecordingFormatError) {
    guard let text = value["text"]?.stringValue else { throw RecordingFormatError("“response” without “text”") }
    self.init(
      text: text, reasoning: value["reasoning"]?.stringValue,
      stopReason: StopReason(rawValue: value["stopReason"]?.stringValue ?? "unknown"),
      usage: TokenUsage(recorded: value["usage"] ?? .null, text: text),
      timings: ResponseTimings(recorded: value["timings"] ?? .null), servedModel: value["servedModel"]?.stringValue,
      responseID: value["responseId"]?.stringValue,
      omittedParameters: value["omittedParameters"]?.arrayValue?.compactMap(\.stringValue) ?? [])
  }
}

extension TokenUsage {
  var recorded: JSONValue {
    var object = JSONObject()
    object.set("promptTokens", promptTokens)
    object.set("completionTokens", completionTokens)
    object.set("cachedPromptTokens", cachedPromptTokens)
    object.set("cacheWriteTokens", cacheWriteTokens)
    object.set("reasoningTokens", reasoningTokens)
    if isEstimate { object["isEstimate"] = true }
    return .object(object)
  }

  /// What is not recorded is 0, or estimated from the text, and marked as an estimate.
  init(recorded value: JSONValue, text: String) {
    let prompt = value["promptTokens"]?.intValue
    let completion = value["completionTokens"]?.intValue
    self.init(
      promptTokens: prompt ?? 0, completionTokens: completion ?? ModelTokenCounter().count(text),
      cachedPromptTokens: value["cachedPromptTokens"]?.intValue, cacheWriteTokens: value["cacheWriteTokens"]?.intValue,
      reasoningTokens: value["reasoningTokens"]?.intValue,
      isEstimate: value["isEstimate"]?.boolValue ?? (prompt == nil || completion == nil))
  }
}

extension ResponseTimings {
  var recorded: JSONValue {
    var object: JSONObject = ["latencySeconds": .double(latencySeconds)]
    object.set("timeToFirstTokenSeconds", timeToFirstTokenSeconds)
    object.set("connectSeconds", connectSeconds)
    object.set("loadSeconds", loadSeconds)
    object.set("promptSeconds", promptSeconds)
    object.set("generationSeconds", generationSeconds)
    object.set("promptTokensPerSecond", promptTokensPerSecond)
    object.set("generationTokensPerSecond", generationTokensPerSecond)
    return .object(object)
  }

  init(recorded value: JSONValue) {
    func number(_ name: String) -> Double? { value[name]?.doubleValue }
    self.init(
      latencySeconds: number("latencySeconds") ?? 0, timeToFirstTokenSeconds: number("timeToFirstTokenSeconds"),
      connectSeconds: number("connectSeconds"), loadSeconds: number("loadSeconds"),
      promptSeconds: number("promptSeconds"), generationSeconds: number("generationSeconds"),
      promptTokensPerSecond: number("promptTokensPerSecond"),
      generationTokensPerSecond: number("generationTokensPerSecond"))
  }
}

extension ModelError {
  var recorded: JSONValue {
    var object: JSONObject = ["kind": .string(kind.rawValue), "message": .string(message)]
    object.set("httpStatus", httpStatus)
    return .object(object)
  }

  /// Whether the same request is bound to fail in the same way, so that a replay should show it.
  var isWorthRecording: Bool {
    switch kind {
    case .contextTooLong, .contentFiltered, .badRequest, .modelNotFound, .malformedResponse, .unsupported: true
    default: false
    }
  }

  init(recorded value: JSONValue) throws(RecordingFormatError) {
    guard let kind = value["kind"]?.stringValue.flatMap(Kind.init) else {
      throw RecordingFormatError("“error” without a known “kind”")
    }
    // A replay answers the same however often it is asked.
    self.init(
      kind, value["message"]?.stringValue ?? "recorded without a message", httpStatus: value["httpStatus"]?.intValue,
      isRetryable: false)
  }
}
