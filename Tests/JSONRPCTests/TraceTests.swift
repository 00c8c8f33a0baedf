import JSON
import JSONRPC
import Synchronization
import Testing

/// What a connection tells its peer and its owner of its doings.
@Suite(.timeLimit(.minutes(1))) struct TraceTests {
  private func setTrace(_ value: String) -> String {
    #"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"\#(value)"}}"#
  }

  private func call(_ id: Int, _ method: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"}"#
  }

  // MARK: To the peer

  @Test func `traces are sent as far as they are wanted`() async {
    let peer = RawPeer()
    peer.connection.trace("nobody asked")
    peer.send(line: setTrace("messages"))
    #expect(await peer.ask(call(1, "echo"))?["id"] == 1)
    #expect(await peer.next()?["params"] == ["message": "echo (1) was answered"])
    peer.connection.trace("short", verbose: "long")
    #expect(await peer.next()?["params"] == ["message": "short"])
    peer.send(line: setTrace("verbose"))
    #expect(await peer.ask(call(2, "none"))?["id"] == 2)
    let trace = await peer.next()
    #expect(trace?["method"] == "$/logTrace")
    #expect(trace?["params"]?["message"] == "none (2) failed with -32601")
    #expect(trace?["params"]?["verbose"]?.stringValue?.contains("bytes in") == true)
    peer.send(line: setTrace("off"))
    #expect(await peer.ask(call(3, "echo"))?["id"] == 3)
    #expect(await peer.ask(call(4, "echo"))?["id"] == 4)
    peer.connection.close()
  }

  @Test func `initialize sets the trace, and an unknown level is none`() async {
    for (level, isTraced) in [("verbose", true), ("loud", false)] {
      let peer = RawPeer(framing: .contentLength)
      let initialize =
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{},"trace":"\#(level)"}}"#
      #expect(await peer.ask(frame: initialize)?["id"] == 1)
      if isTraced { #expect(await peer.next()?["method"] == "$/logTrace") }
      #expect(await peer.ask(frame: call(2, "echo"))?["id"] == 2)
      peer.connection.close()
    }
  }

  @Test func `an internal error is told in a log message, but not to a script`() async {
    let script = RawPeer()
    #expect(await script.ask(call(1, "defect"))?.errorCode == -32603)
    #expect(await script.ask(call(2, "echo"))?["id"] == 2)
    script.connection.close()
    let editor = RawPeer(framing: .contentLength)
    _ = await editor.ask(frame: #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#)
    let message = await editor.ask(frame: call(2, "defect"))
    #expect(message?["method"] == "window/logMessage")
    #expect(message?["params"]?["type"] == 1)
    let correlation = await editor.next()?["error"]?["data"]?["correlationId"]?.stringValue ?? "none"
    #expect(message?["params"]?["message"] == .string("Internal error \(correlation) in defect."))
    editor.connection.close()
  }

  @Test func `log messages have the types of the protocol`() async {
    let peer = RawPeer()
    #expect(await peer.ask(call(1, "echo"))?["id"] == 1)
    for (type, number) in [(LogMessageType.error, 1), (.warning, 2), (.info, 3), (.log, 4), (.debug, 5)] {
      peer.connection.log(type, "careful")
      #expect(await peer.next()?["params"] == ["type": .integer(Int64(number)), "message": "careful"])
    }
    peer.connection.close()
  }

  // MARK: To the owner

  private func recorded(
    _ options: ConnectionOptions = .patientServer, _ lines: [String]
  ) async -> (events: [ConnectionEvent], number: Int) {
    let events = Mutex<[(Int, ConnectionEvent)]>([])
    var options = options
    options.onEvent = { connection, event in events.withLock { $0.append((connection, event)) } }
    let peer = RawPeer(options: options)
    for line in lines { peer.send(line: line) }
    peer.finish()
    await peer.connection.waitUntilClosed()
    let all = events.withLock { $0 }
    #expect(all.allSatisfy { $0.0 == peer.connection.number })
    return (all.map(\.1), peer.connection.number)
  }

  @Test func `every request is recorded once, also one that is refused`() async {
    let lines = [
      call(1, "echo"), call(2, "none"), call(3, "shutdown"), call(4, "echo"),
      "[\(call(5, "echo"))]",
    ]
    let (events, _) = await recorded(.patientServer, lines)
    var records: [RequestID: RequestRecord] = [:]
    for case .requestFinished(let record) in events { records[record.id] = record }
    #expect(records.count == 5)
    #expect(events.count { if case .requestFinished = $0 { true } else { false } } == 5)
    #expect(records[.integer(1)]?.error == nil)
    #expect(records[.integer(1)]?.method == "echo")
    #expect(records[.integer(1)]?.requestByteCount == lines[0].utf8.count)
    #expect(records[.integer(1)]?.responseByteCount == #"{"jsonrpc":"2.0","id":1,"result":null}"#.utf8.count)
    #expect(records[.integer(2)]?.error == .methodNotFound)
    #expect(records[.integer(4)]?.error == .invalidRequest)
    #expect(records[.integer(5)]?.requestByteCount == lines[4].utf8.count)
  }

  @Test func `a connection tells of its beginning, of what is malformed and of its end`() async {
    let (events, _) = await recorded(.patientServer, ["{", "[1]", #"{"jsonrpc":"2.0","id":1,"method":7}"#])
    guard case .opened("memory")? = events.first, case .closed(let end)? = events.last else {
      Issue.record("\(events)")
      return
    }
    #expect(end.reason == .endOfStream)
    let codes = events.compactMap { event -> RPCErrorCode? in
      if case .malformed(let code) = event { code } else { nil }
    }
    #expect(codes == [.parseError, .invalidRequest, .invalidRequest])
    let received = events.count { if case .frameReceived(_, .newline) = $0 { true } else { false } }
    let sent = events.count { if case .frameSent(_, .newline) = $0 { true } else { false } }
    #expect((received, sent) == (3, 3))
  }

  @Test(arguments: [(true, 0), (false, 1)]) func `a parent that is gone ends with the code of exit`(
    hasShutDown: Bool, code: Int32
  ) async {
    let peer = RawPeer()
    #expect(await peer.ask(call(1, hasShutDown ? "shutdown" : "echo"))?["id"] == 1)
    peer.connection.close(.parentGone)
    let end = await peer.connection.waitUntilClosed()
    #expect(end.reason == .parentGone)
    #expect(end.exitCode == code)
  }

  @Test func `a listener tells whom it turned away`() async throws {
    let reasons = AsyncStream<String>.makeStream()
    var options = ConnectionOptions.socketServer
    options.onEvent = { connection, event in
      guard case .turnedAway(let peer, let reason) = event else { return }
      #expect(connection == 0)
      #expect(peer.hasPrefix("tcp://127.0.0.1:"))
      reasons.continuation.yield(reason)
    }
    let listener = try Listener(.tcp(host: "127.0.0.1", port: 0), options: options, maximumConnections: 1)
    try listener.start { _ in Echo() }
    let streams = try (1...2).map { _ in try FileDescriptorStream.connect(to: listener.address) }
    for await reason in reasons.stream {
      #expect(reason.contains("which is the limit"))
      break
    }
    for stream in streams { stream.close() }
    listener.close()
    await listener.closeConnections()
  }
}
