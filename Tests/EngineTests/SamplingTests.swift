import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

/// Which samples a seed picks, and what becomes of their epochs.
@Suite(.timeLimit(.minutes(2))) struct SamplingTests {
  /// Worked out by another program from the definitions: FNV-1a, SplitMix64, xoshiro256**, Lemire, Fisher and Yates.
  private static let known: [(total: Int, count: Int, seed: UInt64?, picked: [Int])] = [
    (100, 5, 42, [8, 18, 72, 79, 86]), (100, 5, 43, [46, 67, 86, 91, 100]), (100, 5, 0, [7, 28, 36, 78, 87]),
    (100, 5, nil, [7, 28, 36, 78, 87]), (1000, 4, 7, [191, 769, 816, 989]),
    (10, 9, UInt64(Int64.max), [1, 3, 4, 5, 6, 7, 8, 9, 10]), (3, 1, 1, [2]),
    (3, 3, 1, [1, 2, 3]), (3, 9, 1, [1, 2, 3]),
  ]

  @Test(arguments: known.indices) func `a seed picks the same samples everywhere`(_ index: Int) async throws {
    let (total, count, seed, picked) = Self.known[index]
    let client = ScriptedClient.right()
    let bench = Bench([client])
    var request = bench.request(total)
    request.sample = SampleSelection(count: count, seed: seed)
    #expect(try await bench.engine.run(request).status == .completed)
    #expect(Set(client.callCounts.keys.map(\.sampleID)) == Set(picked.map { "echo/\($0)" }))
  }

  /// Two models, 40 of 300 samples with three epochs each; what is in the store of a killed run is any part of it.
  @Test(arguments: [0, 1, 2, 3])
  func `a run that was cut short anywhere is completed: none is asked twice, none is missing`(
    _ seed: Int
  ) async throws {
    let isBroken = Mutex(true)
    let models = ["fake/a", "fake/b"]
    let clients = models.map { name in
      ScriptedClient(name) { call, _ throws(ModelError) in
        let number = call.sampleID.utf8.reduce(call.epoch * 31 + seed * 7 + name.utf8.count) { $0 &* 33 &+ Int($1) }
        if isBroken.withLock({ $0 }), abs(number) % 5 == seed { throw ModelError(.badRequest, "400") }
        return call.sampleID
      }
    }
    let bench = Bench(clients)
    var request = bench.request(300, models: models)
    request.sample = SampleSelection(count: 40, seed: UInt64(seed))
    (request.epochs, request.retries) = (3, 0)
    let first = try await bench.engine.run(request)
    // Holes where rows are gone, as after a kill.
    try bench.execute("DELETE FROM problem_results WHERE (id * 7 + \(seed)) % 11 < 4")
    let kept = try await bench.outcomes(first.runId).filter { $0.value == .passed }
    let before = clients.map(\.callCounts)
    isBroken.withLock { $0 = false }
    let run = try await bench.engine.resume(BenchmarkResume.Params(runId: first.runId))
    #expect(run.status == .completed && run.completedSamples == 240)
    #expect(run.models.allSatisfy { $0.passed == 120 && $0.missing == 0 })
    for (client, counts) in zip(clients, before) {
      let name = client.reference.description
      for (call, count) in client.callCounts {
        let isKept = kept["\(name) \(call.sampleID) \(call.epoch)"] != nil
        #expect(count - counts[call, default: 0] == (isKept ? 0 : 1), "\(name) \(call)")
      }
      #expect(Set(client.callCounts.keys.map(\.sampleID)).count == 40 && client.callCounts.count == 120)
    }
    #expect(try await bench.outcomes(first.runId).count == 240)
    // Nothing is left to ask.
    let calls = clients.map(\.totalCalls)
    _ = try await bench.engine.resume(BenchmarkResume.Params(runId: first.runId))
    #expect(clients.map(\.totalCalls) == calls)
  }

  /// Three of echo/1's four epochs pass, two of echo/2's, none of echo/3's, all of echo/4's.
  private static let passes = ["echo/1": 3, "echo/2": 2, "echo/3": 0, "echo/4": 4]

  private func reduced(
    _ reducer: ScoreReducer, k: Int? = nil,
    script: @escaping ScriptedClient.Script = { call, _ in
      call.epoch <= passes[call.sampleID] ?? 0 ? call.sampleID : "wrong"
    }
  ) async throws -> (model: ModelSummary, reduced: ReducedScore) {
    let bench = Bench([ScriptedClient("fake/model", script)])
    var request = bench.request(4)
    request.epochs = 4
    request.reducer = reducer
    request.k = k
    request.retries = 0
    let model = try #require(try await bench.engine.run(request).models.first)
    return (model, try #require(model.reduced))
  }

  private func near(_ value: Double?, _ expected: Double) -> Bool { abs((value ?? .nan) - expected) < 1e-12 }

  @Test func `epochs are reduced per sample, and the score stays the mean`() async throws {
    let mean = try await reduced(.mean)
    #expect(mean.model.score == 9.0 / 16 && near(mean.reduced.score, 9.0 / 16) && mean.reduced.k == nil)
    let atTwo = try await reduced(.passAtK, k: 2)
    #expect(near(atTwo.reduced.score, (1 + 5.0 / 6 + 0 + 1) / 4) && atTwo.reduced.k == 2)
    #expect(atTwo.model.score == 9.0 / 16)
    #expect(near(try await reduced(.passHatK, k: 2).reduced.score, (0.5 + 1.0 / 6 + 0 + 1) / 4))
    #expect(near(try await reduced(.majority).reduced.score, (1 + 0.5 + 0 + 1) / 4))
    let low = try #require(atTwo.reduced.low)
    let high = try #require(atTwo.reduced.high)
    #expect(low < 17.0 / 24 && high > 17.0 / 24 && low >= 0 && high <= 1)
    #expect(atTwo.reduced.samples == 4 && atTwo.reduced.samplesLeftOut == 0)
    #expect(atTwo.reduced.scoreIfUnknownRight == nil)
  }

  @Test func `samples with too few scored epochs are left out and counted`() async throws {
    let result = try await reduced(.passAtK, k: 3) { call, _ throws(ModelError) in
      if call.sampleID == "echo/2", call.epoch > 2 { throw ModelError(.badRequest, "400") }
      return call.sampleID
    }
    #expect((result.reduced.samples, result.reduced.samplesLeftOut) == (3, 1))
    #expect(result.reduced.score == 1)
  }

  @Test func `with answers cut off it has its bounds`() async throws {
    let result = try await reduced(.passHatK, k: 4) { call, _ in
      call.sampleID == "echo/1" && call.epoch == 1 ? "ec✂" : call.sampleID
    }
    #expect((result.reduced.scoreIfUnknownWrong, result.reduced.scoreIfUnknownRight) == (0.75, 1))
    #expect(result.reduced.score == 0.75)
  }

  @Test(
    arguments: [
      (ScoreReducer.passAtK, nil, 3), (.passAtK, 4, 3), (.passHatK, 0, 3), (.mean, 2, 3), (.majority, 1, nil),
      (nil, 1, 3), (.passAtK, 2, nil),
    ] as [(ScoreReducer?, Int?, Int?)])
  func `a k that does not fit is refused`(_ reducer: ScoreReducer?, _ k: Int?, _ epochs: Int?) async throws {
    let bench = Bench([ScriptedClient.right()])
    var request = bench.request(2)
    request.reducer = reducer
    request.k = k
    request.epochs = epochs
    let unfit = request
    let error = await #expect(throws: ServiceError.self) { try await bench.engine.run(unfit) }
    #expect(error?.kind == .invalidParams && error?.details["pointer"] == "/k")
  }
}
