import Glibc
import JSON
import TestSupport
import Testing

/// How a server ends, and what is left then.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EndingTests {
  private func runParams(_ model: FakeModel) -> JSONValue {
    [
      "suite": "sorting", "models": ["local/fake"], "baseURL": .string(model.baseURL), "concurrency": 1,
      "options": ["sizes": [5], "samples": 3],
    ]
  }

  /// Answers the first request and lets the second wait.
  private func slowModel() throws -> FakeModel {
    try FakeModel { prompt, number in
      number == 1 ? FakeModel.stream(FakeModel.rightAnswer(to: prompt)) : [.head(), .awaitDisconnect]
    }
  }

  @Test func `all that came before the end of the input is answered`() async throws {
    try await Workplace.with { place in
      let lines = (1...250).map { OddInput.call("\($0)", $0.isMultiple(of: 2) ? "benchmark.list" : "models.list") }
      let ending = try await place.start(["serve"], input: lines.map { $0 + "\n" }.joined()).wait()
      let answers = RawPeer.messages(in: ending.output, .lines)
      #expect(answers.compactMap { $0["id"]?.intValue }.sorted() == Array(1...250))
      #expect(answers.allSatisfy { $0["result"] != nil })
      #expect(ending.code == 0)
    }
  }

  @Test(arguments: ["tcp", "socket"])
  func `answers wait for a peer that has ended its side and reads late`(_ transport: String) async throws {
    try await Workplace.with { place in
      try await place.serve(place.listening(transport)) { _, address in
        let peer = try SocketPeer(address)
        for id in 1...250 { peer.request(.integer(Int64(id)), "benchmark.list") }
        peer.endInput()
        try await Task.sleep(for: .seconds(1))
        let ids = try await peer.end().compactMap { $0["id"]?.intValue }
        #expect(ids.sorted() == Array(1...250))
      }
    }
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `a signal during a run stores it and answers`(_ signal: Int32) async throws {
    try await Workplace.with { place in
      let model = try slowModel()
      let peer = try RawPeer(place, .lines, ["serve", "--log-level", "info"])
      peer.request("run", "benchmark.run", runParams(model))
      try await peer.program.waitUntil("the second request") { model.requests.count == 2 }
      peer.program.signal(signal)
      let ending = try await peer.program.wait(seconds: 15)
      #expect(ending.code == 0)
      #expect(peer.messages().first { $0["id"] == "run" }?["error"]?["code"]?.intValue == -32800)
      #expect(await model.sawDisconnects(1))
      let run = try await place.json("results", "show", "latest")
      #expect(run["status"] == "cancelled")
      #expect(run["completedSamples"]?.intValue == 1)
      #expect(ending.errors.contains("reason=closedHere"))
    }
  }

  @Test(arguments: [(false, 1), (true, 0)])
  func `a server whose parent dies ends too`(_ hasShutDown: Bool, _ code: Int32) async throws {
    try await Workplace.with { place in
      let parent = try place.start(["serve"], input: nil)
      let peer = try RawPeer(place, .headers, ["serve", "--log-level", "info"])
      peer.request(1, "initialize", ["processId": .integer(Int64(parent.processID)), "capabilities": [:]])
      _ = try await peer.answer(1)
      if hasShutDown {
        peer.request(2, "shutdown")
        _ = try await peer.answer(2)
      }
      parent.signal(SIGKILL)
      _ = try await parent.wait()
      let ending = try await peer.program.wait()
      #expect(ending.code == code)
      #expect(ending.errors.contains("reason=parentGone"))
    }
  }

  @Test func `a server that is told of its parent on the command line ends with it`() async throws {
    try await Workplace.with { place in
      let model = try slowModel()
      let parent = try place.start(["serve"], input: nil)
      let peer = try RawPeer(place, .lines, ["serve", "--clientProcessId", "\(parent.processID)"])
      peer.request("run", "benchmark.run", runParams(model))
      try await peer.program.waitUntil("the second request") { model.requests.count == 2 }
      parent.signal(SIGKILL)
      _ = try await parent.wait()
      #expect(try await peer.program.wait().code == 1)
      #expect(try await place.json("results", "show", "latest")["status"] == "cancelled")
    }
  }

  @Test func `a process number over TCP is somebody else's`() async throws {
    try await Workplace.with { place in
      try await place.serve(["--tcp", "127.0.0.1:0"]) { _, address in
        let peer = try SocketPeer(address)
        // No process has it: Linux gives at most 2^22.
        peer.request(1, "initialize", ["processId": 99_999_999, "capabilities": [:]])
        #expect(try await peer.answer(1)["result"] != nil)
        try await Task.sleep(for: .milliseconds(200))
        peer.request(2, "benchmark.list")
        #expect(try await peer.answer(2)["result"] != nil)
      }
    }
  }

  /// A child that got one would keep the client waiting for the end of the server, or write into the wire.
  @Test(arguments: ["stdio", "tcp", "socket"])
  func `children inherit neither the wire nor anything else`(_ transport: String) async throws {
    try await Workplace.with { place in
      let arguments = transport == "stdio" ? [] : place.listening(transport)
      let before = try inheritable("self")
      let program = try place.start(["serve", "--json"] + arguments, input: nil)
      if transport == "stdio" {
        program.send(OddInput.call("1", "results.query") + "\n")
        try await program.waitForOutput("\n")
        try check(program, before)
      } else {
        try await program.waitForOutput("\n")
        let address = try #require(try JSONParser().parse(program.outputText)["listening"]?.stringValue)
        let peer = try SocketPeer(address)
        peer.request(1, "results.query")
        #expect(try await peer.answer(1)["result"] != nil)
        try check(program, before)
      }
      program.signal(SIGTERM)
      _ = try await program.wait()
    }
  }

  /// - Parameter before: what it may have got from this process, of which other tests open and close theirs meanwhile.
  private func check(_ program: BinaryRunner, _ before: Set<String>) throws {
    let inherited = try inheritable("self").union(before)
    let all = try folderEntries("/proc/\(program.processID)/fdinfo")
    #expect(all.count > 5)
    // What it got itself from whoever started these tests is not its own to close.
    #expect(try inheritable("\(program.processID)").subtracting(inherited).subtracting(["0", "1", "2"]) == [])
  }

  /// The descriptors of a process that its children get.
  private func inheritable(_ process: String) throws -> Set<String> {
    let folder = "/proc/\(process)/fdinfo"
    return Set(
      try folderEntries(folder).filter { number in
        // One that is closed meanwhile is nobody's.
        guard let info = try? String(decoding: readFile("\(folder)/\(number)"), as: UTF8.self) else { return false }
        let flags = info.split(separator: "\n").first { $0.hasPrefix("flags:") }?.split(separator: "\t").last
        return (flags.flatMap { Int($0, radix: 8) } ?? 0) & Int(O_CLOEXEC) == 0
      })
  }
}
