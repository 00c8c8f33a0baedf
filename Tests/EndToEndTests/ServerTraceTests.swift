import Glibc
import JSON
import TestSupport
import Testing

/// Sessions that are kept in a file, and served once more from it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ServerTraceTests {
  private func entries(_ path: String) throws -> [JSONValue] {
    try String(decoding: readFile(path), as: UTF8.self).split(separator: "\n").map {
      try JSONParser().parse(String($0))
    }
  }

  private func answers(_ messages: [JSONValue]) -> Set<String> {
    Set(messages.filter { $0["method"] == nil }.map { "\($0)" })
  }

  @Test(arguments: [RawPeer.Framing.lines, .headers])
  func `a session is served once more with the same answers`(_ framing: RawPeer.Framing) async throws {
    try await Workplace.with { place in
      let peer = try RawPeer(place, framing, ["serve", "--trace", "session.jsonl"])
      if framing == .headers {
        peer.request(0, "initialize", ["capabilities": [:]])
        peer.notify("initialized")
      }
      peer.request("1.5", "benchmark.list")
      peer.request(2, "data.generate", ["sizes": [100], "output": .string(place.path("data"))])
      _ = try await peer.answer(2)
      // What follows is right only behind the answer before it.
      peer.request(3, "data.records", ["path": .string(place.path("data/events-100.avro")), "limit": 2])
      let broken = "{\"broken\":\n"
      peer.program.send(framing == .lines ? broken : OddInput.frame(broken))
      peer.request(4, "results.get", ["runId": "\u{2028}no/such\"run"])
      _ = try await peer.answer(4)
      _ = try await peer.answer(3)
      peer.program.endInput()
      _ = try await peer.program.wait()
      #expect(unlink(place.path("data/events-100.avro")) == 0)

      let replay = try await place.run("serve", "--replay", "session.jsonl")
      #expect(replay.code == 0)
      let stable = { (all: Set<String>) in all.filter { !$0.contains("seconds") } }
      let before = stable(answers(peer.messages()))
      #expect(before.count == (framing == .lines ? 4 : 5))
      #expect(stable(answers(RawPeer.messages(in: replay.output, .lines))) == before)
    }
  }

  @Test func `every message is kept as it was sent, for its owner alone`() async throws {
    try await Workplace.with { place in
      let path = place.path("session.jsonl")
      try writeFile(path, Array("of before".utf8))
      #expect(chmod(path, 0o644) == 0)
      let lines = [
        #"{ "jsonrpc": "2.0", "id": 1.50, "method": "no.such" , "params":{"t":"\u00e9\u2028"}}"#, "{\"no\": JSON",
        #"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"token":"t-marker","initializationOptions":{"token":"o-marker"}}}"#,
        #"{"jsonrpc":"2.0","id":3,"method":"initialize","params":{"token":"t-marker""#,
      ]
      let input = lines.map { $0 + "\n" }.joined()
      let program = try place.start(["serve", "--trace", "session.jsonl"], input: nil)
      program.send(input)
      program.send(bytes: [0x7B, 0xFF, 0x0A])
      program.endInput()
      let ending = try await program.wait()
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
      let entries = try entries(path)
      #expect(entries.first?["event"] == "opened" && entries.last?["event"] == "closed")
      #expect(entries.allSatisfy { $0["time"]?.stringValue != nil && $0["connection"] == 1 })
      let incoming = entries.filter { $0["direction"] == "in" }
      #expect(incoming[0]["message"]?.stringValue == lines[0])
      #expect(incoming[1]["message"]?.stringValue == lines[1])
      #expect(incoming[2]["message"]?.stringValue?.contains(#""token":"[redacted]""#) == true)
      #expect(incoming[3]["withheld"] == true && incoming[3]["message"] == nil)
      #expect(incoming[4]["bytes"] == [0x7B, 0xFF])
      #expect(!entries.contains { "\($0)".contains("-marker") })
      let outgoing = entries.filter { $0["direction"] == "out" }.compactMap { $0["message"]?.stringValue }
      #expect(outgoing.sorted() == ending.output.split(separator: "\n").map { String($0) }.sorted())
    }
  }

  @Test func `several connections are told apart and the first is served again`() async throws {
    try await Workplace.with { place in
      try await place.serve(["--socket", place.path("s.sock"), "--trace", "session.jsonl"]) { _, address in
        let (first, second) = (try SocketPeer(address), try SocketPeer(address))
        first.request("a", "no.such")
        #expect(try await first.answer("a")["error"] != nil)
        second.request("b", "no.such")
        #expect(try await second.answer("b")["error"] != nil)
      }
      let sent = try entries(place.path("session.jsonl")).filter { $0["direction"] == "in" }
      #expect(sent.map { $0["connection"] } == [1, 2])
      let replay = try await place.run("serve", "--replay", "session.jsonl", "--quiet")
      #expect(RawPeer.messages(in: replay.output, .lines).map { $0["id"] } == ["a"])
      #expect(replay.errors == "")
    }
  }

  @Test func `a trace that cannot be opened is an error before anything is served`() async throws {
    try await Workplace.with { place in
      for path in ["no/such/folder/t.jsonl", place.folder] {
        let ending = try await place.start(["serve", "--trace", path], input: OddInput.call("1") + "\n").wait()
        #expect(ending.code == 1)
        #expect(ending.output == "")
        #expect(ending.errors.contains(path))
      }
    }
  }

  @Test func `a disk that is full ends the trace and not the service`() async throws {
    try await Workplace.with { place in
      let peer = try RawPeer(place, .lines, ["serve", "--trace", "/dev/full"])
      try await peer.program.waitForErrors("error trace The trace ends here file=/dev/full")
      peer.request(1, "benchmark.list")
      #expect(try await peer.answer(1)["result"] != nil)
      peer.program.endInput()
      let ending = try await peer.program.wait()
      #expect(ending.code == 0)
      #expect(ending.errors.split(separator: "\n").count { $0.contains("The trace ends here") } == 1)
    }
  }

  @Test(arguments: [
    "", "hello\n", "{\"a\":1}\n", "{\"time\":\"t\",\"direction\":\"in\"}\n{}\n",
    "{\"time\":\"t\",\"event\":\"opened\"}\n",
  ])
  func `a file that is no trace is told as such`(_ text: String) async throws {
    try await Workplace.with { place in
      try writeFile(place.path("x.jsonl"), Array(text.utf8))
      let ending = try await place.run("serve", "--replay", "x.jsonl")
      #expect(ending.code == 1)
      #expect(ending.errors.contains("x.jsonl"))
    }
  }
}
