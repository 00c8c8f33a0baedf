import Glibc
import JSON
import TestSupport
import Testing

/// A server on a socket and the command line as its client.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ConnectTests {
  static let transports = ["tcp", "socket"]

  @Test(arguments: transports)
  func `every command works through a server as without one`(_ transport: String) async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      // The client has no store of its own: whatever it shows comes from the server.
      var client = place
      client.environment["LLMBENCH_DATABASE"] = place.path("of-the-client.sqlite")
      try await place.serve(place.listening(transport)) { _, address in
        let connect = ["--connect", address]
        #expect(address.hasPrefix(transport == "tcp" ? "tcp://127.0.0.1:" : "unix:///"))
        try await checkData(client, connect)
        let options = ["run", "sorting", "--sizes", "5", "--samples", "2"] + model.options + connect
        let run = try await client.json(options)
        #expect(run.model?["passed"]?.intValue == 2)
        try await checkReading(client, connect, run)
        #expect(try await client.json(options + ["--fail-under", "1"])["status"]?.stringValue == "completed")
      }
      #expect(!(try folderEntries(place.folder).contains { $0.hasPrefix("of-the-client") || $0 == "s.sock" }))
      // The same results lie in the server's file.
      #expect(try await place.json("results", "list")["runs"]?.arrayValue?.count == 2)
    }
  }

  private func checkData(_ client: Workplace, _ connect: [String]) async throws {
    _ = try await client.json(["data", "generate", "--sizes", "100", "--out", "data"] + connect)
    let file = "data/events-100.avro"
    #expect(try await client.json(["data", "process", file] + connect)["rows"]?.intValue == 100)
    #expect(try await client.json(["data", "show", file, "--limit", "3"] + connect)["total"]?.intValue == 100)
  }

  private func checkReading(_ client: Workplace, _ connect: [String], _ run: JSONValue) async throws {
    let id = try #require(run["runId"]?.stringValue)
    #expect(try await client.json(["results", "show", id] + connect) == run)
    let params = #"{"runId":"\#(id)"}"#
    #expect(try await client.json(["call", "results.get", params] + connect) == run)
    #expect(try await client.json(["results", "list"] + connect)["runs"]?.arrayValue == [run])
    #expect(try await client.json(["results", "samples", id] + connect)["samples"]?.arrayValue?.count == 2)
    #expect(try await client.json(["report", id] + connect)["text"]?.stringValue?.contains("local/fake") == true)
    #expect(try await client.json(["resume", id] + connect)["status"]?.stringValue == "completed")
    #expect(
      try await client.json(["plan", "sorting", "--model", "local/x"] + connect)["suite"]?.stringValue == "sorting")
    #expect(try await client.json(["suites"] + connect)["suites"]?.arrayValue?.isEmpty == false)
    #expect(try await client.json(["models", "list"] + connect)["providers"]?.arrayValue?.isEmpty == false)
    #expect(try await client.json(["doctor"] + connect)["checks"]?.arrayValue?.isEmpty == false)
  }

  @Test func `call runs a benchmark, and errors are the same as without a server`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      try await place.serve(["--tcp", "127.0.0.1:0"]) { _, address in
        let params = #"""
          {"suite":"sorting","models":["local/fake"],"baseURL":"\#(model.baseURL)","options":{"sizes":[10],"samples":2}}
          """#
        let run = try await place.json("call", "benchmark.run", params, "--connect", address)
        #expect(run.model?["passed"]?.intValue == 2)
        let cases: [(arguments: [String], code: Int32)] = [
          (["run", "nope", "--model", "local/x"], 2), (["run", "sorting", "--model", "nope/x"], 2),
          (["results", "show", "nope"], 1), (["data", "process", "nothing.avro"], 1),
          (["run", "sorting", "--model", "local/x", "--option", "frob=1"], 2),
        ]
        for (arguments, code) in cases {
          let remote = try await place.json(arguments + ["--connect", address], code: code)
          let local = try await place.json(arguments, code: code)
          #expect(remote["error"]?["kind"] == local["error"]?["kind"], "\(arguments)")
        }
      }
    }
  }

  @Test func `relative paths start at the client's folder`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      try await place.serve(["--tcp", "127.0.0.1:0"]) { _, address in
        try await Workplace.with { client in
          let suite = ["run", "sorting", "--sizes", "5", "--samples", "1", "--connect", address]
          _ = try await client.json(suite + model.options + ["--record", "answers.jsonl"])
          #expect(try folderEntries(client.folder) == ["answers.jsonl"])
          let replay = try await client.json(suite + ["--model", "replay/answers.jsonl"])
          #expect(replay.model?["passed"]?.intValue == 1)
        }
      }
    }
  }

  @Test func `Ctrl-C at the client stops the server's run, and the server goes on`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel { prompt, number in
        number == 2 ? [.head(), .awaitDisconnect] : FakeModel.stream(FakeModel.rightAnswer(to: prompt))
      }
      try await place.serve(["--tcp", "127.0.0.1:0"]) { _, address in
        let arguments = ["run", "sorting", "--sizes", "5", "--samples", "3"] + model.options
        let program = try place.start(arguments + ["--connect", address])
        try await program.waitUntil("the second request") { model.requests.count == 2 }
        program.signal(SIGINT)
        let ending = try await program.wait()
        #expect(ending.code == 130)
        #expect(ending.errors.contains("--connect \(address)"))
        let run = try await place.json("resume", "latest", "--connect", address)
        #expect(run.model?["passed"]?.intValue == 3)
      }
    }
  }

  @Test func `a client that vanishes leaves a cancelled run and a server that answers`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel { _, _ in [.head(), .awaitDisconnect] }
      try await place.serve(["--socket", place.path("s.sock")]) { _, address in
        let program = try place.start(["run", "sorting", "--sizes", "5"] + model.options + ["--connect", address])
        try await program.waitUntil("the request") { model.requests.count == 1 }
        program.signal(SIGKILL)
        _ = try await program.wait()
        #expect(await model.sawDisconnects(1))
        let run = try await place.json("results", "show", "latest", "--connect", address)
        #expect(["cancelled", "running"].contains(run["status"]?.stringValue ?? ""))
        #expect(try await place.json("suites", "--connect", address)["suites"] != nil)
      }
      #expect(try await place.json("results", "show", "latest")["status"]?.stringValue == "cancelled")
    }
  }
}
