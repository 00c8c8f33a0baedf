import JSON
import JSONRPC
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProgressTests {
  /// A clock that stands still until it is moved.
  final class ManualTime: Sendable {
    private struct State {
      var now = Duration.zero
      var sleepers: [(until: Duration, continuation: CheckedContinuation<Void, Never>)] = []
      var sleepCount = 0
    }
    private let state = Mutex(State())

    var source: TimeSource {
      TimeSource(
        now: { self.state.withLock { $0.now } },
        sleep: { duration in
          await withCheckedContinuation { continuation in
            self.state.withLock { state in
              state.sleepCount += 1
              state.sleepers.append((state.now + duration, continuation))
            }
          }
        })
    }

    func sleeper() async {
      while state.withLock({ $0.sleepers.isEmpty }) { await Task.yield() }
    }

    func advance(_ duration: Duration) {
      let due = state.withLock { state in
        state.now += duration
        defer { state.sleepers.removeAll { $0.until <= state.now } }
        return state.sleepers.filter { $0.until <= state.now }.map(\.continuation)
      }
      for continuation in due { continuation.resume() }
    }
  }

  /// Runs a closure as the method `work`.
  struct Work: MessageHandler {
    let body: @Sendable (RequestContext) async throws -> JSONValue
    func handle(_ request: RequestContext) async throws -> JSONValue { try await body(request) }
  }

  private let request =
    #"{"jsonrpc":"2.0","id":1,"method":"work","params":{"workDoneToken":"t","partialResultToken":7}}"#

  private func values(_ messages: [JSONValue], token: JSONValue = "t") -> [JSONValue] {
    messages.filter { $0["params"]?["token"] == token }.compactMap { $0["params"]?["value"] }
  }

  @Test func `begin comes first, end before the answer`() async {
    let peer = RawPeer(
      handler: Work { request in
        request.progress.begin(title: "Work", message: "starts", percentage: 0, data: ["total": 3])
        request.progress.report(message: "one", percentage: 33.9, data: ["completed": 1, "kind": "mine"])
        request.progress.begin(title: "Again")
        return "done"
      })
    peer.send(line: request)
    peer.finish()
    let messages = await peer.rest()
    #expect(
      values(messages) == [
        ["kind": "begin", "title": "Work", "cancellable": true, "message": "starts", "percentage": 0, "total": 3],
        ["kind": "report", "message": "one", "percentage": 33, "completed": 1],
        ["kind": "end"],
      ])
    #expect(messages.last?["result"] == "done")
    #expect(messages.count == 4)
  }

  @Test func `reports are joined and the last one is sent`() async {
    let time = ManualTime()
    var options = ConnectionOptions.patientServer
    options.timeSource = time.source
    let peer = RawPeer(
      handler: Work { request in
        request.progress.begin(title: "Work")
        for index in 0...1000 { request.progress.report(percentage: Double(index) / 10) }
        return nil
      }, options: options)
    peer.send(line: request)
    peer.finish()
    let percentages = values(await peer.rest()).filter { $0["kind"] == "report" }.map { $0["percentage"] }
    #expect(percentages == [0, 100])
    time.advance(.seconds(10))
  }

  @Test func `a report that waits goes out when its time comes`() async {
    let time = ManualTime()
    var options = ConnectionOptions.patientServer
    options.timeSource = time.source
    let gate = Gated()
    let peer = RawPeer(
      handler: Work { request in
        request.progress.report(message: "1")
        request.progress.report(message: "2")
        request.progress.report(message: "3")
        try await gate.wait()
        return "waited"
      }, options: options)
    peer.send(line: request)
    #expect(await peer.next()?["params"]?["value"]?["title"] == "work")
    #expect(await peer.next()?["params"]?["value"]?["message"] == "1")
    await time.sleeper()
    time.advance(.milliseconds(100))
    #expect(await peer.next()?["params"]?["value"]?["message"] == "3")
    gate.open()
    #expect(await peer.next()?["params"]?["value"]?["kind"] == "end")
    #expect(await peer.next()?["result"] == "waited")
    peer.connection.close()
  }

  @Test func `the percentage never falls and stays within bounds`() async {
    var options = ConnectionOptions.patientServer
    options.progressInterval = .zero
    let peer = RawPeer(
      handler: Work { request in
        for percentage in [5, 3, -1, 50, .nan, 400, 20] { request.progress.report(percentage: percentage) }
        return nil
      }, options: options)
    peer.send(line: request)
    peer.finish()
    let percentages = values(await peer.rest()).filter { $0["kind"] == "report" }.map { $0["percentage"]?.intValue }
    #expect(percentages == [5, 5, 5, 50, nil, 100, 100])
  }

  @Test func `nothing is sent without a token, nor after the answer`() async {
    let kept = Mutex<RequestContext?>(nil)
    let peer = RawPeer(
      handler: Work { request in
        request.progress.begin(title: "Work")
        await request.partialResults.send([1])
        kept.withLock { $0 = request }
        return nil
      })
    let plain = #"{"jsonrpc":"2.0","id":1,"method":"work","params":{"workDoneToken":null}}"#
    #expect(await peer.ask(plain)?["id"] == 1)
    peer.send(line: request)
    var messages: [JSONValue] = []
    while messages.last?["id"] == nil, let next = await peer.next() { messages.append(next) }
    #expect(messages.count == 4)
    let context = kept.withLock { $0 }
    context?.progress.report(message: "late")
    context?.progress.end()
    await context?.partialResults.send([2])
    #expect(await peer.ask(plain)?["id"] == 1)
    peer.connection.close()
  }

  @Test(arguments: ["1.5", "{}", "true"]) func `a token must be a string or an integer`(token: String) async {
    let peer = RawPeer(handler: Work { _ in nil })
    let answer = await peer.ask(#"{"jsonrpc":"2.0","id":1,"method":"work","params":{"workDoneToken":\#(token)}}"#)
    #expect(answer?.errorCode == -32602)
    #expect(answer?["error"]?["data"]?["pointer"] == "/workDoneToken")
    peer.connection.close()
  }

  @Test func `every part of a result is sent, in order, before the answer`() async {
    let peer = RawPeer(
      handler: Work { request in
        for index in 0..<500 { await request.partialResults.send([.integer(Int64(index))]) }
        return nil
      })
    peer.send(line: request)
    peer.finish()
    let messages = await peer.rest()
    #expect(values(messages, token: 7) == (0..<500).map { [.integer(Int64($0))] })
    #expect(messages.last?["id"] == 1)
  }

  @Test func `a failed or cancelled request ends its progress too`() async {
    let peer = RawPeer(
      handler: Work { request in
        request.progress.begin(title: "Work")
        throw request.method == "cancel" ? CancellationError() : RPCError(.requestFailed, "x") as any Error
      })
    peer.send(line: request)
    #expect(await peer.next()?["params"]?["value"]?["kind"] == "begin")
    #expect(await peer.next()?["params"]?["value"]?["kind"] == "end")
    #expect(await peer.next()?.errorCode == -32803)
    peer.connection.close()
  }

  @Test func `a client gets the progress of its own request`() async throws {
    let (mine, theirs) = MemoryStream.pair()
    let server = Connection(stream: theirs, options: .patientServer)
    server.start(
      handler: Work { request in
        if request.method == "initialize" { return ["capabilities": [:]] }
        request.progress.begin(title: "Work")
        await request.partialResults.send(["part"])
        request.progress.end(message: "over", data: ["runId": "r"])
        return request.params?["suite"] ?? nil
      })
    let client = Connection(stream: mine, options: .client)
    client.start(handler: NoMethods())
    _ = try await client.request("initialize", ["capabilities": [:]])
    let seen = Mutex<[JSONValue]>([])
    let parts = Mutex<[JSONValue]>([])
    let result = try await client.request(
      "work", ["suite": "s"], onProgress: { value in seen.withLock { $0.append(value) } },
      onPartialResult: { value in parts.withLock { $0.append(value) } })
    #expect(result == "s")
    #expect(
      seen.withLock { $0 } == [
        ["kind": "begin", "title": "Work", "cancellable": true], ["kind": "end", "message": "over", "runId": "r"],
      ])
    #expect(parts.withLock { $0 } == [["part"]])
    client.close()
    await server.waitUntilClosed()
  }

  @Test func `a progress of the server's own is asked for, shown and cancelled`() async throws {
    let peer = RawPeer()
    #expect(try await peer.connection.openProgress(title: "x") == nil)
    _ = await peer.ask(
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"window":{"workDoneProgress":true}}}}"#)
    let cancellations = Atomic(0)
    let opening = Task {
      try await peer.connection.openProgress(title: "Run") { cancellations.add(1, ordering: .relaxed) }
    }
    let create = await peer.next()
    #expect(create?["method"] == "window/workDoneProgress/create")
    let token = create?["params"]?["token"] ?? nil
    peer.send(line: #"{"jsonrpc":"2.0","id":\#(create?["id"] ?? nil),"result":null}"#)
    let reporter = try #require(try await opening.value)
    #expect(await peer.next()?["params"]?["value"]?["kind"] == "begin")
    for _ in 1...2 {
      peer.send(line: #"{"jsonrpc":"2.0","method":"window/workDoneProgress/cancel","params":{"token":\#(token)}}"#)
    }
    _ = await peer.ask(#"{"jsonrpc":"2.0","id":2,"method":"echo"}"#)
    let count = cancellations.load(ordering: .relaxed)
    #expect(count == 1)
    reporter.end(message: "over")
    #expect(await peer.next()?["params"] == ["token": token, "value": ["kind": "end", "message": "over"]])
    peer.connection.close()
  }

  @Test func `a refused progress is an error`() async {
    let peer = RawPeer()
    _ = await peer.ask(
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"window":{"workDoneProgress":true}}}}"#)
    let opening = Task { try await peer.connection.openProgress(title: "Run") }
    let id = await peer.next()?["id"] ?? nil
    peer.send(line: #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":-32601,"message":"no"}}"#)
    await #expect(throws: RPCError(.methodNotFound, "no")) { try await opening.value }
    peer.connection.close()
  }
}
