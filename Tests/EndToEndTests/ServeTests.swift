import Glibc
import JSON
import TestSupport
import Testing

/// `llmbench serve` as editors and scripts start it.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ServeTests {
  private func runParams(_ model: FakeModel, samples: Int = 3) -> JSONValue {
    [
      "suite": "sorting", "models": ["local/fake"], "baseURL": .string(model.baseURL), "concurrency": 1,
      "options": ["sizes": [5], "samples": .integer(Int64(samples))], "workDoneToken": "work",
      "partialResultToken": 7,
    ]
  }

  @Test(arguments: [RawPeer.Framing.headers, .lines])
  func `a whole conversation`(_ framing: RawPeer.Framing) async throws {
    try await Workplace.with { place in
      let model = try FakeModel { prompt, _ in
        FakeModel.stream(FakeModel.rightAnswer(to: prompt), pauseMilliseconds: 120)
      }
      let peer = try RawPeer(place, framing, ["serve", "--stdio", "--log-level", "warning"])
      peer.request(1, "initialize", ["processId": .integer(Int64(getpid())), "capabilities": [:]])
      let welcome = try await peer.answer(1)
      #expect(welcome["result"]?["serverInfo"]?["name"]?.stringValue == "llmbench")
      peer.notify("initialized")
      peer.request("list", "benchmark.list")
      let suites = try await peer.answer("list")["result"]?["suites"]?.arrayValue?.compactMap {
        $0["name"]?.stringValue
      }
      #expect(suites == ["code-problems", "context-window", "events-codegen", "events-context", "sorting", "vue"])
      peer.request(2, "benchmark.run", runParams(model))
      let run = try #require(try await peer.answer(2)["result"])
      #expect(run["status"]?.stringValue == "completed")
      #expect(run.model?["passed"]?.intValue == 3)
      try checkProgress(peer, run)
      peer.request(3, "results.query", ["suite": "sorting"])
      #expect(try await peer.answer(3)["result"]?["runs"]?.arrayValue == [run])
      peer.request(4, "shutdown")
      #expect(try await peer.answer(4)["result"] == .null)
      peer.notify("exit")
      let ending = try await peer.program.wait()
      #expect(ending.code == 0)
      #expect(ending.errors == "")
    }
  }

  private func checkProgress(_ peer: RawPeer, _ run: JSONValue) throws {
    let work = peer.progress("work")
    #expect(work.first?["kind"]?.stringValue == "begin")
    #expect(work.last?["kind"]?.stringValue == "end")
    let reports = work.filter { $0["kind"]?.stringValue == "report" }
    #expect(!reports.isEmpty)
    for report in reports {
      #expect(report["runId"] == run["runId"])
      #expect(report["total"]?.intValue == 3)
    }
    let partial = peer.progress(7)
    #expect(partial.count == 3)
    #expect(Set(partial.compactMap { $0["sampleId"]?.stringValue }).count == 3)
    #expect(partial.allSatisfy { $0["outcome"]?.stringValue == "passed" && $0["prompt"]?.stringValue != nil })
    // Everything about a request comes before its answer.
    let order = peer.messages()
    let answer = order.firstIndex { $0["id"] == 2 && $0["method"] == nil }
    let last = order.lastIndex { $0["method"]?.stringValue == "$/progress" }
    #expect(try #require(last) < #require(answer))
  }

  @Test(arguments: [RawPeer.Framing.headers, .lines])
  func `a run that is cancelled is answered with its id and can be resumed`(_ framing: RawPeer.Framing) async throws {
    try await Workplace.with { place in
      let model = try FakeModel { prompt, number in
        number == 2 ? [.head(), .awaitDisconnect] : FakeModel.stream(FakeModel.rightAnswer(to: prompt))
      }
      let peer = try RawPeer(place, framing)
      peer.request(1, "initialize", ["capabilities": [:]])
      _ = try await peer.answer(1)
      peer.request("run", "benchmark.run", runParams(model))
      try await peer.program.waitUntil("the second request") { model.requests.count == 2 }
      peer.notify("$/cancelRequest", ["id": "run"])
      let error = try #require(try await peer.answer("run")["error"])
      #expect(error["code"]?.intValue == -32800)
      #expect(error["data"]?["completedSamples"]?.intValue == 1)
      let id = try #require(error["data"]?["runId"])
      #expect(await model.sawDisconnects(1))
      peer.request(2, "benchmark.resume", ["runId": id])
      let run = try await peer.answer(2)["result"]
      #expect(run?["status"]?.stringValue == "completed")
      #expect(run?["runId"] == id)
      #expect(run?.model?["passed"]?.intValue == 3)
      peer.notify("exit")
      #expect(try await peer.program.wait().code == 1)
    }
  }

  @Test func `the end of input answers what is short and cancels what is long`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel { _, _ in [.head(), .awaitDisconnect] }
      let peer = try RawPeer(place, .lines)
      peer.request(1, "benchmark.run", runParams(model))
      try await peer.program.waitUntil("the request") { model.requests.count == 1 }
      for id in 2...5 { peer.request(.integer(Int64(id)), "benchmark.list") }
      peer.program.endInput()
      let ending = try await peer.program.wait(seconds: 15)
      #expect(ending.code == 1 || ending.code == 0)
      let answers = peer.messages().filter { $0["method"] == nil }
      #expect(answers.count == 5)
      #expect(answers.count { $0["result"]?["suites"] != nil } == 4)
      #expect(answers.first { $0["id"] == 1 }?["error"]?["code"]?.intValue == -32800)
      let run = try await place.json("results", "show", "latest")
      #expect(run["status"]?.stringValue == "cancelled")
    }
  }

  @Test func `a shell needs but a pipe`() async throws {
    try await Workplace.with { place in
      let line = #"{"jsonrpc":"2.0","id":1,"method":"benchmark.list"}"# + "\n"
      let ending = try await place.start(["serve", "--stdio"], input: line).wait()
      let answer = try JSONParser().parse(ending.output)
      #expect(answer["result"]?["suites"]?.arrayValue?.count == 6)
      #expect(ending.code == 0)
    }
  }

  @Test func `broken messages are answered and the next is heard`() async throws {
    try await Workplace.with { place in
      let peer = try RawPeer(place, .lines)
      peer.program.send("{\"jsonrpc\":\n")
      let broken = try await peer.message("the parse error") { $0["error"] != nil }
      #expect(broken["error"]?["code"]?.intValue == -32700)
      peer.request(1, "no.such.method")
      #expect(try await peer.answer(1)["error"]?["code"]?.intValue == -32601)
      peer.request(2, "benchmark.run", ["suite": 3])
      let invalid = try await peer.answer(2)["error"]
      #expect(invalid?["code"]?.intValue == -32602)
      #expect(invalid?["data"]?["pointer"]?.stringValue == "/suite")
      peer.request(3, "benchmark.list")
      #expect(try await peer.answer(3)["result"] != nil)
    }
  }

  /// Some clients turn the members of objects into attributes.
  @Test func `members of results are identifiers`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let peer = try RawPeer(place, .lines)
      peer.request(1, "benchmark.run", runParams(model))
      _ = try await peer.answer(1)
      let rest = ["benchmark.list", "models.list", "system.doctor", "results.query"].map { ($0, JSONValue.object([:])) }
      let calls = rest + [("results.samples", ["runId": "latest"]), ("results.get", ["runId": "latest"])]
      for (index, call) in calls.enumerated() {
        peer.request(.integer(Int64(index + 2)), call.0, call.1)
        let result = try #require(try await peer.answer(.integer(Int64(index + 2)))["result"])
        let odd = members(result).filter { $0.wholeMatch(of: /[A-Za-z][A-Za-z0-9]*/) == nil }
        #expect(odd == [], "\(call.0)")
      }
    }
  }

  private func members(_ value: JSONValue) -> Set<String> {
    switch value {
    case .array(let elements): elements.reduce(into: []) { $0.formUnion(members($1)) }
    case .object(let object): object.reduce(into: Set(object.keys)) { $0.formUnion(members($1.value)) }
    default: []
    }
  }

  @Test func `an editor that asks before it initializes is told`() async throws {
    try await Workplace.with { place in
      let peer = try RawPeer(place, .headers)
      peer.request(1, "benchmark.list")
      #expect(try await peer.answer(1)["error"]?["code"]?.intValue == -32002)
    }
  }
}
