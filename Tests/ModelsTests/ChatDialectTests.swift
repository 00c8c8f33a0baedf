import JSON
import Models
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ChatDialectTests {
  @Test func `a streamed answer is put together, with its usage`() async throws {
    let server = try TestHTTPServer { _ in
      ChatServer.stream(
        ChatServer.event(["choices": [["index": 0, "delta": ["role": "assistant", "content": nil]]]]),
        ChatServer.delta("", reasoning: "hm"), ChatServer.delta("Hel"), ChatServer.delta("lo é😀"),
        ChatServer.delta("", reason: "stop"), ChatServer.usage, ChatServer.done)
    }
    let response = try await ChatServer.client(server).ask().get()
    #expect(response.text == "Hello é😀" && response.reasoning == "hm" && response.stopReason == .stop)
    #expect(response.servedModel == "served-1" && response.responseID == "chat-1")
    let expected = TokenUsage(promptTokens: 11, completionTokens: 7, cachedPromptTokens: 4, reasoningTokens: 2)
    #expect(response.usage == expected && response.usage.totalTokens == 18)
    #expect(response.timings.latencySeconds > 0 && response.timings.timeToFirstTokenSeconds != nil)
    #expect(response.timings.connectSeconds != nil)
  }

  @Test func `the request is as documented`() async throws {
    let server = try TestHTTPServer { _ in ChatServer.answer("x") }
    let request = ModelRequest(
      messages: [ChatMessage(.system, "be brief"), ChatMessage(.user, "hi")], temperature: 0.5, topP: 0.9,
      maximumOutputTokens: 50, seed: 0xFFFF_FFFF_FFFF_FFFF, stop: ["END"], reasoningEffort: "low",
      additionalParameters: ["top_k": 3])
    _ = try await ChatServer.client(server, "local/a/b:c", environment: ["LOCAL_API_KEY": "key-123456\n"]).ask(request)
      .get()
    let sent = try #require(server.requests.first)
    #expect(sent.method == "POST" && sent.path == "/v1/chat/completions")
    #expect(sent.headers["authorization"] == "Bearer key-123456" && sent.headers["content-type"] == "application/json")
    let expected: JSONValue = [
      "model": "a/b:c",
      "messages": [["role": "system", "content": "be brief"], ["role": "user", "content": "hi"]],
      "stream": true, "stream_options": ["include_usage": true], "temperature": 0.5, "top_p": 0.9, "max_tokens": 50,
      "seed": 0x7FFF_FFFF, "stop": ["END"], "reasoning_effort": "low", "top_k": 3,
    ]
    #expect(try JSONParser().parse(sent.body) == expected)
  }

  @Test func `without a key no authorization is sent`() async throws {
    let server = try TestHTTPServer { _ in ChatServer.answer("x") }
    _ = try await ChatServer.client(server).ask().get()
    #expect(server.requests.first?.headers["authorization"] == nil)
  }

  @Test(arguments: [
    ("gpt-4o", nil, [String]()), ("gpt-5", nil, ["temperature", "top_p"]),
    ("gpt-5-mini-2025-08-07", nil, ["temperature", "top_p"]), ("gpt-5-chat-latest", nil, []), ("gpt-5.1", nil, []),
    ("gpt-5.1-2025-11-13", "none", []), ("gpt-5.1", "low", ["temperature", "top_p"]),
    ("gpt-5.1-codex", nil, ["temperature", "top_p"]), ("gpt-5.2-pro", nil, ["temperature", "top_p"]),
    ("o3", nil, ["temperature", "top_p", "stop"]), ("o4-mini", nil, ["temperature", "top_p", "stop"]),
    ("omni-x", nil, []),
  ])
  func `OpenAI's reasoning models get no parameter that they refuse`(
    _ model: String, _ effort: String?, _ omitted: [String]
  ) async throws {
    let server = try TestHTTPServer { _ in ChatServer.answer("one END two") }
    let client = try ModelCatalog.standard.client(
      for: ModelReference(parsing: "openai/\(model)"),
      options: ModelOptions(baseURL: server.url + "/v1", api: "chat"), environment: ["OPENAI_API_KEY": "key-123456"])
    let request = ModelRequest(
      messages: [ChatMessage(.user, "hi")], temperature: 0, topP: 1, maximumOutputTokens: 9, stop: ["END"],
      reasoningEffort: effort)
    let response = try await client.ask(request).get()
    let body = try JSONParser().parse(try #require(server.requests.first).body)
    #expect(response.omittedParameters == omitted)
    for name in ["temperature", "top_p", "stop"] { #expect((body[name] == nil) == omitted.contains(name)) }
    #expect(body["max_completion_tokens"] == 9 && body["max_tokens"] == nil)
    // What the model was not told is done here.
    #expect(response.text == (omitted.contains("stop") ? "one " : "one END two"))
  }

  @Test func `a parameter that a server refuses by name is left out from then on`() async throws {
    let server = try TestHTTPServer { request in
      let body = try? JSONParser().parse(request.body)
      for name in ["temperature", "stream_options", "max_tokens"] where body?[name] != nil {
        let error: JSONValue = ["error": ["code": "unsupported_parameter", "param": .string(name), "message": "no"]]
        return [.response("\(error)", status: 400)]
      }
      return ChatServer.answer("ok")
    }
    let client = try ChatServer.client(server)
    let request = ModelRequest(messages: [ChatMessage(.user, "hi")], temperature: 0, maximumOutputTokens: 5)
    let response = try await client.ask(request).get()
    #expect(response.text == "ok" && response.omittedParameters == ["temperature"])
    #expect(server.requests.count == 4)
    #expect(try JSONParser().parse(server.requests[3].body)["max_completion_tokens"] == 5)
    _ = try await client.ask(request).get()
    #expect(server.requests.count == 5)
  }

  @Test func `a server that refuses everything is not asked for ever`() async throws {
    let server = try TestHTTPServer { _ in
      [.response(#"{"error":{"code":"unsupported_parameter","param":"seed"}}"#, status: 400)]
    }
    #expect(try await ChatServer.client(server).ask().error?.kind == .badRequest)
    #expect(server.requests.count == 2)
  }

  // MARK: - Forms of answers

  @Test func `a server that answers whole is understood`() async throws {
    let body: JSONValue = [
      "id": "c", "model": "m2",
      "choices": [["index": 0, "message": ["role": "assistant", "content": "hi"], "finish_reason": "length"]],
      "usage": ["prompt_tokens": 3, "completion_tokens": 1],
    ]
    for type in ["application/json", "text/event-stream"] {
      let server = try TestHTTPServer { _ in [.response("\n \(body)", type: type)] }
      let response = try await ChatServer.client(server).ask().get()
      #expect(response.text == "hi" && response.stopReason == .length)
      #expect(response.usage == TokenUsage(promptTokens: 3, completionTokens: 1))
      #expect(response.timings.timeToFirstTokenSeconds == nil && response.timings.latencySeconds > 0)
    }
  }

  @Test func `a stream in odd pieces, with comments and a wrong content type, is understood`() async throws {
    let text = ": ping\r\n\r\n" + ChatServer.delta("é😀") + ChatServer.delta("", reason: "stop") + ChatServer.done
    let server = try TestHTTPServer { _ in
      [.head(type: "application/json")] + Array(text.utf8).map { .chunk([$0]) } + [.lastChunk]
    }
    #expect(try await ChatServer.client(server).ask().get().text == "é😀")
  }

  @Test func `a stream that does not close its connection after its last word is over`() async throws {
    let server = try TestHTTPServer { _ in
      [.head(), .chunk(ChatServer.delta("x", reason: "stop") + ChatServer.done), .awaitDisconnect]
    }
    #expect(try await ChatServer.client(server).ask().get().text == "x")
    #expect(await server.sawDisconnects())
  }

  @Test func `the connection serves the next call`() async throws {
    let server = try TestHTTPServer { _ in ChatServer.answer("x") }
    let client = try ChatServer.client(server)
    for _ in 0..<10 {
      _ = try await client.ask().get()
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(server.connectionCount <= 2)
  }

  @Test func `an answer may be empty, filtered or cut off`() async throws {
    let reasons: [(String, StopReason)] = [
      ("length", .length), ("content_filter", .contentFilter), ("tool_calls", .toolCalls), ("odd", .other("odd")),
    ]
    for (word, reason) in reasons {
      let server = try TestHTTPServer { _ in ChatServer.stream(ChatServer.delta("", reason: word), ChatServer.done) }
      let response = try await ChatServer.client(server).ask().get()
      #expect(response.text == "" && response.stopReason == reason)
    }
  }

  @Test func `usage that a server does not give is estimated and marked`() async throws {
    let server = try TestHTTPServer { _ in
      ChatServer.stream(ChatServer.delta("some words here", reason: "stop"), ChatServer.done)
    }
    let usage = try await ChatServer.client(server).ask().get().usage
    #expect(usage.isEstimate && usage.promptTokens == 3 + 4 + 1 && usage.completionTokens == 3)
  }

  @Test func `think tags stay in the text, and both names of reasoning are read`() async throws {
    let server = try TestHTTPServer { _ in
      ChatServer.stream(
        ChatServer.delta("<think>a</think>b"),
        ChatServer.event(["choices": [["index": 0, "delta": ["reasoning": "r"], "finish_reason": "stop"]]]),
        ChatServer.done)
    }
    let response = try await ChatServer.client(server).ask().get()
    #expect(response.text == "<think>a</think>b" && response.reasoning == "r")
  }

  @Test func `speed is measured from the stream, or taken from the server`() async throws {
    let server = try TestHTTPServer { request in
      let timings: JSONValue = [
        "choices": [],
        "timings": ["prompt_ms": 50, "prompt_per_second": 200.0, "predicted_ms": 40, "predicted_per_second": 99.5],
      ]
      return [
        .head(), .chunk(ChatServer.delta("a")), .pause(milliseconds: 200),
        .chunk(ChatServer.delta("b", reason: "stop")),
        .chunk(ChatServer.usage + (request.path.hasPrefix("/t") ? ChatServer.event(timings) : "") + ChatServer.done),
        .lastChunk,
      ]
    }
    let timings = try await ChatServer.client(server).ask().get().timings
    // 7 tokens, 2 of them hidden reasoning: 4 come after the first, in 0.2 s or somewhat more.
    let speed = try #require(timings.generationTokensPerSecond)
    #expect(speed > 4 && speed <= 20.5)
    let first = try #require(timings.timeToFirstTokenSeconds)
    #expect(first < timings.latencySeconds - 0.15)
    let other = try ModelCatalog.standard.client(
      for: ModelReference(parsing: "local/m"), options: ModelOptions(baseURL: server.url + "/t/"), environment: [:])
    let told = try await other.ask().get().timings
    #expect(told.generationTokensPerSecond == 99.5 && told.promptTokensPerSecond == 200 && told.promptSeconds == 0.05)
  }

  @Test func `rate limits that a server tells are passed on`() async throws {
    let server = try TestHTTPServer { _ in
      [
        .head(headers: [
          "x-ratelimit-remaining-requests: 9", "x-ratelimit-reset-tokens: 1m2.5s", "x-ratelimit-limit-tokens: -1",
        ]),
        .chunk(ChatServer.delta("x", reason: "stop") + ChatServer.done), .lastChunk,
      ]
    }
    let expected = RateLimitStatus(remainingRequests: 9, tokenResetSeconds: 62.5)
    #expect(try await ChatServer.client(server).ask().get().rateLimit == expected)
  }

  // MARK: - Cancelling and deadlines

  @Test func `cancelling closes the connection`() async throws {
    let server = try TestHTTPServer { _ in [.head(), .chunk(ChatServer.delta("x")), .awaitDisconnect] }
    let client = try ChatServer.client(server)
    let task = Task { await client.ask() }
    try await Task.sleep(for: .milliseconds(150))
    task.cancel()
    #expect(await task.value.error?.kind == .cancelled)
    #expect(await server.sawDisconnects())
  }

  @Test func `each time limit ends a call`() async throws {
    let server = try TestHTTPServer { request in
      if request.path.hasPrefix("/hang") { return [.awaitDisconnect] }
      return [.head()] + (0..<200).flatMap { _ in [.chunk(ChatServer.delta("x")), .pause(milliseconds: 20)] }
    }
    let limits = [
      ("/v1", ModelTimeouts(total: .milliseconds(200))), ("/hang", ModelTimeouts(firstByte: .milliseconds(200))),
    ]
    for (path, timeouts) in limits {
      let client = try ModelCatalog.standard.client(
        for: ModelReference(parsing: "local/m"), options: ModelOptions(baseURL: server.url + path), environment: [:])
      let error = await client.ask(timeouts: timeouts).error
      #expect(error?.kind == .timeout && error?.isRetryable == true)
    }
  }
}
