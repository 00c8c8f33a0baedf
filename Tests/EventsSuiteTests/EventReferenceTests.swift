import Benchmark
import Contract
import EventsSuite
import Execution
import JSON
import Testing

/// The suites' own answers, which keep a broken grader from judging models.
@Suite(.timeLimit(.minutes(3))) struct EventReferenceTests {
  private func check(_ suite: any Suite, _ options: JSONObject) async throws -> [ReferenceAnswer] {
    let plan = try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
    try await plan.prepare()
    let references = try plan.referenceAnswers()
    for reference in references {
      let score = try await plan.score(reference)
      #expect((score.outcome == .passed) == reference.isRight, "\(reference.name): \(reference.answer) \(score)")
    }
    await plan.close()
    return references
  }

  @Test(
    arguments: [
      (["sizes": [1]], 5), (["sizes": [1000, 30]], 8), (["sizes": [10], "threshold": 0], 7),
      (["sizes": [50], "tolerance": 1000], 7), (["sizes": [50], "tolerance": 0], 8),
      // Nothing is left of the events: the right answer is an empty list.
      (["sizes": [5], "threshold": 1_000_000], 5), (["sizes": [40], "users": 1], 8),
    ] as [(JSONObject, Int)])
  func `answers in the context are judged as they must, whatever the options`(
    _ options: JSONObject, _ least: Int
  ) async throws {
    let references = try await check(EventsContextSuite(), options)
    #expect(references.count >= least && references.count(where: \.isRight) == 2)
  }

  private var codegen: EventsCodegenSuite {
    EventsCodegenSuite { () async throws(ExecutionError) in
      try await CodeExecutor.detect(environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    }
  }

  @Test(
    arguments: [
      ["sizes": [100]], ["sizes": [1], "language": "javascript"], ["sizes": [5], "threshold": 1_000_000],
      ["sizes": [100_000], "tolerance": 1000, "users": 3],
    ] as [JSONObject])
  func `programs are judged as they must, on little data`(_ options: JSONObject) async throws {
    let references = try await check(codegen, options)
    #expect(references.count(where: \.isRight) == 1 && references.count >= 4)
  }

  @Test func `without its data a suite of programs has no references`() async throws {
    let plan = try await codegen.plan(options: SuiteOptions(["sizes": [10]], for: codegen.descriptor))
    #expect(try plan.referenceAnswers().isEmpty)
  }
}
