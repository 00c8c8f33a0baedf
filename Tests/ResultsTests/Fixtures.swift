import Contract
import JSON
import Results

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of its own for one test, removed after it.
final class Scratch {
  let folder: String
  var path: String { "\(folder)/results.sqlite" }

  init() {
    var template = Array("/tmp/llmbench-results-XXXXXX".utf8CString)
    folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  deinit {
    guard folder != "/tmp" else { return }
    try? FileManager.default.removeItem(atPath: folder)  // Left behind, it harms nobody.
  }

  func bytes(_ name: String) -> [UInt8] {
    guard let file = fopen("\(folder)/\(name)", "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
    return bytes
  }

  func write(_ bytes: [UInt8], _ name: String) {
    guard let file = fopen("\(folder)/\(name)", "w") else { return }
    defer { fclose(file) }
    fwrite(bytes, 1, bytes.count, file)
  }
}

extension ResultStore {
  /// How each sample of a run ended, in the order stored: `local/a s1 1 passed`.
  func outcomes(of runId: String) async throws -> [String] {
    try await reduceOutcomes(runId: runId, into: []) { lines, sample in
      lines.append("\(sample.model) \(sample.sampleId) \(sample.epoch) \(sample.outcome.rawValue)")
    }
  }
}

enum Fixtures {
  static let start = Timestamp(millisecondsSinceEpoch: 1_750_000_000_123)

  static func run(
    _ id: String = "run-1", suite: String = "sorting", models: [String] = ["local/a", "openai/b:1"], planned: Int = 8,
    startedAfter seconds: Int64 = 0
  ) -> RunSummary {
    var request = RunRequest(suite: suite, models: models, options: ["sizes": [10, 20], "z": nil, "a": 1.0])
    request.sample = SampleSelection(count: 5, seed: .max)
    request.epochs = 2
    request.budget = Budget(usd: 1.5, tokens: 100, seconds: nil)
    request.temperature = 0
    return RunSummary(
      runId: id, suite: suite, suiteVersion: "3", status: .running,
      startedAt: Timestamp(millisecondsSinceEpoch: start.millisecondsSinceEpoch + seconds * 1000),
      plannedSamples: planned, models: models.map(ModelSummary.init(model:)), request: request,
      seed: 0x8000_0000_0000_0001, programVersion: "0.1.0",
      machine: ["os": "Debian 12", "cores": 2, "memoryBytes": 25_769_803_776])
  }

  static func sample(
    _ id: String = "s1", run: String = "run-1", model: String = "local/a", epoch: Int = 1,
    _ outcome: Outcome = .passed, score: Double? = nil, at offset: Int64 = 0, lasting milliseconds: Int64 = 1000
  ) -> SampleRecord {
    let begin = start.millisecondsSinceEpoch + offset
    var record = SampleRecord(
      runId: run, model: model, sampleId: id, epoch: epoch, outcome: outcome, prompt: "Sort: \(id)",
      expected: [1, 2, 3], startedAt: Timestamp(millisecondsSinceEpoch: begin),
      finishedAt: Timestamp(millisecondsSinceEpoch: begin + milliseconds))
    record.score = score ?? (outcome == .passed ? 1 : outcome.isScored ? 0 : nil)
    return record
  }

  /// A sample with every member set, to values that are easily lost on the way.
  static func everything() -> SampleRecord {
    var record = sample("id/ü\u{0}\"'; DROP TABLE models; --", epoch: 2, .partial, score: 0.1 + 0.2)
    record.reason = "wrong\u{0}Order"
    record.detail = "expected 1\nfound \u{FEFF}2\u{0}"
    record.prompt = "\u{FEFF}Prompt with NUL \u{0} and 🤖 and \r\n"
    record.response = ""
    record.reasoning = "\u{FEFF}\u{0}"
    record.expected = .null
    record.extracted = ["b": [1, 1.0, -0.0, 9_223_372_036_854_775_807], "a": nil, "": "x\u{0}y"]
    record.stopReason = "stop"
    record.latencyMilliseconds = 1234.567890123
    record.timeToFirstTokenMilliseconds = .leastNonzeroMagnitude
    record.promptTokens = .max
    record.completionTokens = 0
    record.tokensEstimated = true
    record.costUSD = 1e-9
    var telemetry = CallTelemetry()
    telemetry.cachedPromptTokens = 0
    telemetry.cacheWriteTokens = .max
    telemetry.reasoningTokens = 3
    telemetry.connectMilliseconds = 0.1 + 0.2
    telemetry.loadMilliseconds = 1
    telemetry.promptMilliseconds = 2
    telemetry.generationMilliseconds = 1e300
    telemetry.promptTokensPerSecond = .leastNonzeroMagnitude
    telemetry.generationTokensPerSecond = 5
    telemetry.servedModel = "m\u{0}'"
    telemetry.responseId = ""
    telemetry.omittedParameters = ["temperature"]
    record.telemetry = telemetry
    record.attempts = 4
    record.metrics = ["positionsRight": 1.0 / 3, "ü": 1e300, "whole": 2]
    var part = SamplePart(name: "size 10", outcome: .failed, score: 0, metadata: ["size": 10, "x": [1.5, nil]])
    part.reason = "timeout"
    part.detail = "after 30 s\u{0}"
    part.executionMilliseconds = 30_000.25
    record.parts = [part, SamplePart(name: "", outcome: .cancelled, score: nil, metadata: [:])]
    record.metadata = ["size": 10, "nested": ["k": [1, nil]]]
    return record
  }
}
