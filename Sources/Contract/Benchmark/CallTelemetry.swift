/// What a provider and its server tell of a call beyond its tokens and its latency. What is nil was not told.
package struct CallTelemetry: Codable, Sendable, Equatable {
  /// The part of the prompt that came from the provider's cache.
  package var cachedPromptTokens: Int?
  /// The part of the prompt that was written to it.
  package var cacheWriteTokens: Int?
  /// The part of the completion that is reasoning.
  package var reasoningTokens: Int?
  /// For name look-up, connection and TLS.
  package var connectMilliseconds: Double?
  /// What the server spent on loading the model.
  package var loadMilliseconds: Double?
  /// What it spent on reading the prompt.
  package var promptMilliseconds: Double?
  /// What it spent on generating.
  package var generationMilliseconds: Double?
  package var promptTokensPerSecond: Double?
  package var generationTokensPerSecond: Double?
  /// The model that answered, in the provider's words.
  package var servedModel: String?
  /// The provider's name for the answer, for asking its support.
  package var responseId: String?
  /// Parameters that were not sent, because the model does not take them.
  package var omittedParameters: [String]?
  /// What this machine's GPUs did meanwhile; of local models only.
  package var gpu: GPUTelemetry?

  package init() {}
}
