extension ModelProvider {
  /// Google's Gemini API with a key of AI Studio, or a proxy that behaves as it does.
  static let google = ModelProvider(
    name: "google", summary: "Google's Gemini API", keyVariable: "GEMINI_API_KEY", isKeyRequired: true,
    baseURLVariable: "GEMINI_BASE_URL", defaultBaseURL: "https://generativelanguage.googleapis.com", isLocal: false,
    exampleModels: ["gemini-3-pro-preview", "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite"],
    otherKeyVariable: "GOOGLE_API_KEY"
  ) { context throws(ModelError) in
    try context.checkAPI("generateContent")
    return try HTTPModelClient(
      context, GeminiDialect(), defaultConcurrency: 8, hintWhenDown: "check GEMINI_BASE_URL")
  }
}
