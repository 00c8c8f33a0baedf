import JSON
import Testing

private struct Reading: Codable, Equatable {
  enum Level: String, Codable, CaseIterable { case low, high }
  var name: String
  var count: Int
  var ratio: Double?
  var level: Level = .low
  var big: Int64 = .max
  var tags: [String] = []
  var table: [String: Int] = [:]
  var extra: JSONValue = .null
  var options: JSONObject?
}

@Suite struct JSONCoderTests {
  @Test func `a value comes back equal`() throws {
    let reading = Reading(
      name: "x", count: -3, ratio: 0.1, level: .high, tags: ["a"], table: ["k": 1], extra: ["z": [1, nil]],
      options: ["b": 1, "a": 2])
    let value = try JSONValueEncoder().encode(reading)
    #expect(try JSONValueDecoder().decode(Reading.self, from: value) == reading)
    #expect(value["big"] == 9_223_372_036_854_775_807)
  }

  @Test func `nil is null, or absent on request`() throws {
    let reading = Reading(name: "x", count: 1)
    let value = try JSONValueEncoder().encode(reading)
    #expect(value["ratio"] == .null)
    #expect(value.objectValue?.keys.prefix(3) == ["name", "count", "ratio"])
    #expect(try JSONValueEncoder(omitsNil: true).encode(reading)["ratio"] == nil)
    #expect(try JSONValueDecoder().decode(Reading.self, from: value) == reading)
  }

  @Test(arguments: [
    (#"{"name":1}"#, "/name: expected a string, found an integer"),
    (#"{"name":"x"}"#, "/count: is missing"),
    (#"{"name":"x","count":1.5}"#, "/count: 1.5 is not a whole number"),
    (#"{"name":"x","count":1,"level":"mid"}"#, "/level: \"mid\" is none of low, high"),
    (#"{"name":"x","count":1,"level":"low","big":1,"tags":["a",2]}"#, "/tags/1: expected a string, found an integer"),
    ("[]", "expected an object, found an array"),
  ])
  func `an error says where and what`(_ text: String, _ message: String) throws {
    let value = try JSONParser().parse(text)
    let error = #expect(throws: DecodingError.self) { try JSONValueDecoder().decode(Reading.self, from: value) }
    let problem = try #require(error.flatMap { JSONDecodingProblem($0) })
    #expect(problem.message.hasPrefix(message), "\(problem.message)")
  }

  @Test func `integers of every width are exact, and one beyond 64 bits is an error`() throws {
    struct Widths: Encodable {
      var a: Int8 = -1, b: Int16 = -2, c: Int32 = -3, d: Int64 = .min, e = 5
      var f: UInt8 = 1, g: UInt16 = 2, h: UInt32 = 3, i: UInt64 = 4, j: UInt = 5, k: Float = 0.5
      var l: UInt64? = 6, m: [UInt8] = [7], n: Set<Int16> = [8]
    }
    let text = #"{"a":-1,"b":-2,"c":-3,"d":-9223372036854775808,"e":5,"f":1,"g":2,"h":3,"i":4,"j":5,"k":0.5,"#
    #expect("\(try JSONValueEncoder().encode(Widths()))" == text + #""l":6,"m":[7],"n":[8]}"#)
    let error = #expect(throws: EncodingError.self) { try JSONValueEncoder().encode(["a": [UInt64.max]]) }
    guard case .invalidValue(_, let context)? = error else { throw try #require(error) }
    #expect(context.codingPath.map(\.stringValue) == ["a"])
  }

  /// A container that was handed out may be filled after what follows it.
  @Test func `nested containers keep their places`() throws {
    struct Tree: Encodable {
      enum Key: CodingKey { case first, second, third, fourth }

      func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        var first = members.nestedContainer(keyedBy: Key.self, forKey: .first)
        var second = members.nestedUnkeyedContainer(forKey: .second)
        try members.encode("three", forKey: .third)
        try first.encodeNil(forKey: .first)
        var inner = second.nestedContainer(keyedBy: Key.self)
        try second.encode(2)
        try second.encodeNil()
        var list = second.nestedUnkeyedContainer()
        try list.encode([1.5])
        try inner.encode(true, forKey: .fourth)
        var single = members.superEncoder(forKey: .fourth).singleValueContainer()
        try single.encode(["a": 1])
        #expect(second.count == 4)
      }
    }
    let text = #"{"first":{"first":null},"second":[{"fourth":true},2,null,[[1.5]]],"third":"three","fourth":{"a":1}}"#
    #expect("\(try JSONValueEncoder().encode(Tree()))" == text)
  }

  @Test func `an integral double is an integer`() throws {
    #expect(try JSONValueDecoder().decode([Int].self, from: [1e3, 2.0]) == [1000, 2])
  }
}
