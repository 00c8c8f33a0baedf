import JSON
import JSONRPC
import Testing

/// The fifteen example exchanges of section 7 of the JSON-RPC 2.0 specification. An expected answer has the codes
/// and ids of the specification; messages of errors are free.
@Suite(.timeLimit(.minutes(1))) struct SpecificationExamplesTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    /// Nil for no answer at all.
    let answer: String?
    var testDescription: String { name }
  }

  static let examples: [Example] = [
    Example(
      name: "positional parameters", request: #"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#,
      answer: #"{"id": 1, "result": 19}"#),
    Example(
      name: "positional parameters, other order",
      request: #"{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}"#,
      answer: #"{"id": 2, "result": -19}"#),
    Example(
      name: "named parameters",
      request: #"{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}"#,
      answer: #"{"id": 3, "result": 19}"#),
    Example(
      name: "named parameters, other order",
      request: #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}"#,
      answer: #"{"id": 4, "result": 19}"#),
    Example(
      name: "a notification", request: #"{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}"#, answer: nil),
    Example(
      name: "a notification of a method that is not there", request: #"{"jsonrpc": "2.0", "method": "foobar"}"#,
      answer: nil),
    Example(
      name: "a method that is not there", request: #"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#,
      answer: #"{"id": "1", "error": -32601}"#),
    Example(
      name: "invalid JSON", request: #"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#,
      answer: #"{"id": null, "error": -32700}"#),
    Example(
      name: "an invalid request", request: #"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#,
      answer: #"{"id": null, "error": -32600}"#),
    Example(
      name: "a batch of invalid JSON",
      request: #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method"]"#,
      answer: #"{"id": null, "error": -32700}"#),
    Example(name: "an empty batch", request: "[]", answer: #"{"id": null, "error": -32600}"#),
    Example(name: "an invalid batch, not empty", request: "[1]", answer: #"[{"id": null, "error": -32600}]"#),
    Example(
      name: "an invalid batch", request: "[1,2,3]",
      answer: #"[{"id": null, "error": -32600}, {"id": null, "error": -32600}, {"id": null, "error": -32600}]"#),
    Example(
      name: "a mixed batch",
      request: #"""
        [{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}, {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"}, {"foo": "boo"}, {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"}, {"jsonrpc": "2.0", "method": "get_data", "id": "9"}]
        """#,
      answer: #"""
        [{"id": "1", "result": 7}, {"id": "2", "result": 19}, {"id": null, "error": -32600}, {"id": "5", "error": -32601}, {"id": "9", "result": ["hello", 5]}]
        """#),
    Example(
      name: "a batch of notifications",
      request: #"""
        [{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]}, {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]
        """#,
      answer: nil),
  ]

  /// Each example is followed by a marker, so that an answer that should not be there is seen.
  @Test(arguments: examples) func `in lines`(example: Example) async throws {
    let peer = RawPeer()
    peer.send(line: example.request)
    peer.send(line: #"{"jsonrpc":"2.0","id":"marker","method":"echo"}"#)
    peer.finish()
    try check(await peer.rest(), example)
  }

  @Test(arguments: examples) func `with headers`(example: Example) async throws {
    var options = ConnectionOptions.patientServer
    options.profile = .plain
    let peer = RawPeer(options: options, framing: .contentLength)
    peer.send(frame: example.request)
    peer.send(frame: #"{"jsonrpc":"2.0","id":"marker","method":"echo"}"#)
    peer.finish()
    try check(await peer.rest(), example)
  }

  /// The connection is asked through a stream that brings one byte at a time.
  @Test(arguments: examples) func `byte by byte, in both framings`(example: Example) async throws {
    for framing in [Framing.newline, .contentLength] {
      var options = ConnectionOptions.patientServer
      options.profile = .plain
      let peer = RawPeer(options: options, framing: framing, capacity: 1)
      let marker = #"{"jsonrpc":"2.0","id":"marker","method":"echo"}"#
      peer.send(framing.frame(Array(example.request.utf8)) + framing.frame(Array(marker.utf8)))
      peer.finish()
      try check(await peer.rest(), example)
    }
  }

  @Test(arguments: examples) func `cut anywhere, in both framings`(example: Example) {
    for framing in [Framing.newline, .contentLength] {
      let body = Array(example.request.utf8)
      let bytes = framing.frame(body) + framing.frame(body)
      for cut in bytes.indices {
        var decoder = FrameDecoder()
        var frames: [[UInt8]] = []
        for piece in [bytes[..<cut], bytes[cut...]] {
          decoder.append(piece)
          while case .frame(let frame)? = decoder.next() { frames.append(frame) }
        }
        if frames != [body, body] { Issue.record("cut at \(cut): \(frames.count) frames") }
      }
    }
  }

  private func check(_ answers: [JSONValue], _ example: Example) throws {
    let others = answers.filter { $0["id"] != "marker" }
    #expect(answers.count == others.count + 1)
    #expect(others.count == (example.answer == nil ? 0 : 1))
    guard let expected = example.answer, let answer = others.first else { return }
    #expect(simplified(answer) == simplified(try json(expected)))
  }

  /// Members of an array in a fixed order, errors as their code, without the version.
  private func simplified(_ value: JSONValue) -> [String] {
    if case .array(let elements) = value { return ["array"] + elements.map { simplified($0).joined() }.sorted() }
    var parts = ["\(value["id"] ?? "none")"]
    if let result = value["result"] { parts.append("result \(result)") }
    if let error = value["error"] { parts.append("error \(error["code"] ?? error)") }
    if value["jsonrpc"] != nil { #expect(value["jsonrpc"] == "2.0") }
    return parts
  }
}
