import Models
import TestSupport
import Testing

/// What a server says when it does not answer, and what becomes of it.
@Suite(.timeLimit(.minutes(1))) struct ChatFailureTests {
  static let key = "sk-marker-0123456789"

  struct Case: Sendable, CustomTestStringConvertible {
    let status: Int
    let body: String
    let kind: ModelError.Kind
    let isRetryable: Bool
    var words: [String] = []
    var testDescription: String { "\(status) \(body.prefix(60))" }
  }

  static let cases: [Case] = [
    Case(
      status: 401, body: #"{"error":{"message":"Incorrect API key provided: \#(key)"}}"#, kind: .authentication,
      isRetryable: false, words: ["OPENAI_API_KEY"]),
    Case(
      status: 403, body: #"{"error":{"message":"Country not supported, \#(key)"}}"#, kind: .authentication,
      isRetryable: false, words: ["Country"]),
    Case(
      status: 404, body: #"{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}"#,
      kind: .modelNotFound, isRetryable: false, words: ["“m”"]),
    Case(
      status: 404, body: #"{"error":"model \"x\" not found, try pulling it first"}"#, kind: .modelNotFound,
      isRetryable: false, words: ["pulling"]),
    Case(status: 404, body: "<html>nginx</html>", kind: .badRequest, isRetryable: false, words: ["/v1"]),
    Case(
      status: 400, body: #"{"error":{"message":"too long","code":"context_length_exceeded"}}"#, kind: .contextTooLong,
      isRetryable: false),
    Case(
      status: 400,
      body:
        #"{"error":{"code":400,"message":"the request exceeds the available context size","#
        + #""type":"exceed_context_size_error","n_prompt_tokens":1407,"n_ctx":256}}"#,
      kind: .contextTooLong, isRetryable: false, words: ["1407", "256"]),
    Case(
      status: 500, body: #"{"error":{"code":500,"message":"x","type":"exceed_context_size_error"}}"#,
      kind: .contextTooLong, isRetryable: false),
    Case(
      status: 400, body: #"{"object":"error","message":"This model's maximum context length is 4096 tokens"}"#,
      kind: .contextTooLong, isRetryable: false),
    Case(
      status: 400, body: #"{"error":{"message":"flagged","code":"content_filter"}}"#, kind: .contentFiltered,
      isRetryable: false),
    Case(
      status: 400, body: #"{"error":{"message":"bad temperature"}}"#, kind: .badRequest, isRetryable: false,
      words: ["bad temperature"]),
    Case(
      status: 422, body: #"{"detail":"unprocessable"}"#, kind: .badRequest, isRetryable: false, words: ["unprocessable"]
    ),
    Case(status: 402, body: "{}", kind: .quotaExceeded, isRetryable: false),
    Case(
      status: 429, body: #"{"error":{"message":"slow","type":"requests","code":"rate_limit_exceeded"}}"#,
      kind: .rateLimited, isRetryable: true),
    Case(
      status: 429, body: #"{"error":{"message":"pay","type":"insufficient_quota","code":"insufficient_quota"}}"#,
      kind: .quotaExceeded, isRetryable: false),
    Case(
      status: 429, body: #"{"error":{"message":"pay","type":"insufficient_quota","code":"credit_balance_exhausted"}}"#,
      kind: .quotaExceeded, isRetryable: false),
    Case(status: 408, body: "", kind: .timeout, isRetryable: true),
    Case(status: 409, body: "", kind: .serverError, isRetryable: true),
    Case(status: 425, body: "", kind: .serverError, isRetryable: true),
    Case(status: 500, body: "", kind: .serverError, isRetryable: true, words: ["500"]),
    Case(status: 500, body: "\u{0}\u{1} not json \(key)", kind: .serverError, isRetryable: true),
    Case(
      status: 502, body: "<!DOCTYPE html><p>Bad Gateway \(key)</p>", kind: .serverError, isRetryable: true,
      words: ["web page"]),
    Case(
      status: 503, body: #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
      kind: .overloaded, isRetryable: true, words: ["Loading model"]),
    Case(status: 529, body: "{}", kind: .overloaded, isRetryable: true),
    Case(status: 501, body: "{}", kind: .unsupported, isRetryable: false),
    Case(status: 301, body: "", kind: .badRequest, isRetryable: false),
    Case(status: 200, body: "", kind: .malformedResponse, isRetryable: true, words: ["nothing"]),
    Case(status: 200, body: "   \n", kind: .malformedResponse, isRetryable: true, words: ["nothing"]),
    Case(status: 200, body: "<html>login</html>", kind: .malformedResponse, isRetryable: false, words: ["base URL"]),
    Case(status: 200, body: #"{"choices":[}"#, kind: .malformedResponse, isRetryable: true),
    Case(status: 200, body: #"{"hello":1}"#, kind: .malformedResponse, isRetryable: true),
    Case(status: 200, body: #"{"error":{"message":"slow \#(key)","code":429}}"#, kind: .rateLimited, isRetryable: true),
    Case(
      status: 200, body: "data: {\"error\":{\"message\":\"boom\"}}\n\n", kind: .serverError, isRetryable: true,
      words: ["boom"]),
    Case(
      status: 200,
      body: "data: {\"error\":{\"message\":\"x\",\"type\":\"exceed_context_size_error\",\"code\":400}}\n\n",
      kind: .contextTooLong, isRetryable: false),
    Case(
      status: 200,
      body:
        #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"error","#
        + #""error":{"code":503,"message":"busy"}}]}"# + "\n\n",
      kind: .overloaded, isRetryable: true, words: ["busy"]),
    Case(status: 200, body: "event: error\ndata: {\"message\":\"boom\"}\n\n", kind: .serverError, isRetryable: true),
    Case(status: 200, body: "data: {not json\n\n", kind: .malformedResponse, isRetryable: true),
    Case(status: 200, body: ChatServer.done, kind: .network, isRetryable: true),
    Case(status: 200, body: "plain words", kind: .network, isRetryable: true),
    Case(
      status: 200, body: ChatServer.delta("half an ans"), kind: .network, isRetryable: true,
      words: ["before the answer was complete"]),
  ]

  @Test(arguments: cases) func `each failure has its kind and shows no key`(_ test: Case) async throws {
    let server = try TestHTTPServer { _ in [.response(test.body, status: test.status)] }
    let client = try ChatServer.client(server, "openai/m", environment: ["OPENAI_API_KEY": Self.key])
    let error = try #require(await client.ask().error)
    #expect(error.kind == test.kind, "\(error)")
    #expect(error.isRetryable == test.isRetryable)
    if test.status != 200 { #expect(error.httpStatus == test.status) }
    for word in test.words { #expect(error.message.contains(word), "\(error)") }
    #expect(!error.message.isEmpty && error.message.count < 600 && !error.message.contains("\n"))
    var dumped = "\(error)"
    dump(error, to: &dumped)
    dump(client, to: &dumped)
    #expect(!dumped.contains(Self.key))
    #expect(server.requests.first?.headers["authorization"] == "Bearer \(Self.key)")
  }

  @Test(arguments: ["half", "reset", "hang"]) func `a stream that breaks off is a passing failure`(_ how: String)
    async throws
  {
    let server = try TestHTTPServer { _ in
      [
        .head(), .chunk(ChatServer.delta("half an")),
        how == "half" ? .close : how == "reset" ? .reset : .awaitDisconnect,
      ]
    }
    let timeouts = ModelTimeouts(idle: .milliseconds(200))
    let error = try await ChatServer.client(server).ask(timeouts: timeouts).error
    #expect(error?.kind == (how == "hang" ? .timeout : .network) && error?.isRetryable == true)
  }

  @Test func `an endless answer is bounded`() async throws {
    let piece = Array(ChatServer.delta(String(repeating: "x", count: 60_000)).utf8)
    let server = try TestHTTPServer { _ in
      [.head(isChunked: false), .flood(piece, totalBytes: 1 << 30), .close]
    }
    let client = try ModelCatalog.standard.client(
      for: ModelReference(parsing: "local/m"),
      options: ModelOptions(baseURL: server.url, maximumResponseBytes: 1 << 20), environment: [:])
    let error = await client.ask().error
    #expect(error?.kind == .malformedResponse && error?.isRetryable == false)
    #expect(server.bytesSent < 32 << 20)
  }

  @Test func `an endless error body is bounded`() async throws {
    let server = try TestHTTPServer { _ in
      [.head(500, isChunked: false), .flood(Array(repeating: 0x78, count: 65_536), totalBytes: 1 << 30), .close]
    }
    #expect(try await ChatServer.client(server).ask().error?.kind == .serverError)
    #expect(await server.sawDisconnects())
    #expect(server.bytesSent < 32 << 20)
  }

  @Test func `an error body that breaks off leaves the status`() async throws {
    let server = try TestHTTPServer { _ in [.send("HTTP/1.1 503 No\r\nContent-Length: 99\r\n\r\n{\"er"), .close] }
    #expect(try await ChatServer.client(server).ask().error?.kind == .overloaded)
  }

  @Test func `a server that is down is named, with what to do`() async throws {
    let url: String
    do { url = try TestHTTPServer { _ in [] }.url }
    let client = try ModelCatalog.standard.client(
      for: ModelReference(parsing: "local/m"), options: ModelOptions(baseURL: url + "/v1/"), environment: [:])
    let error = await client.ask().error
    #expect(error?.kind == .network)
    #expect(error?.message == "no server answers at \(url)/v1; start one or give --base-url")
  }

  @Test func `the wait that a server asks for is told`() async throws {
    let server = try TestHTTPServer { request in
      let headers = request.path.hasPrefix("/ms") ? ["Retry-After: 9", "retry-after-ms: 250"] : ["Retry-After: 7"]
      return [.response("{}", status: 429, headers: headers + ["x-ratelimit-remaining-tokens: 0"])]
    }
    let error = try await ChatServer.client(server).ask().error
    #expect(error?.retryAfterSeconds == 7 && error?.rateLimit?.remainingTokens == 0)
    let other = try ModelCatalog.standard.client(
      for: ModelReference(parsing: "local/m"), options: ModelOptions(baseURL: server.url + "/ms"), environment: [:])
    #expect(await other.ask().error?.retryAfterSeconds == 0.25)
  }

  @Test func `without a key a server's demand names the variable`() async throws {
    let server = try TestHTTPServer { _ in [.response("{}", status: 401)] }
    let error = try await ChatServer.client(server).ask().error
    #expect(error?.variable == "LOCAL_API_KEY" && error?.message.contains("set LOCAL_API_KEY") == true)
  }
}
