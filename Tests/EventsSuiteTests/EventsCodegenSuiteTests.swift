import Benchmark
import Contract
import EventsSuite
import Execution
import JSON
import Testing

/// Runs real programs in the real sandbox.
@Suite(.timeLimit(.minutes(3))) struct EventsCodegenSuiteTests {
  private static let right = """
    Here you are:
    ```typescript
    const sums = new Map<string, { sum: number; count: number }>();
    for (const event of events) {
      if (event.duration < 50) continue;
      const entry = sums.get(event.userId) ?? { sum: 0, count: 0 };
      entry.sum += event.duration;
      entry.count += 1;
      sums.set(event.userId, entry);
    }
    const result = [...sums].map(([id, { sum, count }]) => ({ id, avg: Math.round((sum / count) * 100) / 100 }))
      .sort((a, b) => a.id.localeCompare(b.id));
    ```
    """

  private func score(_ answer: String, sizes: JSONValue = [100, 1000], cpuSeconds: Double = 20) async throws -> Score {
    let suite = EventsCodegenSuite { () async throws(ExecutionError) in
      try await CodeExecutor.detect(environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    }
    let options: JSONObject = ["sizes": sizes, "cpuSeconds": .double(cpuSeconds)]
    let plan = try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
    try await plan.prepare()
    let score = try await plan.score(answer, of: plan.sample(at: 0))
    await plan.close()
    return score
  }

  @Test func `a right program passes on every size`() async throws {
    let score = try await score(Self.right, sizes: [100, 1000, 100_000])
    #expect(score.outcome == .passed, "\(score)")
    #expect(score.parts.map(\.name) == ["size=100", "size=1000", "size=100000"])
    #expect(score.parts.allSatisfy { ($0.executionMilliseconds ?? 0) > 0 })
  }

  @Test func `a program that is right only on small data is partly right`() async throws {
    let answer = Self.right.replacing("for (const event of events)", with: "for (const event of events.slice(0, 100))")
    let score = try await score(answer)
    #expect(score.outcome == .partial)
    #expect(score.parts.first?.outcome == .passed)
    #expect(score.parts.last?.outcome != .passed)
  }

  @Test func `an answer without code fails with that reason`() async throws {
    let score = try await score("I would rather not.")
    #expect(score.outcome == .failed)
    #expect(score.reason == "noCode")
  }

  @Test func `a loop that never ends fails at its limit`() async throws {
    let score = try await score("```js\nfor (;;) {}\n```", sizes: [100], cpuSeconds: 1)
    #expect(score.outcome == .failed)
    #expect(score.parts.first?.reason == "cpuTimeLimit")
  }

  @Test func `without a sandbox no model is asked`() async throws {
    let suite = EventsCodegenSuite { () async throws(ExecutionError) in
      throw ExecutionError(.sandboxUnavailable, "Install it.")
    }
    let error = await #expect(throws: ServiceError.self) {
      try await suite.plan(options: SuiteOptions([:], for: suite.descriptor))
    }
    #expect(error?.kind == .sandboxUnavailable)
  }
}
