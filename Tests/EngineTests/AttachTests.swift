import Benchmark
import Contract
import Engine
import JSON
import Models
import Results
import Synchronization
import Testing

/// Runs that are watched by others than who started them.
@Suite(.timeLimit(.minutes(2))) struct AttachTests {
  /// Answers right; from a sample on it waits until the gate opens, or the run is cancelled.
  private func client(holdingFrom number: Int, _ gate: Gate) -> ScriptedClient {
    ScriptedClient("fake/model", concurrency: 1) { call, _ throws(ModelError) in
      if let index = Int(call.sampleID.dropFirst(5)), index >= number {
        await withTaskCancellationHandler {
          await gate.wait()
        } onCancel: {
          gate.open()
        }
        if Task.isCancelled { throw ModelError(.cancelled, "cancelled") }
      }
      return call.sampleID
    }
  }

  private func detached(_ bench: Bench, _ count: Int) async throws -> String {
    var request = bench.request(count)
    request.detached = true
    return try await bench.engine.run(request).runId
  }

  private func attach(
    _ bench: Bench, _ runId: String, after sequence: Int? = nil, _ watcher: Watcher
  ) -> Task<RunSummary, any Error> {
    Task {
      try await bench.engine.attach(BenchmarkAttach.Params(runId: runId, afterSequence: sequence), observer: watcher)
    }
  }

  /// Waits until something is so; the suite's time limit ends it otherwise.
  private func wait(until condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
  }

  @Test func `two watchers of a detached run see all of it, in the same order`() async throws {
    let gate = Gate()
    let bench = Bench([client(holdingFrom: 4, gate)])
    let runId = try await detached(bench, 20)
    let watchers = [Watcher(), Watcher()]
    let tasks = watchers.map { attach(bench, runId, $0) }
    try await wait { watchers.allSatisfy { $0.samples.count == 3 } }
    gate.open()
    for task in tasks {
      let summary = try await task.value
      #expect(summary.status == .completed && summary.completedSamples == 20)
    }
    let stored = try await bench.engine.results().samples(ResultsSamples.Params(runId: runId)).samples
    for watcher in watchers {
      #expect(watcher.sequences == Array(1...20))
      #expect(watcher.samples == stored)
      #expect(watcher.progress.last?.completed == 20)
      #expect(watcher.progress.last?.sequence == 20)
      #expect(watcher.progress.contains { $0.samplesPerSecond != nil })
    }
  }

  @Test func `a hundred watchers, fast and slow, with and without samples`() async throws {
    let gate = Gate()
    let bench = Bench([client(holdingFrom: 1, gate)])
    let runId = try await detached(bench, 60)
    let watchers = (0..<100).map { number in
      Watcher(wantsSamples: number % 4 != 0) { _ in
        if number % 10 == 1 { try? await Task.sleep(for: .milliseconds(1)) }
      }
    }
    let tasks = watchers.map { attach(bench, runId, $0) }
    try await wait { watchers.allSatisfy { !$0.progress.isEmpty } }
    gate.open()
    for task in tasks { #expect(try await task.value.completedSamples == 60) }
    for watcher in watchers {
      #expect(watcher.sequences == (watcher.wantsSamples ? Array(1...60) : []))
      #expect(watcher.progress.last?.sequence == 60)
      #expect(watcher.progress.map(\.sequence) == watcher.progress.map(\.sequence).sorted())
    }
  }

  @Test func `a watcher that stands still keeps neither the run nor another`() async throws {
    let gate = Gate()
    let bench = Bench([ScriptedClient.right()])
    let runId = try await detached(bench, 200)
    let slow = Watcher { _ in await gate.wait() }
    let slowTask = attach(bench, runId, slow)
    #expect(try await attach(bench, runId, Watcher()).value.status == .completed)
    #expect(slow.samples.count <= 1)
    gate.open()
    #expect(try await slowTask.value.completedSamples == 200)
    #expect(slow.sequences == Array(1...200))
  }

  @Test func `whoever comes back goes on where it was`() async throws {
    let gate = Gate()
    let bench = Bench([client(holdingFrom: 8, gate)])
    let runId = try await detached(bench, 12)
    let first = Watcher()
    let task = attach(bench, runId, first)
    try await wait { first.samples.count == 7 }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    // Only the watching ended.
    #expect(try await bench.engine.results().run(runId).status == .running)
    let second = Watcher()
    let again = attach(bench, runId, after: 5, second)
    try await wait { second.samples.count == 2 }
    gate.open()
    #expect(try await again.value.status == .completed)
    #expect(second.sequences == Array(6...12))
    #expect(second.progress.first?.sequence == 5)
  }

  @Test func `beyond the last sample there is only what comes`() async throws {
    let gate = Gate()
    let bench = Bench([client(holdingFrom: 4, gate)])
    let runId = try await detached(bench, 6)
    try await wait { try await bench.engine.results().standing(runId).progress.sequence == 3 }
    let watcher = Watcher()
    let task = attach(bench, runId, after: 1_000_000, watcher)
    try await wait { !watcher.progress.isEmpty }
    gate.open()
    _ = try await task.value
    #expect(watcher.sequences == [4, 5, 6])
    #expect(watcher.progress.first?.sequence == 3)
  }

  @Test(arguments: [0, 3, 5, 99]) func `a run that has ended is replayed and told at once`(after: Int) async throws {
    let bench = Bench([ScriptedClient.right()])
    let run = try await bench.engine.run(bench.request(5))
    let watcher = Watcher()
    #expect(try await attach(bench, "latest", after: after, watcher).value == run)
    #expect(watcher.sequences == Array((min(after, 5) + 1)..<6))
    #expect(watcher.progress.last?.completed == 5)
    #expect(watcher.progress.last?.sequence == 5)
    let silent = Watcher(wantsSamples: false)
    #expect(try await attach(bench, String(run.runId.dropLast(2)), silent).value == run)
    #expect(silent.samples.isEmpty)
    #expect(silent.progress.last?.sequence == 5)
  }

  @Test func `attaching races with the end of the run`() async throws {
    let bench = Bench([ScriptedClient.right()])
    for round in 0..<30 {
      let runId = try await detached(bench, 10)
      let watchers = (0..<4).map { _ in Watcher() }
      let tasks = watchers.map { watcher in
        Task {
          for _ in 0..<(round * 3) { await Task.yield() }
          return try await bench.engine.attach(BenchmarkAttach.Params(runId: runId), observer: watcher)
        }
      }
      for task in tasks { #expect(try await task.value.status == .completed) }
      for watcher in watchers { #expect(watcher.sequences == Array(1...10)) }
    }
  }

  @Test func `a resumed run goes on with new numbers`() async throws {
    let isDown = Mutex(true)
    let client = ScriptedClient("fake/model", concurrency: 1) { call, _ throws(ModelError) in
      if call.sampleID != "echo/2", isDown.withLock({ $0 }) { throw ModelError(.badRequest, "400") }
      return call.sampleID
    }
    let bench = Bench([client])
    let run = try await bench.engine.run(bench.request(3))
    #expect(run.models.first?.errors == 2)
    isDown.withLock { $0 = false }
    let watcher = Watcher()
    let resumed = try await bench.engine.resume(BenchmarkResume.Params(runId: run.runId), observer: watcher)
    #expect(resumed.models.first?.passed == 3)
    #expect(watcher.sequences == [4, 5])
    #expect(watcher.progress.first?.sequence == 3)
    #expect(watcher.progress.last?.completed == 3)
    let late = Watcher()
    _ = try await attach(bench, run.runId, late).value
    #expect(late.samples.map { "\($0.sampleId) \($0.sequence)" } == ["echo/2 2", "echo/1 4", "echo/3 5"])
    #expect(late.samples.allSatisfy { $0.outcome == .passed })
    // With the numbers of the first try it misses nothing of the second.
    let between = Watcher()
    _ = try await attach(bench, run.runId, after: 3, between).value
    #expect(between.sequences == [4, 5])
  }

  @Test func `cancelling stops a run that another task waits for`() async throws {
    let gate = Gate()
    let bench = Bench([client(holdingFrom: 3, gate)])
    let watcher = Watcher()
    let run = Task { try await bench.engine.run(bench.request(9), observer: watcher) }
    try await wait { watcher.samples.count == 2 }
    let attached = attach(bench, "latest", Watcher())
    let cancelled = try await bench.engine.cancel(BenchmarkCancel.Params(runId: "latest"))
    #expect(cancelled.status == .cancelled && cancelled.completedSamples == 2)
    #expect(try await run.value == cancelled)
    #expect(try await attached.value == cancelled)
    #expect(watcher.sequences == [1, 2])
  }

  @Test func `a run that is just being prepared is stopped too`() async throws {
    let gate = Gate()
    let bench = Bench([client(holdingFrom: 2, gate)])
    let first = Task { try await bench.engine.run(bench.request(3)) }
    try await wait { (try? await bench.engine.results().standing("latest").progress.sequence) == 1 }
    let stopped = try await bench.engine.cancel(BenchmarkCancel.Params(runId: "latest"))
    #expect(try await first.value == stopped)
    let (asked, preparing) = (Gate(), Gate())
    let slow = SlowSuite(asked: asked, preparing: preparing)
    // Were the cancelling to come late, the model would still hold the run.
    let later = Bench([client(holdingFrom: 2, Gate())], suite: slow, path: bench.path)
    let resumed = Task { try await later.engine.resume(BenchmarkResume.Params(runId: stopped.runId)) }
    await asked.wait()
    async let cancelled = later.engine.cancel(BenchmarkCancel.Params(runId: stopped.runId))
    try await Task.sleep(for: .milliseconds(100))
    preparing.open()
    #expect(try await cancelled.status == .cancelled)
    #expect(try await resumed.value.completedSamples == 1)
  }

  @Test func `cancelling what is not at work here says what to do`() async throws {
    let bench = Bench([ScriptedClient.right()])
    let run = try await bench.engine.run(bench.request(2))
    func refusal(_ runId: String) async -> ServiceError? {
      await #expect(throws: ServiceError.self) { try await bench.engine.cancel(BenchmarkCancel.Params(runId: runId)) }
    }
    let ended = await refusal(run.runId)
    #expect(ended?.kind == .runNotActive && ended?.kind.code == 1107)
    #expect(ended?.details["status"] == "completed")
    #expect(await refusal("nope")?.kind == .runNotFound)
    var other = run
    other.runId = "elsewhere"
    // The first process of the system, or of this container: always there.
    try await bench.engine.results().createRun(
      other, owner: ProcessIdentity(pid: 1, start: nil, boot: nil, namespace: nil))
    let elsewhere = await refusal("elsewhere")
    #expect(elsewhere?.kind == .runNotActive)
    #expect(elsewhere?.details["pid"] == 1)
    #expect(elsewhere?.message.contains("process 1") == true)
  }

  @Test func `a negative sequence is refused`() async throws {
    let bench = Bench([ScriptedClient.right()])
    let error = await #expect(throws: ServiceError.self) {
      try await bench.engine.attach(BenchmarkAttach.Params(runId: "latest", afterSequence: -1))
    }
    #expect(error?.kind == .invalidParams)
  }

  // MARK: - Runs of others

  @Test func `a run of another engine is followed through the store`() async throws {
    let gate = Gate()
    let worker = Bench([client(holdingFrom: 3, gate)])
    let runId = try await detached(worker, 5)
    let onlooker = Bench([ScriptedClient.right()], path: worker.path)
    let watcher = Watcher()
    let task = attach(onlooker, runId, watcher)
    try await wait { watcher.samples.count == 2 }
    gate.open()
    #expect(try await task.value.status == .completed)
    #expect(watcher.sequences == Array(1...5))
    #expect(watcher.progress.last?.completed == 5)
    let refused = await #expect(throws: ServiceError.self) {
      try await onlooker.engine.cancel(BenchmarkCancel.Params(runId: runId))
    }
    #expect(refused?.kind == .runNotActive)
  }

  @Test func `a run whose process is gone is told as interrupted`() async throws {
    let bench = Bench([ScriptedClient.right()])
    var run = try await bench.engine.run(bench.request(2))
    let whole = run.runId
    run.runId = "lost"
    var owner = ProcessIdentity.current
    owner.start = "1"
    let store = try bench.engine.results()
    try await store.createRun(run, owner: owner)
    var sample = try #require(try await store.samples(ResultsSamples.Params(runId: whole)).samples.first)
    sample.runId = "lost"
    try await store.append(sample)
    let watcher = Watcher()
    #expect(try await attach(bench, "lost", watcher).value.status == .interrupted)
    #expect(watcher.sequences == [1])
  }

  // MARK: - The end of the engine

  @Test func `shutdown stores the run and tells who watches it`() async throws {
    let bench = Bench([client(holdingFrom: 3, Gate())])
    let runId = try await detached(bench, 9)
    let watcher = Watcher()
    let task = attach(bench, runId, watcher)
    try await wait { watcher.samples.count == 2 }
    await bench.engine.shutdown()
    let summary = try await task.value
    #expect(summary.status == .cancelled && summary.completedSamples == 2)
    #expect(try await bench.engine.results().run(runId).status == .cancelled)
  }

  @Test func `shutdown ends the watching of a run that goes on elsewhere`() async throws {
    let bench = Bench([ScriptedClient.right()])
    var run = try await bench.engine.run(bench.request(2))
    run.runId = "elsewhere"
    try await bench.engine.results().createRun(
      run, owner: ProcessIdentity(pid: 1, start: nil, boot: nil, namespace: nil))
    let watcher = Watcher()
    let task = attach(bench, "elsewhere", watcher)
    try await wait { !watcher.progress.isEmpty }
    await bench.engine.shutdown()
    let error = await #expect(throws: ServiceError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
  }

  @Test func `an end that cannot be stored is told to all and can be resumed`() async throws {
    let gate = Gate()
    let bench = Bench([client(holdingFrom: 3, gate)])
    let problems = Mutex<[String]>([])
    bench.engine.onProblem { problem in problems.withLock { $0.append(problem) } }
    let runId = try await detached(bench, 2)
    // A store that takes no more: the file's tables are gone from under it.
    let held = try await detached(bench, 4)
    let watcher = Watcher()
    let task = attach(bench, held, watcher)
    try await wait { watcher.samples.count == 2 }
    _ = try await attach(bench, runId, Watcher()).value
    try bench.execute("ALTER TABLE run_models RENAME TO hidden")
    gate.open()
    let error = await #expect(throws: ServiceError.self) { try await task.value }
    #expect(error?.kind == .storeUnavailable)
    #expect(error?.message.contains("llmbench resume \(held)") == true)
    #expect(problems.withLock { $0 }.count == 1)
    let again = await #expect(throws: ServiceError.self) { try await attach(bench, held, Watcher()).value }
    #expect(again == error)
    try bench.execute("ALTER TABLE hidden RENAME TO run_models")
    let resumed = try await bench.engine.resume(BenchmarkResume.Params(runId: held))
    #expect(resumed.status == .completed && resumed.completedSamples == 4)
    #expect(try await attach(bench, held, Watcher()).value == resumed)
  }
}

/// The echo suite, whose plans prepare themselves for as long as the test wants.
private struct SlowSuite: Suite {
  let asked: Gate
  let preparing: Gate

  var descriptor: SuiteDescriptor { EchoSuite().descriptor }

  func plan(options: SuiteOptions) async throws -> any SuitePlan {
    Plan(echo: EchoPlan(count: try options.integer("count", in: 1...100)), suite: self)
  }

  private struct Plan: SuitePlan {
    let echo: EchoPlan
    let suite: SlowSuite

    var sampleIDs: [String] { echo.sampleIDs }
    var seed: UInt64? { echo.seed }

    func prepare() async throws {
      suite.asked.open()
      await suite.preparing.wait()
    }

    func sample(at index: Int) throws -> Sample { try echo.sample(at: index) }
    func score(_ answer: String, of sample: Sample) async throws -> Score { try await echo.score(answer, of: sample) }
  }
}
