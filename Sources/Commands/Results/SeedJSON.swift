package import Contract
package import JSON

/// The results of the suite `vue` as one JSON array of runs, with the names that scripts for such results know:
/// `model`, `fixture`, `timestamp`, `compiles`, `ast_score` (0…10), `tokens_per_sec`, `duration_sec`,
/// `gpu_avg_utilization` and `gpu_peak_utilization` (percent), `gpu_avg_memory_gb` and `gpu_peak_memory_gb` (GiB),
/// `output_code`, `errors`, `run_number`. What is not known is null.
package enum SeedJSON {
  /// One run of a fixture; nil for a sample of another suite.
  package static func entry(_ sample: SampleRecord) -> JSONValue? {
    guard let fixture = sample.metadata["fixture"]?.stringValue else { return nil }
    let gpu = (try? JSONValueEncoder().encode(sample))?["telemetry"]?["gpu"]
    let milliseconds = sample.latencyMilliseconds ?? sample.originalLatencyMilliseconds
    var entry = JSONObject()
    entry["model"] = .string(modelName(sample.model))
    entry["fixture"] = .string(fixture)
    entry["timestamp"] = .string(String(sample.startedAt.description.prefix(19)))
    entry["compiles"] = sample.metrics["compiles"].map { .bool($0 == 1) } ?? .null
    entry["ast_score"] = number(sample.metrics["checkScore"], times: 10)
    entry["tokens_per_sec"] = number(speed(sample, milliseconds))
    entry["duration_sec"] = number(milliseconds, times: 0.001)
    entry["gpu_avg_utilization"] = number(gpu?["meanUtilization"]?.doubleValue, times: 100)
    entry["gpu_peak_utilization"] = number(gpu?["peakUtilization"]?.doubleValue, times: 100)
    entry["gpu_avg_memory_gb"] = number(gpu?["meanMemoryUsedBytes"]?.doubleValue, times: 1 / 1_073_741_824)
    entry["gpu_peak_memory_gb"] = number(gpu?["peakMemoryUsedBytes"]?.doubleValue, times: 1 / 1_073_741_824)
    entry["output_code"] = sample.extracted ?? sample.response.map(JSONValue.string) ?? .null
    entry["errors"] = .array(errors(sample).map(JSONValue.string))
    entry["run_number"] = .integer(Int64(sample.epoch))
    return .object(entry)
  }

  /// The model without its provider.
  private static func modelName(_ reference: String) -> String {
    reference.firstIndex(of: "/").map { String(reference[reference.index(after: $0)...]) } ?? reference
  }

  private static func speed(_ sample: SampleRecord, _ milliseconds: Double?) -> Double? {
    if let speed = sample.telemetry?.generationTokensPerSecond { return speed }
    guard let tokens = sample.completionTokens, let milliseconds, milliseconds > 0 else { return nil }
    return Double(tokens) / milliseconds * 1000
  }

  private static func errors(_ sample: SampleRecord) -> [String] {
    if let compiled = sample.parts.first(where: { $0.name == "compiles" }) {
      return (compiled.detail ?? "").split(separator: "\n").map(String.init)
    }
    return sample.outcome == .passed ? [] : [sample.detail ?? sample.reason].compactMap(\.self)
  }

  /// Rounded to six digits after the point.
  private static func number(_ value: Double?, times factor: Double = 1) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .double((value * factor * 1e6).rounded() / 1e6)
  }
}
