import Glibc
import JSON
import TestSupport
import Testing

/// Who may speak to a server on a socket, and what nobody can make it do.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ServeListenerTests {
  static let transports = ["tcp", "socket"]

  /// A request that leaves a file behind, if it is ever executed.
  private func order(_ place: Workplace) -> String {
    let params: JSONValue = ["sizes": [10], "output": .string(place.path("stolen"))]
    return "\(JSONValue.object(["jsonrpc": "2.0", "id": 1, "method": "data.generate", "params": params]))"
  }

  private func wasExecuted(_ place: Workplace) throws -> Bool { try folderEntries(place.folder).contains("stolen") }

  // MARK: Browsers

  @Test(arguments: [
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\nContent-Type: text/plain\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", "OPTIONS * HTTP/1.1\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\r\nPUT / HTTP/1.1\r\n",
    "contents: x\r\n", "Host: 127.0.0.1\r\n", "\u{16}\u{3}\u{1}",
  ])
  func `what a browser may send first closes the connection, unanswered`(_ opening: String) async throws {
    try await Workplace.with { place in
      let log = try await place.serve(["--tcp", "127.0.0.1:0"]) { _, address in
        let peer = try SocketPeer(address)
        peer.send(opening + OddInput.frame(order(place)) + "\n" + order(place) + "\n")
        #expect(try await peer.end().isEmpty)
        let other = try SocketPeer(address)
        other.request(1, "benchmark.list")
        #expect(try await other.answer(1)["result"] != nil)
      }
      #expect(try !wasExecuted(place))
      #expect(log.contains("warning rpc Connection closed connection=1 reason=framingLost"))
    }
  }

  @Test func `a request line behind a length closes the connection, with an error`() async throws {
    try await Workplace.with { place in
      try await place.serve(["--socket", place.path("s.sock")]) { _, address in
        let peer = try SocketPeer(address, .headers)
        let order = order(place)
        peer.send("Content-Length: \(order.utf8.count)\r\nPOST / HTTP/1.1\r\n\r\n" + order + OddInput.frame(order))
        #expect(try await peer.end().map { $0["error"]?["code"]?.intValue } == [-32600])
      }
      #expect(try !wasExecuted(place))
    }
  }

  @Test func `the order would be carried out for a client`() async throws {
    try await Workplace.with { place in
      try await place.serve(["--tcp", "127.0.0.1:0"]) { _, address in
        let peer = try SocketPeer(address)
        peer.send(order(place) + "\n")
        #expect(try await peer.answer(1)["result"] != nil)
      }
      #expect(try wasExecuted(place))
    }
  }

  // MARK: Addresses

  @Test func `a name is bound and announced by its number, with the port`() async throws {
    try await Workplace.with { place in
      try await place.serve(["--tcp", "localhost:0", "--port-file", place.path("port")]) { _, address in
        let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
        #expect(["tcp://127.0.0.1:\(port)", "tcp://[::1]:\(port)"].contains(address))
        #expect(port != 0)
        #expect(String(decoding: try readFile(place.path("port")), as: UTF8.self) == "\(port)\n")
      }
    }
  }

  @Test(arguments: ["0.0.0.0:0", "[::]:0"])
  func `an address that others can reach is refused without a token`(_ address: String) async throws {
    try await Workplace.with { place in
      let ending = try await place.run("serve", "--tcp", address)
      #expect(ending.code == 1)
      #expect(ending.errors.contains("LLMBENCH_TOKEN or --token-file"))
    }
  }

  // MARK: Tokens

  @Test func `without its token nothing is served, and three wrong ones close the connection`() async throws {
    try await Workplace.with { plain in
      var place = plain
      let token = "right-marker-8c1f22b0"
      place.environment["LLMBENCH_TOKEN"] = token
      let arguments = ["--tcp", "127.0.0.1:0", "--log-level", "debug", "--trace", "trace.jsonl"]
      let log = try await place.serve(arguments) { _, address in
        let guesser = try SocketPeer(address)
        guesser.request(0, "benchmark.list")
        #expect(try await guesser.answer(0)["error"]?["code"]?.intValue == -32002)
        for id in 1...3 {
          guesser.request(.integer(Int64(id)), "initialize", ["token": "wrong-marker-8c1f22b1"])
          #expect(try await guesser.answer(.integer(Int64(id)))["error"]?["code"]?.intValue == 1002)
        }
        #expect(try await guesser.end().count == 4)
        let friend = try SocketPeer(address, .headers)
        friend.request(1, "initialize", ["capabilities": [:], "initializationOptions": ["token": .string(token)]])
        #expect(try await friend.answer(1)["result"] != nil)
        friend.request(2, "benchmark.list")
        #expect(try await friend.answer(2)["result"] != nil)
        // Where it does not belong it is left out all the same.
        friend.request(3, "results.get", ["runId": .string(token)])
        #expect(try await friend.answer(3)["error"] != nil)
      }
      #expect(log.contains("reason=unauthorized"))
      let trace = String(decoding: try readFile(place.path("trace.jsonl")), as: UTF8.self)
      #expect(trace.contains("[redacted]"))
      for text in [log, trace] { #expect(!text.contains("-marker-")) }
    }
  }

  // MARK: Unix sockets

  private func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  @Test func `a Unix socket and the folder that is made for it are their owner's alone`() async throws {
    try await Workplace.with { place in
      let folder = place.path("made")
      try await place.serve(["--socket", folder + "/s.sock"]) { _, address in
        #expect(mode(folder) == 0o700)
        #expect(mode(folder + "/s.sock") == 0o600)
        let peer = try SocketPeer(address)
        peer.request(1, "benchmark.list")
        #expect(try await peer.answer(1)["result"] != nil)
      }
      #expect(try folderEntries(folder).isEmpty)
    }
  }

  @Test func `a socket left behind is replaced, one that answers is not`() async throws {
    try await Workplace.with { place in
      let socket = place.path("s.sock")
      let killed = try place.start(["serve", "--socket", socket])
      try await killed.waitForErrors("Listening on")
      killed.signal(SIGKILL)
      _ = try await killed.wait()
      #expect(mode(socket) != nil)
      try await place.serve(["--socket", socket]) { _, address in
        let second = try await place.run("serve", "--socket", socket)
        #expect(second.code == 1)
        #expect(second.errors.contains("another server listens there"))
        let peer = try SocketPeer(address)
        peer.request(1, "benchmark.list")
        #expect(try await peer.answer(1)["result"] != nil)
      }
    }
  }

  @Test func `a folder that others can write to is refused with advice`() async throws {
    try await Workplace.with { place in
      let folder = place.path("open")
      #expect(mkdir(folder, 0o700) == 0 && chmod(folder, 0o777) == 0)
      let ending = try await place.run("serve", "--socket", folder + "/s.sock")
      #expect(ending.code == 1)
      #expect(ending.errors.contains("0700"))
      #expect(try folderEntries(folder).isEmpty)
    }
  }

  // MARK: Silence

  @Test(arguments: transports)
  func `a peer that only listens harms nobody and is served when it speaks`(_ transport: String) async throws {
    try await Workplace.with { place in
      try await place.serve(place.listening(transport)) { _, address in
        let silent = try SocketPeer(address)
        for id in 1...20 {
          let busy = try SocketPeer(address)
          busy.request(.integer(Int64(id)), "benchmark.list")
          #expect(try await busy.answer(.integer(Int64(id)))["result"] != nil)
        }
        silent.request("late", "benchmark.list")
        #expect(try await silent.answer("late")["result"] != nil)
      }
    }
  }
}
