import Benchmark
import Contract
import EventData
import EventsSuite
import JSON
import Testing

@Suite struct EventAveragesTests {
  private let averages = EventAverages(
    of: [
      Event(userId: "user2", duration: 50), Event(userId: "user10", duration: 100),
      Event(userId: "user2", duration: 51),
      Event(userId: "user10", duration: 49), Event(userId: "user3", duration: 10),
    ], threshold: 50)

  private func score(_ text: String) throws -> (Double, String?) {
    let rows = try #require(try JSONParser().parse(text).arrayValue)
    let score = averages.score(rows, tolerance: 0.1)
    return (score.value, score.reason)
  }

  @Test func `short events are left out, the rest averaged per user, sorted by code units`() {
    #expect(averages.json.description == #"[{"id":"user10","avg":100.0},{"id":"user2","avg":50.5}]"#)
  }

  @Test func `the right rows pass in any order, with integers and small errors of rounding`() throws {
    #expect(try score(#"[{"id":"user2","avg":50.55},{"id":"user10","avg":100}]"#) == (1, nil))
  }

  @Test(
    arguments: [
      (#"[{"id":"user2","avg":50.5}]"#, 0.5, "rowsMissing"),
      (#"[]"#, 0.0, "rowsMissing"),
      (#"[{"id":"user2","avg":50.5},{"id":"user10","avg":99}]"#, 0.5, "wrongAverages"),
      (#"[{"id":"user2","avg":"50.5"},{"id":"user10","avg":100}]"#, 0.5, "wrongAverages"),
      (
        #"[{"id":"user2","avg":50.5},{"id":"user10","avg":100},{"id":"user3","avg":10},{"id":"user4","avg":1}]"#, 0.5,
        "rowsAdded"
      ),
      (#"[{"id":"user2","avg":50.5},{"id":"user2","avg":50.5},{"id":"user10","avg":100}]"#, 2.0 / 3, "rowsRepeated"),
      (#"[1,"x",null,{}]"#, 0.0, "rowsMissing"),
    ] as [(String, Double, String)])
  func `what is wrong costs, and is named`(_ text: String, _ value: Double, _ reason: String) throws {
    let (actual, why) = try score(text)
    #expect(abs(actual - value) < 1e-9)
    #expect(why == reason)
  }

  @Test func `no user left means an empty answer is right, and any row wrong`() {
    let none = EventAverages(of: [Event(userId: "a", duration: 1)], threshold: 50)
    #expect(none.score([], tolerance: 0.1).outcome == .passed)
    #expect(none.score([["id": "a", "avg": 1]], tolerance: 0.1).outcome == .failed)
  }
}
