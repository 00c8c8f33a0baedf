import JSON
import TestSupport
import Testing

/// The recordings that the project ships.
@Suite(.timeLimit(.minutes(2))) struct RecordingFixtureTests {
  /// Fails when the suite's prompt has changed and the recording was not made anew (Fixtures/recordings/README.md).
  @Test func `the recorded program passes on every size`() async throws {
    try await Workplace.with { place in
      let path = "\(packageFolder)/Fixtures/recordings/events-codegen.jsonl"
      let run = try await place.json(
        "run", "events-codegen", "--model", "replay/\(path)", "--sizes", "100,1k,10k,100k,1m")
      let model = run["models"]?[0]
      #expect(run["status"] == "completed")
      #expect(model?["passed"] == 1)
      #expect(
        model?["groups"]?.arrayValue?.compactMap { $0["value"]?.intValue } == [100, 1000, 10_000, 100_000, 1_000_000])
    }
  }

  /// The recording holds what its server counted, so that the prompts come out as they were.
  @Test func `the recorded numbers pass at every length`() async throws {
    try await Workplace.with { place in
      let path = "\(packageFolder)/Fixtures/recordings/context-window.jsonl"
      let run = try await place.json(
        "run", "context-window", "--model", "replay/\(path)", "--lengths", "1k,4k", "--samples", "2")
      let model = run["models"]?[0]
      #expect(run["status"] == "completed")
      #expect(model?["passed"] == 8)
      #expect(model?["groups"]?.arrayValue?.compactMap { $0["value"]?.intValue } == [1000, 4000])
      let tokens = model?["groups"]?.arrayValue?.compactMap { $0["meanPromptTokens"]?.doubleValue } ?? []
      #expect(zip(tokens, [1000, 4000]).allSatisfy { abs($0 / $1 - 1) < 0.05 })
      #expect(model?["tokensEstimated"] == false)
    }
  }
}
