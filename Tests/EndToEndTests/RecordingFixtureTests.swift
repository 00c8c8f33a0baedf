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
}
