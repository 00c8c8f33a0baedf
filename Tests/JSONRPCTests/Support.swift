import Foundation
import JSON
import JSONRPC
import Synchronization
import Testing

/// A peer that writes and reads raw bytes, at one end of a pair in memory whose other end is a connection.
///
/// It reads on a thread of its own: a test must not block the threads that run the handlers.
final class RawPeer: Sendable {
  let stream: MemoryStream
  let connection: Connection
  private let inbox = Inbox()
  private let queue = DispatchQueue(label: "peer")

  /// - Parameters:
  ///   - framing: how what comes back is read.
  ///   - reads: whether anything is read at all.
  init(
    handler: any MessageHandler = Echo(), options: ConnectionOptions = .patientServer, framing: Framing = .newline,
    capacity: Int = 1 << 20, reads: Bool = true
  ) {
    let (mine, theirs) = MemoryStream.pair(capacity: capacity)
    stream = mine
    connection = Connection(stream: theirs, options: options)
    connection.start(handler: handler)
    if reads { inbox.fill(from: mine, framing) }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(line: String) { send(line + "\n") }

  func send(frame: String) { send("Content-Length: \(frame.utf8.count)\r\n\r\n\(frame)") }

  /// Returns at once: a queue waits until the bytes are taken, or the connection is closed.
  func send(_ bytes: [UInt8]) {
    queue.async { [stream] in
      var rest = bytes[...]
      while !rest.isEmpty {
        stream.waitUntilWritable()
        guard let count = try? stream.writeAvailable(rest) else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Ends the stream behind what was sent.
  func finish() { queue.async { [stream] in stream.finishWriting() } }

  /// The next message; nil when the stream has ended.
  func next() async -> JSONValue? { await inbox.next() }

  /// All messages until the connection closes the stream.
  func rest() async -> [JSONValue] {
    var values: [JSONValue] = []
    while let value = await next() { values.append(value) }
    return values
  }

  /// Sends a line and waits for one message.
  func ask(_ line: String) async -> JSONValue? {
    send(line: line)
    return await next()
  }

  /// Sends a frame with a header and waits for one message.
  func ask(frame: String) async -> JSONValue? {
    send(frame: frame)
    return await next()
  }
}

extension ConnectionOptions {
  /// A server whose requests are not cut off at the end, however slow the machine is.
  static var patientServer: ConnectionOptions {
    var options = ConnectionOptions.server
    options.drainGrace = .seconds(60)
    return options
  }
}

/// What a stream brought, read by a thread.
final class Inbox: Sendable {
  private let messages: AsyncStream<JSONValue>
  private let continuation: AsyncStream<JSONValue>.Continuation

  init() { (messages, continuation) = AsyncStream.makeStream() }

  func fill(from stream: any ByteStream, _ framing: Framing) {
    Thread.detachNewThread { [continuation] in
      var limits = ConnectionLimits()
      limits.maximumMessageBytes = 1 << 28
      var decoder = FrameDecoder(framing: framing, limits: limits)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case .bytes(let count) = stream.read(into: &buffer, timeout: nil) {
        decoder.append(buffer[..<count])
        while case .frame(let body)? = decoder.next() {
          continuation.yield((try? JSONParser().parse(body)) ?? "not JSON")
        }
      }
      continuation.finish()
    }
  }

  /// To be called by one task at a time.
  func next() async -> JSONValue? {
    for await message in messages { return message }
    return nil
  }
}

/// Answers with its params; `subtract`, `sum`, `get_data` as in the specification's examples.
struct Echo: MessageHandler {
  func handle(_ request: RequestContext) async throws -> JSONValue {
    switch request.method {
    case "initialize": return ["capabilities": [:]]
    case "shutdown": return nil
    case "echo": return request.params ?? nil
    case "subtract": return try subtract(request.params)
    case "sum": return .integer((request.params?.arrayValue ?? []).reduce(0) { $0 + Int64($1.intValue ?? 0) })
    case "get_data": return ["hello", 5]
    case "big": return .string(String(repeating: "x", count: request.params?["count"]?.intValue ?? 0))
    case "nan": return ["value": .double(.nan)]
    case "fail": throw RPCError(RPCErrorCode(rawValue: 1234), "It failed.", data: ["why": "because"])
    case "defect": throw Defect(secret: "/home/somebody")
    case "giveUp": throw CancellationError()
    default: throw RPCError.methodNotFound(request.method)
    }
  }

  struct Defect: Error { let secret: String }

  private func subtract(_ params: JSONValue?) throws -> JSONValue {
    let left = params?["minuend"]?.intValue ?? params?[0]?.intValue
    let right = params?["subtrahend"]?.intValue ?? params?[1]?.intValue
    guard let left, let right else { throw RPCError.invalidParams("two numbers expected") }
    return .integer(Int64(left - right))
  }
}

/// Echoes, and lets a request wait until a test opens a gate or the request is cancelled.
final class Gated: MessageHandler {
  private struct State {
    var isOpen = false
    var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    var cancelled: Set<Int> = []
    var lastNumber = 0
    var started = 0
    var starters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var closings: [ConnectionEnd] = []
    var notifications: [String] = []
  }

  private let state = Mutex(State())

  func handle(_ request: RequestContext) async throws -> JSONValue {
    switch request.method {
    case "wait":
      try await wait()
      return "waited"
    case "stubborn":
      // Does not look whether it is cancelled.
      await Task { try? await self.wait() }.value
      return "done"
    default: return try await Echo().handle(request)
    }
  }

  func handle(_ notification: NotificationContext) {
    state.withLock { $0.notifications.append(notification.method) }
  }

  func connectionClosed(_ connection: Connection, _ end: ConnectionEnd) {
    state.withLock { $0.closings.append(end) }
  }

  var closings: [ConnectionEnd] { state.withLock { $0.closings } }
  var notifications: [String] { state.withLock { $0.notifications } }
  var startedCount: Int { state.withLock { $0.started } }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits until so many requests are at the gate.
  func started(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        if state.started < count { state.starters.append((count, continuation)) }
        return state.started >= count
      }
      if isReached { continuation.resume() }
    }
  }

  /// Waits until the gate is open; throws when the task is cancelled.
  func wait() async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let (reached, outcome) = state.withLock {
          state -> ([CheckedContinuation<Void, Never>], Result<Void, any Error>?) in
          state.started += 1
          let reached = state.starters.filter { $0.count <= state.started }.map(\.continuation)
          state.starters.removeAll { $0.count <= state.started }
          if state.isOpen { return (reached, .success(())) }
          if state.cancelled.contains(number) { return (reached, .failure(CancellationError())) }
          state.waiting[number] = continuation
          return (reached, nil)
        }
        for starter in reached { starter.resume() }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        state.cancelled.insert(number)
        return state.waiting.removeValue(forKey: number)
      }
      continuation?.resume(throwing: CancellationError())
    }
  }
}

func json(_ text: String) throws -> JSONValue { try JSONParser().parse(text) }

extension JSONValue {
  var errorCode: Int? { self["error"]?["code"]?.intValue }
}
