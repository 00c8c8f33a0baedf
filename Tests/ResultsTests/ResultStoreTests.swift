import Contract
import JSON
import Results
import Testing

@Suite struct ResultStoreTests {
  private let scratch = Scratch()

  private func store() throws -> ResultStore { try ResultStore.open(path: scratch.path) }

  private func samples(_ store: ResultStore, _ id: String = "run-1") async throws -> [SampleRecord] {
    var params = ResultsSamples.Params(runId: id)
    params.limit = 1000
    return try await store.samples(params).samples
  }

  // MARK: - Round trips

  @Test func `a sample comes back equal, also from a store opened anew`() async throws {
    var plain = Fixtures.sample(.init("plain"), .failed)
    var record = Fixtures.everything()
    do {
      let store = try store()
      try await store.createRun(Fixtures.run())
      try await store.append(plain)
      try await store.append(record)
      try store.close()
    }
    let stored = try await samples(try store())
    (plain.sequence, record.sequence) = (1, 2)
    #expect(stored == [plain, record])
    // Equality of strings looks past some differences of bytes.
    #expect(stored.last.map { Array($0.prompt.utf8) } == Array(record.prompt.utf8))
    #expect(stored.last?.extracted?.description == record.extracted?.description)
  }

  @Test func `a run comes back equal`() async throws {
    let store = try store()
    var run = Fixtures.run()
    try await store.createRun(run, dimension: "size")
    let end = Timestamp(millisecondsSinceEpoch: Fixtures.start.millisecondsSinceEpoch + 90_000)
    for model in ["local/a", "openai/b:1"] {
      for index in 0..<4 { try await store.append(Fixtures.sample("s\(index)", model: model)) }
    }
    try await store.finishRun(
      id: "run-1", status: .budgetExhausted, message: "the next call could cost $0.10", addedSeconds: 12.25,
      finishedAt: end)
    let stored = try await store.run("run-1")
    run.status = .budgetExhausted
    run.message = "the next call could cost $0.10"
    run.finishedAt = end
    run.durationSeconds = 12.25
    run.completedSamples = 8
    run.models = stored.models
    #expect(stored == run)
    #expect(stored.request.sample?.seed == .max)
    #expect(stored.models.map(\.model) == ["local/a", "openai/b:1"])
    #expect(stored.models.map(\.passed) == [4, 4])
    #expect(stored.models.map(\.missing) == [0, 0])
  }

