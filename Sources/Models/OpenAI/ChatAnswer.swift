import JSON

/// Puts an answer together from the chunks of a stream or from one whole completion.
///
/// Source: platform.openai.com/docs/api-reference/chat/streaming and …/chat/object, as of 2026-11. Beyond that,
/// `reasoning_content` (llama.cpp, vLLM, DeepSeek) and `reasoning` (OpenRouter, newer vLLM) hold reasoning, and
/// llama.cpp's server adds `timings`.
struct ChatAnswer {
  private(set) var text = ""
  private(set) var reasoning = ""
  private(set) var refusal = ""
  private(set) var stopReason: StopReason?
  private(set) var usage: TokenUsage?
  private(set) var model: String?
  private(set) var id: String?
  private(set) var timings: JSONValue?
  private(set) var hasChoice = false

  /// Whether any text of answer or reasoning came yet.
  var hasText: Bool { !text.isEmpty || !reasoning.isEmpty || !refusal.isEmpty }

  /// The answer; a refusal where there is nothing else.
  var visibleText: String { text.isEmpty ? refusal : text }

  /// Takes a `chat.completion.chunk` or a `chat.completion`. The choices beyond the first are not asked for.
  mutating func take(_ value: JSONValue) {
    if let model = value["model"]?.stringValue, !model.isEmpty { self.model = model }
    if let id = value["id"]?.stringValue, !id.isEmpty { self.id = id }
    if let usage = value["usage"].flatMap(Self.usage) { self.usage = usage }
    if case .object? = value["timings"] { timings = value["timings"] }
    for choice in value["choices"]?.arrayValue ?? [] where choice["index"]?.intValue ?? 0 == 0 {
      hasChoice = true
      take(message: choice["delta"] ?? choice["message"] ?? .null)
      // Completion servers of the older kind put the text here.
      if choice["delta"] == nil, choice["message"] == nil { text += Self.text(choice["text"]) }
      if let reason = choice["finish_reason"]?.stringValue, !reason.isEmpty { stopReason = Self.stopReason(reason) }
    }
  }

  private mutating func take(message: JSONValue) {
    text += Self.text(message["content"])
    let reasoningText = Self.text(message["reasoning_content"])
    reasoning += reasoningText.isEmpty ? Self.text(message["reasoning"]) : reasoningText
    refusal += Self.text(message["refusal"])
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

  private static func usage(_ value: JSONValue) -> TokenUsage? {
    func count(_ value: JSONValue?) -> Int? { value?.intValue.flatMap { $0 < 0 ? nil : $0 } }
    guard let prompt = count(value["prompt_tokens"]), let completion = count(value["completion_tokens"]) else {
      return nil
    }
    return TokenUsage(
      promptTokens: prompt, completionTokens: completion,
      cachedPromptTokens: count(value["prompt_tokens_details"]?["cached_tokens"])
        ?? count(value["prompt_cache_hit_tokens"]),
      reasoningTokens: count(value["completion_tokens_details"]?["reasoning_tokens"]))
  }

  func usage(orEstimateFor request: ModelRequest, _ counter: any TokenCounter) -> TokenUsage {
    usage
      ?? TokenUsage(
        promptTokens: counter.count(request.messages),
        completionTokens: counter.count(visibleText) + counter.count(reasoning),
        isEstimate: true)
  }
}

/// When the pieces of an answer came, in seconds from the start of the request.
struct ChatArrival {
  var connectSeconds: Double?
  var firstTextSeconds: Double?
  var lastTextSeconds: Double?
  var endSeconds = 0.0
}

extension ChatAnswer {
  func responseTimings(_ arrival: ChatArrival) -> ResponseTimings {
    func number(_ name: String) -> Double? { timings?[name]?.doubleValue.flatMap { $0.isFinite && $0 > 0 ? $0 : nil } }
    return ResponseTimings(
      latencySeconds: arrival.endSeconds, timeToFirstTokenSeconds: arrival.firstTextSeconds,
      connectSeconds: arrival.connectSeconds, promptSeconds: number("prompt_ms").map { $0 / 1000 },
      generationSeconds: number("predicted_ms").map { $0 / 1000 },
      promptTokensPerSecond: number("prompt_per_second"),
      generationTokensPerSecond: number("predicted_per_second") ?? streamedTokensPerSecond(arrival))
  }

  /// Reasoning that was not streamed was generated before the first text and does not count.
  private func streamedTokensPerSecond(_ arrival: ChatArrival) -> Double? {
    guard let usage, let first = arrival.firstTextSeconds, let last = arrival.lastTextSeconds, last > first else {
      return nil
    }
    let hidden = reasoning.isEmpty ? usage.reasoningTokens ?? 0 : 0
    let tokens = usage.completionTokens - hidden - 1
    return tokens > 0 ? Double(tokens) / (last - first) : nil
  }
}
