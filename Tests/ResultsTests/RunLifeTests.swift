import Contract
import JSON
import Results
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run's status and time are while its process lives, after it died, and when another takes over.
@Suite struct RunLifeTests {
  private let scratch = Scratch()

  private func store() throws -> ResultStore { try ResultStore.open(path: scratch.path) }

  /// This process's, as if it had started at another time: its number was given to a new process.
  private var deadOwner: ProcessIdentity {
    var owner = ProcessIdentity.current
    owner.start = "1"
    return owner
  }

  @Test func `a run of this process is running`() async throws {
    let store = try store()
    var run = Fixtures.run(models: ["local/a"], planned: 3)
    run.startedAt = Timestamp(millisecondsSinceEpoch: Timestamp.now().millisecondsSinceEpoch - 5000)
    try await store.createRun(run)
    try await store.append(Fixtures.sample("s1"))
    try await store.append(Fixtures.sample("s2", .cancelled))
    let stored = try await store.run("run-1")
    #expect(stored.status == .running)
    #expect(stored.message == nil && stored.finishedAt == nil)
    #expect(stored.completedSamples == 1)
    #expect(stored.models[0].missing == 1)
    #expect(stored.durationSeconds >= 5 && stored.durationSeconds < 60)
  }

  @Test func `a run whose process is gone is interrupted, in lists too`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run(), owner: deadOwner)
    try await store.createRun(Fixtures.run("run-2", startedAfter: 1))
    try await store.append(Fixtures.sample("s1", lasting: 7000))
    let run = try await store.run("run-1")
    #expect(run.status == .interrupted)
    #expect(run.message?.contains("llmbench resume run-1") == true)
    #expect(run.durationSeconds == 7)
    var params = ResultsQuery.Params()
    #expect(try await store.query(params).runs.map(\.status) == [.running, .interrupted])
    params.status = .interrupted
    #expect(try await store.query(params).runs.map(\.runId) == ["run-1"])
    params.status = .running
    #expect(try await store.query(params).runs.map(\.runId) == ["run-2"])
  }

  @Test(.timeLimit(.minutes(1))) func `a process that ended is dead, one that lives is not`() throws {
    #expect(ProcessIdentity.current.liveness == .alive)
    #expect(deadOwner.liveness == .dead)
    var other = ProcessIdentity.current
    other.boot = "another boot"
    #if os(Linux)
      #expect(other.liveness == .dead)
      other = .current
      other.namespace = "pid:[1]"
      #expect(other.liveness == .unknown)
      var pid = pid_t()
      var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
      defer { free(arguments[0]) }
      try #require(posix_spawn(&pid, "/bin/true", nil, nil, &arguments, nil) == 0)
      var child = ProcessIdentity.current
      child.pid = pid
      child.start = nil
      // Until it is waited for it is a zombie, which has ended too.
      for _ in 0..<500 where child.liveness == .alive { usleep(10_000) }
      #expect(child.liveness == .dead)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      #expect(child.liveness == .dead)
    #endif
  }

  @Test func `what was stored before a kill is in a copy of the files`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run(), owner: deadOwner)
    for index in 0..<50 { try await store.append(Fixtures.sample("s\(index)")) }
    // What the disk holds at this moment, with the log not yet merged: what kill -9 leaves.
    let copy = Scratch()
    for suffix in ["", "-wal"] { copy.write(scratch.bytes("results.sqlite" + suffix), "results.sqlite" + suffix) }
    #expect(!copy.bytes("results.sqlite-wal").isEmpty)
    let survivor = try ResultStore.open(path: copy.path)
    let run = try await survivor.run("latest")
    #expect(run.status == .interrupted)
    #expect(run.completedSamples == 50)
    #expect(try await survivor.outcomes(of: "run-1").count == 50)
  }

  @Test func `a transaction that a kill cut short is as if it never was`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run(), owner: deadOwner)
    for index in 0..<10 { try await store.append(Fixtures.sample("s\(index)")) }
    let copy = Scratch()
    copy.write(scratch.bytes("results.sqlite"), "results.sqlite")
    copy.write(scratch.bytes("results.sqlite-wal").dropLast(500), "results.sqlite-wal")
    let survivor = try ResultStore.open(path: copy.path)
    #expect(try await survivor.run("run-1").completedSamples == 9)
    try await survivor.append(Fixtures.sample("s9"))
    #expect(try await survivor.run("run-1").completedSamples == 10)
  }

  @Test func `an interrupted run goes on, and its time adds up`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run(models: ["local/a"], planned: 3), owner: deadOwner)
    try await store.append(Fixtures.sample("s1", lasting: 7000))
    try await store.reopenRun(id: "run-1")
    let reopened = try await store.run("run-1")
    #expect(reopened.status == .running && reopened.message == nil)
    #expect(reopened.durationSeconds >= 7 && reopened.durationSeconds < 60)
    try await store.append(Fixtures.sample("s2", .failed))
    try await store.append(Fixtures.sample("s3"))
    try await store.finishRun(id: "run-1", status: .completed, addedSeconds: 3)
    let finished = try await store.run("run-1")
    #expect(finished.status == .completed)
    #expect(finished.durationSeconds == 10)
    #expect(finished.completedSamples == 3)
    #expect(finished.models[0].passed == 2 && finished.models[0].missing == 0)
  }

  @Test func `a cancelled run goes on without the time between`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    try await store.finishRun(id: "run-1", status: .cancelled, message: "stopped", addedSeconds: 4)
    #expect(try await store.run("run-1").message == "stopped")
    try await store.reopenRun(id: "run-1")
    #expect(try await store.run("run-1").finishedAt == nil)
    try await store.finishRun(id: "run-1", status: .completed, addedSeconds: 2)
    let run = try await store.run("run-1")
    #expect(run.durationSeconds == 6 && run.message == nil && run.finishedAt != nil)
  }

  #if os(Linux)
    @Test func `a run under way elsewhere is not taken over`() async throws {
      let store = try store()
      // The first process of the system, or of this container: always there.
      let elsewhere = ProcessIdentity(pid: 1, start: nil, boot: nil, namespace: nil)
      try await store.createRun(Fixtures.run(), owner: elsewhere)
      #expect(try await store.run("run-1").status == .running)
      let error = await #expect(throws: ServiceError.self) { try await store.reopenRun(id: "run-1") }
      #expect(error?.kind == .serverBusy)
      #expect(error?.details["pid"] == 1)
    }

    @Test func `a run of another container shows as running and may be resumed`() async throws {
      let store = try store()
      var foreign = ProcessIdentity.current
      foreign.namespace = "pid:[1]"
      try await store.createRun(Fixtures.run(), owner: foreign)
      #expect(try await store.run("run-1").status == .running)
      try await store.reopenRun(id: "run-1")
    }
  #endif

  @Test func `samples that come after the end are in the summary`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run(models: ["local/a"], planned: 2))
    try await store.append(Fixtures.sample("s1", .failed))
    try await store.append(Fixtures.sample("s2"))
    try await store.finishRun(id: "run-1", status: .completed, addedSeconds: 1)
    #expect(try await store.run("run-1").models[0].score == 0.5)
    try await store.append(Fixtures.sample("s1", .passed))
    #expect(try await store.run("run-1").models[0].score == 1)
    try await store.recomputeSummary(id: "run-1")
    #expect(try await store.run("run-1").models[0].score == 1)
  }
}
