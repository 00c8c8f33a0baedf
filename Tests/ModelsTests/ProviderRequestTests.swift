import JSON
import Models
import TestSupport
import Testing

/// The request body of each provider, as its documentation has it.
@Suite(.timeLimit(.minutes(1))) struct ProviderRequestTests {
  private static let full = ModelRequest(
    messages: [
      ChatMessage(.system, "be brief"), ChatMessage(.user, "hi"), ChatMessage(.assistant, "yes?"),
      ChatMessage(.user, "go"),
    ], temperature: 0.5, maximumOutputTokens: 5000, seed: 0xFFFF_FFFF_FFFF_FFFF, stop: ["END"])

  /// What was sent for a request, and which parameters the response says were left out.
  private func sent(
    _ request: ModelRequest, _ provider: ProviderServer, model: String? = nil
  ) async throws -> (body: JSONValue, omitted: [String]) {
    let server = try provider.server()
    let reference = model.map { provider.reference.split(separator: "/")[0] + "/" + $0 } ?? provider.reference
    let client = try ModelCatalog.standard.client(
      for: ModelReference(parsing: reference), options: ModelOptions(baseURL: server.url, api: provider.api),
      environment: [provider.keyVariable: ProviderServer.key])
    let response = try await client.ask(request).get()
    return (try JSONParser().parse(try #require(server.requests.first).body), response.omittedParameters)
  }

  @Test func `OpenAI's Responses API`() async throws {
    var request = Self.full
    request.topP = 0.9
    request.additionalParameters = ["text": ["verbosity": "low"]]
    let (body, omitted) = try await sent(request, .responses)
    let expected: JSONValue = [
      "model": "m",
      "input": [
        ["role": "system", "content": "be brief"], ["role": "user", "content": "hi"],
        ["role": "assistant", "content": "yes?"], ["role": "user", "content": "go"],
      ], "stream": true, "store": false, "temperature": 0.5, "top_p": 0.9, "max_output_tokens": 5000,
      "text": ["verbosity": "low"],
    ]
    #expect(body == expected && omitted == ["seed", "stop"])
  }

  @Test func `stop texts that an API does not know end the answer all the same`() async throws {
    var request = Self.full
    request.stop = ["lo"]
    let server = try ProviderServer.responses.server()
    let response = try await ProviderServer.responses.client(server).ask(request).get()
    #expect(response.text == "Hel" && response.stopReason == .stop)
  }

  @Test func `a reasoning model of the Responses API`() async throws {
    var request = Self.full
    request.reasoningEffort = "high"
    let (body, omitted) = try await sent(request, .responses, model: "gpt-5.1")
    #expect(body["reasoning"] == ["effort": "high"] && body["temperature"] == nil)
    #expect(omitted == ["temperature", "seed", "stop"])
    request.reasoningEffort = nil
    request.settings.think = .off
    #expect(try await sent(request, .responses, model: "gpt-5.1").body["reasoning"] == ["effort": "none"])
  }

  @Test func `Anthropic's Messages API`() async throws {
    let (body, omitted) = try await sent(Self.full, .messages)
    let expected: JSONValue = [
      "model": "claude-opus-4-5", "max_tokens": 5000,
      "messages": [
        ["role": "user", "content": "hi"], ["role": "assistant", "content": "yes?"], ["role": "user", "content": "go"],
      ], "stream": true, "system": "be brief", "temperature": 0.5, "stop_sequences": ["END"],
    ]
    #expect(body == expected && omitted == ["seed"])
    let server = try ProviderServer.messages.server()
    _ = try await ProviderServer.messages.client(server).ask().get()
    #expect(server.requests.first?.headers["anthropic-version"] == "2023-06-01")
  }

  @Test(arguments: [
    ("claude-3-haiku-20240307", 4096), ("claude-3-5-haiku-latest", 8192), ("claude-3-7-sonnet-20250219", 64_000),
    ("claude-opus-4-20250514", 32_000), ("claude-opus-4-1", 32_000), ("claude-sonnet-4-20250514", 64_000),
    ("claude-opus-4-5-20251101", 64_000), ("claude-haiku-4-5", 64_000), ("claude-opus-4-6", 128_000),
    ("claude-sonnet-5", 128_000), ("claude-mythos-preview", 128_000), ("other", 8192),
  ])
  func `Anthropic is told the model's own limit where none was asked for`(_ model: String, _ limit: Int) async throws {
    let request = ModelRequest(messages: [ChatMessage(.user, "hi")])
    #expect(try await sent(request, .messages, model: model).body["max_tokens"]?.intValue == limit)
  }

  @Test(arguments: [
    ("claude-opus-4-5", false), ("claude-sonnet-4-6", false), ("claude-3-5-haiku-latest", false),
    ("claude-opus-4-7", true), ("claude-opus-5", true), ("claude-fable-5-1", true), ("claude-mythos-preview", true),
  ])
  func `Anthropic's newer models get no temperature`(_ model: String, _ refuses: Bool) async throws {
    var request = Self.full
    request.topP = 0.9
    let (body, omitted) = try await sent(request, .messages, model: model)
    #expect((body["temperature"] == nil) == refuses && omitted.contains("temperature") == refuses)
    // Never both of them.
    #expect(body["top_p"] == nil && omitted.contains("top_p"))
    request.temperature = nil
    #expect((try await sent(request, .messages, model: model).body["top_p"] == nil) == refuses)
  }

  @Test func `Anthropic's models think by a number of tokens or adaptively`() async throws {
    var request = Self.full
    request.settings.think = .on
    let old = try await sent(request, .messages, model: "claude-opus-4-5")
    #expect(old.body["thinking"] == ["type": "enabled", "budget_tokens": 2500])
    #expect(old.body["temperature"] == nil && old.omitted == ["temperature", "seed"])
    let new = try await sent(request, .messages, model: "claude-opus-4-8")
    #expect(new.body["thinking"] == ["type": "adaptive", "display": "summarized"])
    request.settings.think = .level("max")
    let level = try await sent(request, .messages, model: "claude-opus-4-8")
    #expect(level.body["output_config"] == ["effort": "max"] && level.body["thinking"]?["type"] == "adaptive")
    request.settings = ProviderSettings(think: .off)
    let off = try await sent(request, .messages)
    #expect(off.body["thinking"] == ["type": "disabled"] && off.body["temperature"] == 0.5)
    request.settings = ProviderSettings(thinkingTokens: 2000)
    #expect(
      try await sent(request, .messages).body["thinking"] == ["type": "enabled", "budget_tokens": 2000])
  }

  @Test func `a limit and a parameter that Anthropic refuses are given up`() async throws {
    let server = try TestHTTPServer { request in
      let body = try? JSONParser().parse(request.body)
      func refuse(_ message: String) -> [TestHTTPServer.Step] {
        let error: JSONValue = [
          "type": "error", "error": ["type": "invalid_request_error", "message": .string(message)],
        ]
        return [.response("\(error)", status: 400)]
      }
      if let limit = body?["max_tokens"]?.intValue, limit > 4096 {
        return refuse("max_tokens: \(limit) > 4096, which is the maximum allowed number of output tokens for x")
      }
      if body?["temperature"] != nil { return refuse("`temperature` is deprecated for this model.") }
      return [.head()] + ProviderServer.messages.pieces.map { .chunk($0) } + [.lastChunk]
    }
    let client = try ProviderServer.messages.client(server)
    let request = ModelRequest(messages: [ChatMessage(.user, "hi")], temperature: 0)
    #expect(try await client.ask(request).get().omittedParameters == ["temperature"])
    #expect(server.requests.count == 3)
    _ = try await client.ask(request).get()
    #expect(server.requests.count == 4)
    // A limit that the user chose stays.
    var own = request
    own.maximumOutputTokens = 9999
    let error = await client.ask(own).error
    #expect(error?.kind == .badRequest && error?.message.contains("4096") == true)
    #expect(server.requests.count == 5)
  }

  @Test func `a stop text of white space is left to this side, where Anthropic refuses it`() async throws {
    var request = Self.full
    request.stop = ["\n\n", "lo"]
    let (body, omitted) = try await sent(request, .messages)
    #expect(body["stop_sequences"] == nil && omitted.contains("stop"))
  }

  @Test func `Google's Gemini API`() async throws {
    var request = Self.full
    request.topP = 0.9
    request.additionalParameters = ["generationConfig": ["topK": 3], "safetySettings": []]
    let (body, omitted) = try await sent(request, .gemini)
    let expected: JSONValue = [
      "contents": [
        ["role": "user", "parts": [["text": "hi"]]], ["role": "model", "parts": [["text": "yes?"]]],
        ["role": "user", "parts": [["text": "go"]]],
      ], "systemInstruction": ["parts": [["text": "be brief"]]],
      "generationConfig": [
        "temperature": 0.5, "topP": 0.9, "maxOutputTokens": 5000, "seed": 0x7FFF_FFFF, "stopSequences": ["END"],
        "topK": 3,
      ], "safetySettings": [],
    ]
    #expect(body == expected && omitted.isEmpty)
  }

  @Test(
    arguments: [
      (ProviderSettings(think: .on), nil, ["includeThoughts": true], []),
      (ProviderSettings(think: .off), nil, ["thinkingBudget": 0], []),
      (ProviderSettings(thinkingTokens: 2000), nil, ["thinkingBudget": 2000, "includeThoughts": true], []),
      (ProviderSettings(think: .level("low")), nil, ["thinkingLevel": "LOW", "includeThoughts": true], []),
      (ProviderSettings(), "high", ["thinkingLevel": "HIGH", "includeThoughts": true], []),
      (
        ProviderSettings(thinkingTokens: 9), "high", ["thinkingBudget": 9, "includeThoughts": true], ["reasoningEffort"]
      ),
    ] as [(ProviderSettings, String?, JSONValue, [String])])
  func `Gemini thinks by a level or by a number of tokens`(
    _ settings: ProviderSettings, _ effort: String?, _ expected: JSONValue, _ left: [String]
  ) async throws {
    let request = ModelRequest(messages: [ChatMessage(.user, "hi")], reasoningEffort: effort, settings: settings)
    let (body, omitted) = try await sent(request, .gemini)
    #expect(body["generationConfig"]?["thinkingConfig"] == expected && omitted == left)
  }

  @Test func `Ollama's chat`() async throws {
    var request = Self.full
    request.topP = 0.9
    request.settings = ProviderSettings(think: .on, contextTokens: 16_384, keepAlive: "10m")
    request.additionalParameters = ["options": ["top_k": 3]]
    let (body, omitted) = try await sent(request, .ollama)
    let expected: JSONValue = [
      "model": "qwen3:8b",
      "messages": [
        ["role": "system", "content": "be brief"], ["role": "user", "content": "hi"],
        ["role": "assistant", "content": "yes?"], ["role": "user", "content": "go"],
      ], "stream": true, "truncate": false, "shift": false,
      "options": [
        "temperature": 0.5, "top_p": 0.9, "num_predict": 5000, "seed": 0x7FFF_FFFF, "stop": ["END"],
        "num_ctx": 16_384, "top_k": 3,
      ], "think": true, "keep_alive": "10m",
    ]
    #expect(body == expected && omitted.isEmpty)
  }

  @Test func `Ollama is told nothing that was not asked for`() async throws {
    let (body, _) = try await sent(ModelRequest(messages: [ChatMessage(.user, "hi")]), .ollama)
    let expected: JSONValue = [
      "model": "qwen3:8b", "messages": [["role": "user", "content": "hi"]], "stream": true, "truncate": false,
      "shift": false,
    ]
    #expect(body == expected)
    var request = ModelRequest(messages: [ChatMessage(.user, "hi")], reasoningEffort: "high")
    request.settings.keepAlive = "-1"
    let other = try await sent(request, .ollama).body
    #expect(other["think"] == "high" && other["keep_alive"] == -1)
  }

  @Test func `Ollama's own times are told`() async throws {
    let server = try ProviderServer.ollama.server()
    let timings = try await ProviderServer.ollama.client(server).ask().get().timings
    #expect(timings.loadSeconds == 1.334875 && timings.promptSeconds == 0.5 && timings.generationSeconds == 2)
    #expect(timings.promptTokensPerSecond == 22 && timings.generationTokensPerSecond == 3.5)
  }

  @Test func `what a provider has no word for is named`() async throws {
    let settings = ProviderSettings(thinkingTokens: 5, contextTokens: 4096, keepAlive: "5m")
    let request = ModelRequest(messages: [ChatMessage(.user, "hi")], settings: settings)
    #expect(try await sent(request, .chat).omitted == ["thinkingTokens", "numCtx", "keepAlive"])
    #expect(try await sent(request, .responses).omitted == ["thinkingTokens", "numCtx", "keepAlive"])
    #expect(try await sent(request, .messages).omitted == ["numCtx", "keepAlive"])
    #expect(try await sent(request, .gemini).omitted == ["numCtx", "keepAlive"])
    #expect(try await sent(request, .ollama).omitted == ["thinkingTokens"])
  }

  @Test func `a compatible server is told through its template whether to think`() async throws {
    let server = try TestHTTPServer { _ in ChatServer.answer("x") }
    var request = ModelRequest(messages: [ChatMessage(.user, "hi")])
    request.settings.think = .off
    _ = try await ChatServer.client(server).ask(request).get()
    let body = try JSONParser().parse(try #require(server.requests.first).body)
    #expect(body["chat_template_kwargs"] == ["enable_thinking": false] && body["reasoning_effort"] == nil)
  }

  // MARK: - Ends of answers

  @Test(arguments: [
    ("end_turn", StopReason.stop), ("stop_sequence", .stop), ("max_tokens", .length),
    ("model_context_window_exceeded", .length), ("refusal", .contentFilter), ("tool_use", .toolCalls),
    ("pause_turn", .other("pause_turn")),
  ])
  func `each stop reason of Anthropic is understood`(_ word: String, _ reason: StopReason) async throws {
    let pieces =
      ProviderServer.messages.pieces.dropLast(2) + [
        ProviderServer.messageDelta(word), ProviderServer.event("message_stop", ["type": "message_stop"]),
      ]
    let server = try TestHTTPServer { _ in [.head()] + pieces.map { .chunk($0) } + [.lastChunk] }
    #expect(try await ProviderServer.messages.client(server).ask().get().stopReason == reason)
  }

  @Test(arguments: [
    ("STOP", StopReason.stop), ("MAX_TOKENS", .length), ("SAFETY", .contentFilter), ("RECITATION", .contentFilter),
    ("PROHIBITED_CONTENT", .contentFilter), ("MALFORMED_FUNCTION_CALL", .toolCalls), ("LANGUAGE", .other("LANGUAGE")),
  ])
  func `each finish reason of Gemini is understood`(_ word: String, _ reason: StopReason) async throws {
    let server = try TestHTTPServer { _ in
      [.head(), .chunk(ProviderServer.candidate([], reason: word)), .lastChunk]
    }
    let response = try await ProviderServer.gemini.client(server).ask().get()
    #expect(response.stopReason == reason && response.text.isEmpty)
  }

  @Test(arguments: [("max_output_tokens", StopReason.length), ("content_filter", .contentFilter)])
  func `an incomplete response says why`(_ word: String, _ reason: StopReason) async throws {
    let server = try TestHTTPServer { _ in
      [.head(), .chunk(ProviderServer.responseEnd("incomplete", reason: .string(word))), .lastChunk]
    }
    let response = try await ProviderServer.responses.client(server).ask().get()
    #expect(response.stopReason == reason && response.text == "Hello é😀")
  }

  @Test(arguments: [("stop", StopReason.stop), ("length", .length), ("", .unknown), ("unload", .other("unload"))])
  func `each done reason of Ollama is understood`(_ word: String, _ reason: StopReason) async throws {
    let server = try TestHTTPServer { _ in
      [.head(type: "application/x-ndjson"), .chunk(ProviderServer.ollamaEnd(word)), .lastChunk]
    }
    #expect(try await ProviderServer.ollama.client(server).ask().get().stopReason == reason)
  }

  @Test func `answers that are not streamed are understood`() async throws {
    let message: JSONValue = [
      "id": "msg_1", "type": "message", "model": "served-1", "stop_reason": "max_tokens",
      "content": [
        ["type": "thinking", "thinking": "hm"], ["type": "text", "text": "Hel"], ["type": "text", "text": "lo"],
      ],
      "usage": ["input_tokens": 3, "output_tokens": 2],
    ]
    let candidates: JSONValue = [
      "candidates": [["content": ["parts": [["text": "Hello"]]], "finishReason": "MAX_TOKENS"]],
      "usageMetadata": ["promptTokenCount": 3, "candidatesTokenCount": 2],
    ]
    let line: JSONValue = [
      "model": "m", "message": ["role": "assistant", "content": "Hello"], "done": true, "done_reason": "length",
      "prompt_eval_count": 3, "eval_count": 2,
    ]
    for (provider, body) in [
      (ProviderServer.messages, message), (.gemini, candidates), (.ollama, line),
    ] {
      let server = try TestHTTPServer { _ in [.response("\(body)")] }
      let response = try await provider.client(server).ask().get()
      #expect(response.text == "Hello" && response.stopReason == .length)
      #expect(response.usage.promptTokens == 3 && response.usage.completionTokens == 2)
      #expect(response.timings.latencySeconds > 0)
    }
  }

  @Test func `counts that Ollama leaves out are estimated`() async throws {
    let line: JSONValue = [
      "model": "m", "message": ["role": "assistant", "content": "some words here"], "done": true,
      "done_reason": "stop", "eval_count": 9,
    ]
    let server = try TestHTTPServer { _ in [.response("\(line)\n", type: "application/x-ndjson")] }
    let usage = try await ProviderServer.ollama.client(server).ask().get().usage
    #expect(usage.isEstimate && usage.promptTokens == 3 + 4 + 1 && usage.completionTokens == 9)
  }

  @Test(arguments: [
    ("gpu-box", "http://gpu-box:11434"), ("127.0.0.1:5000", "http://127.0.0.1:5000"),
    ("0.0.0.0", "http://127.0.0.1:11434"), ("0.0.0.0:80", "http://127.0.0.1:80"), (":1234", "http://127.0.0.1:1234"),
    ("https://x.example", "https://x.example"), ("http://x.example:99/path", "http://x.example:99/path"),
    ("[::]:11434", "http://[::1]:11434"), ("::1", "http://[::1]:11434"), ("ollama.com", "https://ollama.com"),
    (" ", "http://127.0.0.1:11434"),
  ])
  func `OLLAMA_HOST is read as Ollama reads it`(_ text: String, _ url: String) throws {
    let ollama = try #require(ModelCatalog.standard.providers.first { $0.name == "ollama" })
    #expect(ollama.baseURL(["OLLAMA_HOST": text]) == url)
    #expect(ollama.baseURL(["OLLAMA_HOST": text, "OLLAMA_BASE_URL": "http://own"]) == "http://own")
  }

  @Test func `Google's key may stand in either variable`() throws {
    let google = try #require(ModelCatalog.standard.providers.first { $0.name == "google" })
    #expect(google.key(["GOOGLE_API_KEY": "key-123456"])?.variable == "GOOGLE_API_KEY")
    #expect(google.key(["GOOGLE_API_KEY": "a-123456", "GEMINI_API_KEY": "b-123456"])?.variable == "GEMINI_API_KEY")
    #expect(google.key([:]) == nil)
  }
}
