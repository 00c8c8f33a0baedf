import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
  private let initialize =
    #"{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"processId":null,"capabilities":{}}}"#

  // MARK: Answers

  @Test(arguments: [
    ("1", "1"), (#""1""#, #""1""#), ("0", "0"), ("-1", "-1"), ("9007199254740993", "9007199254740993"),
    (#""""#, #""""#),
    ("1.50", "1.50"), ("1e3", "1e3"), ("null", "null"),
  ]) func `the answer repeats the id as it was written`(id: String, expected: String) async throws {
    let (mine, theirs) = MemoryStream.pair()
    let connection = Connection(stream: theirs, options: .patientServer)
    connection.start(handler: Echo())
    _ = try mine.writeAvailable(Array("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"echo\"}\n".utf8)[...])
    mine.finishWriting()
    await connection.waitUntilClosed()
    var buffer = [UInt8](repeating: 0, count: 1000)
    guard case .bytes(let count) = mine.read(into: &buffer, timeout: .seconds(5)) else {
      Issue.record("no answer")
      return
    }
    #expect(
      String(decoding: buffer[..<count], as: UTF8.self) == "{\"jsonrpc\":\"2.0\",\"id\":\(expected),\"result\":null}\n")
  }

  @Test func `errors of handlers are told as they should be`() async throws {
    let peer = RawPeer()
    #expect(
      await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"fail"}"#)?["error"]
        == ["code": 1234, "message": "It failed.", "data": ["why": "because"]])
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":2,"method":"giveUp"}"#)?.errorCode == -32800)
    let defect = await peer.ask(#"{"jsonrpc":"2.0","id":3,"method":"defect"}"#)
    #expect(defect?.errorCode == -32603)
    #expect(defect?["error"]?["data"]?["correlationId"]?.stringValue?.isEmpty == false)
    #expect(defect?.description.contains("/home") == false)
    let missing = await peer.ask(#"{"jsonrpc":"2.0","id":4,"method":"$/none"}"#)
    #expect(missing?.errorCode == -32601)
    #expect(missing?["error"]?["data"]?["method"] == "$/none")
    peer.connection.close()
  }

  @Test func `numbers that JSON lacks are null`() async {
    let peer = RawPeer()
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"nan"}"#)?["result"] == ["value": nil])
    peer.connection.close()
  }

  @Test func `a malformed line is answered and the stream goes on`() async {
    let peer = RawPeer()
    for line in ["{", "{\"a\":}", "[1,]", "{}x", "\u{FEFF}{}"] {
      let answer = await peer.ask(line)
      #expect(answer?.errorCode == -32700, "\(line)")
      #expect(answer?["id"] == JSONValue.null)
    }
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"echo","params":[7]}"#)?["result"] == [7])
    peer.connection.close()
  }

  @Test func `a malformed body is answered and the stream goes on, a bad header ends it`() async {
    var options = ConnectionOptions.patientServer
    options.profile = .plain
    let peer = RawPeer(options: options, framing: .contentLength)
    #expect(await peer.ask(frame: "{")?.errorCode == -32700)
    #expect(await peer.ask(frame: #"{"jsonrpc":"2.0","id":1,"method":"echo"}"#)?["id"] == 1)
    peer.send("Content-Length: -5\r\n\r\n")
    peer.send(frame: #"{"jsonrpc":"2.0","id":2,"method":"echo"}"#)
    #expect(await peer.rest().map(\.errorCode) == [-32600])
    #expect(await peer.connection.waitUntilClosed().reason == .framingLost)
  }

  @Test func `a browser's request is closed without an answer and without running anything`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler, options: .socketServer)
    peer.send("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n")
    peer.send(frame: #"{"jsonrpc":"2.0","method":"update"}"#)
    #expect(await peer.rest().isEmpty)
    #expect(handler.notifications.isEmpty)
    await peer.connection.waitUntilClosed()
    #expect(handler.closings.map(\.reason) == [.framingLost])
  }

  /// Over TCP a header and a body that are written apart cost 40 ms.
  @Test(arguments: [Framing.newline, .contentLength]) func `a frame is written at once`(framing: Framing) async {
    let stream = CountingStream()
    var options = ConnectionOptions.server
    options.framing = framing
    options.profile = .plain
    let connection = Connection(stream: stream, options: options)
    connection.start(handler: Echo())
    let sent = (1...50).map { Message.encode(id: nil, method: "m", params: [.integer($0)]) }
    for number in 1...50 { connection.notify("m", [.integer(Int64(number))]) }
    #expect(stream.writes == sent.map { framing.frame($0) })
    connection.close()
    await connection.waitUntilClosed()
  }

  // MARK: Ids in flight

  @Test func `an id in use is refused under id null, and free again with the answer`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler)
    peer.send(line: #"{"jsonrpc":"2.0","id":1,"method":"wait"}"#)
    await handler.started(1)
    let refused = await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"echo"}"#)
    #expect(refused?["id"] == JSONValue.null)
    #expect(refused?.errorCode == -32600)
    let broken = await peer.ask(#"{"id":1,"method":"echo"}"#)
    #expect(broken?["id"] == JSONValue.null)
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":"1","method":"echo"}"#)?["id"] == "1")
    handler.open()
    #expect(await peer.next()?["result"] == "waited")
    for _ in 0..<200 {
      #expect(await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"echo"}"#)?["result"] == .null)
    }
    peer.connection.close()
  }

  @Test func `too many requests are told to come back`() async {
    var options = ConnectionOptions.patientServer
    options.limits.maximumInFlight = 3
    let handler = Gated()
    let peer = RawPeer(handler: handler, options: options)
    for id in 1...3 { peer.send(line: #"{"jsonrpc":"2.0","id":\#(id),"method":"wait"}"#) }
    let busy = await peer.ask(#"{"jsonrpc":"2.0","id":4,"method":"echo"}"#)
    #expect(busy?["id"] == 4)
    #expect(busy?.errorCode == 1001)
    #expect(busy?["error"]?["data"]?["limit"] == 3)
    #expect(busy?["error"]?["data"]?["retryAfterMilliseconds"]?.intValue != nil)
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":5,"method":"shutdown"}"#)?["result"] == .null)
    handler.open()
    for _ in 1...3 { #expect(await peer.next()?["result"] == "waited") }
    peer.connection.close()
  }

  // MARK: Notifications and responses

  @Test func `notifications are never answered`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler)
    for line in [
      #"{"jsonrpc":"2.0","method":"a"}"#, #"{"jsonrpc":"2.0","method":"$/b"}"#,
      #"{"jsonrpc":"2.0","method":"c","params":1}"#,
      #"{"jsonrpc":"2.0","method":"$/cancelRequest"}"#,
      #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":99}}"#,
      #"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"loud"}}"#, #"{"jsonrpc":"2.0","id":77,"result":1}"#,
      #"{"jsonrpc":"2.0","id":"x","error":{"code":1,"message":""}}"#,
      #"{"jsonrpc":"2.0","id":7,"result":1,"error":{}}"#,
    ] { peer.send(line: line) }
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"echo"}"#)?["id"] == 1)
    #expect(handler.notifications == ["a", "$/b"])
    peer.connection.close()
  }

  // MARK: The end

  @Test(arguments: [true, false]) func `requests received before the end are answered`(hasLineFeed: Bool) async {
    let peer = RawPeer()
    for id in 1...200 {
      peer.send(#"{"jsonrpc":"2.0","id":\#(id),"method":"echo"}"# + (id < 200 || hasLineFeed ? "\n" : ""))
    }
    peer.finish()
    let answers = await peer.rest()
    #expect(Set(answers.compactMap { $0["id"]?.intValue }) == Set(1...200))
    #expect(answers.count == 200)
    let end = await peer.connection.waitUntilClosed()
    #expect(end.reason == .endOfStream)
    #expect(end.exitCode == 0)
  }

  @Test func `what does not end after the end is cancelled and answered`() async {
    var options = ConnectionOptions.patientServer
    options.drainGrace = .milliseconds(50)
    options.cancellationGrace = .milliseconds(50)
    let handler = Gated()
    let peer = RawPeer(handler: handler, options: options)
    peer.send(line: #"{"jsonrpc":"2.0","id":1,"method":"wait"}"#)
    peer.send(line: #"{"jsonrpc":"2.0","id":2,"method":"stubborn"}"#)
    peer.send(line: #"[{"jsonrpc":"2.0","id":3,"method":"wait"},{"jsonrpc":"2.0","id":4,"method":"echo"}]"#)
    await handler.started(3)
    peer.finish()
    let answers = await peer.rest()
    #expect(answers.filter { $0.errorCode == -32800 }.compactMap { $0["id"]?.intValue }.sorted() == [1, 2])
    let batch = answers.compactMap(\.arrayValue).first ?? []
    #expect(batch.compactMap { $0["id"]?.intValue }.sorted() == [3, 4])
    #expect(batch.first { $0["id"] == 3 }?.errorCode == -32800)
    #expect(answers.count == 3)
    await peer.connection.waitUntilClosed()
    #expect(handler.closings.count == 1)
    handler.open()
  }

  @Test func `a drain without limit waits for what runs`() async {
    var options = ConnectionOptions.patientServer
    options.drainGrace = nil
    let handler = Gated()
    let peer = RawPeer(handler: handler, options: options)
    peer.send(line: #"{"jsonrpc":"2.0","id":1,"method":"wait"}"#)
    peer.finish()
    await handler.started(1)
    handler.open()
    #expect(await peer.rest().map { $0["result"] } == ["waited"])
  }

  @Test func `closing while requests run answers each once, a hundred times over`() async {
    for round in 0..<100 {
      var options = ConnectionOptions.patientServer
      options.cancellationGrace = .milliseconds(20)
      let handler = Gated()
      let peer = RawPeer(handler: handler, options: options)
      for id in 1...8 {
        peer.send(line: #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(id % 2 == 0 ? "wait" : "echo")"}"#)
      }
      if round % 3 == 0 { await handler.started(1) }
      if round % 2 == 0 { peer.connection.close() } else { peer.finish() }
      async let again: Void = peer.connection.close()
      handler.open()
      let ids = await peer.rest().compactMap { $0["id"]?.intValue }
      await again
      await peer.connection.waitUntilClosed()
      #expect(Set(ids).count == ids.count)
      #expect(Set(ids).isSubset(of: 1...8))
      #expect(handler.closings.count == 1)
      #expect(peer.connection.inFlightCount == 0)
      #expect(!peer.connection.notify("late"))
    }
  }

  // MARK: Batches

  @Test func `a batch counts towards the limit and a repeated id in it is refused`() async {
    let handler = Gated()
    var options = ConnectionOptions.patientServer
    options.limits.maximumInFlight = 2
    let peer = RawPeer(handler: handler, options: options)
    let items = [(1, "wait"), (1, "wait"), (2, "wait"), (3, "wait")]
      .map { #"{"jsonrpc":"2.0","id":\#($0.0),"method":"\#($0.1)"}"# }
    peer.send(line: "[\(items.joined(separator: ","))]")
    await handler.started(2)
    // Refused in its turn, so the whole batch has been read by then.
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":9,"method":"echo"}"#)?.errorCode == 1001)
    handler.open()
    let answer = await peer.next()?.arrayValue ?? []
    #expect(answer.count == 4)
    #expect(answer.first { $0["id"] == .null }?.errorCode == -32600)
    #expect(answer.first { $0["id"] == 3 }?.errorCode == 1001)
    #expect(answer.first { $0["id"] == 1 }?["result"] == "waited")
    peer.connection.close()
  }

  @Test func `a result that is too large becomes an error, alone and in a batch`() async {
    var options = ConnectionOptions.patientServer
    options.limits.maximumResponseBytes = 1000
    let peer = RawPeer(options: options)
    let big = { (id: Int, count: Int) in #"{"jsonrpc":"2.0","id":\#(id),"method":"big","params":{"count":\#(count)}}"# }
    #expect(await peer.ask(big(1, 2000))?.errorCode == 1003)
    #expect(await peer.ask(big(2, 900))?.errorCode == nil)
    let answer = await peer.ask("[\(big(3, 600)),\(big(4, 600))]")?.arrayValue ?? []
    #expect(answer.count { $0.errorCode == 1003 } == 1)
    #expect(answer.count { $0["result"] != nil } == 1)
    peer.connection.close()
  }

  // MARK: Deadlines

  @Test func `half a message is not waited for for ever`() async {
    var options = ConnectionOptions.socketServer
    options.frameDeadline = .milliseconds(30)
    let peer = RawPeer(options: options)
    #expect(await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"echo"}"#)?["id"] == 1)
    peer.send("{\"jsonrpc\":")
    #expect(await peer.rest().isEmpty)
    #expect(await peer.connection.waitUntilClosed().reason == .timedOut)
  }

  @Test func `a silent peer is let go, but not while it waits for an answer`() async {
    var options = ConnectionOptions.socketServer
    options.idleDeadline = .milliseconds(30)
    let handler = Gated()
    let peer = RawPeer(handler: handler, options: options)
    peer.send(line: #"{"jsonrpc":"2.0","id":1,"method":"wait"}"#)
    await handler.started(1)
    try? await Task.sleep(for: .milliseconds(120))
    handler.open()
    #expect(await peer.next()?["result"] == "waited")
    #expect(await peer.rest().isEmpty)
    #expect(await peer.connection.waitUntilClosed().reason == .timedOut)
  }
}
