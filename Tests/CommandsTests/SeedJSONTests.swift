import Commands
import Contract
import JSON
import Testing

struct SeedJSONTests {
  private static func sample() throws -> SampleRecord {
    let time = try #require(Timestamp("2026-11-21T14:23:45.123Z"))
    var sample = SampleRecord(
      runId: "r", model: "ollama/qwen2.5-coder:7b", sampleId: "fixture=simple-component", epoch: 2, outcome: .partial,
      prompt: "p", expected: "e", startedAt: time, finishedAt: time)
    sample.metadata = ["fixture": "simple-component"]
    sample.metrics = ["compiles": 1, "checkScore": 0.67]
    sample.latencyMilliseconds = 4200
    sample.completionTokens = 420
    sample.extracted = "<template/>"
    return sample
  }

  @Test func `a sample has every field of the seed`() throws {
    let entry = try #require(SeedJSON.entry(Self.sample())?.objectValue)
    #expect(
      entry.keys.sorted() == [
        "ast_score", "compiles", "duration_sec", "errors", "fixture", "gpu_avg_memory_gb", "gpu_avg_utilization",
        "gpu_peak_memory_gb", "gpu_peak_utilization", "model", "output_code", "run_number", "timestamp",
        "tokens_per_sec",
      ])
    #expect(entry["model"] == "qwen2.5-coder:7b" && entry["timestamp"] == "2026-11-21T14:23:45")
    #expect(entry["compiles"] == true && entry["ast_score"]?.doubleValue == 6.7)
    #expect(entry["tokens_per_sec"]?.doubleValue == 100)
    #expect(entry["duration_sec"]?.doubleValue == 4.2 && entry["run_number"] == 2 && entry["errors"] == [])
    #expect(entry["gpu_avg_utilization"] == .null)
  }

  @Test func `errors of the compiler are listed and other suites have no entry`() throws {
    var sample = try Self.sample()
    var part = SamplePart(name: "compiles", outcome: .failed, score: 0, metadata: [:])
    part.detail = "TS2304 at 1:1: a\nTS2339 at 2:2: b"
    sample.parts = [part]
    sample.metrics["compiles"] = 0
    #expect(SeedJSON.entry(sample)?["errors"] == ["TS2304 at 1:1: a", "TS2339 at 2:2: b"])
    #expect(SeedJSON.entry(sample)?["compiles"] == false)
    sample.metadata = [:]
    #expect(SeedJSON.entry(sample) == nil)
  }
}
