import HTTP

extension ModelProvider {
  /// OpenAI itself, or a proxy that behaves as it does.
  static let openAI = ModelProvider(
    name: "openai", summary: "OpenAI's chat completions and Responses API", keyVariable: "OPENAI_API_KEY",
    isKeyRequired: true, baseURLVariable: "OPENAI_BASE_URL", defaultBaseURL: "https://api.openai.com/v1",
    isLocal: false,
    exampleModels: [
      "gpt-5.1", "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-4.1", "gpt-4.1-mini", "gpt-4o", "o3", "o4-mini",
    ]
  ) { context throws(ModelError) in
    // Chat completions unless the model is not there: they alone take a seed and stop texts, so that runs can be
    // repeated, and every server that OPENAI_BASE_URL may name has them.
    let usual = OpenAIModelRules.needsResponses(context.reference.name) ? "responses" : "chat"
    switch try context.checkAPI("chat", "responses") ?? usual {
    case "responses":
      return try HTTPModelClient(
        context, ResponsesDialect(rules: .openAI), defaultConcurrency: 8, hintWhenDown: "check OPENAI_BASE_URL")
    default:
      return try HTTPModelClient(
        context, ChatDialect.openAI, defaultConcurrency: 8, hintWhenDown: "check OPENAI_BASE_URL")
    }
  }

  /// Any other server of the same API.
  static let openAICompatible = ModelProvider(
    name: "openai-compatible", summary: "any server of the chat completions API, at --base-url",
    keyVariable: "OPENAI_COMPATIBLE_API_KEY", isKeyRequired: false, baseURLVariable: "OPENAI_COMPATIBLE_BASE_URL",
    defaultBaseURL: nil, isLocal: false, exampleModels: [], inspect: ModelFacts.ofCompatibleServer
  ) { context throws(ModelError) in
    try .compatible(
      context, concurrency: 4, hintWhenDown: "check OPENAI_COMPATIBLE_BASE_URL or --base-url")
  }

  /// A server on this machine: llama.cpp, LM Studio, vLLM…
  static let local = ModelProvider(
    name: "local", summary: "a server of the chat completions API on this machine", keyVariable: "LOCAL_API_KEY",
    isKeyRequired: false, baseURLVariable: "LLMBENCH_LOCAL_BASE_URL", defaultBaseURL: "http://127.0.0.1:8089/v1",
    isLocal: true, exampleModels: ["smollm2"], inspect: ModelFacts.ofCompatibleServer
  ) { context throws(ModelError) in
    try .compatible(context, concurrency: 1, hintWhenDown: "start one or give --base-url")
  }
}

extension ModelClient where Self == HTTPModelClient {
  /// A server that may speak several APIs, as llama.cpp's and vLLM's do.
  fileprivate static func compatible(
    _ context: ModelContext, concurrency: Int, hintWhenDown: String
  ) throws(ModelError) -> HTTPModelClient {
    let isHere = context.provider.isLocal && (try? HTTPURL(context.baseURL()))?.isLoopback ?? false
    let length = isHere ? ChatDialect.localDefaultLength : nil
    func client(_ dialect: some ModelDialect) throws(ModelError) -> HTTPModelClient {
      try HTTPModelClient(context, dialect, defaultConcurrency: concurrency, hintWhenDown: hintWhenDown)
    }
    return switch try context.checkAPI("chat", "responses", "messages") {
    case "responses": try client(ResponsesDialect(rules: .compatible, defaultLength: length))
    case "messages": try client(MessagesDialect(defaultLength: length))
    default: try client(isHere ? ChatDialect.local : ChatDialect.compatible)
    }
  }
}
