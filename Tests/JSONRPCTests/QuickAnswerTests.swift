import JSON
import JSONRPC
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct QuickAnswerTests {
  /// Answers `quick…` at once and lets everything else wait at a gate.
  private struct Mixed: MessageHandler {
    let gate = Gated()

    struct Refusal: Error {}

    func quickAnswer(to method: String) -> QuickAnswer? {
      switch method {
      case "quick": { request in request.params ?? "at once" }
      case "quickRefusal": { _ in throw Refusal() }
      case "quickDefect": { _ in throw Echo.Defect(secret: "/home/somebody") }
      case "quickReport":
        { request in
          request.progress.report(message: "half way")
          return nil
        }
      // Never asked for: it has its own rules.
      case "initialize": { _ in "not this" }
      default: nil
      }
    }

    func handle(_ request: RequestContext) async throws -> JSONValue {
      request.method == "quick" ? "in a task" : try await gate.handle(request)
    }

    func error(for error: any Error, in request: RequestContext) -> RPCError? {
      error is Refusal ? RPCError(RPCErrorCode(rawValue: 1234), "Refused.") : nil
    }
  }

  private func call(_ id: Int, _ method: String, _ more: String = "") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"\#(more)}"#
  }

  @Test func `it does not wait for what runs, and comes in order`() async {
    let handler = Mixed()
    let peer = RawPeer(handler: handler)
    peer.send(line: call(1, "wait"))
    await handler.gate.started(1)
    peer.send([call(2, "quick"), call(3, "quick", #","params":{"a":1}"#)].joined(separator: "\n") + "\n")
    #expect(await peer.next() == ["jsonrpc": "2.0", "id": 2, "result": "at once"])
    #expect(await peer.next() == ["jsonrpc": "2.0", "id": 3, "result": ["a": 1]])
    #expect(peer.connection.inFlightCount == 1)
    handler.gate.open()
    #expect(await peer.next()?["id"] == 1)
    peer.connection.close()
  }

  @Test func `what came together is answered in one write`() async throws {
    let (mine, theirs) = MemoryStream.pair()
    let stream = CountingStream(input: theirs)
    let connection = Connection(stream: stream, options: .patientServer)
    let lines = (1...50).map { call($0, "quick") + "\n" }.joined()
    #expect(try mine.writeAvailable(Array(lines.utf8)[...]) == lines.utf8.count)
    mine.finishWriting()
    connection.start(handler: Mixed())
    await connection.waitUntilClosed()
    let answers = stream.writes.map { String(decoding: $0, as: UTF8.self).split(separator: "\n").count }
    #expect(answers == [50])
  }

  @Test func `a last line without an end is answered`() async {
    let peer = RawPeer(handler: Mixed())
    peer.send(call(1, "quick"))
    peer.finish()
    #expect(await peer.rest() == [["jsonrpc": "2.0", "id": 1, "result": "at once"]])
    #expect(await peer.connection.waitUntilClosed().reason == .endOfStream)
  }

  @Test func `what came before a broken frame is answered`() async {
    var options = ConnectionOptions.patientServer
    options.profile = .plain
    let peer = RawPeer(handler: Mixed(), options: options, framing: .contentLength)
    let good = call(1, "quick")
    peer.send("Content-Length: \(good.utf8.count)\r\n\r\n\(good)Content-Length: none\r\n\r\n")
    let answers = await peer.rest()
    #expect(answers.map { $0["id"] } == [1, .null])
    #expect(answers.map(\.errorCode) == [nil, -32600])
  }

  @Test func `its errors are told as any other`() async {
    let peer = RawPeer(handler: Mixed())
    #expect(await peer.ask(call(1, "quickRefusal"))?.errorCode == 1234)
    let defect = await peer.ask(call(2, "quickDefect"))
    #expect(defect?.errorCode == -32603)
    #expect(defect?["error"]?["data"]?["correlationId"] != nil)
    #expect(await peer.ask(call(3, "quick", #","params":{"workDoneToken":[]}"#))?.errorCode == -32602)
    peer.connection.close()
  }

  @Test func `its progress ends before the answer`() async {
    let peer = RawPeer(handler: Mixed())
    peer.send(line: call(1, "quickReport", #","params":{"workDoneToken":"t"}"#))
    let messages = [await peer.next(), await peer.next(), await peer.next(), await peer.next()]
    #expect(messages.map { $0?["params"]?["value"]?["kind"] } == ["begin", "report", "end", nil])
    #expect(messages[3]?["id"] == 1)
    peer.connection.close()
  }

  @Test func `the id of a request that runs is refused`() async {
    let handler = Mixed()
    let peer = RawPeer(handler: handler)
    peer.send(line: call(1, "wait"))
    await handler.gate.started(1)
    let refusal = await peer.ask(call(1, "quick"))
    #expect(refusal?["id"] == .null)
    #expect(refusal?.errorCode == -32600)
    handler.gate.open()
    #expect(await peer.next()?["result"] == "waited")
    // The id is free for another as soon as the answer is there.
    #expect(await peer.ask(call(1, "quick"))?["result"] == "at once")
    #expect(await peer.ask(call(1, "quick"))?["result"] == "at once")
    peer.connection.close()
  }

  @Test func `the life cycle holds for it`() async {
    let peer = RawPeer(handler: Mixed(), framing: .contentLength)
    #expect(await peer.ask(frame: call(1, "quick"))?.errorCode == -32002)
    let initialize = call(2, "initialize", #","params":{"capabilities":{}}"#)
    peer.send([initialize, call(3, "quick")].map { "Content-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined())
    #expect(await peer.next() == ["jsonrpc": "2.0", "id": 2, "result": ["capabilities": [:]]])
    // Where it had to wait for that answer it goes the usual way.
    let second = await peer.next()
    #expect(second?["id"] == 3)
    #expect(second?["result"] == "in a task" || second?["result"] == "at once")
    #expect(await peer.ask(frame: call(4, "quick"))?["result"] == "at once")
    #expect(await peer.ask(frame: call(5, "shutdown"))?["result"] == .null)
    #expect(await peer.ask(frame: call(6, "quick"))?.errorCode == -32600)
    peer.connection.close()
  }

  @Test func `a batch is one array`() async {
    let handler = Mixed()
    let peer = RawPeer(handler: handler)
    let batch = await peer.ask("[\(call(1, "quick")),\(call(2, "quickRefusal")),1]")
    #expect(batch?.arrayValue?.count == 3)
    #expect(Set(batch?.arrayValue?.compactMap { $0["id"]?.intValue } ?? []) == [1, 2])
    peer.connection.close()
  }

  private final class Records: Sendable {
    private let state = Mutex<[RequestRecord]>([])

    var all: [RequestRecord] { state.withLock { $0 } }

    func add(_ event: ConnectionEvent) {
      if case .requestFinished(let record) = event { state.withLock { $0.append(record) } }
    }
  }

  @Test func `every request is recorded`() async {
    let records = Records()
    var options = ConnectionOptions.patientServer
    options.onEvent = { _, event in records.add(event) }
    let peer = RawPeer(handler: Mixed(), options: options)
    _ = await peer.ask(call(1, "quick"))
    _ = await peer.ask(call(2, "quickRefusal"))
    peer.connection.close()
    await peer.connection.waitUntilClosed()
    #expect(records.all.map(\.method) == ["quick", "quickRefusal"])
    #expect(records.all.map { $0.error?.rawValue } == [nil, 1234])
  }
}
