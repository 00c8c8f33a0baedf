import JSON

/// An answer while it comes, whichever provider sends it: a dialect adds to it event by event.
struct StreamedAnswer {
  /// The most tokens that were asked for; nil where no limit was named.
  let outputLimit: Int?
  var text = ""
  var reasoning = ""
  /// What the model says instead of an answer.
  var refusal = ""
  var stopReason: StopReason?
  var usage = PartialUsage()
  var model: String?
  var id: String?
  var timings = ServerTimings()
  /// Whether anything of an answer came, be it empty.
  var hasBegun = false
  /// Whether the provider said that this was all.
  var isFinished = false
  /// What the provider reports instead of the rest.
  var failure: JSONValue?

  init(outputLimit: Int?) { self.outputLimit = outputLimit }

  /// The answer; a refusal where there is nothing else.
  var visibleText: String { text.isEmpty ? refusal : text }

  /// Grows with each piece of text, so that a caller sees when one came.
  var textBytes: Int { text.utf8.count + reasoning.utf8.count + refusal.utf8.count }

  /// A stop reason without the closing mark is good enough.
  var isComplete: Bool { isFinished || stopReason != nil }
}

/// Token counts as far as a provider gave them.
struct PartialUsage: Equatable {
  var promptTokens: Int?
  var completionTokens: Int?
  var cachedPromptTokens: Int?
  var cacheWriteTokens: Int?
  var reasoningTokens: Int?

  /// A count of tokens; nil for anything else.
  static func count(_ value: JSONValue?) -> Int? { value?.intValue.flatMap { $0 < 0 ? nil : $0 } }

  /// What the provider did not count is estimated, and the whole marked as an estimate.
  func whole(
    request: ModelRequest, answer: StreamedAnswer, counter: any TokenCounter
  ) -> TokenUsage {
    TokenUsage(
      promptTokens: promptTokens ?? counter.count(request.messages),
      completionTokens: completionTokens ?? counter.count(answer.visibleText) + counter.count(answer.reasoning),
      cachedPromptTokens: cachedPromptTokens, cacheWriteTokens: cacheWriteTokens, reasoningTokens: reasoningTokens,
      isEstimate: promptTokens == nil || completionTokens == nil)
  }
}

/// What a server measured itself, in seconds and tokens a second.
struct ServerTimings: Equatable {
  var loadSeconds: Double?
  var promptSeconds: Double?
  var generationSeconds: Double?
  var promptTokensPerSecond: Double?
  var generationTokensPerSecond: Double?
}

/// When the pieces of an answer came, in seconds from the start of the request.
struct AnswerArrival {
  var connectSeconds: Double?
  var firstTextSeconds: Double?
  var lastTextSeconds: Double?
  var endSeconds = 0.0
}

extension StreamedAnswer {
  func responseTimings(_ arrival: AnswerArrival) -> ResponseTimings {
    ResponseTimings(
      latencySeconds: arrival.endSeconds, timeToFirstTokenSeconds: arrival.firstTextSeconds,
      connectSeconds: arrival.connectSeconds, loadSeconds: timings.loadSeconds, promptSeconds: timings.promptSeconds,
      generationSeconds: timings.generationSeconds, promptTokensPerSecond: timings.promptTokensPerSecond,
      generationTokensPerSecond: timings.generationTokensPerSecond ?? streamedTokensPerSecond(arrival))
  }

  /// Reasoning that was not streamed was generated before the first text and does not count.
  private func streamedTokensPerSecond(_ arrival: AnswerArrival) -> Double? {
    guard let completionTokens = usage.completionTokens, let first = arrival.firstTextSeconds,
      let last = arrival.lastTextSeconds, last > first
    else { return nil }
    let hidden = reasoning.isEmpty ? usage.reasoningTokens ?? 0 : 0
    let tokens = completionTokens - hidden - 1
    return tokens > 0 ? Double(tokens) / (last - first) : nil
  }
}
