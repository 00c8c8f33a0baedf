import Benchmark
import Contract
import JSON
import SortingSuite
import Testing

@Suite struct SortingScorerTests {
  private let expected: [JSONValue] = [1, 2, 2, 9]

  @Test(arguments: [
    "[1,2,2,9]", "```json\n[1, 2, 2, 9]\n```", "Sure! Here it is: [1, 2, 2, 9]. Anything [else]?",
    "First try [9,2,2,1], sorted: [1,2,2,9]", "An open [ bracket, then [1,2,2,9]", "[1.0,2,2,9e0]",
  ])
  func `the right list passes wherever it stands`(_ answer: String) {
    let score = SortingScorer.score(answer, expected: expected)
    #expect(score.outcome == .passed)
    #expect(score.metrics["positionsRight"] == 1)
  }

  @Test(arguments: [
    ("", "noArray", 0), ("1, 2, 2, 9", "noArray", 0), ("[1,2,2,\"9\"]", "notIntegers", 0),
    ("[1,2,9]", "numbersMissing", 0.5),
    ("[1,2,2,9,9]", "numbersAdded", 0.8), ("[1,2,3,9]", "numbersChanged", 0.75), ("[2,1,2,9]", "wrongOrder", 0.5),
    ("[1,2,2,9", "noArray", 0), ("[1.5,2,2,9]", "notIntegers", 0),
  ])
  func `a wrong list fails for its own reason`(_ answer: String, _ reason: String, _ positions: Double) {
    let score = SortingScorer.score(answer, expected: expected)
    #expect(score.outcome == .failed)
    #expect(score.value == 0)
    #expect(score.reason == reason)
    #expect(score.metrics["positionsRight"] == positions)
  }

  @Test func `a million brackets cost little`() {
    let answer = String(repeating: "[", count: 1_000_000)
    #expect(SortingScorer.score(answer, expected: expected).reason == "noArray")
    let pairs = String(repeating: "[]x", count: 300_000)
    #expect(SortingScorer.score(pairs, expected: expected).outcome == .failed)
  }
}

@Suite struct SortingSuiteTests {
  private func plan(_ options: JSONObject) async throws -> any SuitePlan {
    let suite = SortingSuite()
    return try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
  }

  @Test func `the same seed gives the same lists, another seed others`() async throws {
    let first = try await plan(["sizes": [5, 20], "samples": 3])
    let again = try await plan(["sizes": [20], "samples": 5])
    let other = try await plan(["sizes": [20], "samples": 5, "seed": 8])
    #expect(first.sampleIDs.list == ["size=5/1", "size=5/2", "size=5/3", "size=20/1", "size=20/2", "size=20/3"])
    #expect(try first.sample(at: 3).promptText == again.sample(at: 0).promptText)
    #expect(try first.sample(at: 3).promptText != other.sample(at: 0).promptText)
  }

  @Test func `an id leads back to its sample, and no other text to any`() async throws {
    let plan = try await plan(["sizes": [5, 20, 7], "samples": 12])
    let ids = plan.sampleIDs.indexed()
    #expect(ids.count == 36)
    for index in 0..<ids.count { #expect(ids.index(of: ids[index]) == index) }
    #expect(Set(ids.list).count == 36 && ids[35] == "size=7/12")
    for other in [
      "", "size=5", "size=5/", "size=5/0", "size=5/13", "size=6/1", "size=05/1", "size=5/1/1", "size=+5/1", "size=5/-1",
      "Size=5/1", "size=5/99999999999999999999", "size=5/１",
    ] {
      #expect(ids.index(of: other) == nil, "\(other)")
    }
  }

  @Test func `the expected answer passes its own scorer and is not in the prompt`() async throws {
    let plan = try await plan(["sizes": [30], "samples": 1])
    let sample = try plan.sample(at: 0)
    #expect(try await plan.score(sample.expected.description, of: sample).outcome == .passed)
    #expect(!sample.promptText.contains(sample.expected.description.dropFirst().dropLast()))
  }

  @Test(
    arguments: [
      ["sizes": []], ["sizes": [0]], ["sizes": [5, 5]], ["sizes": "10"], ["size": [10]], ["samples": 0], ["seed": -1],
      ["minimum": 5, "maximum": 1],
    ] as [JSONObject])
  func `options that do not fit are refused with their name`(_ options: JSONObject) async throws {
    let error = await #expect(throws: ServiceError.self) { try await plan(options) }
    #expect(error?.kind == .invalidOption)
    #expect(error?.details["option"]?.stringValue == options.keys.first)
  }
}
