import Models
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

private let serverURL = getenv("LLMBENCH_TEST_LOCAL_URL").map { String(cString: $0) }

/// Asks a real llama.cpp server, whose base URL is in `LLMBENCH_TEST_LOCAL_URL`, as in http://127.0.0.1:8089/v1.
@Suite(.enabled(if: serverURL != nil, "LLMBENCH_TEST_LOCAL_URL names no server"), .serialized, .timeLimit(.minutes(5)))
struct RealModelTests {
  private func client(_ api: String? = nil) throws -> any ModelClient {
    try ModelCatalog.standard.client(
      for: ModelReference(parsing: "local/smollm2"), options: ModelOptions(baseURL: serverURL, api: api),
      environment: [:])
  }

  /// The APIs that llama.cpp's server speaks.
  private static let apis = ["chat", "responses", "messages"]

  private func request(_ text: String, tokens: Int = 16) -> ModelRequest {
    ModelRequest(
      messages: [ChatMessage(.user, text)], temperature: 0, maximumOutputTokens: tokens, seed: 1)
  }

  private let timeouts = ModelTimeouts(total: .seconds(120))

  @Test(arguments: apis) func `a real model answers, with usage and timings`(_ api: String) async throws {
    let response = try await client(api).ask(request("What is the capital of France?"), timeouts: timeouts).get()
    #expect(!response.text.isEmpty)
    #expect(
      !response.usage.isEstimate && response.usage.promptTokens > 5
        && (1...16).contains(response.usage.completionTokens))
    #expect(response.stopReason == .stop || response.stopReason == .length)
    let first = try #require(response.timings.timeToFirstTokenSeconds)
    #expect(first > 0 && first <= response.timings.latencySeconds)
    #expect(try #require(response.timings.generationTokensPerSecond) > 1)
    // Its Messages API has no room for the server's own times.
    if api != "messages" { #expect(try #require(response.timings.promptSeconds) > 0) }
    #expect(response.servedModel != nil)
  }

  @Test(arguments: apis) func `a limit of tokens cuts the answer off and says so`(_ api: String) async throws {
    let response = try await client(api).ask(request("Count from 1 to 100.", tokens: 4), timeouts: timeouts).get()
    #expect(response.stopReason == .length && response.usage.completionTokens == 4)
  }

  @Test func `the same seed gives the same answer, any seed is taken`() async throws {
    var request = request("Name an animal.")
    request.temperature = 1
    request.seed = .max
    let first = try await client().ask(request, timeouts: timeouts).get().text
    #expect(try await client().ask(request, timeouts: timeouts).get().text == first)
  }

  @Test(arguments: apis) func `a prompt that is too long is told from other faults`(_ api: String) async throws {
    let long = request(String(repeating: "one two three four ", count: 20_000))
    let error = try await client(api).ask(long, timeouts: timeouts).error
    #expect(error?.kind == .contextTooLong, "\(String(describing: error))")
    #expect(error?.message.contains("tokens, room for") == true)
  }

  @Test func `every API gives the same answer to the same request`() async throws {
    var messages = request("What is 2 and 2?").messages
    messages.insert(ChatMessage(.system, "Answer in one word."), at: 0)
    let request = ModelRequest(messages: messages, temperature: 0, maximumOutputTokens: 12)
    var answers: Set<String> = []
    var prompts: Set<Int> = []
    for api in Self.apis {
      let response = try await client(api).ask(request, timeouts: timeouts).get()
      answers.insert(response.text)
      prompts.insert(response.usage.promptTokens)
    }
    #expect(answers.count == 1 && prompts.count == 1)
  }

  @Test func `the estimate is near the truth for prose`() async throws {
    let text = "Describe in a few plain sentences how a bicycle works and why it stays upright while it moves."
    let request = request(text, tokens: 1)
    let usage = try await client().ask(request, timeouts: timeouts).get().usage
    let estimate = ModelTokenCounter().count(request.messages)
    // The chat template of the model adds a system prompt of about 25 tokens.
    #expect(abs(estimate + 25 - usage.promptTokens) < 12, "\(estimate) \(usage)")
  }

  @Test func `a real run can be recorded and replayed`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/run.jsonl"
      let recorder = try RecordingClient(wrapping: client(), path: path, programVersion: "test")
      let request = request("Say hello.", tokens: 8)
      var response = try await recorder.ask(request, timeouts: timeouts).get()
      try recorder.close()
      response.rateLimit = nil
      #expect(try await ReplayClient(path: path).ask(request).get() == response)
    }
  }

  @Test func `the server and its file tell what the model is`() async throws {
    let facts = try await ModelCatalog.standard.inspect(
      ModelReference(parsing: "local/smollm2"), options: ModelOptions(baseURL: serverURL), environment: [:])
    #expect(facts.server == "llama.cpp" && facts.architecture == "llama" && facts.isMixtureOfExperts == false)
    #expect(facts.parameters == 134_515_008 && facts.activeParameters == facts.parameters)
    #expect(facts.quantization == "Q4_1" && facts.contextLength == 8192 && facts.loadedContextLength == 8192)
  }

  @Test func `cancelling in the middle leaves the server usable`() async throws {
    let client = try client()
    let long = request("Write a long story.", tokens: 1500)
    let task = Task { await client.ask(long, timeouts: timeouts) }
    try await Task.sleep(for: .milliseconds(500))
    task.cancel()
    #expect(await task.value.error?.kind == .cancelled)
    #expect(await client.ask(request("Say hello.", tokens: 2), timeouts: timeouts).error == nil)
    // The one slot is free at once: the story would take some 10 s more.
  }
}
