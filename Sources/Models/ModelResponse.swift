/// A model's answer with what is known about how it came to be.
package struct ModelResponse: Sendable, Equatable {
  /// The answer. Reasoning that a model writes into its answer between `<think>` tags stays here.
  package var text: String
  /// Reasoning that the provider delivers apart from the answer; nil where there was none.
  package var reasoning: String?
  package var stopReason: StopReason
  package var usage: TokenUsage
  package var timings: ResponseTimings
  /// The model that answered, in the provider's words; it may differ from the one asked.
  package var servedModel: String?
  /// The provider's name for this response, for asking its support.
  package var responseID: String?
  /// Parameters of the request that were not sent because the model does not take them: "temperature"…
  package var omittedParameters: [String]
  package var rateLimit: RateLimitStatus?
  /// The context that a local server had for this call, prompt and answer together; nil where it is not known.
  package var contextTokens: Int?

  package init(
    text: String, reasoning: String? = nil, stopReason: StopReason, usage: TokenUsage, timings: ResponseTimings,
    servedModel: String? = nil, responseID: String? = nil, omittedParameters: [String] = [],
    rateLimit: RateLimitStatus? = nil
  ) {
    self.text = text
    self.reasoning = reasoning
    self.stopReason = stopReason
    self.usage = usage
    self.timings = timings
    self.servedModel = servedModel
    self.responseID = responseID
    self.omittedParameters = omittedParameters
    self.rateLimit = rateLimit
  }
}

/// Why a model stopped.
package enum StopReason: Sendable, Hashable {
  /// It was done, or came to a stop text.
  case stop
  /// It ran into the limit of tokens: the answer is cut off.
  case length
  case contentFilter
  case toolCalls
  /// In the provider's own word.
  case other(String)
  /// The provider did not say.
  case unknown
}

extension StopReason: RawRepresentable {
  /// The case's name; of `other` the word itself.
  package var rawValue: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .contentFilter: "contentFilter"
    case .toolCalls: "toolCalls"
    case .other(let word): word
    case .unknown: "unknown"
    }
  }

  package init(rawValue: String) {
    switch rawValue {
    case "stop": self = .stop
    case "length": self = .length
    case "contentFilter": self = .contentFilter
    case "toolCalls": self = .toolCalls
    case "unknown", "": self = .unknown
    default: self = .other(rawValue)
    }
  }
}

/// Tokens of one call.
package struct TokenUsage: Sendable, Equatable {
  /// All of the prompt, cached parts included.
  package var promptTokens: Int
  /// All that was generated, reasoning included.
  package var completionTokens: Int
  /// The part of the prompt that the provider took from its cache; nil where it did not say.
  package var cachedPromptTokens: Int?
  /// The part of the prompt that was written to the provider's cache; nil where it did not say.
  package var cacheWriteTokens: Int?
  /// The part of the completion that is reasoning; nil where the provider did not say.
  package var reasoningTokens: Int?
  /// Whether the numbers were counted here because the provider gave none.
  package var isEstimate: Bool

  package init(
    promptTokens: Int, completionTokens: Int, cachedPromptTokens: Int? = nil, cacheWriteTokens: Int? = nil,
    reasoningTokens: Int? = nil, isEstimate: Bool = false
  ) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.cachedPromptTokens = cachedPromptTokens
    self.cacheWriteTokens = cacheWriteTokens
    self.reasoningTokens = reasoningTokens
    self.isEstimate = isEstimate
  }

  package var totalTokens: Int { promptTokens + completionTokens }
}

/// How long a call took; nil means unknown. Time spent waiting for a turn here is no part of it.
package struct ResponseTimings: Sendable, Equatable {
  /// From sending the request to the last byte of the answer.
  package var latencySeconds: Double
  /// From sending the request to the first text of the answer or its reasoning; of a streamed answer only.
  package var timeToFirstTokenSeconds: Double?
  /// For name lookup, connection and TLS; about 0 on a connection that was there before.
  package var connectSeconds: Double?
  /// What the server spent on loading the model.
  package var loadSeconds: Double?
  /// What the server spent on reading the prompt.
  package var promptSeconds: Double?
  /// What the server spent on generating.
  package var generationSeconds: Double?
  package var promptTokensPerSecond: Double?
  /// As the server measured it; else the tokens after the first over the time from the first text to the last.
  package var generationTokensPerSecond: Double?

  package init(
    latencySeconds: Double, timeToFirstTokenSeconds: Double? = nil, connectSeconds: Double? = nil,
    loadSeconds: Double? = nil, promptSeconds: Double? = nil, generationSeconds: Double? = nil,
    promptTokensPerSecond: Double? = nil, generationTokensPerSecond: Double? = nil
  ) {
    self.latencySeconds = latencySeconds
    self.timeToFirstTokenSeconds = timeToFirstTokenSeconds
    self.connectSeconds = connectSeconds
    self.loadSeconds = loadSeconds
    self.promptSeconds = promptSeconds
    self.generationSeconds = generationSeconds
    self.promptTokensPerSecond = promptTokensPerSecond
    self.generationTokensPerSecond = generationTokensPerSecond
  }
}
