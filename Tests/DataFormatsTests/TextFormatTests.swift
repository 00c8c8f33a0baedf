import DataFormats
import JSON
import Testing

/// The texts of JSON, YAML, XML and CSV, as the TOON project's benchmark writes them.
@Suite struct TextFormatTests {
  @Test func `JSON is what JSON.stringify writes`() throws {
    let value: JSONValue = ["a": .double(1.0), "b": [], "c": [:], "d": ["x\n\u{1}/é", nil], "e": .double(1e21)]
    #expect(try DataFormat.jsonCompact.encode(value) == #"{"a":1,"b":[],"c":{},"d":["x\n\u0001/é",null],"e":1e+21}"#)
    #expect(
      try DataFormat.json.encode(value)
        == "{\n  \"a\": 1,\n  \"b\": [],\n  \"c\": {},\n  \"d\": [\n    \"x\\n\\u0001/é\",\n    null\n  ],\n  \"e\": 1e+21\n}"
    )
  }

  private typealias Code = DataFormatError.Code

  @Test(arguments: [
    ("", Code.syntax, 1, 1), ("[1,]", .syntax, 1, 4), ("{\"a\":1,}", .syntax, 1, 8), ("[01]", .syntax, 1, 2),
    ("\n [tru]", .syntax, 2, 3), ("{\"a\":1,\"a\":2}", .duplicateKey, 1, 8), ("\"a\nb\"", .syntax, 1, 3),
    ("\"\\ud800\"", .encoding, 1, 2), ("1e999", .number, 1, 1), ("[1] x", .syntax, 1, 5), ("\"é", .syntax, 1, 1),
    ("NaN", .syntax, 1, 1), ("[1}", .syntax, 1, 3), ("{\"a\"}", .syntax, 1, 5), ("\"\\u12g4\"", .syntax, 1, 2),
  ]) func `what is no JSON is told with its place`(text: String, code: DataFormatError.Code, line: Int, column: Int) {
    let error = #expect(throws: DataFormatError.self) { try DataFormat.json.decode(text) }
    #expect(error?.code == code)
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func `JSON keeps its numbers, and leniently the last of two keys`() throws {
    let value = try DataFormat.json.decode(
      "[9223372036854775807, 18446744073709551616, 1.0, -0.0, 1E2, \"\\ud83d\\ude00\"]")
    #expect(value == [.integer(.max), .double(18_446_744_073_709_551_616), 1, 0, 100, "😀"])
    #expect(
      try DataFormat.json.decode("{\"a\":1,\"b\":2,\"a\":3}", DecodingOptions(isStrict: false)) == ["a": 3, "b": 2])
  }

  @Test func `YAML is what the package yaml writes`() throws {
    let value: JSONValue = [
      "a": [1, [2, []], ["x": 1, "y": [nil]]], "b": [:], "c": "yes", "d": "true", "e": "1.0", "f": "a: b", "g": "- x",
      "h": "it's", "i": "say \"x\"", "j": "two\nlines\n", "k": "two\nlines", "l": "", "m": "# x", "n o": "x #y",
      "1": "~",
    ]
    #expect(
      try DataFormat.yaml.encode(value) == """
        a:
          - 1
          - - 2
            - []
          - x: 1
            y:
              - null
        b: {}
        c: yes
        d: "true"
        e: "1.0"
        f: "a: b"
        g: "- x"
        h: it's
        i: say "x"
        j: |
          two
          lines
        k: |-
          two
          lines
        l: ""
        m: "# x"
        n o: "x #y"
        "1": "~"

        """)
  }

  @Test(
    arguments: [
      ("", nil),
      (
        "a: yes\nb: 012\nc: 0x1F\nd: 1e3\ne: .5\nf: 2025-01-01",
        ["a": "yes", "b": 12, "c": 31, "d": 1000, "e": 0.5, "f": "2025-01-01"]
      ),
      ("{a: [1, 'x''y', \"\\u0041\"], b: !!str 12}", ["a": [1, "x'y", "A"], "b": "12"]),
      ("a: &x\n  - 1\nb: *x", ["a": [1], "b": [1]]), ("- >\n  a\n  b\n- |+\n  c\n\n", ["a b\n", "c\n\n"]),
      ("1: a\ntrue: b\nnull: c", ["1": "a", "true": "b", "null": "c"]), ("--- # c\nx\n", "x"), ("<<: 1", ["<<": 1]),
    ] as [(String, JSONValue)]) func `YAML is read by the core schema`(text: String, value: JSONValue) throws
  {
    #expect(try DataFormat.yaml.decode(text) == value)
  }

  @Test(arguments: [
    ("a: 1\na: 2", DataFormatError.Code.duplicateKey), ("a: [1", .syntax), ("--- 1\n--- 2", .syntax),
    ("a: .inf", .number),
    ("[a]: 1", .unrepresentable), ("a: !foo 1", .syntax), ("a: *x", .syntax), ("a:\n\t- b", .syntax),
  ]) func `what is no YAML is told with its place`(text: String, code: DataFormatError.Code) {
    let error = #expect(throws: DataFormatError.self) { try DataFormat.yaml.decode(text) }
    #expect(error?.code == code, "\(error?.description ?? "")")
    #expect(error?.line != nil)
  }

  @Test func `XML is what fast-xml-parser writes`() throws {
    let value: JSONValue = [
      "orders": [["id": 1, "note": "a<b", "none": nil, "empty": "", "tags": ["x", "y"]], ["id": 2]], "meta": ["a": [:]],
    ]
    #expect(
      try DataFormat.xml.encode(value) == """
        <orders>
          <id>1</id>
          <note>a&lt;b</note>
          <none/>
          <empty/>
          <tags>x</tags>
          <tags>y</tags>
        </orders>
        <orders>
          <id>2</id>
        </orders>
        <meta>
          <a/>
        </meta>

        """)
  }

  @Test(
    arguments: [
      ([1], ""), (["a b": 1], "/a b"), (["a": [["b": [[1]]]]], "/a/0/b/0"), (["x": ["1a": 1]], "/x/1a"),
      (["a/b": "\u{1}"], "/a~1b"), (["a": "\u{1}"], "/a"),
    ] as [(JSONValue, String)]) func `what XML has no form for is told with its path`(value: JSONValue, pointer: String)
  {
    let error = #expect(throws: DataFormatError.self) { try DataFormat.xml.encode(value) }
    #expect(error?.code == .unrepresentable)
    #expect(error?.pointer == pointer)
  }

  @Test(
    arguments: [
      (
        "<?xml version=\"1.0\"?>\n<r>\n <a>1</a> <!-- x --> <a>true</a>\n <b><![CDATA[<x>]]></b></r>",
        ["r": ["a": [1, true], "b": "<x>"]]
      ),
      ("<a>007</a>", ["a": "007"]), ("<a> \n </a>", ["a": nil]), ("<a>&#65;&#x42;&lt;</a>", ["a": "AB<"]), ("", [:]),
    ] as [(String, JSONValue)]) func `XML is read`(text: String, value: JSONValue) throws
  {
    #expect(try DataFormat.xml.decode(text) == value)
  }

  @Test(arguments: [
    ("<a>", 1, 4), ("<a></b>", 1, 4), ("<a x='1'/>", 1, 4), ("<a>&nope;</a>", 1, 4), ("<!DOCTYPE a>", 1, 1),
    ("<a>x<b/></a>", 1, 9), ("text", 1, 1), ("<a>\n<", 2, 2), ("</a>", 1, 1), ("<a><!-- x", 1, 4),
    ("<a>1 < 2</a>", 1, 7),
  ]) func `what is no XML is told with its place`(text: String, line: Int, column: Int) {
    let error = #expect(throws: DataFormatError.self) { try DataFormat.xml.decode(text) }
    #expect(error?.line == line)
    #expect(error?.column == column, "\(error?.description ?? "")")
  }

  @Test func `XML leniently has attributes for members`() throws {
    let text = "<a x=\"1\" y='&lt;'><b>2</b></a>"
    #expect(try DataFormat.xml.decode(text, DecodingOptions(isStrict: false)) == ["a": ["x": 1, "y": "<", "b": 2]])
  }

  @Test func `CSV is a table behind its name`() throws {
    let value: JSONValue = [
      "users": [["id": 1, "name": "Ada, \"A\"", "ok": true], ["id": 2, "name": nil, "ok": false]], "tags": [["t": "1"]],
    ]
    let text = try DataFormat.csv.encode(value)
    #expect(text == "# users\nid,name,ok\n1,\"Ada, \"\"A\"\"\",true\n2,,false\n\n# tags\nt\n\"1\"")
    #expect(try DataFormat.csv.encode(value["users"] ?? nil) == "id,name,ok\n1,\"Ada, \"\"A\"\"\",true\n2,,false")
    #expect(try DataFormat.csv.decode(text.replacing("\n", with: "\r\n")) == value)
  }

  @Test(
    arguments: [
      (1, ""), (["a": 1], "/a"), (["a": [1]], "/a/0"), (["a": [["b": [1]]]], "/a/0/b"),
      (["a": [["b": ["c": 1]]]], "/a/0/b"),
      (["a": [["b": 1], ["c": 1]]], "/a/1"), ([["b": 1], ["b": 1, "c": 1]], "/1"), ([[:]], "/0"),
    ] as [(JSONValue, String)]) func `what is not flat is no CSV`(value: JSONValue, pointer: String)
  {
    let error = #expect(throws: DataFormatError.self) { try DataFormat.csv.encode(value) }
    #expect(error?.code == .unrepresentable)
    #expect(error?.pointer == pointer)
  }

  @Test(arguments: [
    ("a,b\n1", DataFormatError.Code.count, 2), ("a,a\n1,2", .duplicateKey, 1), ("a\n\"x", .syntax, 2),
    ("a\n\"x\"y", .syntax, 2),
    ("# t\na\n1\n\n# t\na\n2", .duplicateKey, 5), ("a,b\n1,\"x\ny\"\n3", .count, 4),
  ]) func `what is no CSV is told with its line`(text: String, code: DataFormatError.Code, line: Int) {
    let error = #expect(throws: DataFormatError.self) { try DataFormat.csv.decode(text) }
    #expect(error?.code == code)
    #expect(error?.line == line)
  }

  @Test(arguments: [
    ("a.toon", DataFormat.toon), ("B.JSON", .json), ("c.yml", .yaml), ("d.e.xml", .xml), ("f.csv", .csv),
  ])
  func `names tell formats`(name: String, format: DataFormat) { #expect(DataFormat(fileName: name) == format) }

  @Test func `a name that tells nothing is no format`() { #expect(DataFormat(fileName: "toon") == nil) }
}
