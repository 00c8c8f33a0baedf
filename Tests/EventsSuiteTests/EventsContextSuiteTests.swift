import Benchmark
import Contract
import EventsSuite
import JSON
import Testing

@Suite struct EventsContextSuiteTests {
  private func plan(_ options: JSONObject) async throws -> any SuitePlan {
    let suite = EventsContextSuite()
    return try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
  }

  @Test func `the expected answer passes, its prompt holds the events and not the answer`() async throws {
    let plan = try await plan(["sizes": [10, 100], "samples": 2])
    #expect(plan.sampleIDs.list == ["size=10/1", "size=10/2", "size=100/1", "size=100/2"])
    for index in 0..<plan.sampleIDs.count {
      let sample = try plan.sample(at: index)
      #expect(try await plan.score(sample.expected.description, of: sample).outcome == .passed)
      #expect(sample.promptText.split(separator: "{\"userId\":").count == (index < 2 ? 10 : 100) + 1)
      #expect(!sample.promptText.contains("\"avg\":1"))
    }
  }

  @Test func `the same seed gives the same prompt whatever else is asked`() async throws {
    let first = try await plan(["sizes": [10, 50]]).sample(at: 1)
    let second = try await plan(["sizes": [50]]).sample(at: 0)
    let other = try await plan(["sizes": [50], "seed": 8]).sample(at: 0)
    #expect(first.promptText == second.promptText)
    #expect(first.promptText != other.promptText)
  }

  @Test func `an answer in prose fails with a reason`() async throws {
    let plan = try await plan(["sizes": [10]])
    let score = try await plan.score("I cannot do that.", of: plan.sample(at: 0))
    #expect(score.outcome == .failed)
    #expect(score.reason == "noArray")
  }
}
