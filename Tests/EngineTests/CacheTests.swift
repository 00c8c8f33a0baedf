import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

/// Answers that are taken from the store instead of from the model.
@Suite(.timeLimit(.minutes(2))) struct CacheTests {
  private func request(_ bench: Bench, _ mode: CacheMode?, _ change: (inout RunRequest) -> Void = { _ in })
    -> RunRequest
  {
    var request = bench.request(3)
    request.cache = mode
    change(&request)
    return request
  }

  private func samples(_ bench: Bench, _ runId: String) async throws -> [SampleRecord] {
    try await bench.engine.results().samples(ResultsSamples.Params(runId: runId)).samples
      .sorted { $0.sampleId < $1.sampleId }
  }

  @Test func `what was answered is not asked again, costs nothing and says so`() async throws {
    let client = ScriptedClient { call, _ in call.sampleID == "echo/2" ? "wrong" : call.sampleID }
    let bench = Bench([client])
    let first = try await bench.engine.run(request(bench, .read))
    #expect(client.totalCalls == 3 && first.models.first?.cached == 0)
    let second = try await bench.engine.run(request(bench, .read))
    #expect(client.totalCalls == 3)
    let model = try #require(second.models.first)
    #expect((model.cached, model.n, model.passed, model.failed) == (3, 3, 2, 1))
    #expect((model.promptTokens, model.completionTokens) == (0, 0))
    #expect(model.costUSD == 0 && model.meanLatencyMilliseconds == nil)
    let asked = try await samples(bench, first.runId)
    let cached = try await samples(bench, second.runId)
    #expect(asked.allSatisfy { !$0.cached && $0.originalLatencyMilliseconds == nil && $0.attempts == 1 })
    #expect(cached.allSatisfy { $0.cached && $0.attempts == 0 && $0.costUSD == 0 })
    #expect(cached.map(\.latencyMilliseconds) == [nil, nil, nil])
    #expect(cached.map(\.originalLatencyMilliseconds) == asked.map(\.latencyMilliseconds))
    #expect(cached.map(\.response) == asked.map(\.response) && cached.map(\.verdict) == asked.map(\.verdict))
    #expect(cached.map(\.promptTokens) == [10, 10, 10] && cached.map(\.stopReason) == ["stop", "stop", "stop"])
  }

  @Test func `a plan counts what the cache answers, for a run that reads it`() async throws {
    let bench = Bench([ScriptedClient.right()])
    _ = try await bench.engine.run(request(bench, .read))
    func plan(_ mode: CacheMode?) async throws -> BenchmarkPlan.ModelPlan {
      let request = request(bench, mode) {
        $0.epochs = 2
        $0.maximumOutputTokens = 100
      }
      return try #require(try await bench.engine.plan(request).models.first)
    }
    // The token limit is part of the request: nothing that was asked without one fits.
    #expect(try await plan(.read).cachedSamples == 0)
    _ = try await bench.engine.run(request(bench, .refresh) { $0.maximumOutputTokens = 100 })
    let reading = try await plan(.read)
    #expect((reading.samples, reading.cachedSamples, reading.maximumCompletionTokens) == (6, 3, 300))
    let asking = try await plan(nil)
    #expect((asking.samples, asking.cachedSamples, asking.maximumCompletionTokens) == (6, 0, 600))
    #expect(reading.promptTokens * 2 == asking.promptTokens)
  }

  @Test(arguments: [nil, CacheMode.off] as [CacheMode?])
  func `without it every sample is asked, and nothing is kept`(_ mode: CacheMode?) async throws {
    let client = ScriptedClient.right()
    let bench = Bench([client])
    for _ in 0..<2 { _ = try await bench.engine.run(request(bench, mode)) }
    #expect(client.totalCalls == 6)
    _ = try await bench.engine.run(request(bench, .read))
    #expect(client.totalCalls == 9)
    // What was kept does not matter either.
    _ = try await bench.engine.run(request(bench, mode))
    #expect(client.totalCalls == 12)
  }

  @Test func `refresh asks all and keeps the new answers`() async throws {
    let word = Mutex("old")
    let client = ScriptedClient { _, _ in word.withLock { $0 } }
    let bench = Bench([client])
    _ = try await bench.engine.run(request(bench, .read))
    word.withLock { $0 = "new" }
    let refreshed = try await bench.engine.run(request(bench, .refresh))
    #expect(client.totalCalls == 6 && refreshed.models.first?.cached == 0)
    let read = try await bench.engine.run(request(bench, .read))
    #expect(client.totalCalls == 6)
    #expect(try await samples(bench, read.runId).map(\.response) == ["new", "new", "new"])
  }

  @Test func `another model, request, sample or epoch is another answer`() async throws {
    let (one, other) = (ScriptedClient.right("fake/model"), ScriptedClient.right("fake/other"))
    let bench = Bench([one, other])
    _ = try await bench.engine.run(request(bench, .read))
    let changes: [(inout RunRequest) -> Void] = [
      { $0.temperature = 1 }, { $0.maximumOutputTokens = 7 }, { $0.models = ["fake/other"] },
      { $0.epochs = 2 }, { $0.options = ["count": 4] },
    ]
    let expected = [6, 9, 9, 12, 13]
    for (change, calls) in zip(changes, expected) {
      _ = try await bench.engine.run(request(bench, .read, change))
      #expect(one.totalCalls == calls)
    }
    #expect(other.totalCalls == 3)
  }

  @Test func `errors are not kept`() async throws {
    let isDown = Mutex(true)
    let client = ScriptedClient { call, _ throws(ModelError) in
      if call.sampleID == "echo/1", isDown.withLock({ $0 }) { throw ModelError(.badRequest, "400") }
      if call.sampleID == "echo/2", isDown.withLock({ $0 }) { throw ModelError(.contextTooLong, "too long") }
      return call.sampleID
    }
    let bench = Bench([client])
    let broken = try await bench.engine.run(request(bench, .read))
    #expect(broken.models.first?.errors == 1 && broken.models.first?.failed == 1)
    isDown.withLock { $0 = false }
    let healed = try await bench.engine.run(request(bench, .read))
    #expect(healed.models.first?.passed == 3 && healed.models.first?.cached == 1)
  }

  @Test func `an answer that was cut off stays so`() async throws {
    let client = ScriptedClient { call, _ in call.sampleID == "echo/1" ? "ec✂" : call.sampleID }
    let bench = Bench([client])
    for _ in 0..<2 {
      let model = try #require(try await bench.engine.run(request(bench, .read)).models.first)
      #expect(model.truncated == 1 && model.truncations.map(\.reason) == ["outputLimit"])
    }
    #expect(client.totalCalls == 3)
  }

  @Test func `a recording is not made of what the cache gives`() async throws {
    let bench = Bench([ScriptedClient.right()])
    let refused = await #expect(throws: ServiceError.self) {
      try await bench.engine.run(request(bench, .read) { $0.record = "answers.jsonl" })
    }
    #expect(refused?.kind == .invalidParams && refused?.message.contains("refresh") == true)
  }
}
