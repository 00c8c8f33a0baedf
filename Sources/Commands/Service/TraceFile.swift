import Contract
import JSON
import JSONRPC

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A record of what was said on every connection, a JSON object a line, from which a session can be replayed.
///
/// It holds prompts and answers, so nobody else may read it; tokens are left out of it. When it cannot be written any
/// more it ends, and the service goes on.
struct TraceFile: Sendable {
  private let writer: BoundedWriter
  private let descriptor: OpenFile
  private let redaction: TokenRedaction

  /// Bytes that wait for a slow disk.
  private static let room = 64 << 20

  /// - Throws: ``ServiceError`` of kind `fileUnwritable` when the file cannot be opened.
  init(_ path: String, redaction: TokenRedaction, log: ServiceLog) throws(ServiceError) {
    let file = OpenFile(try LocalFile.createPrivate(path))
    descriptor = file
    self.redaction = redaction
    writer = BoundedWriter(
      file, label: "llmbench.trace", room: Self.room,
      lostLine: { Self.line(["event": "lost", "count": .integer(Int64($0))]) },
      onFailure: { error in
        log.log(.error, "trace", "The trace ends here", [("file", path), ("reason", error.reason)])
      })
  }

  /// Waits a while for the last lines to be written.
  func close() { writer.flush(milliseconds: 2000) }

  func record(_ connection: Int, _ event: ConnectionEvent) {
    guard let members = members(of: event) else { return }
    writer.add(Self.line(members, connection: connection))
  }

  private static func line(_ members: JSONObject, connection: Int? = nil) -> String {
    var first: [(key: String, value: JSONValue)] = [("time", .string("\(Timestamp.now())"))]
    if let connection { first.append(("connection", .integer(Int64(connection)))) }
    return JSONWriter.string(.object(JSONObject(distinct: first + Array(members)))) + "\n"
  }

  private func members(of event: ConnectionEvent) -> JSONObject? {
    switch event {
    case .frameReceived(let body, let framing): message("in", body, framing)
    case .frameSent(let body, let framing): message("out", body, framing)
    case .opened(let peer): ["event": "opened", "peer": .string(peer)]
    case .turnedAway(let peer, let reason):
      ["event": "turnedAway", "peer": .string(peer), "reason": .string(reason)]
    case .closed(let end): ["event": "closed", "reason": .string(end.reason.text)]
    case .internalError(let method, let id, let type, let detail):
      [
        "event": "internalError", "id": .string(id), "method": .string(method), "type": .string(type),
        "detail": .string(redaction.redacted(Array(detail.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? ""),
      ]
    case .requestFinished, .malformed, .ignored: nil
    }
  }

  private func message(_ direction: String, _ body: [UInt8], _ framing: Framing) -> JSONObject {
    var members: JSONObject = [
      "direction": .string(direction), "framing": framing == .newline ? "lines" : "headers",
    ]
    guard let kept = redaction.redacted(body) else {
      members["withheld"] = true
      return members
    }
    if let text = String(validating: kept, as: UTF8.self) {
      members["message"] = .string(text)
    } else {
      members["bytes"] = .array(kept.map { .integer(Int64($0)) })
    }
    return members
  }
}

/// A file that is closed with its last owner.
private final class OpenFile: TextSink {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  func write(_ text: String) throws(SinkError) { try FileDescriptorSink(descriptor).write(text) }
}
