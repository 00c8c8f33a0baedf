import JSON
import TestSupport

/// Speaks the protocol by hand to a program's standard streams: what an editor or a script would send, byte for byte.
struct RawPeer {
  enum Framing { case headers, lines }

  let program: BinaryRunner
  let framing: Framing

  init(_ place: Workplace, _ framing: Framing, _ arguments: [String] = ["serve", "--stdio"]) throws {
    program = try place.start(arguments, input: nil)
    self.framing = framing
  }

  func send(_ message: JSONValue) {
    let text = "\(message)"
    program.send(framing == .lines ? text + "\n" : "Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
  }

  func request(_ id: JSONValue, _ method: String, _ params: JSONValue = [:]) {
    send(["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params])
  }

  func notify(_ method: String, _ params: JSONValue = [:]) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }

  /// Waits for the answer to a request.
  func answer(_ id: JSONValue, seconds: Double = 20) async throws -> JSONValue {
    try await message("the answer to \(id)", seconds) { $0["id"] == id && $0["method"] == nil }
  }

  /// Waits for the first message that fits.
  func message(
    _ what: String, _ seconds: Double = 20, _ fits: (JSONValue) -> Bool
  ) async throws -> JSONValue {
    var found: JSONValue?
    try await program.waitUntil(what, seconds) {
      found = messages().first(where: fits)
      return found != nil
    }
    guard let found else { throw Unexpected("no \(what)") }
    return found
  }

  /// What `$/progress` brought under a token.
  func progress(_ token: JSONValue) -> [JSONValue] {
    messages().filter { $0["method"]?.stringValue == "$/progress" && $0["params"]?["token"] == token }
      .compactMap { $0["params"]?["value"] }
  }

  /// All whole messages that came so far.
  func messages() -> [JSONValue] { Self.messages(in: program.outputText, framing) }

  /// All whole messages in what was received.
  static func messages(in text: String, _ framing: Framing) -> [JSONValue] {
    if framing == .lines {
      let whole = text.utf8.lastIndex(of: UInt8(ascii: "\n")).map { text[..<$0] } ?? ""
      return whole.split(separator: "\n").compactMap { try? JSONParser().parse(String($0)) }
    }
    var bytes = Array(text.utf8)[...]
    var messages: [JSONValue] = []
    while let headEnd = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
      let head = String(decoding: bytes[..<headEnd.lowerBound], as: UTF8.self)
      let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
        .flatMap { Int($0.dropFirst("Content-Length: ".count)) }
      guard let length, bytes.endIndex - headEnd.upperBound >= length else { break }
      let body = bytes[headEnd.upperBound..<headEnd.upperBound + length]
      if let message = try? JSONParser().parse(body) { messages.append(message) }
      bytes = bytes[(headEnd.upperBound + length)...]
    }
    return messages
  }
}
