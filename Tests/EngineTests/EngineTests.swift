import Benchmark
import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct EngineTests {
  @Test func `every sample is asked, judged, stored and summed up`() async throws {
    let client = ScriptedClient { call, _ in call.sampleID == "echo/2" ? "wrong" : call.sampleID }
    let bench = Bench([client])
    let watcher = Watcher()
    let summary = try await bench.engine.run(bench.request(4), observer: watcher)
    #expect(summary.status == .completed)
    #expect(summary.plannedSamples == 4)
    #expect(summary.completedSamples == 4)
    let model = try #require(summary.models.first)
    #expect(model.n == 4)
    #expect(model.passed == 3)
    #expect(model.failed == 1)
    #expect(model.score == 0.75)
    #expect(model.promptTokens == 40)
    #expect(model.reasons.map(\.reason) == ["different"])
    #expect(model.groups.map(\.value) == ["even", "odd"])
    let completed = watcher.progress.map(\.completed)
    #expect(completed == completed.sorted() && completed.last == 4)
    #expect(watcher.progress.last?.sequence == 4)
    #expect(watcher.sequences == [1, 2, 3, 4])
    #expect(client.callCounts.values.allSatisfy { $0 == 1 })
  }

  @Test func `epochs ask each sample again`() async throws {
    let client = ScriptedClient.right()
    let bench = Bench([client])
    var request = bench.request(2)
    request.epochs = 3
    let summary = try await bench.engine.run(request)
    #expect(summary.completedSamples == 6)
    #expect(Set(client.callCounts.keys.map(\.epoch)) == [1, 2, 3])
  }

  @Test func `a selection is the same every time and keeps the order`() async throws {
    var chosen: [[String]] = []
    for _ in 0..<2 {
      let client = ScriptedClient("fake/model", concurrency: 1) { call, _ in call.sampleID }
      let bench = Bench([client])
      var request = bench.request(100)
      request.sample = SampleSelection(count: 5, seed: 42)
      let summary = try await bench.engine.run(request)
      #expect(summary.plannedSamples == 5)
      chosen.append(client.callCounts.keys.map(\.sampleID).sorted())
    }
    #expect(chosen[0] == chosen[1])
    #expect(chosen[0] != (1...5).map { "echo/\($0)" })
  }

  @Test func `a cancelled run keeps what ended, and resume asks only the rest`() async throws {
    let reached = AsyncStream<Void>.makeStream()
    let client = ScriptedClient("fake/model", concurrency: 2) { call, earlier throws(ModelError) in
      if call.sampleID == "echo/6", earlier == 0 {
        reached.continuation.finish()
        while !Task.isCancelled { await Task.yield() }
        throw ModelError(.cancelled, "cancelled")
      }
      return call.sampleID
    }
    let bench = Bench([client])
    let run = Task { try await bench.engine.run(bench.request(20)) }
    for await _ in reached.stream {}
    run.cancel()
    let summary = try await run.value
    #expect(summary.status == .cancelled)
    #expect(summary.completedSamples >= 4)
    #expect(summary.completedSamples < 20)

    let finished = try await bench.engine.resume(BenchmarkResume.Params(runId: summary.runId))
    #expect(finished.runId == summary.runId)
    #expect(finished.status == .completed)
    #expect(finished.completedSamples == 20)
    #expect(finished.models.first?.passed == 20)
    let askedAgain = client.callCounts.filter { $0.value > 1 }.keys.map(\.sampleID)
    #expect(askedAgain.allSatisfy { $0 == "echo/6" })
  }

  @Test func `a failure that can heal is tried again`() async throws {
    let client = ScriptedClient { call, earlier throws(ModelError) in
      if call.sampleID == "echo/1", earlier < 1 { throw ModelError(.overloaded, "busy", isRetryable: true) }
      return call.sampleID
    }
    let bench = Bench([client])
    let summary = try await bench.engine.run(bench.request(2))
    #expect(summary.models.first?.passed == 2)
    let page = try await bench.engine.results().samples(ResultsSamples.Params(runId: summary.runId))
    #expect(page.samples.first { $0.sampleId == "echo/1" }?.attempts == 2)
  }

  @Test func `retries are bounded, and the machine's failures do not count against the model`() async throws {
    let client = ScriptedClient { call, _ throws(ModelError) in
      if call.sampleID == "echo/1" { throw ModelError(.serverError, "500", isRetryable: true) }
      return call.sampleID
    }
    let bench = Bench([client])
    var request = bench.request(3)
    request.retries = 1
    let summary = try await bench.engine.run(request)
    let model = try #require(summary.models.first)
    #expect(summary.status == .completed)
    #expect(model.errors == 1)
    #expect(model.n == 2)
    #expect(model.score == 1)
    #expect(client.callCounts[CallIdentity(sampleID: "echo/1")] == 2)
  }

  @Test func `resume asks samples with infrastructure errors again, unless told otherwise`() async throws {
    let isDown = Mutex(true)
    let client = ScriptedClient { call, _ throws(ModelError) in
      if call.sampleID == "echo/1", isDown.withLock({ $0 }) { throw ModelError(.badRequest, "400") }
      return call.sampleID
    }
    let bench = Bench([client])
    let summary = try await bench.engine.run(bench.request(3))
    #expect(summary.models.first?.errors == 1)
    var params = BenchmarkResume.Params(runId: summary.runId, retryErrors: false)
    #expect(try await bench.engine.resume(params).models.first?.errors == 1)
    isDown.withLock { $0 = false }
    params.retryErrors = nil
    (params.concurrency, params.requestsPerMinute, params.baseURL) = (7, 60_000, "http://127.0.0.1:1/v1")
    let healed = try await bench.engine.resume(params)
    // How the rest was asked is kept, for the next time.
    let request = healed.request
    #expect((request.concurrency, request.requestsPerMinute, request.baseURL) == (7, 60_000, "http://127.0.0.1:1/v1"))
    #expect(healed.models.first?.errors == 0)
    #expect(healed.models.first?.passed == 3)
    #expect(healed.completedSamples == 3)
  }

  @Test func `a refused key stops the model at once and says why`() async throws {
    let bad = ScriptedClient("fake/locked", concurrency: 1) { _, _ throws(ModelError) in
      throw ModelError(.authentication, "Set FAKE_API_KEY.")
    }
    let bench = Bench([bad, ScriptedClient.right()])
    let summary = try await bench.engine.run(bench.request(50, models: ["fake/locked", "fake/model"]))
    #expect(summary.status == .failed)
    #expect(summary.message == "fake/locked: Set FAKE_API_KEY.")
    #expect(bad.totalCalls == 1)
    #expect(summary.models.map(\.passed) == [0, 50])
    #expect(summary.models.first?.missing == 49)
  }

  @Test func `a local server that is down stops the run after one sample`() async throws {
    let client = ScriptedClient("local/model", isLocal: true, concurrency: 1) { _, _ throws(ModelError) in
      throw ModelError(.network, "No server answers.", isRetryable: false)
    }
    let bench = Bench([client])
    let summary = try await bench.engine.run(bench.request(50, models: ["local/model"]))
    #expect(summary.status == .failed)
    #expect(summary.message == "local/model: No server answers.")
    #expect(client.totalCalls == 1)
  }

  @Test func `a cut answer is truncated, not wrong, unless it is right already`() async throws {
    let client = ScriptedClient { call, _ in call.sampleID == "echo/1" ? "ec✂" : call.sampleID }
    let bench = Bench([client])
    let model = try #require(try await bench.engine.run(bench.request(2)).models.first)
    #expect(model.truncated == 1)
    #expect(model.scoreIfUnknownWrong == 0.5)
    #expect(model.scoreIfUnknownRight == 1)
  }

  @Test func `an answer that cannot be judged here is this machine's failure`() async throws {
    let client = ScriptedClient { call, _ in call.sampleID == "echo/1" ? "unjudgeable" : call.sampleID }
    let bench = Bench([client])
    let summary = try await bench.engine.run(bench.request(2))
    #expect(summary.models.first?.errors == 1)
    let page = try await bench.engine.results().samples(ResultsSamples.Params(runId: summary.runId))
    let record = try #require(page.samples.first { $0.sampleId == "echo/1" })
    #expect(record.outcome == .infrastructureError)
    #expect(record.detail == "Install the sandbox.")
    #expect(record.response == "unjudgeable")
  }

  @Test func `a time budget ends the run`() async throws {
    let time = VirtualTime()
    let client = ScriptedClient("fake/model", concurrency: 1) { call, _ throws(ModelError) in
      if call.sampleID != "echo/1" {
        time.advance(by: .seconds(1))
        while !Task.isCancelled { await Task.yield() }
        throw ModelError(.cancelled, "cancelled")
      }
      return call.sampleID
    }
    let bench = Bench([client], time: time.keeper)
    var request = bench.request(3)
    request.budget = Budget(seconds: 1)
    let summary = try await bench.engine.run(request)
    #expect(summary.status == .budgetExhausted)
    #expect(summary.completedSamples == 1)
  }

  @Test func `a detached run goes on by itself and ends with the engine`() async throws {
    let client = ScriptedClient("fake/model", concurrency: 1) { call, _ throws(ModelError) in
      if call.sampleID == "echo/3" {
        while !Task.isCancelled { await Task.yield() }
        throw ModelError(.cancelled, "cancelled")
      }
      return call.sampleID
    }
    let bench = Bench([client])
    var request = bench.request(5)
    request.detached = true
    let started = try await bench.engine.run(request)
    #expect(started.status == .running)
    while client.totalCalls < 3 { await Task.yield() }
    await bench.engine.shutdown()
    let summary = try await bench.engine.results().run(started.runId)
    #expect(summary.status == .cancelled)
    #expect(summary.completedSamples == 2)
  }

  @Test func `a plan counts without asking`() async throws {
    let client = ScriptedClient.right()
    let bench = Bench([client])
    var request = bench.request(10)
    request.epochs = 2
    request.maximumOutputTokens = 7
    let plan = try await bench.engine.plan(request)
    #expect(plan.models.first?.samples == 20)
    #expect(plan.models.first?.maximumCompletionTokens == 140)
    #expect((plan.models.first?.promptTokens ?? 0) > 20)
    #expect(client.totalCalls == 0)
  }

  @Test func `requests that do not fit are refused before anything is sent`() async throws {
    let client = ScriptedClient.right()
    let bench = Bench([client])
    func kind(_ change: (inout RunRequest) -> Void) async -> ServiceError.Kind? {
      var request = bench.request(3)
      change(&request)
      do {
        _ = try await bench.engine.run(request)
        return nil
      } catch { return (error as? ServiceError)?.kind }
    }
    #expect(await kind { $0.suite = "nope" } == .unknownSuite)
    #expect(await kind { $0.models = [] } == .invalidParams)
    #expect(await kind { $0.models = ["fake/none"] } == .unknownModel)
    #expect(await kind { $0.models = ["fake/model", "fake/model"] } == .invalidParams)
    #expect(await kind { $0.options = ["cuont": 3] } == .invalidOption)
    #expect(await kind { $0.epochs = 0 } == .invalidParams)
    #expect(await kind { $0.temperature = .nan } == .invalidParams)
    let changes: [(inout ModelSettings) -> Void] = [
      { $0.numCtx = 0 }, { $0.topP = .nan }, { $0.thinkingTokens = -1 }, { $0.keepAlive = "soon" },
      { $0.keepAlive = "" }, { $0.think = "" }, { $0.api = "a b" }, { $0.reasoningEffort = "\n" },
    ]
    for change in changes {
      var settings = ModelSettings()
      change(&settings)
      #expect(await kind { $0.modelOptions = settings } == .invalidParams, "\(settings)")
    }
    #expect(await kind { $0.budget = Budget(usd: 1) } == .priceUnknown)
    #expect(client.totalCalls == 0)
  }

  @Test func `a run of another suite version is not continued`() async throws {
    let client = ScriptedClient { call, _ throws(ModelError) in
      if call.sampleID == "echo/1" { throw ModelError(.badRequest, "400") }
      return call.sampleID
    }
    let bench = Bench([client])
    let summary = try await bench.engine.run(bench.request(2))
    let later = Bench([client], suite: EchoSuite(version: "2"), path: bench.path)
    await #expect(throws: ServiceError.self) {
      try await later.engine.resume(BenchmarkResume.Params(runId: summary.runId))
    }
  }
}
