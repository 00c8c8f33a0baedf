extension OddInput {
  static let table: [OddInput] = [headers, broken, envelopes, ids, params, batches, lifeCycle, ignored].flatMap { $0 }

  // MARK: Headers

  private static let length = call("1").utf8.count

  private static let headers: [OddInput] =
    [
      ("a lower-case header", "content-length: \(length)\r\n\r\n"),
      ("an upper-case header", "CONTENT-LENGTH: \(length)\r\n\r\n"),
      ("no blank behind the colon", "Content-Length:\(length)\r\n\r\n"),
      ("blanks around the length", "Content-Length: \t \(length)  \r\n\r\n"),
      (
        "Content-Type first",
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: \(length)\r\n\r\n"
      ),
      ("the old name of the charset", "Content-Length: \(length)\r\nContent-Type: x/y; charset=utf8\r\n\r\n"),
      ("a charset in quotes", "Content-Length: \(length)\r\nContent-Type: x/y; charset=\"UTF-8\"\r\n\r\n"),
      ("bare line feeds", "Content-Length: \(length)\n\n"),
      ("an unknown field", "X-Other: a: b\r\nContent-Length: \(length)\r\n\r\n"),
      ("the same length twice", "Content-Length: \(length)\r\nContent-Length: \(length)\r\n\r\n"),
    ].map { OddInput($0.0, .editor, $0.1 + call("1"), ["1 ok"]) }
    + [
      OddInput(
        "another charset", .editor,
        "Content-Length: \(length)\r\nContent-Type: x/y; charset=utf-16\r\n\r\n" + call("1"), ["null -32600"])
    ]
    + [
      ("a negative length", "Content-Length: -5\r\n\r\n"), ("a signed length", "Content-Length: +\(length)\r\n\r\n"),
      ("a length of 26 digits", "Content-Length: 99999999999999999999999999\r\n\r\n"),
      ("a length beyond the limit", "Content-Length: 900000000000\r\n\r\n"),
      ("a length of nothing", "Content-Length: 0\r\n\r\n"), ("an empty length", "Content-Length:\r\n\r\n"),
      ("a hexadecimal length", "Content-Length: 0x2F\r\n\r\n"),
      ("a length in words", "Content-Length: many\r\n\r\n"),
      ("no length", "Content-Type: application/json\r\n\r\n"),
      ("two lengths", "Content-Length: \(length)\r\nContent-Length: 2\r\n\r\n"),
      ("a request line of HTTP behind the length", "Content-Length: \(length)\r\nPOST / HTTP/1.1\r\n\r\n"),
      ("a blank before the colon", "Content-Length : \(length)\r\n\r\n"),
      ("a header without end", "Content-Length: \(length)\r\nX: \(String(repeating: "x", count: 9000))\r\n\r\n"),
      (
        "a header of many lines",
        "Content-Length: \(length)\r\n\(String(repeating: "X: y\r\n", count: 40))\r\n"
      ),
    ].map { OddInput($0.0, .editor, $0.1 + call("1"), ["null -32600"], .closed(1)) }
    + [
      OddInput("half a frame", .editor, "Content-Length: 100\r\n\r\n{", ["null -32700"], .endOfInput(1)),
      OddInput("half a header", .editor, "Content-Len", ["null -32700"], .endOfInput(1)),
      OddInput("a last line without line feed", .script, call("1"), ["1 ok"], .endOfInput(0)),
      OddInput("blank lines and CR LF", .script, "\r\n  \n\(call("1"))\r\n\n", ["1 ok"]),
      OddInput("a line that is no JSON first", .script, "hello\n\(call("1"))\n", ["1 ok", "null -32700"]),
      OddInput("two frames at once", .editor, frame(call("1")) + frame(call("2")), ["1 ok", "2 ok"]),
    ]

  // MARK: No JSON

  private static let broken: [OddInput] =
    [
      ("no JSON", "{\"jsonrpc\":"), ("a trailing comma", #"{"jsonrpc":"2.0","id":1,"method":"x","params":[1,]}"#),
      ("not a number", call("1", "x", #","params":[NaN]"#)), ("a leading zero", call("01")),
      ("a number that is too large for any", call("1", "x", #","params":[1e999]"#)),
      ("a lone surrogate", call("1", "x", #","params":["\ud800"]"#)),
      ("a control character in a string", call("1", "x", ",\"params\":[\"\t\"]")),
      ("a byte order mark", "\u{FEFF}" + call("1")), ("text behind the message", call("1") + "x"),
      ("100,000 levels", call("1", "x", ",\"params\":" + String(repeating: "[", count: 100_000))),
      (
        "100,000 levels that are closed",
        call("1", "x", ",\"params\":\(String(repeating: "[", count: 100_000))\(String(repeating: "]", count: 100_000))")
      ),
    ].flatMap { both($0.0, $0.1, ["null -32700"]) }
    + both(
      "bytes that are no UTF-8", Array(#"{"jsonrpc":"2.0","id":1,"method":""#.utf8) + [0xFF, 0x22, 0x7D],
      ["null -32700"])
    + [
      OddInput(
        "UTF-16", .editor, frame(call("1").utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }), ["null -32700"])
    ]

  // MARK: Envelopes

  private static let envelopes: [OddInput] =
    both("no version", #"{"id":1,"method":"benchmark.list"}"#, ["1 -32600"])
    + both("another version", #"{"jsonrpc":"1.0","id":1,"method":"benchmark.list"}"#, ["1 -32600"])
    + both("a version that is a number", #"{"jsonrpc":2.0,"id":1,"method":"benchmark.list"}"#, ["1 -32600"])
    + both("no method", #"{"jsonrpc":"2.0","id":1}"#, ["1 -32600"])
    + both("a method that is a number", #"{"jsonrpc":"2.0","id":1,"method":1}"#, ["1 -32600"])
    + both("a repeated id", #"{"jsonrpc":"2.0","id":1,"id":2,"method":"benchmark.list"}"#, ["null -32600"])
    + both("a repeated method", #"{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}"#, ["1 -32600"])
    + both("a scalar", "7", ["null -32600"])
    + both("an unknown method", call("1", "no.such"), ["1 -32601"])
    + both("an unknown request of the protocol's own", call("1", "$/no"), ["1 -32601"])
    + both("a reserved name", call("1", "rpc.no"), ["1 -32601"])

  // MARK: Ids

  private static let ids: [OddInput] =
    ["0", "-1", "9007199254740993", #""""#, #""1""#, "-9223372036854775808"].flatMap {
      both("the id \($0)", call($0), ["\($0) ok"])
    }
    + ["null", "1.5", "1.0"].flatMap {
      both("the id \($0)", call($0), ["\($0) ok"], editor: ["null -32600"])
    }
    + ["true", "[1]", "{}"].flatMap { both("the id \($0)", call($0), ["null -32600"]) }

  // MARK: Parameters

  private static let params: [OddInput] =
    ["null", "[]", "{}"].flatMap {
      both("the params \($0)", call("1", "benchmark.list", ",\"params\":\($0)"), ["1 ok"])
    }
    + ["1", #""text""#, "true", "[1]", #"{"n":9223372036854775808}"#, #"{"frob":1}"#, #"{"workDoneToken":{}}"#].flatMap
  {
    both("the params \($0)", call("1", "benchmark.list", ",\"params\":\($0)"), ["1 -32602"])
  }

  // MARK: Batches

  private static let batches: [OddInput] =
    both(
      "a batch", "[\(call("1")),\(notification("x")),\(call("2", "no.such"))]", ["[1 ok, 2 -32601]"],
      editor: ["null -32600"])
    + both("an empty batch", "[]", ["null -32600"])
    + both("a batch of a number", "[1]", ["[null -32600]"], editor: ["null -32600"])
    + both("a batch in a batch", "[[\(call("1"))]]", ["[null -32600]"], editor: ["null -32600"])
    + both("a batch of notifications", "[\(notification("x")),\(notification("y"))]", [], editor: ["null -32600"])

  // MARK: Life cycle

  private static let initialize = call("1", "initialize", #","params":{"processId":null,"capabilities":{}}"#)

  private static let lifeCycle: [OddInput] = [
    OddInput("a request before initialize", .newEditor, frame(call("1")), ["1 -32002"], .answered("-32002")),
    OddInput("a notification before initialize", .newEditor, frame(notification("x")), [], .answered("-32002")),
    OddInput(
      "an initialize of an editor with nothing in it", .newEditor,
      frame(call("1", "initialize", #","params":{"processId":null,"capabilities":null,"frob":{"unknown":[1]}}"#)),
      ["1 ok"]),
    OddInput("a second initialize", .editor, frame(initialize), ["1 -32600"]),
    OddInput(
      "a request after shutdown", .editor, frame(call("1", "shutdown")) + frame(call("2")), ["1 ok", "2 -32600"],
      .answered("-32600")),
    OddInput(
      "a request after shutdown", .script, call("1", "shutdown") + "\n" + call("2") + "\n", ["1 ok", "2 -32600"],
      .answered("-32600")),
    OddInput("exit without shutdown", .editor, frame(notification("exit")), [], .closed(1)),
    OddInput("exit before initialize", .newEditor, frame(notification("exit")), [], .closed(1)),
    OddInput(
      "exit after shutdown", .editor, frame(call("1", "shutdown")) + frame(notification("exit")), ["1 ok"], .closed(0)),
  ]

  // MARK: What is not answered

  private static let ignored: [OddInput] =
    both("an unknown notification", notification("no.such"), [])
    + both("an unknown notification of the protocol's own", notification("$/no"), [])
    + both("a notification with scalar params", notification("x", #","params":1"#), [])
    + both("a notification of a method that is a request", notification("benchmark.list"), [])
    + both("a cancellation of nothing", notification("$/cancelRequest", #","params":{"id":99}"#), [])
    + both("a cancellation without id", notification("$/cancelRequest"), [])
    + both("an unknown trace level", notification("$/setTrace", #","params":{"value":"loud"}"#), [])
    + both("an answer to no request", #"{"jsonrpc":"2.0","id":77,"result":1}"#, [])
    + both(
      "an answer with result and error", #"{"jsonrpc":"2.0","id":7,"result":1,"error":{"code":1,"message":""}}"#, [])
    + both(
      "an end of a progress that is not there",
      notification("window/workDoneProgress/cancel", #","params":{"token":1}"#), [])
}
