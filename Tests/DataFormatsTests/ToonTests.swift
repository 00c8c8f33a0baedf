import DataFormats
import JSON
import Testing

/// TOON by the sections of its specification, with cases of our own.
@Suite struct ToonTests {
  private static let pairs: [(value: JSONValue, text: String)] = [
    // §2, §3 numbers
    (.double(1.0), "1"), (.double(-0.0), "0"), (.double(1e20), "100000000000000000000"), (.double(1e21), "1e+21"),
    (.double(0.000001), "0.000001"), (.double(1e-7), "1e-7"), (.double(-1.25e-9), "-1.25e-9"),
    (.double(123_456_789.123), "123456789.123"), (.double(9_007_199_254_740_992), "9007199254740992"),
    (.double(1.7976931348623157e308), "1.7976931348623157e+308"), (.integer(.min), "-9223372036854775808"),
    (.double(0.1 + 0.2), "0.30000000000000004"), (.double(1234.5678), "1234.5678"), (.double(.leastNonzeroMagnitude), "5e-324"),
    // §5 root forms
    ([:], ""), ([], "[]"), (nil, "null"), ("x", "x"), ([[:]], "[1]:\n  -"),
    // §7 strings and keys
    (["a": "", "b": " x", "c": "x ", "d": "a\tb"], "a: \"\"\nb: \" x\"\nc: \"x \"\nd: \"a\\tb\""),
    (["a": "-", "b": "#1", "c": "1e5", "d": "+7", "e": "0x1"], "a: \"-\"\nb: \"#1\"\nc: \"1e5\"\nd: \"+7\"\ne: 0x1"),
    (["a b": 1, "a.b": 2, "1a": 3, "": 4, "ä": 5], "\"a b\": 1\na.b: 2\n\"1a\": 3\n\"\": 4\n\"ä\": 5"),
    (["x": "\u{0}\u{7F}\u{1F}"], "x: \"\\u0000\u{7F}\\u001f\""),
    (["x": "true", "y": "True", "z": "nullable"], "x: \"true\"\ny: True\nz: nullable"),
    // §9.1 to §9.3 lists and tables
    (["a": [1, "b,c", nil, true]], "a[4]: 1,\"b,c\",null,true"),
    (["a": [[], [1], ["x", [2]]]], "a[3]:\n  - [0]:\n  - [1]: 1\n  - [2]:\n    - x\n    - [1]: 2"),
    (["t": [["a": 1, "b": "x"], ["b": "y", "a": 2]]], "t[2]{a,b}:\n  1,x\n  2,y"),
    (["t": [["a": ["b": ["c": 1]]], ["a": ["b": ["c": 2]]]]], "t[2]{a{b{c}}}:\n  1\n  2"),
    (["t": [["a": 1], ["a": [:]]]], "t[2]:\n  - a: 1\n  - a:"),
    ([["a": 1], ["a": 2]], "[2]{a}:\n  1\n  2"),
    // §9.5 keyed tables
    (["k": ["x": ["v": 1], "y": ["v": 2]]], "k[2:]{v}:\n  x: 1\n  y: 2"),
    (["a": ["v": 1, "w": ["z": 3]], "b c": ["w": ["z": 4], "v": 2]], "[2:]{v,w{z}}:\n  a: 1,3\n  \"b c\": 2,4"),
    // §10 objects as items
    ([["a": [["b": 1]], "c": [1, 2]], 5], "[2]:\n  - a[1]{b}:\n      1\n    c[2]: 1,2\n  - 5"),
    ([["a": ["b": ["c": 1], "d": 2]], nil], "[2]:\n  - a:\n      b:\n        c: 1\n      d: 2\n  - null"),
  ]

  @Test(arguments: pairs) func `values have one text, which is read back`(value: JSONValue, text: String) throws {
    #expect(try DataFormat.toon.encode(value) == text)
    #expect(try ModelEquality.areSame(DataFormat.toon.decode(text), value))
  }

