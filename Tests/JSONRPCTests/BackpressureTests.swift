import JSON
import JSONRPC
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct BackpressureTests {
  @Test func `a client that writes and never reads does not stop the reader, and is let go at the limit`() async {
    var options = ConnectionOptions.patientServer
    options.limits.maximumUnreadOutputBytes = 1 << 20
    options.flushGrace = .milliseconds(20)
    let peer = RawPeer(options: options, capacity: 1 << 12, reads: false)
    let line = #"{"jsonrpc":"2.0","id":1,"method":"none","params":{"text":"\#(String(repeating: "x", count: 1000))"}}"#
    await Task.detached { for _ in 0..<20_000 where peer.connection.end == nil { peer.send(line: line) } }.value
    let end = await peer.connection.waitUntilClosed()
    #expect(end.reason == .outputOverflow)
    #expect(end.exitCode == 1)
  }

  @Test func `a client that reads late gets every answer`() async {
    let peer = RawPeer(capacity: 1 << 12, reads: false)
    let inbox = Inbox()
    for id in 0..<2000 { peer.send(line: #"{"jsonrpc":"2.0","id":\#(id),"method":"sum","params":[\#(id)]}"#) }
    inbox.fill(from: peer.stream, .newline)
    var ids: Set<Int> = []
    var refused = 0
    while ids.count < 2000, let answer = await inbox.next() {
      if let id = answer["id"]?.intValue { ids.insert(id) }
      if answer.errorCode == 1001 { refused += 1 }
    }
    #expect(ids.count == 2000)
    peer.connection.close()
  }

  @Test func `a client that ends its side and reads late gets every answer`() async throws {
    var options = ConnectionOptions.patientServer
    options.flushGrace = .milliseconds(1)
    let peer = RawPeer(options: options, capacity: 1 << 12, reads: false)
    let line = #""method":"big","params":{"count":1000}}"#
    for id in 0..<200 { peer.send(line: #"{"jsonrpc":"2.0","id":\#(id),"# + line) }
    peer.finish()
    try await Task.sleep(for: .milliseconds(200))
    #expect(peer.connection.end == nil)
    let inbox = Inbox()
    inbox.fill(from: peer.stream, .newline)
    var ids: Set<Int> = []
    while let answer = await inbox.next() { if let id = answer["id"]?.intValue { ids.insert(id) } }
    #expect(ids == Set(0..<200))
    #expect(await peer.connection.waitUntilClosed().reason == .endOfStream)
  }

  @Test(arguments: [true, false])
  func `one that ends its side and never reads is not waited for for ever`(isClosedHere: Bool) async throws {
    var options = ConnectionOptions.patientServer
    options.flushGrace = .milliseconds(1)
    options.unreadGrace = isClosedHere ? .seconds(600) : .milliseconds(30)
    let peer = RawPeer(options: options, capacity: 1 << 12, reads: false)
    for id in 0..<20 { peer.send(line: #"{"jsonrpc":"2.0","id":\#(id),"method":"big","params":{"count":1000}}"#) }
    peer.finish()
    if isClosedHere {
      try await Task.sleep(for: .milliseconds(50))
      peer.connection.close()
    }
    await peer.connection.waitUntilClosed()
    #expect(peer.connection.inFlightCount == 0)
  }

  @Test func `a client that reads and never writes hears what is sent, with headers`() async {
    let peer = RawPeer(framing: .contentLength)
    #expect(peer.connection.notify("a"))
    #expect(await peer.next()?["method"] == "a")
    peer.connection.close()
    #expect(await peer.connection.waitUntilClosed().reason == .closedHere)
  }

  @Test func `of waiting reports only the last is kept, of waiting logs none beyond the threshold`() async {
    var options = ConnectionOptions.patientServer
    options.framing = .newline
    options.limits.maximumUnreadOutputBytes = 1 << 20
    let peer = RawPeer(options: options, capacity: 64, reads: false)
    let connection = peer.connection
    connection.notify("first", ["text": .string(String(repeating: "x", count: 20_000))])
    for index in 0..<10_000 {
      connection.notify("report", ["n": .integer(Int64(index))], delivery: .latest(key: "k"))
      connection.log(.info, String(repeating: "l", count: 1000))
    }
    connection.notify("last")
    #expect(connection.unreadOutputByteCount < 100_000)
    let inbox = Inbox()
    inbox.fill(from: peer.stream, .newline)
    var messages: [JSONValue] = []
    while messages.last?["method"] != "last", let next = await inbox.next() { messages.append(next) }
    let reports = messages.filter { $0["method"] == "report" }
    #expect(reports.last?["params"]?["n"] == 9999)
    #expect(reports.count < 10)
    connection.close()
    #expect(await connection.waitUntilClosed().droppedMessageCount > 9000)
  }

  @Test func `a report does not take a place before the begin of its own progress`() async {
    var options = ConnectionOptions.server
    options.framing = .newline
    let peer = RawPeer(options: options, capacity: 64, reads: false)
    peer.connection.notify("first", ["text": .string(String(repeating: "x", count: 1000))])
    peer.connection.notify("report", [1], delivery: .latest(key: "k"))
    peer.connection.notify("begin", delivery: .barrier(key: "k"))
    peer.connection.notify("report", [2], delivery: .latest(key: "k"))
    peer.connection.notify("report", [3], delivery: .latest(key: "k"))
    peer.connection.notify("last")
    let inbox = Inbox()
    inbox.fill(from: peer.stream, .newline)
    var messages: [JSONValue] = []
    while messages.last?["method"] != "last", let next = await inbox.next() { messages.append(next) }
    #expect(messages.map { $0["method"] } == ["first", "report", "begin", "report", "last"])
    #expect(messages.compactMap { $0["params"]?[0] } == [1, 3])
    peer.connection.close()
  }

  // MARK: - Parts of a result

  /// Sends 400 parts of 10 000 bytes, each after a report.
  private final class Parts: MessageHandler {
    let sent = Mutex(0)

    func handle(_ request: RequestContext) async throws -> JSONValue {
      for index in 1...400 {
        request.progress.report(data: ["sequence": .integer(Int64(index - 1))])
        await request.partialResults.send([.integer(Int64(index)), .string(String(repeating: "x", count: 10_000))])
        try Task.checkCancellation()
        sent.withLock { $0 = index }
      }
      return "done"
    }
  }

  private static let partsRequest =
    #"{"jsonrpc":"2.0","id":1,"method":"parts","params":{"workDoneToken":"w","partialResultToken":"p"}}"#

  /// Parts of 4 MB for a peer that may leave 1 MiB unread, and does not read yet.
  private func startParts(_ handler: Parts) async -> RawPeer {
    var options = ConnectionOptions.patientServer
    options.limits.maximumUnreadOutputBytes = 1 << 20
    options.progressInterval = .zero
    options.cancellationGrace = .seconds(30)
    let peer = RawPeer(handler: handler, options: options, capacity: 1 << 12, reads: false)
    peer.send(line: Self.partsRequest)
    while handler.sent.withLock({ $0 }) == 0 { await Task.yield() }
    return peer
  }

  @Test func `parts of a result wait for a slow reader, who gets them all`() async {
    let handler = Parts()
    let peer = await startParts(handler)
    let inbox = Inbox()
    inbox.fill(from: peer.stream, .newline)
    var parts: [Int] = []
    var highestUnread = 0
    while let next = await inbox.next(), next["id"] == nil {
      highestUnread = max(highestUnread, peer.connection.unreadOutputByteCount)
      guard let value = next["params"]?["value"] else { continue }
      if let number = value[0]?.intValue { parts.append(number) }
      // What a report says was sent has come: a client that loses the connection here can go on from there.
      if let sequence = value["sequence"]?.intValue { #expect(sequence <= parts.last ?? 0) }
    }
    #expect(parts == Array(1...400))
    #expect(highestUnread < 1 << 17)
    peer.connection.close()
    #expect(await peer.connection.waitUntilClosed().reason == .closedHere)
  }

  @Test func `who waits for a reader is woken by a cancellation`() async {
    let handler = Parts()
    let peer = await startParts(handler)
    peer.send(line: #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#)
    while peer.connection.inFlightCount > 0 { try? await Task.sleep(for: .milliseconds(1)) }
    #expect(handler.sent.withLock { $0 } < 400)
    peer.connection.close()
  }

  @Test func `who waits for a reader is woken by the end of the connection`() async {
    let handler = Parts()
    let peer = await startParts(handler)
    peer.stream.close()
    #expect(await peer.connection.waitUntilClosed().reason != .outputOverflow)
    #expect(handler.sent.withLock { $0 } < 400)
  }

  @Test func `a peer that is gone cancels what runs`() async {
    let handler = Gated()
    let peer = RawPeer(handler: handler)
    peer.send(line: #"{"jsonrpc":"2.0","id":1,"method":"wait"}"#)
    await handler.started(1)
    peer.stream.stopReading()
    peer.connection.notify("x")
    let end = await peer.connection.waitUntilClosed()
    #expect(end.reason == .streamFailed("the stream is closed"))
  }

  @Test func `a waiting request fails once when the connection ends`() async {
    let (mine, theirs) = MemoryStream.pair()
    let client = Connection(stream: mine, options: .client)
    client.start(handler: NoMethods())
    let inbox = Inbox()
    inbox.fill(from: theirs, .contentLength)
    let tasks = (0..<10).map { _ in Task { try await client.request("wait") } }
    for _ in tasks { _ = await inbox.next() }
    theirs.close()
    for task in tasks { await #expect(throws: ConnectionClosedError.self) { try await task.value } }
    await client.waitUntilClosed()
    await #expect(throws: ConnectionClosedError.self) { try await client.request("late") }
  }
}
