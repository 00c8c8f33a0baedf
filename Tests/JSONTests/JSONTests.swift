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