  @Test func `numbers that are none become unknown`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    var record = Fixtures.sample()
    record.latencyMilliseconds = .nan
    record.costUSD = .infinity
    record.metrics = ["a": .nan, "b": 1]
    record.parts = [SamplePart(name: "p", outcome: .passed, score: 1, metadata: [:])]
    record.parts[0].executionMilliseconds = -.infinity
    try await store.append(record)
    let stored = try #require(try await samples(store).first)
    #expect(stored.latencyMilliseconds == nil && stored.costUSD == nil)
    #expect(stored.metrics == ["b": 1])
    #expect(stored.parts[0].executionMilliseconds == nil)
  }

  @Test func `a sample stored again replaces the first and comes last`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    for sample in [
      Fixtures.sample("s1", .infrastructureError), Fixtures.sample("s2"), Fixtures.sample("s1", epoch: 2),
      Fixtures.sample("s1", model: "openai/b:1"), Fixtures.sample("s1", .passed),
    ] {
      try await store.append(sample)
    }
    let stored = try await samples(store)
    #expect(
      stored.map { "\($0.model) \($0.sampleId) \($0.epoch)" } == [
        "local/a s2 1", "local/a s1 2", "openai/b:1 s1 1", "local/a s1 1",
      ])
    #expect(stored.allSatisfy { $0.outcome == .passed })
  }

  @Test func `the outcomes of stored samples are known by key`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    try await store.append(Fixtures.sample("s1", .cancelled))
    try await store.append(Fixtures.sample("s1", epoch: 2, .truncated))
    #expect(try await store.outcomes(of: "run-1") == ["local/a s1 1 cancelled", "local/a s1 2 truncated"])
  }

  // MARK: - What is refused

  @Test func `a sample of an unknown run or model is refused, and takes none with it`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    await withTaskGroup(of: ServiceError.Kind?.self) { group in
      for index in 0..<40 {
        let run = index % 10 == 3 ? "run-9" : "run-1"
        let model = index % 10 == 4 ? "local/x" : "local/a"
        group.addTask {
          do {
            try await store.append(Fixtures.sample("s\(index)", run: run, model: model))
            return nil
          } catch {
            return (error as? ServiceError)?.kind
          }
        }
      }
      var kinds: [ServiceError.Kind: Int] = [:]
      for await kind in group { if let kind { kinds[kind, default: 0] += 1 } }
      #expect(kinds == [.runNotFound: 4, .invalidData: 4])
    }
    #expect(try await samples(store).count == 32)
  }

  @Test func `what could not be read again is refused`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    var unreadable = Fixtures.sample()
    unreadable.extracted = [["\0": 1]]
    for sample in [
      unreadable, Fixtures.sample(score: 1.5), Fixtures.sample(score: .nan), Fixtures.sample(score: -0.1),
      Fixtures.sample(epoch: 0),
    ] {
      let error = await #expect(throws: ServiceError.self) { try await store.append(sample) }
      #expect(error?.kind == .invalidData)
    }
  }

  @Test func `a run's id is used once`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    let error = await #expect(throws: ServiceError.self) { try await store.createRun(Fixtures.run()) }
    #expect(error?.kind == .invalidParams)
    await #expect(throws: ServiceError.self) { try await store.createRun(Fixtures.run("")) }
    await #expect(throws: ServiceError.self) {
      try await store.finishRun(id: "run-1", status: .running, addedSeconds: 0)
    }
    let missing = await #expect(throws: ServiceError.self) {
      try await store.finishRun(id: "run-2", status: .completed, addedSeconds: 0)
    }
    #expect(missing?.kind == .runNotFound)
  }

  // MARK: - Finding runs

  @Test func `a run is found by id, unique beginning or as the latest`() async throws {
    let store = try store()
    let none = await #expect(throws: ServiceError.self) { try await store.run("latest") }
    #expect(none?.kind == .runNotFound)
    try await store.createRun(Fixtures.run("abc1", startedAfter: 5))
    try await store.createRun(Fixtures.run("abc2", startedAfter: 9))
    try await store.createRun(Fixtures.run("abc", startedAfter: 1))
    try await store.createRun(Fixtures.run("x%_y", startedAfter: 2))
    #expect(try await store.run("abc").runId == "abc")
    #expect(try await store.run("abc2").runId == "abc2")
    #expect(try await store.run("x%").runId == "x%_y")
    #expect(try await store.run("latest").runId == "abc2")
    let ambiguous = await #expect(throws: ServiceError.self) { try await store.run("ab") }
    #expect(ambiguous?.kind == .runNotFound)
    #expect(ambiguous?.message == "Several runs begin with \"ab\": abc2, abc1, abc. Give more of the id.")
    #expect(ambiguous?.details["candidates"] == ["abc2", "abc1", "abc"])
    for name in ["", "%", "ABC", "abc3"] {
      let error = await #expect(throws: ServiceError.self) { try await store.run(name) }
      #expect(error?.message.contains("llmbench results list") == true, "\(name)")
    }
  }

  @Test func `runs are listed newest first, by page and by filter`() async throws {
    let store = try store()
    for index in 0..<25 {
      // Pairs share a moment, which paging must not trip over.
      let suite = index % 5 == 0 ? "vue" : "sorting"
      let models = index % 2 == 0 ? ["local/a"] : ["local/a", "openai/b"]
      try await store.createRun(
        Fixtures.run("r\(index)", suite: suite, models: models, startedAfter: Int64(index / 2)))
      if index % 3 == 0 { try await store.finishRun(id: "r\(index)", status: .completed, addedSeconds: 1) }
    }
    func ids(_ change: (inout ResultsQuery.Params) -> Void) async throws -> [String] {
      var params = ResultsQuery.Params()
      change(&params)
      var ids: [String] = []
      for _ in 0..<30 {
        let page = try await store.query(params)
        ids += page.runs.map(\.runId)
        #expect(page.runs.count <= params.limit ?? 50)
        params.cursor = page.nextCursor
        if page.nextCursor == nil { return ids }
      }
      Issue.record("the pages do not end")
      return ids
    }
    let all = try await ids { _ in }
    #expect(all.count == 25 && all.first == "r24" && Set(all).count == 25)
    #expect(try await ids { $0.limit = 4 } == all)
    #expect(try await ids { $0.limit = 25 } == all)
    #expect(try await ids { ($0.suite, $0.limit) = ("vue", 2) } == ["r20", "r15", "r10", "r5", "r0"])
    #expect(try await ids { $0.model = "openai/b" }.count == 12)
    #expect(try await ids { $0.model = "none" }.isEmpty)
    #expect(try await ids { $0.status = .completed }.count == 9)
    #expect(try await ids { ($0.status, $0.limit) = (.running, 3) }.count == 16)
    #expect(try await ids { $0.status = .interrupted }.isEmpty)
    let since = Timestamp(millisecondsSinceEpoch: Fixtures.start.millisecondsSinceEpoch + 11_000)
    #expect(try await ids { $0.since = since } == ["r24", "r23", "r22"])
    #expect(try await ids { $0.until = since }.count == 22)
    #expect(try await ids { ($0.since, $0.until) = (since, since) }.isEmpty)
  }

  @Test func `samples come by page, outcome and model`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    for index in 0..<30 {
      let model = index % 2 == 0 ? "local/a" : "openai/b:1"
      try await store.append(Fixtures.sample("s\(index)", model: model, index % 3 == 0 ? .failed : .passed))
    }
    func ids(_ change: (inout ResultsSamples.Params) -> Void) async throws -> [String] {
      var params = ResultsSamples.Params(runId: "latest")
      change(&params)
      var ids: [String] = []
      for _ in 0..<40 {
        let page = try await store.samples(params)
        ids += page.samples.map(\.sampleId)
        params.cursor = page.nextCursor
        if page.nextCursor == nil { return ids }
      }
      Issue.record("the pages do not end")
      return ids
    }
    let all = (0..<30).map { "s\($0)" }
    #expect(try await ids { _ in } == all)
    #expect(try await ids { $0.limit = 7 } == all)
    #expect(try await ids { $0.limit = 30 } == all)
    #expect(try await ids { $0.limit = 1 } == all)
    #expect(try await ids { ($0.outcome, $0.limit) = (.failed, 3) } == (0..<10).map { "s\($0 * 3)" })
    #expect(try await ids { ($0.outcome, $0.model) = (.failed, "openai/b:1") } == ["s3", "s9", "s15", "s21", "s27"])
    #expect(try await ids { $0.outcome = .cancelled }.isEmpty)
    var visited: [String] = []
    try await store.forEachSample(runId: "run-1") { visited.append($0.sampleId) }
    #expect(visited == all)
  }

  @Test func `long texts end a page early, and nothing is lost`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    for index in 0..<5 {
      var sample = Fixtures.sample("s\(index)")
      sample.prompt = String(repeating: "\(index)", count: 1_700_000)
      try await store.append(sample)
    }
    var params = ResultsSamples.Params(runId: "run-1")
    let first = try await store.samples(params)
    #expect(first.samples.map(\.sampleId) == ["s0", "s1", "s2"])
    params.cursor = first.nextCursor
    #expect(try await store.samples(params).samples.map(\.sampleId) == ["s3", "s4"])
    var count = 0
    try await store.forEachSample(runId: "run-1") { count += $0.prompt.utf8.count }
    #expect(count == 8_500_000)
  }

  @Test(arguments: ["", "x", "r", "s", "szz", "s7", "rff", "r31", "s2d31ff", "r78 79", "s-1", "🤖"])
  func `a made-up cursor is refused`(cursor: String) async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    var runs = ResultsQuery.Params()
    runs.cursor = cursor
    let first = await #expect(throws: ServiceError.self) { try await store.query(runs) }
    #expect(first?.kind == .invalidParams)
    var samples = ResultsSamples.Params(runId: "run-1")
    samples.cursor = cursor
    let second = await #expect(throws: ServiceError.self) { try await store.samples(samples) }
    #expect(second?.kind == .invalidParams)
  }

  @Test(arguments: [0, -1, 1001, Int.max])
  func `a page size outside 1…1000 is refused`(limit: Int) async throws {
    let store = try store()
    var runs = ResultsQuery.Params()
    runs.limit = limit
    let first = await #expect(throws: ServiceError.self) { try await store.query(runs) }
    #expect(first?.kind == .invalidParams)
    var samples = ResultsSamples.Params(runId: "run-1")
    samples.limit = limit
    let second = await #expect(throws: ServiceError.self) { try await store.samples(samples) }
    #expect(second?.kind == .invalidParams)
  }

  // MARK: - Many at once

  @Test(.timeLimit(.minutes(2))) func `10 000 samples from 64 tasks are all there`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run(models: ["local/a"], planned: 10_000))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<64 {
        group.addTask {
          for index in stride(from: task, to: 10_000, by: 64) {
            try await store.append(Fixtures.sample("s\(index)", index % 4 == 0 ? .failed : .passed))
          }
        }
      }
      try await group.waitForAll()
    }
    let run = try await store.run("run-1")
    #expect(run.completedSamples == 10_000)
    #expect(run.models[0].passed == 7500 && run.models[0].failed == 2500 && run.models[0].missing == 0)
    #expect(try await store.outcomes(of: "run-1").count == 10_000)
    var seen: Set<String> = []
    try await store.forEachSample(runId: "run-1") { seen.insert($0.sampleId) }
    #expect(seen.count == 10_000)
  }

  @Test(.timeLimit(.minutes(1))) func `two stores on one file both write and both see all`() async throws {
    let first = try store()
    let second = try store()
    try await first.createRun(Fixtures.run("one"))
    try await second.createRun(Fixtures.run("two"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (store, run) in [(first, "one"), (second, "two")] {
        for task in 0..<8 {
          group.addTask {
            for index in 0..<20 { try await store.append(Fixtures.sample("s\(task)-\(index)", run: run)) }
          }
        }
      }
      try await group.waitForAll()
    }
    for store in [first, second] {
      #expect(try await store.run("one").completedSamples == 160)
      #expect(try await store.run("two").completedSamples == 160)
    }
  }

  @Test func `a cancelled task still stores its sample`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await store.append(Fixtures.sample("s1", .cancelled))
      try await store.finishRun(id: "run-1", status: .cancelled, addedSeconds: 1)
      return try await store.run("run-1")
    }
    task.cancel()
    let run = try await task.value
    #expect(run.status == .cancelled)
    #expect(run.models[0].cancelled == 1 && run.completedSamples == 0)
  }
}
