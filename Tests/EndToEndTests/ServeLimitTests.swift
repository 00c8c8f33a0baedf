import JSON
import TestSupport
import Testing

/// Each limit of `serve`, set by its option and met by a peer.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ServeLimitTests {
  private func peer(
    _ place: Workplace, _ framing: RawPeer.Framing, _ limit: String...
  ) async throws -> RawPeer {
    let peer = try RawPeer(place, framing, ["serve", "--log-level", "warning"] + limit)
    if framing == .headers {
      peer.request("handshake", "initialize", ["capabilities": [:]])
      _ = try await peer.answer("handshake")
    }
    return peer
  }

  private func isServed(_ peer: RawPeer) async throws -> Bool {
    peer.request("next", "benchmark.list")
    return try await peer.answer("next")["result"] != nil
  }

  private func code(_ answer: JSONValue) -> Int? { answer["error"]?["code"]?.intValue }

  @Test func `a line that is too long is refused, and the next is heard`() async throws {
    try await Workplace.with { place in
      let peer = try await peer(place, .lines, "--max-message-bytes", "2KiB")
      peer.request(1, "results.get", ["runId": .string(String(repeating: "x", count: 1900))])
      #expect(code(try await peer.answer(1)) != -32600)
      peer.request(2, "results.get", ["runId": .string(String(repeating: "x", count: 2048))])
      let refusal = try await peer.answer(.null)
      #expect(code(refusal) == -32600)
      #expect(refusal["error"]?["message"]?.stringValue?.contains("2048") == true)
      #expect(try await isServed(peer))
    }
  }

  @Test func `a frame that is too long ends the connection at its header`() async throws {
    try await Workplace.with { place in
      let peer = try await peer(place, .headers, "--max-message-bytes", "2048")
      peer.program.send("Content-Length: 2049\r\n\r\n")
      #expect(code(try await peer.answer(.null)) == -32600)
      #expect(try await peer.program.wait().code == 1)
    }
  }

  @Test func `a message of 16 MB is taken`() async throws {
    try await Workplace.with { place in
      let peer = try await peer(place, .lines, "--max-message-bytes", "17MB")
      peer.request(1, "results.get", ["runId": .string(String(repeating: "x", count: 16_000_000))])
      let answer = try await peer.answer(1)
      #expect(answer["error"]?["data"]?["kind"] == "runNotFound")
      #expect(try await isServed(peer))
    }
  }

  @Test func `nesting`() async throws {
    try await Workplace.with { place in
      let peer = try await peer(place, .lines, "--max-depth", "4")
      peer.request(1, "benchmark.plan", ["options": ["a": [1]]])
      #expect(code(try await peer.answer(1)) == -32602)
      peer.request(2, "benchmark.plan", ["options": ["a": [[1]]]])
      #expect(code(try await peer.answer(.null)) == -32700)
      #expect(try await isServed(peer))
    }
  }

  @Test func `batches`() async throws {
    try await Workplace.with { place in
      let peer = try await peer(place, .lines, "--max-batch", "2")
      let calls = (1...3).map { OddInput.call("\($0)") }
      peer.program.send("[\(calls[0]),\(calls[1])]\n")
      _ = try await peer.message("the array") { $0.arrayValue?.count == 2 }
      peer.program.send("[\(calls.joined(separator: ","))]\n")
      let refusal = try await peer.answer(.null)
      #expect(code(refusal) == -32600)
      #expect(refusal["error"]?["data"] == ["items": 3, "limit": 2])
      #expect(try await isServed(peer))
    }
  }

  @Test func `requests in flight`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel { _, _ in [.head(), .awaitDisconnect] }
      let peer = try await peer(place, .lines, "--max-in-flight", "1")
      peer.request(
        "run", "benchmark.run",
        ["suite": "sorting", "models": ["local/fake"], "baseURL": .string(model.baseURL), "options": ["sizes": [5]]])
      try await peer.program.waitUntil("the request") { !model.requests.isEmpty }
      peer.request(1, "benchmark.list")
      let busy = try await peer.answer(1)
      #expect(code(busy) == 1001)
      #expect(busy["error"]?["data"]?["retryAfterMilliseconds"]?.intValue != nil)
      // The same id once more is not taken for an answer to the first.
      peer.request("run", "benchmark.list")
      #expect(code(try await peer.answer(.null)) == -32600)
      peer.notify("$/cancelRequest", ["id": "run"])
      #expect(code(try await peer.answer("run")) == -32800)
      #expect(try await isServed(peer))
    }
  }

  @Test(arguments: ["tcp", "socket"])
  func `connections`(_ transport: String) async throws {
    try await Workplace.with { place in
      let log = try await place.serve(place.listening(transport) + ["--max-connections", "1"]) { _, address in
        let first = try SocketPeer(address)
        first.request(1, "benchmark.list")
        #expect(try await first.answer(1)["result"] != nil)
        #expect(try await SocketPeer(address).end().isEmpty)
        first.request(2, "benchmark.list")
        #expect(try await first.answer(2)["result"] != nil)
      }
      #expect(log.contains("warning rpc Connection turned away"))
    }
  }

  @Test func `a peer that writes and never reads is let go, and others are served`() async throws {
    try await Workplace.with { place in
      let limit = ["--socket", place.path("s.sock"), "--max-unread-bytes", "64KiB"]
      try await place.serve(limit) { server, address in
        let deaf = try SocketPeer(address)
        let line = OddInput.call("1", "no.such.method.\(String(repeating: "x", count: 1000))") + "\n"
        var count = 0
        while count < 20_000, deaf.send(line) { count += 1 }
        #expect(count < 20_000)
        try await server.waitForErrors("reason=outputOverflow")
        let other = try SocketPeer(address)
        other.request(1, "benchmark.list")
        #expect(try await other.answer(1)["result"] != nil)
      }
    }
  }

  @Test func `an answer that does not fit into what may wait is an error`() async throws {
    try await Workplace.with { place in
      let peer = try await peer(place, .lines, "--max-unread-bytes", "16KiB")
      let arguments: JSONValue = ["language": "python", "code": "print('x' * 20000)"]
      peer.request(1, "code.execute", arguments)
      #expect(code(try await peer.answer(1, seconds: 60)) == 1003)
      #expect(try await isServed(peer))
    }
  }

  @Test(arguments: [
    ["--max-depth", "0"], ["--max-depth", "1025"], ["--max-batch", "0"], ["--max-connections", "0"],
    ["--max-in-flight", "-1"], ["--max-message-bytes", "10"], ["--max-message-bytes", "16XB"],
    ["--max-unread-bytes", "1"], ["--log-level", "loud"],
  ])
  func `a limit that cannot be kept is wrong usage`(_ arguments: [String]) async throws {
    try await Workplace.with { place in
      let ending = try await place.run(["serve"] + arguments)
      #expect(ending.code == 2)
      #expect(ending.errors.contains(arguments[0]))
    }
  }
}
