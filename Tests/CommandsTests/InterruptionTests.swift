import Commands
import Contract
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct InterruptionTests {
  /// A service whose run never ends by itself; `begun` yields when it has started.
  private func service(beginsRun: Bool, begun: AsyncStream<Void>.Continuation) throws -> FakeService {
    var run = Sample.run(status: .cancelled)
    run.completedSamples = 3
    let stored = try Sample.json(run)
    return FakeService { request in
      if request.method == "results.get" { return stored }
      if beginsRun {
        request.progress.begin(title: "sorting", data: ["runId": "01JD3Q8ZT4"])
        request.progress.report(
          data: ["runId": "01JD3Q8ZT4", "completed": 3, "total": 90, "passed": 1, "errors": 0, "sequence": 0])
      }
      begun.yield()
      try await Task.sleep(for: .seconds(30))
      return nil
    }
  }

  private func interrupted(
    beginsRun: Bool = true, _ arguments: [String]
  ) async throws -> (code: Int32, test: TestProgram) {
    let begun = AsyncStream<Void>.makeStream()
    let test = TestProgram(try service(beginsRun: beginsRun, begun: begun.continuation))
    let task = Task { await test.program.run(arguments) }
    for await _ in begun.stream { break }
    test.interruption.signal()
    return (await task.value, test)
  }

  @Test func `a run that is stopped says how to go on`() async throws {
    let (code, test) = try await interrupted(["run", "sorting", "--model", "a/b", "--database", "/tmp/my db"])
    #expect(code == 130)
    #expect(test.output.text == "")
    // Whether a line of progress stands before depends on how fast the stop came.
    #expect(
      test.errors.text.hasSuffix(
        """
        Stopping: waiting until what has ended is stored. Ctrl-C again ends at once.
        Stopped. 3 of 90 samples are stored. Go on with: llmbench resume 01JD3Q8ZT4 --database '/tmp/my db'

        """))
  }

  @Test func `JSON still is one value`() async throws {
    let (code, test) = try await interrupted(["run", "sorting", "--model", "a/b", "--json"])
    #expect(code == 130)
    #expect(try JSONParser().parse(test.output.text)["status"] == "cancelled")
  }

  @Test func `a run that has not begun has stored nothing`() async throws {
    let (code, test) = try await interrupted(beginsRun: false, ["run", "sorting", "--model", "a/b", "--json"])
    #expect(code == 130)
    #expect(test.output.text.contains(#""kind":"cancelled""#))
  }

  @Test func `any other command ends too`() async throws {
    let (code, test) = try await interrupted(beginsRun: false, ["call", "slow"])
    #expect(code == 130)
    #expect(test.errors.text == "error: Interrupted.\n")
  }

  @Test func `the second signal ends at once`() {
    let log = Recorder<String>()
    let interruption = Interruption { log.add("exit") }
    interruption.onFirst { log.add("stop") }
    #expect(!interruption.hasCome)
    interruption.signal()
    #expect(interruption.hasCome)
    #expect(log.all == ["stop"])
    interruption.signal()
    #expect(log.all == ["stop", "exit"])
  }

  @Test func `a signal that came early still stops`() {
    let log = Recorder<String>()
    let interruption = Interruption()
    interruption.signal()
    interruption.onFirst { log.add("stop") }
    #expect(log.all == ["stop"])
  }
}
