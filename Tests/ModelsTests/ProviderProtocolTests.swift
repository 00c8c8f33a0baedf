import JSON
import Models
import TestSupport
import Testing

/// What holds for every provider, each against a server that speaks its documented protocol.
@Suite(.timeLimit(.minutes(1))) struct ProviderProtocolTests {
  private let request = ModelRequest(messages: [ChatMessage(.user, "hi")])

  @Test(arguments: ProviderServer.all)
  func `a streamed answer is put together, with usage, reasoning and stop reason`(_ provider: ProviderServer)
    async throws
  {
    let server = try provider.server()
    let response = try await provider.client(server).ask().get()
    #expect(response.text == "Hello é😀" && response.reasoning == "hm" && response.stopReason == .stop)
    #expect(response.servedModel == "served-1")
    #expect(response.usage.promptTokens == 11 && response.usage.completionTokens == 7 && !response.usage.isEstimate)
    if provider.reference != ProviderServer.ollama.reference {
      #expect(response.usage.cachedPromptTokens == 4 && response.usage.reasoningTokens == 2)
      #expect(response.responseID != nil)
    }
    let first = try #require(response.timings.timeToFirstTokenSeconds)
    #expect(first > 0 && first <= response.timings.latencySeconds)
    let sent = try #require(server.requests.first)
    #expect(sent.method == "POST" && sent.path == provider.path)
    #expect(sent.headers["content-type"] == "application/json")
  }

  @Test(arguments: ProviderServer.all)
  func `the bytes may be split anywhere`(_ provider: ProviderServer) async throws {
    let bytes = Array(provider.pieces.joined().utf8)
    let server = try TestHTTPServer { _ in
      [.head(type: provider.type)] + bytes.map { .chunk([$0]) } + [.lastChunk]
    }
    let response = try await provider.client(server).ask().get()
    #expect(response.text == "Hello é😀" && response.reasoning == "hm" && response.stopReason == .stop)
  }

  @Test(arguments: ProviderServer.all, ["close", "reset", "hang"])
  func `a stream that breaks off anywhere before its end is a passing failure`(
    _ provider: ProviderServer, _ how: String
  ) async throws {
    // The last piece but one of chat is only the usage; what comes before holds no stop reason anywhere.
    let cut =
      provider.pieces.count - (provider.path == "/chat/completions" ? 3 : provider.path == "/v1/messages" ? 2 : 1)
    for count in 1...cut {
      let server = try TestHTTPServer { _ in
        [.head(type: provider.type)] + provider.pieces.prefix(count).map { .chunk($0) }
          + [how == "close" ? .close : how == "reset" ? .reset : .awaitDisconnect]
      }
      let error = try await provider.client(server).ask(timeouts: ModelTimeouts(idle: .milliseconds(150))).error
      #expect(error?.kind == (how == "hang" ? .timeout : .network), "after \(count): \(String(describing: error))")
      #expect(error?.isRetryable == true)
      if how == "hang" { break }
    }
  }

  @Test(arguments: ProviderServer.all)
  func `a body that ends in the middle of a piece is a passing failure`(_ provider: ProviderServer) async throws {
    let text = provider.pieces[0] + provider.pieces[1].prefix(provider.pieces[1].count / 2)
    let server = try TestHTTPServer { _ in [.head(type: provider.type), .chunk(text), .lastChunk] }
    let error = try await provider.client(server).ask().error
    #expect([.network, .malformedResponse].contains(error?.kind) && error?.isRetryable == true)
  }

  @Test(arguments: ProviderServer.all)
  func `the key goes into its header, and into no message`(_ provider: ProviderServer) async throws {
    let server = try TestHTTPServer { _ in
      [.response(#"{"error":{"message":"bad key \#(ProviderServer.key)"}}"#, status: 401)]
    }
    let client = try provider.client(server)
    let error = try #require(await client.ask().error)
    #expect(error.kind == .authentication && error.variable == provider.keyVariable && !error.isRetryable)
    var dumped = "\(error)"
    dump(error, to: &dumped)
    dump(client, to: &dumped)
    #expect(!dumped.contains(ProviderServer.key) && error.message.contains(provider.keyVariable))
    let headers = try #require(server.requests.first).headers
    let expected =
      switch provider.keyVariable {
      case "ANTHROPIC_API_KEY": headers["x-api-key"]
      case "GEMINI_API_KEY": headers["x-goog-api-key"]
      default: headers["authorization"]?.replacing("Bearer ", with: "")
      }
    #expect(expected == ProviderServer.key)
    #expect(headers.values.count { $0.contains(ProviderServer.key) } == 1)
    #expect(server.requests.first?.path.contains(ProviderServer.key) == false)
  }

  @Test(arguments: ProviderServer.all)
  func `cancelling closes the connection`(_ provider: ProviderServer) async throws {
    let server = try TestHTTPServer { _ in
      [.head(type: provider.type), .chunk(provider.pieces[0]), .awaitDisconnect]
    }
    let client = try provider.client(server)
    let task = Task { await client.ask() }
    while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    #expect(await task.value.error?.kind == .cancelled)
    #expect(await server.sawDisconnects())
  }

  @Test(arguments: ProviderServer.all)
  func `an endless answer is bounded`(_ provider: ProviderServer) async throws {
    let piece = Array(provider.pieces[provider.path.hasPrefix("/v1/m") ? 3 : 1].utf8)
    let server = try TestHTTPServer { _ in
      [.head(type: provider.type, isChunked: false), .flood(piece, totalBytes: 1 << 30), .close]
    }
    let client = try ModelCatalog.standard.client(
      for: ModelReference(parsing: provider.reference),
      options: ModelOptions(baseURL: server.url, api: provider.api, maximumResponseBytes: 1 << 20),
      environment: [provider.keyVariable: ProviderServer.key])
    let error = await client.ask().error
    #expect(error?.kind == .malformedResponse && error?.isRetryable == false)
    #expect(server.bytesSent < 32 << 20)
  }

  @Test(arguments: ProviderServer.all)
  func `a page instead of an answer asks whether the address is right`(_ provider: ProviderServer) async throws {
    let server = try TestHTTPServer { _ in [.response("<html>\n<p>login</p></html>\n", type: "text/html")] }
    let error = try await provider.client(server).ask().error
    #expect(error?.kind == .malformedResponse && error?.isRetryable == false)
    #expect(error?.message.contains("base URL") == true)
  }

  @Test(arguments: ProviderServer.all)
  func `an answer with nothing in it is malformed`(_ provider: ProviderServer) async throws {
    for body in ["", " \n", #"{"hello":1}"#] {
      let server = try TestHTTPServer { _ in [.response(body)] }
      let error = try await provider.client(server).ask().error
      #expect(error?.kind == .malformedResponse && error?.isRetryable == true, "\(body): \(String(describing: error))")
    }
  }

  @Test func `the address of a client tells one API of a server from another, and no secret`() throws {
    func address(_ api: String?) throws -> String? {
      try ModelCatalog.standard.client(
        for: ModelReference(parsing: "local/m"),
        options: ModelOptions(baseURL: "http://user:password@127.0.0.1:1/v1?key=x", api: api),
        environment: ["LOCAL_API_KEY": ProviderServer.key]
      ).address
    }
    let addresses = try [nil, "chat", "responses", "messages"].map(address)
    #expect(addresses[0] == addresses[1] && Set(addresses).count == 3)
    for case let address? in addresses {
      #expect(!address.contains("password") && !address.contains("key=x") && !address.contains(ProviderServer.key))
    }
    #expect(addresses.allSatisfy { $0 != nil })
  }

  @Test func `the API must be one that the provider has`() throws {
    let references = ["openai/m", "anthropic/m", "google/m", "ollama/m", "local/m"]
    for reference in references {
      let error = #expect(throws: ModelError.self) {
        try ModelCatalog.standard.client(
          for: ModelReference(parsing: reference), options: ModelOptions(api: "soap"),
          environment: ["OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k", "GEMINI_API_KEY": "k"])
      }
      #expect(error?.kind == .badRequest && error?.message.contains("“soap”") == true)
    }
  }

  @Test(arguments: [
    ("gpt-5.1", "/chat/completions"), ("o3", "/chat/completions"), ("o3-pro", "/responses"),
    ("gpt-5-pro-2025-10-06", "/responses"), ("gpt-5.1-codex-max", "/responses"), ("gpt-5-codex", "/responses"),
    ("o3-deep-research", "/responses"), ("gpt-prose", "/chat/completions"),
  ])
  func `a model that only the Responses API has is asked there`(_ model: String, _ path: String) async throws {
    let server = try TestHTTPServer { _ in [.response("{}", status: 500)] }
    let client = try ChatServer.client(server, "openai/\(model)", environment: ["OPENAI_API_KEY": "key-123456"])
    _ = await client.ask()
    #expect(server.requests.first?.path == "/v1" + path)
  }

  @Test(arguments: [
    ("anthropic/claude-x", ["", "/", "/v1", "/v1/", "/v1/messages"], "/v1/messages"),
    (
      "google/gemini-x", ["", "/v1beta", "/v1beta/"],
      "/v1beta/models/gemini-x:streamGenerateContent?alt=sse"
    ),
    ("google/tunedModels/a b", [""], "/v1beta/tunedModels/a%20b:streamGenerateContent?alt=sse"),
    ("ollama/m", ["", "/", "/v1", "/api", "/api/chat"], "/api/chat"),
    ("local/m", ["/x", "/x/", "/x/chat/completions"], "/x/chat/completions"),
  ])
  func `a base URL may be given with or without what the API adds`(
    _ reference: String, _ bases: [String], _ path: String
  ) async throws {
    let server = try TestHTTPServer { _ in [.response("{}", status: 500)] }
    for base in bases {
      let client = try ModelCatalog.standard.client(
        for: ModelReference(parsing: reference), options: ModelOptions(baseURL: server.url + base),
        environment: ["ANTHROPIC_API_KEY": "key-123456", "GEMINI_API_KEY": "key-123456"])
      _ = await client.ask()
      #expect(server.requests.last?.path == path, "\(base)")
    }
    #expect(server.requests.count == bases.count)
  }
}
