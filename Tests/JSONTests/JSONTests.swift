import JSON
import Testing

@Suite struct JSONTextTests {
  @Test(arguments: [
    "null", "true", "[1,-2,9223372036854775807,-9223372036854775808]", #"{"b":1,"a":{"c":[]}}"#, "0.1", "5e-324",
    #""a\"\\\n\u0001é😀""#, "1.0", #""\u0000""#,
  ])
  func `text comes back as it was`(_ text: String) throws {
    #expect(try JSONParser().parse(text).description == text)
  }

  @Test(arguments: [
    "", "[1,]", "{\"a\":1,}", "\u{FEFF}{}", "01", "NaN", "1e999", "\"\\ud800\"", "[1] 2", "{'a':1}", "\"\u{1}\"",
    "99999999999999999999",
  ])
  func `what is not JSON is refused`(_ text: String) {
    #expect(throws: JSONParseError.self) { try JSONParser().parse(text) }
  }

  @Test func `invalid UTF-8 is refused`() {
    #expect(throws: JSONParseError.self) { try JSONParser().parse([0x22, 0xFF, 0x22]) }
  }

  @Test func `nesting is bounded and the place is told`() throws {
    let parser = JSONParser(maximumDepth: 3)
    #expect(try parser.parse("[[[\"[[[[\"]]]").description == "[[[\"[[[[\"]]]")
    let error = #expect(throws: JSONParseError.self) { try parser.parse("[[[[]]]]") }
    #expect(error?.offset == 3)
    #expect(throws: JSONParseError.self) { try JSONParser().parse(String(repeating: "[", count: 1_000_000)) }
  }

  @Test func `duplicate keys are refused on request, else the last wins`() throws {
    let text = #"{"a":1,"a":2}"#
    #expect(try JSONParser().parse(text)["a"] == 2)
    #expect(throws: JSONParseError.self) { try JSONParser(rejectsDuplicateKeys: true).parse(text) }
  }

  @Test func `an error names line and column`() {
    let error = #expect(throws: JSONParseError.self) { try JSONParser().parse("{\n  \"a\": x}") }
    #expect(error?.line == 2)
  }

  @Test func `indented text is what people expect`() {
    let value: JSONValue = ["a": [1, 2], "b": [:], "c": []]
    let expected = """
      {
        "a": [
          1,
          2
        ],
        "b": {},
        "c": []
      }
      """
    #expect(JSONWriter.string(value, indentation: 2) == expected)
  }

  @Test func `NaN is written as null`() {
    #expect(JSONWriter.string([.double(.nan), .double(.infinity)]) == "[null,null]")
  }

  @Test func `objects keep order and find members beyond the scan limit`() {
    var object = JSONObject()
    for index in 0..<100 { object["k\(index)"] = .integer(Int64(index)) }
    object["k50"] = nil
    object["k3"] = "three"
    #expect(object.count == 99)
    #expect(object["k50"] == nil)
    #expect(object["k99"] == 99)
    #expect(object.keys.prefix(4) == ["k0", "k1", "k2", "k3"])
    #expect(object["k3"] == "three")
  }
}

@Suite struct JSONKeyTests {
  private static let composed = "\u{E9}"
  private static let decomposed = "e\u{301}"

  @Test func `keys that look the same and have other bytes are two`() throws {
    let object = try #require(JSONParser().parse("{\"\(Self.composed)\":1,\"\(Self.decomposed)\":2}").objectValue)
    #expect(object.count == 2)
    #expect(object[Self.composed] == 1)
    #expect(object[Self.decomposed] == 2)
    let many = JSONObject(
      (0..<20).map { ("k\($0)", .integer($0)) } + [(Self.composed, .integer(1)), (Self.decomposed, .integer(2))])
    #expect(many.count == 22)
    #expect(many[Self.decomposed] == 2)
  }

  @Test func `strings are the same when their bytes are`() {
    #expect(JSONValue.string(Self.composed) != .string(Self.decomposed))
    #expect(
      JSONValue.string("a long string beyond fifteen bytes") == .string("a long string beyond " + "fifteen bytes"))
    #expect(JSONKey.areSame("", "") && !JSONKey.areSame("a", "b") && !JSONKey.areSame("a", "a\u{0}"))
  }

  @Test func `an index made once serves many objects`() {
    let keys = (0..<30).map { "key\($0)" }
    let index = JSONObject.KeyIndex(keys)
    var object = JSONObject(distinct: keys.map { JSONObject.Member($0, .string($0)) }, index: index)
    #expect(object["key29"] == "key29")
    object["key0"] = nil
    object["new"] = 1
    #expect(object["key29"] == "key29" && object["new"] == 1 && object["key0"] == nil)
  }
}
