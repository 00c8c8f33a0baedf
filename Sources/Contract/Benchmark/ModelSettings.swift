package import JSON

/// How the models of a run are to be asked, beyond temperature and length. What is absent is left to the provider.
package struct ModelSettings: Codable, Sendable, Equatable {
  /// Which of a provider's APIs: `chat`, `responses` or `messages`; the usual one of the model when absent.
  package var api: String?
  /// How much a reasoning model reasons, in the provider's own word.
  package var reasoningEffort: String?
  /// `on`, `off`, or a level in the provider's own word.
  package var think: String?
  /// The most tokens to think with, 0 or more.
  package var thinkingTokens: Int?
  /// Tokens of context that a local model is loaded with.
  package var numCtx: Int?
  /// How long a local model stays loaded: `5m`, seconds, or `-1` for ever.
  package var keepAlive: String?
  /// 0…1.
  package var topP: Double?
  /// Members for the provider's own request body.
  package var parameters: JSONObject?

  package init() {}
}
