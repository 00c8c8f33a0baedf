import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct FrameDecoderTests {
  /// What a decoder makes of bytes that come in the given pieces.
  private func decode(
    _ pieces: [[UInt8]], framing: Framing? = nil, isStrict: Bool = true, limits: ConnectionLimits = ConnectionLimits()
  ) -> [String] {
    var decoder = FrameDecoder(framing: framing, isStrict: isStrict, limits: limits)
    var events: [String] = []
    for piece in pieces {
      decoder.append(piece)
      while let event = decoder.next() { events.append(describe(event)) }
    }
    while let event = decoder.finish() { events.append(describe(event)) }
    return events
  }

  private func decode(
    _ text: String, framing: Framing? = nil, isStrict: Bool = true, limits: ConnectionLimits = ConnectionLimits()
  ) -> [String] {
    decode([Array(text.utf8)], framing: framing, isStrict: isStrict, limits: limits)
  }

  private func describe(_ event: FrameDecoder.Event) -> String {
    switch event {
    case .frame(let body): String(decoding: body, as: UTF8.self)
    case .violation(let violation):
      "\(violation.isFatal ? "fatal" : "fault") \(violation.error.map { "\($0.code.rawValue)" } ?? "silent")"
    }
  }

  static let streams: [(String, [String])] = [
    ("{\"a\":1}\n{\"b\":\"\u{e9}\u{1F600}\"}\r\n\n  \n[1]\n", ["{\"a\":1}", "{\"b\":\"\u{e9}\u{1F600}\"}", "[1]"]),
    ("Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", ["{}", "[1]"]),
    ("\r\n content-length:2\ncontent-type: application/vscode-jsonrpc; charset=utf8\n\n{}", ["{}"]),
    (
      "Content-Type: application/vim-jsonrpc; charset=\"UTF-8\"\r\nX-Other: a:b\r\nCONTENT-LENGTH:  7  \r\n\r\n\"\u{e9}\u{e9}x\"",
      ["\"\u{e9}\u{e9}x\""]
    ),
    ("{}\nno JSON\n{}", ["{}", "no JSON", "{}"]),
  ]

  @Test(arguments: streams) func `a stream may be cut anywhere`(stream: String, frames: [String]) {
    let bytes = Array(stream.utf8)
    #expect(decode([bytes]) == frames)
    #expect(decode(bytes.map { [$0] }) == frames)
    for cut in bytes.indices {
      #expect(decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == frames, "cut at \(cut)")
    }
  }

  @Test(arguments: [
    "Content-Length: -5\r\n\r\n{}", "Content-Length: +2\r\n\r\n{}", "Content-Length: 0\r\n\r\n{}",
    "Content-Length:\r\n\r\n{}", "Content-Length: 0x2\r\n\r\n{}", "Content-Length: 2 2\r\n\r\n{}",
    "Content-Length: 99999999999999999999999999\r\n\r\n{}", "Content-Length: 900000000000\r\n\r\n{}",
    "Content-Length: \(String(repeating: "9", count: 400))\r\n\r\n{}", "Content-Type: x\r\n\r\n{}",
    "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "Content-Length: 2\r\nno field\r\n\r\n{}",
    "Content-Length: 2\r\nGET / HTTP/1.1\r\n\r\n{}", "Content-Length : 2\r\n\r\n{}",
    "Content-Length: \u{661}\r\n\r\n{}",
    "Content-Length: 2\r\n X: folded\r\n\r\n{}",
  ]) func `a length that says nothing ends the stream at the header`(stream: String) {
    let next = "Content-Length: 2\r\n\r\n{}"
    #expect(decode(stream + next) == ["fatal -32600"])
    #expect(decode((stream + next).utf8.map { [$0] }) == ["fatal -32600"])
  }

  @Test(arguments: [
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}", "GET / HTTP/1.1\r\n\r\n", "\u{FEFF}{}\n",
    "hello\n{}\n", "contend: 2\r\n\r\n{}", "\u{16}\u{3}\u{1}\u{2}\u{0}", "\"text\"\n", "1\n", "con",
  ]) func `a strict decoder refuses what opens with neither JSON nor a header`(stream: String) {
    #expect(decode(stream) == ["fatal silent"])
    #expect(decode(stream.utf8.map { [$0] }) == ["fatal silent"])
  }

  @Test func `a lenient decoder takes a strange first line for a line or a header`() {
    #expect(decode("hello\n{}\n", isStrict: false) == ["hello", "{}"])
    #expect(decode("\u{FEFF}{}\n{}\n", isStrict: false) == ["\u{FEFF}{}", "{}"])
    #expect(decode("X-First: 1\r\nContent-Length: 2\r\n\r\n{}", isStrict: false) == ["{}"])
    #expect(decode("con", isStrict: false) == ["con"])
    #expect(decode("POST / HTTP/1.1\n{}\n", isStrict: false) == ["POST / HTTP/1.1", "{}"])
  }

  @Test func `a long line is reported once and skipped`() {
    var limits = ConnectionLimits()
    limits.maximumMessageBytes = 10
    let stream = "{}\n{" + String(repeating: "x", count: 5000) + "\n[1]\n"
    #expect(decode(stream, limits: limits) == ["{}", "fault -32600", "[1]"])
    #expect(decode(stream.utf8.map { [$0] }, limits: limits) == ["{}", "fault -32600", "[1]"])
  }

  @Test func `a long line is not kept`() {
    var limits = ConnectionLimits()
    limits.maximumMessageBytes = 1000
    var decoder = FrameDecoder(framing: .newline, limits: limits)
    var faults = 0
    for _ in 0..<1000 {
      decoder.append([UInt8](repeating: 0x78, count: 1000))
      while decoder.next() != nil { faults += 1 }
    }
    #expect(faults == 1)
  }

  @Test func `a header has a limit in bytes and in lines`() {
    let long = "Content-Length: 2\r\nX: " + String(repeating: "x", count: 9000)
    #expect(decode(long) == ["fatal -32600"])
    #expect(decode(long + "\r\n\r\n{}") == ["fatal -32600"])
    let many = "Content-Length: 2\r\n" + String(repeating: "X: y\r\n", count: 40)
    #expect(decode(many + "\r\n{}") == ["fatal -32600"])
  }

  @Test func `the limit on a message is met before its bytes come`() {
    var limits = ConnectionLimits()
    limits.maximumMessageBytes = 10
    #expect(decode("Content-Length: 11\r\n\r\n", limits: limits) == ["fatal -32600"])
    #expect(decode("Content-Length: 10\r\n\r\n[1,2,3,4 ]", limits: limits) == ["[1,2,3,4 ]"])
  }

  @Test func `another charset is refused and its body skipped`() {
    let foreign = "Content-Length: 2\r\nContent-Type: x/y; charset=utf-16\r\n\r\n{}"
    #expect(decode(foreign + "Content-Length: 3\r\n\r\n[1]") == ["fault -32600", "[1]"])
  }

  @Test func `half a frame at the end is a fault`() {
    #expect(decode("Content-Length: 5\r\n\r\n{}") == ["fatal -32700"])
    #expect(decode("Content-Length: 5\r\n") == ["fatal -32700"])
    #expect(decode("Content-Length: 2\r\n\r\n{}") == ["{}"])
    #expect(decode("") == [])
    #expect(decode("  \n") == [])
  }

  @Test func `a partial frame shows`() {
    var decoder = FrameDecoder()
    #expect(!decoder.hasPartialFrame)
    decoder.append(Array("Content-".utf8))
    #expect(decoder.next() == nil)
    #expect(decoder.hasPartialFrame)
    decoder.append(Array("Length: 2\r\n\r\n{".utf8))
    #expect(decoder.next() == nil)
    #expect(decoder.hasPartialFrame)
    decoder.append(Array("}".utf8))
    #expect(decoder.next() == .frame(Array("{}".utf8)))
    #expect(!decoder.hasPartialFrame)
  }

  @Test func `what is framed is read back`() {
    for framing in [Framing.newline, .contentLength] {
      let body = Array("{\"text\":\"\u{e9}\"}".utf8)
      var decoder = FrameDecoder()
      decoder.append(framing.frame(body) + framing.frame(body))
      #expect(decoder.next() == .frame(body))
      #expect(decoder.next() == .frame(body))
      #expect(decoder.framing == framing)
    }
    #expect(Framing.contentLength.frame([0x31]) == Array("Content-Length: 1\r\n\r\n1".utf8))
  }
}
