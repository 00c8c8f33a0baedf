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

  @Test func `an integral double is an integer`() throws {
    #expect(try JSONValueDecoder().decode([Int].self, from: [1e3, 2.0]) == [1000, 2])
  }
}