  @Test func `NaN and the infinities are null`() throws {
    let value: JSONValue = .array([.double(.nan), .double(.infinity), .double(-.infinity)])
    #expect(try DataFormat.toon.encode(value) == "[3]: null,null,null")
  }

  @Test(
    arguments: [
      ("k: 1.5e3", ["k": 1500]), ("k: -0", ["k": 0]),
      ("k: 12345678901234567890", ["k": .double(12_345_678_901_234_567_168)]),
      ("k: 00", ["k": "00"]), ("k: 1_000", ["k": "1_000"]), ("k: 9223372036854775807", ["k": .integer(.max)]),
      ("a-b: x", ["a-b": "x"]), ("a \"b:c\" d: 1", ["a \"b:c\" d": 1]), ("k:v", ["k": "v"]), ("k:   v  ", ["k": "v"]),
      ("- a: 1", ["- a": 1]), ("foo [2]: bar", ["foo [2]": "bar"]), ("a-b[2]: 1,2", ["a-b": [1, 2]]),
      ("a[2]: \"x\" , \" y \"", ["a": ["x", " y "]]), ("a[3]: ,,", ["a": ["", "", ""]]), ("\u{FEFF}a: 1", ["a": 1]),
      ("a[1]{ x , \"y,z\" }:\n  1,2", ["a": [["x": 1, "y,z": 2]]]), ("\"a\\u00e9\": \"\\u0041\"", ["aé": "A"]),
      ("a: 1\r\n\r\nb:\r\n  c: 2\r\n", ["a": 1, "b": ["c": 2]]), ("a[1]:\n  -   b:   1", ["a": [["b": 1]]]),
      ("k: \"a\tb\"", ["k": "a\tb"]), ("a[2]: x\"y,z\"w,v", ["a": ["x\"y,z\"w", "v"]]), ("# c\n\n", [:]),
    ] as [(String, JSONValue)]) func `strictly read`(text: String, value: JSONValue) throws
  {
    let read = try DataFormat.toon.decode(text)
    #expect(ModelEquality.areSame(read, value, sameOrder: true), "\(read)")
  }

  @Test(
    arguments: [
      ("a: 1\n  b: 2\nc: 3", ["a": 1, "c": 3]), ("a[3]: 1,2", ["a": [1, 2]]),
      ("a[1]{x}:\n  1\n  2", ["a": [["x": 1], ["x": 2]]]),
      ("a[1]{x,y}:\n  1", ["a": [["x": 1]]]), ("a[1]{x}:\n  1,2", ["a": [["x": 1]]]), ("a:\n\tb: 1", ["a": ["b": 1]]),
      ("a[x]: 1", ["a[x]": 1]), ("[1]: 1\nmore: 2", [1]), ("a:\n     b: 1", ["a": ["b": 1]]),
      ("a: 1\na: 2", ["a": 2]), ("m[1:]{v}:\n  a: 1\n  a: 2", ["m": ["a": ["v": 2]]]),
    ] as [(String, JSONValue)]) func `leniently read, and strictly refused`(text: String, value: JSONValue) throws
  {
    let read = try DataFormat.toon.decode(text, DecodingOptions(isStrict: false))
    #expect(ModelEquality.areSame(read, value, sameOrder: true), "\(read)")
    #expect(throws: DataFormatError.self) { try DataFormat.toon.decode(text) }
  }

  private typealias Code = DataFormatError.Code

