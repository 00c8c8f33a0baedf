/// How messages are told apart in a stream of bytes.
package enum Framing: Sendable, Equatable {
  /// One JSON text a line.
  case newline
  /// `Content-Length: N`, a blank line, N bytes: the language-server base protocol.
  case contentLength
}

extension Framing {
  /// The bytes of one frame, to be written at once.
  ///
  /// The header is exactly `Content-Length: N`, alone: common readers accept no other case, order or spacing.
  package func frame(_ body: [UInt8]) -> [UInt8] {
    switch self {
    case .newline:
      var frame = body
      frame.append(UInt8(ascii: "\n"))
      return frame
    case .contentLength:
      var frame: [UInt8] = []
      frame.reserveCapacity(body.count + 32)
      frame.append(contentsOf: "Content-Length: ".utf8)
      frame.append(contentsOf: String(body.count).utf8)
      frame.append(contentsOf: "\r\n\r\n".utf8)
      frame.append(contentsOf: body)
      return frame
    }
  }
}

/// Bytes that break the framing.
package struct FramingViolation: Error, Sendable, Equatable {
  /// What the peer is told with id null; nil when it gets no answer, as a web browser should not.
  package let error: RPCError?
  /// Whether the stream is lost. Otherwise decoding goes on behind the fault.
  package let isFatal: Bool

  package init(error: RPCError?, isFatal: Bool) {
    self.error = error
    self.isFatal = isFatal
  }
}
