extension ModelProvider {
  /// Ollama on this machine, or wherever `OLLAMA_HOST` says; its service takes a key.
  static let ollama = ModelProvider(
    name: "ollama", summary: "Ollama's own API, on this machine or at --base-url", keyVariable: "OLLAMA_API_KEY",
    isKeyRequired: false, baseURLVariable: "OLLAMA_BASE_URL", defaultBaseURL: OllamaHost.defaultURL, isLocal: true,
    exampleModels: ["qwen2.5-coder:7b-instruct-q8_0", "gpt-oss:20b"],
    otherBaseURL: OllamaHost.url(in:), inspect: ModelFacts.ofOllama
  ) { context throws(ModelError) in
    try context.checkAPI("chat")
    return try HTTPModelClient(
      context, OllamaDialect(), defaultConcurrency: 1,
      hintWhenDown: OllamaDialect.hintWhenDown)
  }
}
