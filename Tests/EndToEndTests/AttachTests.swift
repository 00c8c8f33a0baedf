import Client
import Contract
import Glibc
import JSON
import JSONRPC
import Synchronization
import TestSupport
import Testing

/// Runs that several connections, servers and processes have to do with.
@Suite(.serialized, .timeLimit(.minutes(2))) struct AttachTests {
  /// What one client was told of a run.
  private final class Told: Sendable {
    private let state = Mutex<(events: [ProgressEvent], samples: [JSONValue])>(([], []))

    func event(_ event: ProgressEvent) { state.withLock { $0.events.append(event) } }
    func sample(_ sample: JSONValue) { state.withLock { $0.samples.append(sample) } }

    var events: [ProgressEvent] { state.withLock { $0.events } }
    var samples: [JSONValue] { state.withLock { $0.samples } }
    var sequences: [Int] { samples.compactMap { $0["sequence"]?.intValue } }
    var reported: [Int] { events.compactMap { $0.run?.sequence } }
  }

  /// Answers so many requests at once, and the others when it is opened.
  private final class Model: Sendable {
    private final class Door: Sendable {
      private let state = Mutex(false)
      var isOpen: Bool { state.withLock { $0 } }
      func open() { state.withLock { $0 = true } }
    }

    let fake: FakeModel
    private let door: Door

    init(answering count: Int) throws {
      let door = Door()
      self.door = door
      fake = try FakeModel { prompt, number in
        while number > count, !door.isOpen { usleep(2000) }
        return FakeModel.stream(FakeModel.rightAnswer(to: prompt))
      }
    }

    func open() { door.open() }
    deinit { door.open() }
  }

  /// - Parameter isStopped: whether the body has stopped the server: a second signal would end it at once.
  private func serve(
    _ place: Workplace, isStopped: Bool = false, _ body: (BinaryRunner, ServerAddress) async throws -> Void
  ) async throws {
    let server = try place.start(["serve", "--tcp", "127.0.0.1:0", "--json"])
    try await server.waitForOutput("\n")
    let address = try #require(try JSONParser().parse(server.outputText)["listening"]?.stringValue)
    try await body(server, ServerAddress(address))
    if !isStopped { server.signal(SIGTERM) }
    #expect(try await server.wait(seconds: 15).code == 0)
  }

  private func request(_ model: Model, samples: Int, detached: Bool = true) -> TrackedRunRequest {
    var request = RunRequest(
      suite: "sorting", models: ["local/fake"], options: ["sizes": [5], "samples": .integer(Int64(samples))])
    request.baseURL = model.fake.baseURL
    request.concurrency = 1
    request.detached = detached
    return TrackedRunRequest(request)
  }

  private func attach(
    _ client: ServiceClient, _ runId: String, after sequence: Int? = nil, _ told: Told
  ) -> Task<RunSummary, any Error> {
    Task {
      try await client.call(
        BenchmarkAttach.self, .init(runId: runId, afterSequence: sequence), onProgress: { told.event($0) },
        onPartial: { told.sample($0) })
    }
  }

  private func wait(_ program: BinaryRunner, until what: String, _ condition: () -> Bool) async throws {
    try await program.waitUntil(what, 30, condition)
  }

  @Test func `two clients watch one detached run, whose starter has gone, to its end`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 2)
      try await serve(place) { server, address in
        let starter = try await ServiceClient.connect(to: address)
        let run = try await starter.call(BenchmarkRun.self, request(model, samples: 8))
        #expect(run.status == .running)
        await starter.close()
        let clients = [try await ServiceClient.connect(to: address), try await ServiceClient.connect(to: address)]
        let told = [Told(), Told()]
        let tasks = zip(clients, told).map { attach($0, run.runId, $1) }
        try await wait(server, until: "both to have two samples") { told.allSatisfy { $0.samples.count == 2 } }
        model.open()
        for task in tasks {
          let summary = try await task.value
          #expect(summary.status == .completed && summary.completedSamples == 8)
        }
        for one in told {
          #expect(one.sequences == Array(1...8))
          #expect(one.samples == told[0].samples)
          #expect(one.events.first?.kind == .begin && one.events.last?.kind == .end)
          #expect(one.reported.last == 8)
          #expect(one.events.last { $0.kind == .report }?.run?.completed == 8)
        }
        let stored = try await clients[0].call(ResultsSamples.self, .init(runId: run.runId)).samples
        #expect(try stored.map { try JSONValueEncoder().encode($0) } == told[0].samples)
        for client in clients { await client.close() }
      }
    }
  }

  @Test func `a client that lost its connection catches up without a gap or a double`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 5)
      try await serve(place) { server, address in
        let client = try await ServiceClient.connect(to: address)
        let run = try await client.call(BenchmarkRun.self, request(model, samples: 12))
        var sequences: [Int] = []
        let before = Told()
        let lost = attach(client, run.runId, before)
        try await wait(server, until: "three samples") { before.samples.count >= 3 }
        await client.close()
        await #expect(throws: (any Error).self) { try await lost.value }
        sequences += before.sequences
        #expect(before.reported.last ?? 0 <= sequences.last ?? 0)
        let again = try await ServiceClient.connect(to: address)
        let after = Told()
        let task = attach(again, run.runId, after: sequences.last, after)
        model.open()
        #expect(try await task.value.status == .completed)
        sequences += after.sequences
        #expect(sequences == Array(1...12))
        await again.close()
      }
    }
  }

  @Test func `a run that is not detached ends with its connection, and is resumed with new numbers`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 3)
      try await serve(place) { server, address in
        let client = try await ServiceClient.connect(to: address)
        let told = Told()
        let params = request(model, samples: 6, detached: false)
        let run = Task {
          try await client.call(
            BenchmarkRun.self, params, onProgress: { told.event($0) }, onPartial: { told.sample($0) })
        }
        try await wait(server, until: "three samples") { told.samples.count == 3 }
        #expect(told.sequences == [1, 2, 3])
        let other = try await ServiceClient.connect(to: address)
        let watched = Told()
        let runId = try #require(told.events.first?.runId)
        let watching = attach(other, runId, watched)
        try await wait(server, until: "the other to have them") { watched.samples.count == 3 }
        await client.close()
        await #expect(throws: (any Error).self) { try await run.value }
        // Whoever else watched it is told how it ended.
        let ended = try await watching.value
        #expect(ended.status == .cancelled && ended.completedSamples == 3)
        model.open()
        let resumed = Told()
        let summary = try await other.call(
          BenchmarkResume.self, .init(runId: runId), onProgress: { resumed.event($0) },
          onPartial: { resumed.sample($0) })
        #expect(summary.status == .completed)
        #expect(resumed.sequences == [4, 5, 6])
        #expect(resumed.events.first?.run?.sequence == 3)
        await other.close()
      }
    }
  }

  @Test func `a killed server's run is told as interrupted by the next, and finished by it`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 2)
      let server = try place.start(["serve", "--tcp", "127.0.0.1:0", "--json"])
      try await server.waitForOutput("\n")
      let address = try #require(try JSONParser().parse(server.outputText)["listening"]?.stringValue)
      let client = try await ServiceClient.connect(to: ServerAddress(address))
      let run = try await client.call(BenchmarkRun.self, request(model, samples: 4))
      let told = Told()
      let watching = attach(client, run.runId, told)
      try await wait(server, until: "two samples") { told.samples.count == 2 }
      // One that looks at the same store from a process of its own.
      let onlooker = try place.start(["attach", run.runId, "--json"])
      try await Task.sleep(for: .milliseconds(700))
      server.signal(SIGKILL)
      #expect(try await server.wait().code == 128 + SIGKILL)
      await #expect(throws: ServiceError.self) { try await watching.value }
      await client.close()
      #expect(try await onlooker.wait().json(code: 1)["status"]?.stringValue == "interrupted")
      try await serve(place) { _, address in
        let next = try await ServiceClient.connect(to: address)
        let again = Told()
        #expect(try await attach(next, run.runId, after: told.sequences.last, again).value.status == .interrupted)
        #expect(again.samples.isEmpty)
        model.open()
        let resumed = try await next.call(BenchmarkResume.self, .init(runId: run.runId))
        #expect(resumed.status == .completed)
        _ = try await attach(next, run.runId, after: told.sequences.last, again).value
        #expect(told.sequences + again.sequences == [1, 2, 3, 4])
        await next.close()
      }
    }
  }

  @Test func `a server that ends stores the run that is watched`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 2)
      try await serve(place, isStopped: true) { server, address in
        let client = try await ServiceClient.connect(to: address)
        let run = try await client.call(BenchmarkRun.self, request(model, samples: 4))
        let told = Told()
        let watching = attach(client, run.runId, told)
        try await wait(server, until: "two samples") { told.samples.count == 2 }
        server.signal(SIGTERM)
        // The watching is cancelled with its connection, or was just told of the end.
        if let summary = try? await watching.value { #expect(summary.status == .cancelled) }
        await client.close()
      }
      let run = try await place.json("results", "show", "latest")
      #expect(run["status"]?.stringValue == "cancelled")
      #expect(run["completedSamples"]?.intValue == 2)
    }
  }

  @Test func `cancelling an attach leaves the run, and cancelling the run tells all`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 2)
      try await serve(place) { server, address in
        let client = try await ServiceClient.connect(to: address)
        let params = request(model, samples: 4, detached: false)
        let run = Task { try await client.call(BenchmarkRun.self, params) }
        try await wait(server, until: "the third request") { model.fake.requests.count == 3 }
        let other = try await ServiceClient.connect(to: address)
        let watching = attach(other, "latest", Told())
        watching.cancel()
        let left = await #expect(throws: ServiceError.self) { try await watching.value }
        #expect(left?.kind == .cancelled)
        let running = try await other.call(ResultsGet.self, .init(runId: "latest"))
        #expect(running.status == .running)
        let cancelled = try await other.call(BenchmarkCancel.self, .init(runId: running.runId))
        #expect(cancelled.status == .cancelled && cancelled.completedSamples == 2)
        let told = await #expect(throws: ServiceError.self) { try await run.value }
        #expect(told?.kind == .cancelled)
        #expect(told?.details["runId"]?.stringValue == running.runId)
        let twice = await #expect(throws: ServiceError.self) {
          try await other.call(BenchmarkCancel.self, .init(runId: running.runId))
        }
        #expect(twice?.kind == .runNotActive)
        await client.close()
        await other.close()
      }
    }
  }

  // MARK: - The command line

  @Test func `a detached run is started, watched and stopped from the command line`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 2)
      try await serve(place) { server, address in
        let connect = ["--connect", "\(address)"]
        let arguments =
          ["run", "sorting", "--sizes", "5", "--samples", "5", "--concurrency", "1", "--detached"]
          + model.fake.options + connect
        let started = try await place.run(arguments)
        #expect(started.code == 0)
        let run = try await place.json(["results", "show", "latest"] + connect)
        let id = try #require(run["runId"]?.stringValue)
        #expect(started.errors.contains("llmbench attach \(id) --connect \(address)"))
        #expect(started.errors.contains("llmbench cancel \(id) --connect \(address)"))
        let lines = try place.start(["attach", id, "--json-lines", "--after-sequence", "1"] + connect)
        try await lines.waitForOutput("\n")
        // Ctrl-C ends the watching alone.
        lines.signal(SIGINT)
        let left = try await lines.wait()
        #expect(left.code == 130)
        #expect(left.errors.contains("goes on. Watch it again with: llmbench attach \(id)"))
        let sequences = try left.output.split(separator: "\n").map {
          try JSONParser().parse(String($0))["sequence"]?.intValue
        }
        #expect(sequences == [2])
        let watching = try place.start(["attach", id, "--json"] + connect)
        let stopped = try await place.json(["cancel", id] + connect)
        #expect(stopped["status"]?.stringValue == "cancelled")
        #expect(try await watching.wait().json(code: 1) == stopped)
        let again = try await place.json(["cancel", id] + connect, code: 1)
        #expect(again["error"]?["kind"]?.stringValue == "runNotActive")
        model.open()
        #expect(try await place.json(["resume", id] + connect)["status"]?.stringValue == "completed")
        let gated = try await place.run(["attach", id, "--fail-under", "0.9"] + connect)
        #expect(gated.code == 0)
        #expect(gated.output.contains("Run \(id): sorting"))
      }
    }
  }

  @Test func `a run of another terminal is watched without a server`() async throws {
    try await Workplace.with { place in
      let model = try Model(answering: 2)
      let runner = try place.start(
        ["run", "sorting", "--sizes", "5", "--samples", "4", "--concurrency", "1", "--json"] + model.fake.options)
      try await runner.waitUntil("the third request") { model.fake.requests.count == 3 }
      let refused = try await place.json("cancel", "latest", code: 1)
      #expect(refused["error"]?["kind"]?.stringValue == "runNotActive")
      #expect(refused["error"]?["pid"]?.intValue == Int(runner.processID))
      let lines = try place.start(["attach", "latest", "--json-lines"])
      try await lines.waitForOutput("\"sequence\":2")
      model.open()
      #expect(try await runner.wait().json()["status"]?.stringValue == "completed")
      let ending = try await lines.wait()
      #expect(ending.code == 0)
      let sequences = try ending.output.split(separator: "\n").map {
        try JSONParser().parse(String($0))["sequence"]?.intValue
      }
      #expect(sequences == [1, 2, 3, 4])
    }
  }

  @Test func `options that cannot be kept are refused`() async throws {
    try await Workplace.with { place in
      for arguments in [
        ["run", "sorting", "--model", "local/x", "--detached"],
        ["run", "sorting", "--model", "local/x", "--detached", "--connect", "tcp://127.0.0.1:1", "--fail-under", "1"],
        ["attach", "latest", "--after-sequence", "3"], ["attach", "latest", "--json-lines", "--after-sequence", "-3"],
        ["attach", "latest", "--json-lines", "--json"],
      ] {
        let ending = try await place.run(arguments)
        #expect(ending.code == 2, "\(arguments)")
      }
    }
  }

  // MARK: - On the wire

  @Test func `a script sees numbers in reports and samples, and is told what is wrong`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let peer = try RawPeer(place, .lines)
      peer.request(
        1, "benchmark.run",
        [
          "suite": "sorting", "models": ["local/fake"], "baseURL": .string(model.baseURL),
          "options": ["sizes": [5], "samples": 3],
        ])
      let run = try #require(try await peer.answer(1)["result"])
      peer.request(
        2, "benchmark.attach", ["runId": "latest", "afterSequence": 1, "workDoneToken": "w", "partialResultToken": 5])
      #expect(try await peer.answer(2)["result"] == run)
      #expect(peer.progress(5).map { $0["sequence"] } == [2, 3])
      let values = peer.progress("w")
      #expect(values.map { $0["kind"]?.stringValue } == ["begin", "report", "end"])
      #expect(values.dropLast().map { $0["sequence"] } == [1, 3])
      #expect(values[1]["completed"] == 3)
      for (id, params) in [
        (3, ["runId": "latest", "afterSequence": -1]), (4, ["runId": "latest", "afterSequence": 1.5]),
        (5, ["runId": "latest", "afterSequence": "1"]), (6, [:]), (7, ["runId": "latest", "after": 1]),
      ] as [(Int64, JSONValue)] {
        peer.request(.integer(id), "benchmark.attach", params)
        #expect(try await peer.answer(.integer(id))["error"]?["code"]?.intValue == -32602)
      }
      peer.request(8, "benchmark.attach", ["runId": "nope"])
      #expect(try await peer.answer(8)["error"]?["code"]?.intValue == 1104)
      peer.request(9, "benchmark.cancel", ["runId": "latest"])
      let refused = try await peer.answer(9)["error"]
      #expect(refused?["code"]?.intValue == 1107)
      #expect(refused?["data"]?["kind"]?.stringValue == "runNotActive")
      peer.program.endInput()
      #expect(try await peer.program.wait().code == 0)
    }
  }
}
