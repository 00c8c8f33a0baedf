import JSON
import JSONRPC
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
  private func cancel(_ id: String) -> String {
    #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(id)}}"#
  }

  private func call(_ id: String, _ method: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"}"#
  }

  @Test func `a cancelled request is answered with -32800`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler)
    peer.send(line: call("1", "wait"))
    await handler.started(1)
    let answer = await peer.ask(cancel("1"))
    #expect(answer?["id"] == 1)
    #expect(answer?.errorCode == -32800)
    #expect(await peer.ask(call("1", "echo"))?["result"] == .null)
    peer.connection.close()
  }

  @Test func `a handler that does not look is waited for, and its result is not sent`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler)
    peer.send(line: call("1", "stubborn"))
    await handler.started(1)
    peer.send(line: cancel("1"))
    peer.send(line: cancel("1"))
    #expect(await peer.ask(call("2", "echo"))?["id"] == 2)
    handler.open()
    let answer = await peer.next()
    #expect(answer?["id"] == 1)
    #expect(answer?.errorCode == -32800)
    peer.finish()
    #expect(await peer.rest().isEmpty)
  }

  @Test func `ids are matched with their type`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler)
    for id in ["1", #""1""#, "1.5"] { peer.send(line: call(id, "wait")) }
    await handler.started(3)
    #expect(await peer.ask(cancel(#""1""#))?["id"] == "1")
    #expect(await peer.ask(cancel("1.50"))?["id"] == 1.5)
    #expect(await peer.ask(cancel("1"))?["id"] == 1)
    peer.connection.close()
  }

  @Test func `a cancellation that comes too early or too late is nobody's fault`() async {
    let peer = RawPeer()
    peer.send(line: cancel("1"))
    #expect(await peer.ask(call("1", "echo"))?["result"] == .null)
    peer.send(line: cancel("1"))
    peer.send(line: cancel("[]"))
    #expect(await peer.ask(call("2", "echo"))?["id"] == 2)
    peer.connection.close()
  }

  @Test func `requests behind initialize are cancelled without being started`() async {
    let handler = SlowInitialize()
    let peer = RawPeer(handler: handler, framing: .contentLength)
    peer.send(frame: #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#)
    peer.send(frame: call("2", "wait"))
    peer.send(frame: cancel("1"))
    let answer = await peer.ask(frame: cancel("2"))
    #expect(answer?["id"] == 2)
    #expect(answer?.errorCode == -32800)
    handler.gate.open()
    #expect(await peer.next()?["id"] == 1)
    #expect(handler.gate.startedCount == 1)
    peer.connection.close()
  }

  /// Whose `initialize` waits at the gate.
  private struct SlowInitialize: MessageHandler {
    let gate = Gated()

    func handle(_ request: RequestContext) async throws -> JSONValue {
      if request.method == "initialize" { try await gate.wait() }
      return try await gate.handle(request)
    }
  }

  @Test func `a cancelled item of a batch is in the array`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler)
    peer.send(line: "[\(call("1", "wait")),\(call("2", "echo"))]")
    await handler.started(1)
    let answer = await peer.ask(cancel("1"))?.arrayValue ?? []
    #expect(answer.first { $0["id"] == 1 }?.errorCode == -32800)
    #expect(answer.count == 2)
    peer.connection.close()
  }

  @Test func `a request and its cancellation together get one answer, whoever wins`() async {
    let peer = RawPeer()
    for id in 1...300 {
      peer.send(call("\(id)", "echo") + "\n" + cancel("\(id)") + "\n")
    }
    peer.finish()
    let answers = await peer.rest()
    #expect(answers.compactMap { $0["id"]?.intValue }.sorted() == Array(1...300))
    #expect(answers.allSatisfy { $0.errorCode == nil || $0.errorCode == -32800 })
  }

  // MARK: From this side

  private func pair(_ handler: any MessageHandler, _ options: ConnectionOptions = .client) -> (Connection, Connection) {
    let (mine, theirs) = MemoryStream.pair()
    var serverOptions = ConnectionOptions.patientServer
    serverOptions.profile = .plain
    let server = Connection(stream: theirs, options: serverOptions)
    let client = Connection(stream: mine, options: options)
    server.start(handler: handler)
    client.start(handler: NoMethods())
    return (client, server)
  }

  @Test func `cancelling a task cancels its request at the peer`() async {
    let handler = Gated()
    let (client, server) = pair(handler)
    let task = Task { try await client.request("wait") }
    await handler.started(1)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(await (try? client.request("echo", ["a": 1])) == ["a": 1])
    #expect(server.inFlightCount == 0)
    client.close()
    await server.waitUntilClosed()
  }

  /// Cancelled by another thread, so that the moment falls anywhere between the start of the call and its answer.
  @Test func `a task that is cancelled at any moment ends`() async {
    let handler = Gated()
    let (client, server) = pair(handler)
    for round in 0..<1000 {
      let task = Task { try await client.request("wait") }
      if round % 2 == 0 { await Task.yield() }
      let canceller = Task.detached {
        for _ in 0..<round { _ = Atomic(round).load(ordering: .sequentiallyConsistent) }
        task.cancel()
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      await canceller.value
    }
    // Ordered behind all the cancellations, which the reader has seen by then.
    _ = try? await client.request("echo")
    client.close()
    await server.waitUntilClosed()
    #expect(server.inFlightCount == 0)
  }

  @Test func `a peer that ignores the cancellation is not waited for for ever`() async {
    var options = ConnectionOptions.client
    options.cancelledRequestGrace = .milliseconds(10)
    let (mine, theirs) = MemoryStream.pair()
    let client = Connection(stream: mine, options: options)
    client.start(handler: NoMethods())
    let inbox = Inbox()
    inbox.fill(from: theirs, .contentLength)
    let task = Task { try await client.request("wait") }
    #expect(await inbox.next()?["method"] == "wait")
    task.cancel()
    #expect(await inbox.next()?["method"] == "$/cancelRequest")
    await #expect(throws: CancellationError.self) { try await task.value }
    client.close()
    await client.waitUntilClosed()
  }
}
