import Contract
import JSON
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00.000Z", 0), ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
    ("1969-12-31T23:59:59.000Z", -1000), ("2000-03-01T00:00:00.000Z", 951_868_800_000),
  ])
  func `text and number agree`(_ text: String, _ milliseconds: Int64) {
    #expect(Timestamp(text)?.millisecondsSinceEpoch == milliseconds)
    #expect(Timestamp(millisecondsSinceEpoch: milliseconds).description == text)
  }

  @Test func `offsets, fractions and bare dates are read`() {
    #expect(Timestamp("2026-01-01T02:00:00+02:00") == Timestamp("2026-01-01"))
    #expect(Timestamp("2026-01-01T00:00:00.5Z")?.description == "2026-01-01T00:00:00.500Z")
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-01-01T", "2026-01-01T00:00:00", "2026-01-01T25:00:00Z", "x026-01-01", "2026-02-29",
    "2026-01-01x00:00:00Z",
    "2026-01-01T00:00:00+25:00",
  ])
  func `other text is refused`(_ text: String) {
    #expect(Timestamp(text) == nil)
  }
}

@Suite struct ContractTests {
  @Test func `method names are distinct`() {
    let names = MethodTable.all.map { $0.name }
    #expect(Set(names).count == names.count)
  }

  @Test func `a tracked request keeps its members side by side with the tokens`() throws {
    let text = #"{"suite":"sorting","models":["local/x"],"options":{"sizes":[10]},"workDoneToken":"t"}"#
    let tracked = try JSONValueDecoder().decode(TrackedRunRequest.self, from: JSONParser().parse(text))
    #expect(tracked.request.suite == "sorting")
    #expect(tracked.workDoneToken == "t")
    let encoded = try JSONValueEncoder(omitsNil: true).encode(tracked)
    #expect(encoded.description == text)
  }

  @Test func `an error keeps kind and details over the wire`() {
    let error = ServiceError(.missingAPIKey, "Set X.", details: ["variable": "X"])
    #expect(error.data.description == #"{"kind":"missingAPIKey","variable":"X"}"#)
    #expect(ServiceError(message: "Set X.", data: error.data) == error)
    #expect(ServiceError(message: "?", data: ["kind": "newer"]) == nil)
  }

  @Test func `error codes are distinct`() {
    let codes = ServiceError.Kind.allCases.map(\.code)
    #expect(Set(codes).count == codes.count)
  }

  /// JSON-RPC reserves one range, the language-server protocol another; what they define there may be used.
  @Test func `error codes of the product's own lie outside the reserved ranges`() {
    for code in ServiceError.Kind.allCases.map(\.code) where ![-32602, -32803, -32800].contains(code) {
      #expect(!(-32768 ... -32000).contains(code) && !(-32899 ... -32800).contains(code), "\(code)")
    }
  }
}
