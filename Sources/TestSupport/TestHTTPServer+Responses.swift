extension TestHTTPServer.Step {
  package static func send(_ text: String) -> Self { .send(Array(text.utf8)) }

  /// A whole response with its length.
  package static func response(
    _ body: String, status: Int = 200, headers: [String] = [], type: String = "application/json"
  ) -> Self {
    var text = "HTTP/1.1 \(status) Status\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
    for header in headers { text += header + "\r\n" }
    return .send(text + "\r\n" + body)
  }

  /// The head of a response that is sent in chunks or until the connection ends.
  package static func head(
    _ status: Int = 200, type: String = "text/event-stream", isChunked: Bool = true, headers: [String] = []
  ) -> Self {
    var text = "HTTP/1.1 \(status) Status\r\nContent-Type: \(type)\r\n"
    text += isChunked ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n"
    for header in headers { text += header + "\r\n" }
    return .send(text + "\r\n")
  }

  /// One chunk of a chunked body.
  package static func chunk(_ text: String) -> Self { chunk(Array(text.utf8)) }

  package static func chunk(_ bytes: [UInt8]) -> Self {
    .send(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8))
  }

  /// The end of a chunked body.
  package static let lastChunk = Self.send("0\r\n\r\n")
}
