import Testing

/// Bytes that a peer may send by mistake or on purpose, and what has to come of them.
struct OddInput: Sendable, CustomTestStringConvertible {
  enum Peer: Sendable {
    /// One JSON value a line; no handshake.
    case script
    /// Headers, after `initialize` has been answered.
    case editor
    /// Headers, and nothing before it.
    case newEditor
  }

  /// What happens to a request that is sent right behind.
  enum Next: Sendable {
    /// It gets this answer, and the server ends with 0 at the end of its input.
    case answered(String)
    /// Nothing: the server ends with this code by itself.
    case closed(Int32)
    /// None is sent: the input ends, and the server with this code.
    case endOfInput(Int32)
  }

  let name: String
  let peer: Peer
  let bytes: [UInt8]
  /// `ID ok` or `ID CODE` for each answer, in any order; those of a batch in brackets.
  let answers: [String]
  let next: Next

  var testDescription: String { "\(name) (\(peer))" }

  init(_ name: String, _ peer: Peer, _ bytes: [UInt8], _ answers: [String], _ next: Next = .answered("ok")) {
    self.name = name
    self.peer = peer
    self.bytes = bytes
    self.answers = answers
    self.next = next
  }

  init(_ name: String, _ peer: Peer, _ text: String, _ answers: [String], _ next: Next = .answered("ok")) {
    self.init(name, peer, Array(text.utf8), answers, next)
  }

  /// The same body as a line and as a frame. `editorAnswers` where the two dialects differ.
  static func both(
    _ name: String, _ body: [UInt8], _ answers: [String], editor editorAnswers: [String]? = nil
  ) -> [OddInput] {
    [
      OddInput(name, .script, body + [0x0A], answers),
      OddInput(name, .editor, frame(body), editorAnswers ?? answers),
    ]
  }

  static func both(
    _ name: String, _ body: String, _ answers: [String], editor editorAnswers: [String]? = nil
  ) -> [OddInput] {
    both(name, Array(body.utf8), answers, editor: editorAnswers)
  }

  static func frame(_ body: [UInt8]) -> [UInt8] { Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body }

  static func frame(_ body: String) -> String { "Content-Length: \(body.utf8.count)\r\n\r\n\(body)" }

  static func call(_ id: String, _ method: String = "benchmark.list", _ rest: String = "") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"\#(rest)}"#
  }

  static func notification(_ method: String, _ rest: String = "") -> String {
    #"{"jsonrpc":"2.0","method":"\#(method)"\#(rest)}"#
  }
}
