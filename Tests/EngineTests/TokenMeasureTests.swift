import Benchmark
import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

/// Samples whose length is measured in the model's own tokens.
@Suite(.timeLimit(.minutes(2))) struct TokenMeasureTests {
  /// A sample of 3000 tokens in any measure.
  private struct LongSuite: Suite, SuitePlan {
    let descriptor = SuiteDescriptor(name: "echo", version: "1", summary: "Long.", options: [], dimension: "size")
    let sampleIDs = ["long/1", "long/2"]
    let seed: UInt64? = nil
    var calibrationTexts: (short: String, long: String)? {
      (String(repeating: "word ", count: 200), String(repeating: "word ", count: 1000))
    }

    func plan(options: SuiteOptions) async throws -> any SuitePlan { self }
    func sample(at index: Int) throws -> Sample {
      try sample(at: index, measured: TokenMeasure(estimating: calibrationTexts?.long ?? ""))
    }
    func sample(at index: Int, measured measure: TokenMeasure) throws -> Sample {
      var metadata = measure.metadata
      metadata["size"] = 3000
      return Sample(
        id: sampleIDs[index],
        messages: [ChatMessage(.user, String(repeating: "x", count: measure.bytes(for: 3000)))], expected: "yes",
        metadata: metadata)
    }
    func score(_ answer: String, of sample: Sample) async throws -> Score { Score(answer == "yes" ? 1 : 0) }
  }

  /// Counts 4 bytes as a token, and 20 tokens for its chat format.
  private final class CountingClient: ModelClient {
    let reference: ModelReference
    let isLocal: Bool
    let defaultConcurrency = 1
    /// Reads no more than so many tokens.
    let context: Int
    private let calls = Mutex<[(id: String, bytes: Int, limit: Int?)]>([])
    var asked: [(id: String, bytes: Int, limit: Int?)] { calls.withLock { $0 } }
    private let failure: ModelError?

    init(_ provider: String = "fake", isLocal: Bool = true, context: Int = .max, failure: ModelError? = nil) {
      reference = ModelReference(provider: provider, name: "model")
      self.isLocal = isLocal
      self.context = context
      self.failure = failure
    }

    func complete(
      _ request: ModelRequest, call: CallIdentity, timeouts: ModelTimeouts
    ) async throws(ModelError) -> ModelResponse {
      let bytes = request.messages.reduce(0) { $0 + $1.content.utf8.count }
      calls.withLock { $0.append((call.sampleID, bytes, request.maximumOutputTokens)) }
      if let failure, call.sampleID.hasPrefix("calibration") { throw failure }
      return ModelResponse(
        text: context == .max ? "yes" : "no", stopReason: .stop,
        usage: TokenUsage(promptTokens: min(bytes / 4 + 20, context), completionTokens: 1),
        timings: ResponseTimings(latencySeconds: 0.01))
    }
  }

  private func run(
    _ client: CountingClient, tokens: Int? = nil
  ) async throws -> (bench: Bench, run: RunSummary, samples: [SampleRecord]) {
    let bench = Bench([client], suite: LongSuite())
    var request = RunRequest(suite: "echo", models: [client.reference.description])
    request.budget = tokens.map { Budget(tokens: $0) }
    request.maximumOutputTokens = 50
    let run = try await bench.engine.run(request)
    let page = try await bench.engine.results().samples(ResultsSamples.Params(runId: run.runId))
    return (bench, run, page.samples)
  }

  @Test func `a local server counts, and the samples are as long as they are meant to be`() async throws {
    let client = CountingClient()
    let (_, _, samples) = try await run(client)
    #expect(client.asked.map(\.id) == ["calibration/short", "calibration/long", "long/1", "long/2"])
    #expect(client.asked.prefix(2).allSatisfy { $0.limit == 1 })
    #expect(samples.map(\.promptTokens) == [3000, 3000])
    #expect(samples.allSatisfy { $0.metadata["tokenSource"] == "server" && $0.outcome == .passed })
  }

  @Test func `a recording counts as its model did`() async throws {
    let client = CountingClient("replay", isLocal: false)
    let (_, _, samples) = try await run(client)
    #expect(samples.allSatisfy { $0.metadata["tokenSource"] == "server" })
  }

  @Test func `a hosted model is not asked to count`() async throws {
    let client = CountingClient(isLocal: false)
    let (_, _, samples) = try await run(client)
    #expect(client.asked.count == 2)
    #expect(samples.allSatisfy { $0.metadata["tokenSource"] == "estimate" })
  }

  @Test func `where every token counts nothing is counted`() async throws {
    let client = CountingClient()
    let (_, _, samples) = try await run(client, tokens: 1_000_000)
    #expect(client.asked.count == 2)
    #expect(samples.allSatisfy { $0.metadata["tokenSource"] == "estimate" })
  }

  @Test func `a server that cannot count is asked all the same`() async throws {
    let client = CountingClient(failure: ModelError(.badRequest, "no"))
    let (_, run, samples) = try await run(client)
    #expect(run.status == .completed)
    #expect(samples.allSatisfy { $0.metadata["tokenSource"] == "estimate" && $0.outcome == .passed })
  }

  @Test func `a server that reads less than it was sent has not asked the model the question`() async throws {
    let (_, _, samples) = try await run(CountingClient(context: 1500))
    #expect(samples.allSatisfy { $0.outcome == .truncated && $0.reason == "promptCut" })
    #expect(samples.first?.detail?.contains("read 1500 tokens of a prompt of about 3000") == true)
  }

  @Test func `stored answers are judged on the prompts that were sent`() async throws {
    let (bench, run, _) = try await run(CountingClient())
    let result = try await bench.engine.rescore(BenchmarkRescore.Params(runId: run.runId))
    #expect(result.rescored == 2)
    #expect(result.skipped.isEmpty)
  }
}
