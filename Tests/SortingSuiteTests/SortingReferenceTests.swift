import Benchmark
import Contract
import JSON
import SortingSuite
import Testing

/// The suite's own answers, which keep a broken grader from judging models.
@Suite struct SortingReferenceTests {
  @Test(
    arguments: [
      ["sizes": [1]], ["sizes": [20, 3, 10]], ["sizes": [4], "minimum": 7, "maximum": 7],
      ["sizes": [2], "minimum": -3, "maximum": -1],
      ["sizes": [5], "minimum": 999_999_999_999, "maximum": 1_000_000_000_000],
    ] as [JSONObject])
  func `every right one passes and every wrong one fails, whatever the options`(_ options: JSONObject) async throws {
    let suite = SortingSuite()
    let plan = try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
    let references = try plan.referenceAnswers()
    #expect(references.count { $0.isRight } == 2 && references.count { !$0.isRight } >= 5)
    for reference in references {
      let score = try await plan.score(reference)
      #expect((score.outcome == .passed) == reference.isRight, "\(reference.name): \(reference.answer)")
    }
  }

  @Test func `they answer the shortest list`() async throws {
    let suite = SortingSuite()
    let plan = try await suite.plan(options: SuiteOptions(["sizes": [9, 2, 5]], for: suite.descriptor))
    #expect(try plan.referenceAnswers().allSatisfy { $0.sample.id == "size=2/1" })
  }
}
