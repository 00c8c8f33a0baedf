extension ModelProvider {
  /// Anthropic itself, or a proxy that behaves as it does.
  static let anthropic = ModelProvider(
    name: "anthropic", summary: "Anthropic's Messages API", keyVariable: "ANTHROPIC_API_KEY", isKeyRequired: true,
    baseURLVariable: "ANTHROPIC_BASE_URL", defaultBaseURL: "https://api.anthropic.com", isLocal: false,
    exampleModels: [
      "claude-opus-4-8", "claude-sonnet-4-6", "claude-opus-4-5-20251101", "claude-sonnet-4-5-20250929",
      "claude-haiku-4-5-20251001",
    ]
  ) { context throws(ModelError) in
    try context.checkAPI("messages")
    return try HTTPModelClient(
      context, MessagesDialect(), defaultConcurrency: 8, hintWhenDown: "check ANTHROPIC_BASE_URL")
  }
}
