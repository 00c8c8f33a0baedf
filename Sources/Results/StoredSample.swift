import Contract
import GRDB
import JSON

/// Reads samples from rows.
struct StoredSample {
  let record: SampleRecord

  /// With prompt, answer and reasoning.
  static let selectWhole = """
    SELECT r.*, p.body AS prompt, a.body AS response, t.body AS reasoning
    FROM problem_results r
    JOIN contents p ON p.hash = r.prompt_hash
    LEFT JOIN contents a ON a.hash = r.response_hash
    LEFT JOIN contents t ON t.hash = r.reasoning_hash
    """

  /// Without them: all that a summary needs.
  static let selectFacts = "SELECT r.*, NULL AS prompt, NULL AS response, NULL AS reasoning FROM problem_results r"

  init(_ row: Row) throws {
    do {
      record = try Self.record(row)
    } catch {
      throw ServiceError(.invalidData, "Stored sample \(row.text("problem_id") ?? "?") cannot be read: \(error)")
    }
  }

  /// Bytes of text that the sample holds, roughly.
  var size: Int { record.prompt.utf8.count + (record.response?.utf8.count ?? 0) + (record.reasoning?.utf8.count ?? 0) }

  private static func record(_ row: Row) throws -> SampleRecord {
    guard let outcome = Outcome(rawValue: row.text("outcome") ?? "") else {
      throw ServiceError(.invalidData, "its outcome is unknown")
    }
    var record = SampleRecord(
      runId: row.text("run_id") ?? "", model: row.text("model_id") ?? "", sampleId: row.text("problem_id") ?? "",
      epoch: row["epoch"], outcome: outcome, prompt: row.text("prompt") ?? "",
      expected: try json(row, "expected") ?? .null,
      startedAt: Timestamp(millisecondsSinceEpoch: row["started_at_ms"]),
      finishedAt: Timestamp(millisecondsSinceEpoch: row["finished_at_ms"]))
    record.sequence = row["sequence"] ?? 0
    record.score = row["score"]
    record.scoringRevision = row["scoring_revision"] ?? 1
    record.reason = row.text("error_type")
    record.detail = row.text("detail")
    record.response = row.text("response")
    record.reasoning = row.text("reasoning")
    record.extracted = try json(row, "extracted")
    record.stopReason = row.text("stop_reason")
    record.latencyMilliseconds = row["latency_ms"]
    record.timeToFirstTokenMilliseconds = row["time_to_first_token_ms"]
    record.promptTokens = row["input_tokens"]
    record.completionTokens = row["output_tokens"]
    record.tokensEstimated = row["tokens_estimated"]
    record.costUSD = row["cost_usd"]
    record.attempts = row["attempts"]
    record.telemetry = try json(row, "telemetry").map { try JSONValueDecoder().decode(CallTelemetry.self, from: $0) }
    record.cached = row["cached"] ?? false
    record.originalLatencyMilliseconds = row["original_latency_ms"]
    if let metrics = try json(row, "metrics")?.objectValue {
      record.metrics = Dictionary(
        metrics.compactMap { key, value in value.doubleValue.map { (key, $0) } }, uniquingKeysWith: { _, last in last })
    }
    if let parts = try json(row, "parts") {
      record.parts = try JSONValueDecoder().decode([SamplePart].self, from: parts)
    }
    record.metadata = try json(row, "metadata")?.objectValue ?? [:]
    return record
  }

  private static func json(_ row: Row, _ column: String) throws -> JSONValue? {
    try row.text(column).map { try JSONParser(maximumDepth: 2000).parse($0) }
  }
}
