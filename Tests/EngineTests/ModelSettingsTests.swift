import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

/// Notes the requests that it gets; some parameters are unknown to it.
private final class NotingClient: ModelClient {
  let reference: ModelReference
  let isLocal = false
  let defaultConcurrency = 1
  private let unknown: [String]
  private let log = Mutex<[ModelRequest]>([])

  var requests: [ModelRequest] { log.withLock { $0 } }

  init(_ name: String, unknown: [String] = []) {
    reference = ModelReference(provider: "fake", name: name)
    self.unknown = unknown
  }

  func omittedParameters(of request: ModelRequest) -> [String] {
    request.settings.contextTokens == nil ? [] : unknown
  }

  func complete(
    _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
  ) async throws(ModelError) -> ModelResponse {
    log.withLock { $0.append(request) }
    return ModelResponse(
      text: call.sampleID, stopReason: .stop,
      usage: TokenUsage(
        promptTokens: 9, completionTokens: 8, cachedPromptTokens: 7, cacheWriteTokens: 1, reasoningTokens: 6),
      timings: ResponseTimings(
        latencySeconds: 0.001, connectSeconds: 0.25, loadSeconds: 1, promptSeconds: 0.5, generationSeconds: 2,
        promptTokensPerSecond: 18, generationTokensPerSecond: 4),
      servedModel: "served", responseID: "r-1", omittedParameters: ["seed"])
  }
}

@Suite(.timeLimit(.minutes(1))) struct ModelSettingsTests {
  private var settings: ModelSettings {
    var settings = ModelSettings()
    settings.reasoningEffort = "low"
    settings.think = "off"
    settings.thinkingTokens = 5
    settings.numCtx = 16_384
    settings.keepAlive = "1h30m"
    settings.topP = 0.9
    settings.parameters = ["x": 1]
    return settings
  }

  @Test func `settings reach the model, are stored with the run, and hold for its resumption`() async throws {
    let client = NotingClient("a")
    let bench = Bench([client])
    var request = bench.request(2, models: ["fake/a"])
    request.modelOptions = settings
    let summary = try await bench.engine.run(request)
    #expect(summary.request.modelOptions == settings)
    #expect(try await bench.engine.results().run(summary.runId).request.modelOptions == settings)
    #expect(client.requests.count == 2)
    for request in client.requests {
      #expect(request.topP == 0.9 && request.reasoningEffort == "low" && request.additionalParameters == ["x": 1])
      let expected = ProviderSettings(think: .off, thinkingTokens: 5, contextTokens: 16_384, keepAlive: "1h30m")
      #expect(request.settings == expected)
    }
  }

  @Test func `what a provider tells of a call is stored with its sample`() async throws {
    let bench = Bench([NotingClient("a")])
    let summary = try await bench.engine.run(bench.request(1, models: ["fake/a"]))
    let page = try await bench.engine.results().samples(.init(runId: summary.runId))
    var expected = CallTelemetry()
    expected.cachedPromptTokens = 7
    expected.cacheWriteTokens = 1
    expected.reasoningTokens = 6
    expected.connectMilliseconds = 250
    expected.loadMilliseconds = 1000
    expected.promptMilliseconds = 500
    expected.generationMilliseconds = 2000
    expected.promptTokensPerSecond = 18
    expected.generationTokensPerSecond = 4
    expected.servedModel = "served"
    expected.responseId = "r-1"
    expected.omittedParameters = ["seed"]
    #expect(page.samples.first?.telemetry == expected)
  }

  @Test func `a setting that no model knows is refused, one that some know is not`() async throws {
    let without = NotingClient("a", unknown: ["numCtx", "seed"])
    let bench = Bench([without, NotingClient("b")])
    var request = bench.request(1, models: ["fake/a"])
    request.modelOptions = ModelSettings()
    _ = try await bench.engine.run(request)
    request.modelOptions?.numCtx = 4096
    let error = await #expect(throws: ServiceError.self) { try await bench.engine.plan(request) }
    #expect(error?.kind == .invalidParams && error?.message.contains("modelOptions.numCtx") == true)
    request.models.append("fake/b")
    #expect(try await bench.engine.run(request).status == .completed)
  }
}
