import JSON
import JSONRPC
import Testing

@Suite struct MessageDecoderTests {
  private func decode(_ text: String, _ profile: Profile = .plain) -> String {
    decode(Array(text.utf8), profile)
  }

  private func decode(_ bytes: [UInt8], _ profile: Profile = .plain) -> String {
    do {
      switch try MessageDecoder(profile: profile).decode(bytes) {
      case .single(let message): return describe(message)
      case .batch(let messages): return "[" + messages.map { describe($0) }.joined(separator: "; ") + "]"
      }
    } catch {
      return "frame \(error.code.rawValue)"
    }
  }

  private func describe(_ message: Message) -> String {
    switch message {
    case .request(let id, let method, let params): "request \(id) \(method) \(params?.description ?? "-")"
    case .notification(let method, let params): "notification \(method) \(params?.description ?? "-")"
    case .response(let id, .success(let value)): "result \(id) \(value)"
    case .response(let id, .failure(let error)): "failure \(id) \(error.code.rawValue)"
    case .invalid(let id, let error): "invalid \(id) \(error.code.rawValue)"
    case .unanswerable(let id, _): "unanswerable \(id?.description ?? "-")"
    }
  }

  private func request(id: String, rest: String = "") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"m"\#(rest)}"#
  }

  @Test(arguments: [
    "0", "-1", "1", #""1""#, #""""#, "9007199254740993", "-9223372036854775808", #""a\"b\\""#, #""é😀""#,
  ]) func `an id keeps its type and value in both profiles`(id: String) {
    #expect(decode(request(id: id)) == "request \(id) m -")
    #expect(decode(request(id: id), .languageServer) == "request \(id) m -")
  }

  @Test(arguments: ["1.5", "1.0", "1e3", "-0.0", "18446744073709551616", "null"])
  func `an unusual id is echoed digit by digit in plain JSON-RPC and refused by the other profile`(id: String) {
    #expect(decode(request(id: id)) == "request \(id) m -")
    #expect(decode(request(id: id), .languageServer) == "invalid null -32600")
  }

  @Test(arguments: ["true", "[]", "{}", "[1]"]) func `an id of another kind is refused`(id: String) {
    #expect(decode(request(id: id)) == "invalid null -32600")
  }

  @Test func `an escaped id is the same id`() {
    #expect(decode(request(id: #""\u0061""#)) == #"request "a" m -"#)
    #expect(decode(#"{"jsonrpc":"2.0","\u0069d":7,"method":"m"}"#) == "request 7 m -")
  }

  @Test func `the version must be there`() {
    #expect(decode(#"{"id":1,"method":"m"}"#) == "invalid 1 -32600")
    #expect(decode(#"{"jsonrpc":"1.0","id":"x","method":"m"}"#) == #"invalid "x" -32600"#)
    #expect(decode(#"{"jsonrpc":2.0,"id":1,"method":"m"}"#) == "invalid 1 -32600")
    #expect(decode(#"{"method":"m"}"#) == "invalid null -32600")
  }

  @Test func `a method must be a string`() {
    #expect(decode(#"{"jsonrpc":"2.0","id":1}"#) == "invalid 1 -32600")
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"method":null}"#) == "invalid 1 -32600")
    #expect(decode(#"{"jsonrpc":"2.0"}"#) == "invalid null -32600")
  }

  @Test func `no params come as null, as an empty array or not at all`() {
    #expect(decode(request(id: "1", rest: #","params":null"#)) == "request 1 m -")
    #expect(decode(request(id: "1", rest: #","params":[]"#)) == "request 1 m -")
    #expect(decode(request(id: "1", rest: #","params":{}"#)) == "request 1 m {}")
    #expect(decode(request(id: "1", rest: #","params":[1]"#)) == "request 1 m [1]")
  }

  @Test(arguments: ["1", #""text""#, "true", "1.5"]) func `scalar params are refused`(params: String) {
    #expect(decode(request(id: "1", rest: ",\"params\":\(params)")) == "invalid 1 -32602")
    #expect(decode(#"{"jsonrpc":"2.0","method":"m","params":\#(params)}"#) == "unanswerable -")
  }

  @Test func `an integer beyond 64 bits is the fault of the params`() {
    #expect(decode(request(id: "1", rest: #","params":{"n":9223372036854775808}"#)) == "invalid 1 -32602")
    #expect(
      decode(request(id: "1", rest: #","params":{"n":9223372036854775807}"#))
        == #"request 1 m {"n":9223372036854775807}"#)
  }

  @Test(arguments: [
    #"{"n":99999999999999999999"x":1}"#, #"[99999999999999999999,]"#, #"[99999999999999999999 1]"#,
    #"[999999999999999999990.]"#,
  ]) func `an integer beyond 64 bits does not hide what is no JSON`(params: String) {
    #expect(decode(request(id: "1", rest: ",\"params\":\(params)")) == "frame -32700")
    #expect(decode(request(id: "99999999999999999999[1")) == "frame -32700")
    #expect(
      decode(request(id: "1", rest: #","params":["99999999999999999999\\",99999999999999999999]"#))
        == "invalid 1 -32602")
  }

  @Test func `a repeated member of the envelope is refused`() {
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"id":2,"method":"m"}"#) == "invalid null -32600")
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"method":"m","method":"n"}"#) == "invalid 1 -32600")
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"method":"m","\u006dethod":"n"}"#) == "invalid 1 -32600")
    #expect(decode(request(id: "1", rest: #","params":{"a":1,"a":2}"#)) == #"request 1 m {"a":2}"#)
    #expect(decode(request(id: "1", rest: #","other":1,"other":2"#)) == "request 1 m -")
  }

  @Test(arguments: [
    "", " ", "{", "}", "{}}", "{}{}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,}"#, "{1:2}", "[1,]", "[1 2]", "[,1]",
    "nul", "01", "+1", "NaN", "Infinity", "1e999", "'a'", #""\x""#, #""\ud800""#, "\"a\nb\"", "\"\t\"", "[1]x",
    #"{"jsonrpc":"2.0","id":1,"method":"m","params":[1,]}"#, #"{"jsonrpc":"2.0","id":1,"method":"m","params":{]}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"m","other":nul}"#, #"{"jsonrpc":"2.0","id":01,"method":"m"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"\ud800"}"#, "\u{FEFF}{}", "{\"a\":1}\u{A0}", "// c\n{}", "{}\u{0}",
    #"{"jsonrpc":"2.0","id":1.,"method":"m"}"#, #"{"jsonrpc":"2.0","id":1e999,"method":"m"}"#,
  ]) func `what is no JSON is a parse error`(text: String) {
    #expect(decode(text) == "frame -32700")
  }

  @Test func `bytes that are no UTF-8 are a parse error wherever they stand`() {
    let valid = Array(request(id: #""x""#, rest: #","params":{"k":"x"}"#).utf8)
    for position in valid.indices {
      for byte: UInt8 in [0xFF, 0xC0, 0x80, 0xED] {
        var broken = valid
        broken[position] = byte
        #expect(decode(broken) == "frame -32700", "at \(position)")
      }
    }
    #expect(decode(Array("\u{FEFF}".utf8) + valid) == "frame -32700")
    #expect(decode(valid.flatMap { [$0, 0] }) == "frame -32700")
  }

  @Test(arguments: ["1", "true", "null", #""text""#, "1.5"]) func `a scalar is no message`(text: String) {
    #expect(decode(text) == "frame -32600")
    #expect(decode("[\(text)]") == "[invalid null -32600]")
    #expect(decode("[[]]") == "[invalid null -32600]")
  }

  @Test func `nesting has a limit that counts the envelope`() {
    func nested(_ depth: Int) -> String {
      let open = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
      return request(id: "1", rest: ",\"params\":\(open)")
    }
    #expect(decode(nested(127)).hasPrefix("request"))
    #expect(decode(nested(128)) == "frame -32700")
    #expect(decode(nested(100_000)) == "frame -32700")
    #expect(decode(String(repeating: "[", count: 100_000)) == "frame -32700")
    #expect(decode("[" + nested(126) + "]").hasPrefix("[request"))
    #expect(decode("[" + nested(127) + "]") == "frame -32700")
  }

  @Test func `a batch has a limit and belongs to plain JSON-RPC`() {
    let one = request(id: "1")
    let full = "[" + Array(repeating: one, count: 100).joined(separator: ",") + "]"
    let over = "[" + Array(repeating: one, count: 101).joined(separator: ",") + "]"
    #expect(decode(full).hasPrefix("[request"))
    #expect(decode(over) == "frame -32600")
    #expect(decode("[\(one)]", .languageServer) == "frame -32600")
    #expect(decode("[]") == "frame -32600")
  }

  @Test func `responses are told by result and error`() {
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"result":null}"#) == "result 1 null")
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"x"}}"#) == "failure 1 -32601")
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"result":null,"error":{"code":5,"message":"x"}}"#) == "failure 1 5")
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":5,"message":"x"}}"#) == "unanswerable 1")
    #expect(decode(#"{"jsonrpc":"2.0","id":1,"error":"x"}"#) == "unanswerable 1")
    #expect(decode(#"{"jsonrpc":"2.0","result":1}"#) == "unanswerable -")
  }

  @Test func `what is encoded is decoded to the same`() throws {
    let params: JSONValue = ["text": "a\"b\n\u{2028}", "n": 9_007_199_254_740_993]
    let request = Message.encode(id: .string("x"), method: "a/b", params: params)
    #expect(
      try MessageDecoder(profile: .plain).decode(request)
        == .single(.request(id: .string("x"), method: "a/b", params: params)))
    let notification = Message.encode(id: nil, method: "n", params: nil)
    #expect(String(decoding: notification, as: UTF8.self) == #"{"jsonrpc":"2.0","method":"n"}"#)
    let answer = Message.encode(id: .null, result: .failure(RPCError(.parseError, "x", data: [1])))
    #expect(
      String(decoding: answer, as: UTF8.self)
        == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x","data":[1]}}"#)
    #expect(!Message.encode(id: .integer(1), result: .success("a\nb")).contains(0x0A))
  }
}
