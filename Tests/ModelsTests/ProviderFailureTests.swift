import JSON
import Models
import TestSupport
import Testing

/// The documented errors of each provider, and what becomes of them.
@Suite(.timeLimit(.minutes(1))) struct ProviderFailureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let provider: ProviderServer
    let status: Int
    let body: String
    let kind: ModelError.Kind
    var isRetryable = false
    var words: [String] = []
    var retryAfterSeconds: Double?
    var testDescription: String { "\(provider.testDescription) \(status) \(body.prefix(80))" }
  }

  private static func anthropic(
    _ status: Int, _ type: String, _ message: String, _ kind: ModelError.Kind, _ isRetryable: Bool = false
  ) -> Case {
    let body = #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"},"request_id":"req_1"}"#
    return Case(provider: .messages, status: status, body: body, kind: kind, isRetryable: isRetryable)
  }

  private static func google(
    _ code: Int, _ status: String, _ message: String, _ kind: ModelError.Kind, _ isRetryable: Bool = false,
    details: String = "[]", retryAfterSeconds: Double? = nil
  ) -> Case {
    let body =
      #"{"error":{"code":\#(code),"message":"\#(message)","status":"\#(status)","details":\#(details)}}"#
    return Case(
      provider: .gemini, status: code, body: body, kind: kind, isRetryable: isRetryable,
      retryAfterSeconds: retryAfterSeconds)
  }

  private static func ollama(
    _ status: Int, _ message: String, _ kind: ModelError.Kind, _ isRetryable: Bool = false
  ) -> Case {
    Case(
      provider: .ollama, status: status, body: #"{"error":"\#(message)"}"#, kind: kind, isRetryable: isRetryable)
  }

  private static func quota(_ id: String, value: String = "250") -> String {
    #"[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"\#(id)","#
      + #""quotaValue":"\#(value)"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"22.5s"}]"#
  }

  static let cases: [Case] = [
    anthropic(400, "invalid_request_error", "messages: field required", .badRequest),
    anthropic(
      400, "invalid_request_error", "prompt is too long: 345320 tokens > 199999 maximum", .contextTooLong),
    anthropic(
      400, "invalid_request_error",
      "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length",
      .contextTooLong),
    anthropic(400, "invalid_request_error", "Your credit balance is too low to access the API", .quotaExceeded),
    anthropic(
      400, "invalid_request_error", "You have reached your specified API usage limits. You will regain access",
      .quotaExceeded),
    anthropic(400, "invalid_request_error", "Output blocked by content filtering policy", .contentFiltered),
    anthropic(401, "authentication_error", "invalid x-api-key", .authentication),
    anthropic(402, "billing_error", "billing", .quotaExceeded),
    anthropic(403, "permission_error", "not allowed", .authentication),
    anthropic(404, "not_found_error", "model: claude-x", .modelNotFound),
    anthropic(404, "not_found_error", "Not found", .badRequest),
    anthropic(413, "request_too_large", "Request exceeds the maximum allowed number of bytes", .contextTooLong),
    anthropic(429, "rate_limit_error", "slow", .rateLimited, true),
    anthropic(500, "api_error", "Internal server error", .serverError, true),
    anthropic(504, "timeout_error", "late", .timeout, true),
    anthropic(529, "overloaded_error", "Overloaded", .overloaded, true),
    // In the middle of a stream, where the status is good.
    Case(
      provider: .messages, status: 200,
      body: ProviderServer.messages.pieces[0]
        + ProviderServer.event(
          "error", ["type": "error", "error": ["type": "overloaded_error", "message": "Overloaded"]]),
      kind: .overloaded, isRetryable: true, words: ["Overloaded"]),

    google(400, "INVALID_ARGUMENT", "Invalid value at contents", .badRequest),
    google(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", .authentication),
    google(
      400, "INVALID_ARGUMENT", "no", .authentication,
      details: #"[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]"#),
    google(
      400, "INVALID_ARGUMENT",
      "The input token count (3475108) exceeds the maximum number of tokens allowed (1048576).", .contextTooLong),
    google(400, "FAILED_PRECONDITION", "User location is not supported for the API use.", .authentication),
    google(403, "PERMISSION_DENIED", "no", .authentication),
    google(404, "NOT_FOUND", "models/x is not found for API version v1beta", .modelNotFound),
    google(
      429, "RESOURCE_EXHAUSTED", "quota", .rateLimited, true,
      details: quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"), retryAfterSeconds: 22.5),
    google(
      429, "RESOURCE_EXHAUSTED", "quota", .quotaExceeded,
      details: quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"), retryAfterSeconds: 22.5),
    google(
      429, "RESOURCE_EXHAUSTED", "quota", .quotaExceeded, details: quota("TokensPerMinute", value: "0"),
      retryAfterSeconds: 22.5),
    google(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", .rateLimited, true),
    google(500, "INTERNAL", "An internal error has occurred", .serverError, true),
    google(503, "UNAVAILABLE", "The model is overloaded.", .overloaded, true),
    google(504, "DEADLINE_EXCEEDED", "late", .timeout, true),
    // An error of a stream comes in a list.
    Case(
      provider: .gemini, status: 503, body: #"[{"error":{"code":503,"message":"x","status":"UNAVAILABLE"}}]"#,
      kind: .overloaded, isRetryable: true),
    Case(
      provider: .gemini, status: 200, body: "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n",
      kind: .contentFiltered, words: ["SAFETY"]),
    Case(
      provider: .gemini, status: 200,
      body: ProviderServer.gemini.pieces[0]
        + "data: {\"error\":{\"code\":503,\"message\":\"gone\",\"status\":\"UNAVAILABLE\"}}\n\n",
      kind: .overloaded, isRetryable: true, words: ["gone"]),

    ollama(404, #"model \"qwen3:8b\" not found, try pulling it first"#, .modelNotFound),
    ollama(400, "the input length exceeds the context length", .contextTooLong),
    ollama(
      400, "the prompt is longer than the context length currently available to the model; shorten the prompt",
      .contextTooLong),
    ollama(400, #"\"m\" does not support thinking"#, .badRequest),
    ollama(429, "slow", .rateLimited, true),
    ollama(500, "the model failed to generate a response", .serverError, true),
    ollama(500, "model requires more system memory (9.4 GiB) than is available (4.1 GiB)", .unsupported),
    ollama(502, "cloud model cannot be reached", .serverError, true),
    ollama(503, "server busy, please try again.  maximum pending requests exceeded", .overloaded, true),
    Case(
      provider: .ollama, status: 200,
      body: ProviderServer.ollamaLine("half") + #"{"error":"an error was encountered while running the model"}"#,
      kind: .serverError, isRetryable: true, words: ["while running the model"]),
    Case(
      provider: .ollama, status: 200, body: ProviderServer.ollamaLine("half") + "{nonsense}\n",
      kind: .malformedResponse, isRetryable: true),

    Case(
      provider: .responses, status: 404,
      body: #"{"error":{"message":"The model does not exist","code":"model_not_found","param":null}}"#,
      kind: .modelNotFound),
    Case(
      provider: .responses, status: 429, body: #"{"error":{"message":"slow","code":"rate_limit_exceeded"}}"#,
      kind: .rateLimited, isRetryable: true),
    Case(
      provider: .responses, status: 429, body: #"{"error":{"message":"pay","code":"insufficient_quota"}}"#,
      kind: .quotaExceeded),
    Case(
      provider: .responses, status: 400, body: #"{"error":{"message":"long","code":"context_length_exceeded"}}"#,
      kind: .contextTooLong),
    Case(
      provider: .responses, status: 200,
      body: ProviderServer.responseEnd("failed", error: ["code": "server_error", "message": "oops"]),
      kind: .serverError, isRetryable: true, words: ["oops"]),
    Case(
      provider: .responses, status: 200,
      body: ProviderServer.responseEnd("failed", error: ["code": "rate_limit_exceeded", "message": "slow"]),
      kind: .rateLimited, isRetryable: true),
    Case(
      provider: .responses, status: 200,
      body: ProviderServer.responseEnd("failed", error: ["code": "invalid_prompt", "message": "flagged"]),
      kind: .contentFiltered),
    Case(
      provider: .responses, status: 200,
      body: ProviderServer.event(
        "error", ["type": "error", "code": "server_is_overloaded", "message": "busy", "param": nil]),
      kind: .overloaded, isRetryable: true, words: ["busy"]),
  ]

  @Test(arguments: cases) func `each documented error has its kind`(_ test: Case) async throws {
    let server = try TestHTTPServer { _ in
      [.response(test.body, status: test.status, type: test.status == 200 ? test.provider.type : "application/json")]
    }
    let error = try #require(await test.provider.client(server).ask().error)
    #expect(error.kind == test.kind, "\(error)")
    #expect(error.isRetryable == test.isRetryable && error.retryAfterSeconds == test.retryAfterSeconds)
    if test.status != 200 { #expect(error.httpStatus == test.status) }
    for word in test.words { #expect(error.message.contains(word), "\(error)") }
    #expect(!error.message.isEmpty && error.message.count < 600 && !error.message.contains("\n"))
  }

  @Test func `Anthropic's limits are read from its headers, the tightest of its limits of tokens`() async throws {
    let headers = [
      "Date: Thu, 21 Aug 2025 12:41:00 GMT", "anthropic-ratelimit-requests-limit: 1000",
      "anthropic-ratelimit-requests-remaining: 999", "anthropic-ratelimit-requests-reset: 2025-08-21T12:41:30Z",
      "anthropic-ratelimit-tokens-limit: 96000", "anthropic-ratelimit-tokens-remaining: 90000",
      "anthropic-ratelimit-tokens-reset: 2025-08-21T12:40:59Z", "anthropic-ratelimit-input-tokens-limit: 80000",
      "anthropic-ratelimit-input-tokens-remaining: 80000", "anthropic-ratelimit-output-tokens-limit: 16000",
      "anthropic-ratelimit-output-tokens-remaining: 1600",
      "anthropic-ratelimit-output-tokens-reset: 2025-08-21T14:42:00.5+02:00", "retry-after: 7",
    ]
    let server = try TestHTTPServer { request in
      if request.headers["x-case"] == nil, request.bodyText.contains("fail") {
        return [.response("{}", status: 429, headers: headers)]
      }
      return [.head(headers: headers)] + ProviderServer.messages.pieces.map { .chunk($0) } + [.lastChunk]
    }
    let client = try ProviderServer.messages.client(server)
    let expected = RateLimitStatus(
      requestLimit: 1000, remainingRequests: 999, requestResetSeconds: 30, tokenLimit: 16000, remainingTokens: 1600,
      tokenResetSeconds: 60.5)
    #expect(try await client.ask().get().rateLimit == expected)
    let error = await client.ask(ModelRequest(messages: [ChatMessage(.user, "fail")])).error
    #expect(error?.rateLimit == expected && error?.retryAfterSeconds == 7 && error?.kind == .rateLimited)
  }

  @Test(arguments: [
    "2025-08-21", "2025-08-21T12:41:00", "2025-13-21T12:41:00Z", "2025-08-21T25:41:00Z", "2025-08-21T12:41:00.Z",
    "2025-08-21T12:41:00+2:00", "now", "",
  ])
  func `a reset that is no date is unknown`(_ date: String) async throws {
    let server = try TestHTTPServer { _ in
      [
        .response(
          "{}", status: 429,
          headers: [
            "Date: Thu, 21 Aug 2025 12:41:00 GMT", "anthropic-ratelimit-requests-limit: 5",
            "anthropic-ratelimit-requests-reset: \(date)",
          ])
      ]
    }
    let status = try #require(try await ProviderServer.messages.client(server).ask().error?.rateLimit)
    #expect(status.requestLimit == 5 && status.requestResetSeconds == nil)
  }

  @Test(arguments: [
    (404, #"model \"qwen3:8b\" not found"#, "ollama pull qwen3:8b"),
    (500, "model requires more system memory (9.4 GiB) than is available (4.1 GiB)", "smaller model or quantisation"),
    (400, "the input length exceeds the context length", "--num-ctx"),
    (503, "server busy, please try again.  maximum pending requests exceeded", "--concurrency 1"),
  ])
  func `an error of Ollama says what to do`(_ status: Int, _ message: String, _ advice: String) async throws {
    let server = try TestHTTPServer { _ in
      [.response(#"{"error":"\#(message)"}"#, status: status, type: "application/json")]
    }
    let error = try #require(await ProviderServer.ollama.client(server).ask().error)
    #expect(error.message.contains(advice), "\(error.message)")
  }
}
