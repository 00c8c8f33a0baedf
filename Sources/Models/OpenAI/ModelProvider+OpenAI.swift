extension ModelProvider {
  /// OpenAI itself, or a proxy that behaves as it does.
  static let openAI = ModelProvider(
    name: "openai", summary: "OpenAI's chat completions", keyVariable: "OPENAI_API_KEY", isKeyRequired: true,
    baseURLVariable: "OPENAI_BASE_URL", defaultBaseURL: "https://api.openai.com/v1", isLocal: false,
    exampleModels: [
      "gpt-5.1", "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-4.1", "gpt-4.1-mini", "gpt-4o", "o3", "o4-mini",
    ]
  ) { context throws(ModelError) in
    try .chat(context, rule: .openAI, concurrency: 8, hintWhenDown: "check OPENAI_BASE_URL")
  }

  /// Any other server of the same API.
  static let openAICompatible = ModelProvider(
    name: "openai-compatible", summary: "any server of the chat completions API, at --base-url",
    keyVariable: "OPENAI_COMPATIBLE_API_KEY", isKeyRequired: false, baseURLVariable: "OPENAI_COMPATIBLE_BASE_URL",
    defaultBaseURL: nil, isLocal: false, exampleModels: []
  ) { context throws(ModelError) in
    try .chat(
      context, rule: .compatible, concurrency: 4, hintWhenDown: "check OPENAI_COMPATIBLE_BASE_URL or --base-url")
  }

  /// A server on this machine: llama.cpp, LM Studio, vLLM…
  static let local = ModelProvider(
    name: "local", summary: "a server of the chat completions API on this machine", keyVariable: "LOCAL_API_KEY",
    isKeyRequired: false, baseURLVariable: "LLMBENCH_LOCAL_BASE_URL", defaultBaseURL: "http://127.0.0.1:8089/v1",
    isLocal: true, exampleModels: ["smollm2"]
  ) { context throws(ModelError) in
    try .chat(context, rule: .compatible, concurrency: 1, hintWhenDown: "start one or give --base-url")
  }
}

extension ModelClient where Self == OpenAICompatibleClient {
  fileprivate static func chat(
    _ context: ModelContext, rule: OpenAICompatibleClient.DialectRule, concurrency: Int, hintWhenDown: String
  ) throws(ModelError) -> OpenAICompatibleClient {
    let endpoint = try ChatEndpoint(
      reference: context.reference, baseURL: context.baseURL(), key: context.key(),
      keyVariable: context.provider.keyVariable ?? "", hintWhenDown: hintWhenDown)
    return OpenAICompatibleClient(
      endpoint, rule: rule, isLocal: context.provider.isLocal && endpoint.isLoopback, defaultConcurrency: concurrency,
      context)
  }
}
