import Glibc
import JSON
import TestSupport
import Testing

private let serverURL = getenv("LLMBENCH_TEST_LOCAL_URL").map { String(cString: $0) }

/// Whole runs on a real model, whose base URL is in `LLMBENCH_TEST_LOCAL_URL`.
@Suite(
  .enabled(if: serverURL != nil, "LLMBENCH_TEST_LOCAL_URL names no server"), .serialized, .timeLimit(.minutes(3)))
struct RealModelTests {
  @Test(arguments: [
    (["sorting", "--sizes", "5", "--samples", "2", "--max-tokens", "64"], 2),
    (["events-codegen", "--sizes", "100", "--max-tokens", "256"], 1),
  ])
  func `a run on a real model is complete`(_ arguments: [String], _ samples: Int) async throws {
    try await Workplace.with { place in
      let url = try #require(serverURL)
      let program = try place.start(["run"] + arguments + ["--model", "local/smollm2", "--base-url", url, "--json"])
      let run = try await program.wait(seconds: 120).json()
      #expect(run["status"]?.stringValue == "completed")
      #expect(run["completedSamples"]?.intValue == samples)
      #expect(run.model?["errors"]?.intValue == 0)
      let n = run.model?["n"]?.intValue ?? 0
      let truncated = run.model?["truncated"]?.intValue ?? 0
      #expect(n == samples || n + truncated == samples, "\(run)")
      #expect(run.model?["promptTokens"]?.intValue ?? 0 > 0)
      #expect(run.model?["completionTokens"]?.intValue ?? 0 > 0)
      let answers = try #require(try await place.json("results", "samples", "latest")["samples"]?.arrayValue)
      #expect(answers.count == samples)
      #expect(answers.allSatisfy { $0["response"]?.stringValue?.isEmpty == false })
    }
  }
}