  @Test(arguments: [
    ("a: \"x", Code.syntax, 1, 4), ("a: \"x\" y", .syntax, 1, 7), ("é: \"\\q\"", .syntax, 1, 5),
    ("a: \"\\uD83D\\uDE00\"", .syntax, 1, 5), ("a:\n  b", .syntax, 2, 4), ("a\nb: 1", .syntax, 1, 1),
    ("a[2]: 1", .count, 1, 7), ("t[2]{a}:\n  1", .count, 1, 1), ("t[1]{a,b}:\n  1\n", .count, 2, 3),
    ("t[1]{a}:\n  1\n  2", .count, 3, 3), ("l[1]:\n  - 1\n  - 2", .count, 3, 3), ("a:\n   b: 1", .indentation, 2, 4),
    ("a: 1\n\tb: 1", .indentation, 2, 1), ("a:\n    b: 1", .indentation, 2, 5), ("a: 1\n  b: 2", .indentation, 2, 3),
    ("a: 1\nb: 2\na: 3", .duplicateKey, 3, 1), ("t[1]{a,a}:\n  1,2", .duplicateKey, 1, 1),
    ("l[2]:\n  - 1\n\n  - 2", .syntax, 3, 1), ("[1]: 1\nx: 2", .syntax, 2, 1), ("l[1]:\n  x: 1", .syntax, 2, 3),
    ("k: 1e999", .number, 1, 4), ("t[2|]{a,b}:\n  1|2", .syntax, 1, 8), (" a: 1", .indentation, 1, 2),
    ("t[1]{a{}}:\n  1", .syntax, 1, 8), ("t[1]{a}: 1", .syntax, 1, 10), ("a:\n  [1]: 2", .syntax, 2, 3),
    ("l[1]:\n  - [1]{a}:\n      1", .syntax, 2, 5), ("m[1:]:\n  a: 1", .syntax, 1, 5),
    ("m[1:]{a}:\n  x", .syntax, 2, 3),
    ("  a: 1", .indentation, 1, 3), ("[]\n[]", .syntax, 2, 1), ("a: 1\nb", .syntax, 2, 2),
  ]) func `what is wrong is told with its place`(text: String, code: DataFormatError.Code, line: Int, column: Int) {
    let error = #expect(throws: DataFormatError.self) { try DataFormat.toon.decode(text) }
    #expect(error?.code == code, "\(error?.description ?? "")")
    #expect(error?.line == line, "\(error?.description ?? "")")
    #expect(error?.column == column, "\(error?.description ?? "")")
  }

  @Test func `a document is written with its own delimiter, and members with commas need no quotes then`() throws {
    let value: JSONValue = ["note": "a,b|c", "list": ["a,b", "c|d"], "t": [["x,y": "1,2"]]]
    let pipe = try DataFormat.toon.encode(value, EncodingOptions(delimiter: .pipe))
    #expect(pipe == "note: \"a,b|c\"\nlist[2|]: a,b|\"c|d\"\nt[1|]{\"x,y\"}:\n  1,2")
    let tab = try DataFormat.toon.encode(value, EncodingOptions(delimiter: .tab))
    #expect(tab == "note: a,b|c\nlist[2\t]: a,b\tc|d\nt[1\t]{\"x,y\"}:\n  1,2")
  }

  @Test func `keys that differ in their Unicode form alone are two keys`() throws {
    let text = "\"\u{E9}\": 1\n\"e\u{301}\": 2"
    let value = try DataFormat.toon.decode(text)
    #expect(value.objectValue?.count == 2)
    #expect(try DataFormat.toon.encode(value) == text)
    #expect(try DataFormat.json.decode("{\"\u{E9}\":1,\"e\u{301}\":2}").objectValue?.count == 2)
  }

  @Test(arguments: [0, -1, 17]) func `an indentation out of range is refused`(indentation: Int) {
    let encoding = EncodingOptions(indentation: indentation)
    #expect(#expect(throws: DataFormatError.self) { try DataFormat.toon.encode([], encoding) }?.code == .option)
    let decoding = DecodingOptions(indentation: indentation)
    #expect(#expect(throws: DataFormatError.self) { try DataFormat.toon.decode("", decoding) }?.code == .option)
  }

  @Test func `a value that nests too deep is not written`() throws {
    for format in [DataFormat.toon, .json, .yaml, .xml] {
      var value: JSONValue = ["a": 1]
      for _ in 0..<600 { value = ["a": value, "b": [1, [2]]] }
      if format == .xml {
        value = ["a": 1]
        for _ in 0..<600 { value = ["a": value] }
      }
      #expect(#expect(throws: DataFormatError.self) { try format.encode(value) }?.code == .limit)
    }
  }
}
