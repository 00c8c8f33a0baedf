package import Contract
import GRDB
import Hashing
import JSON

/// An answer that is kept for runs to come. Errors never are.
package struct CachedAnswer: Sendable, Equatable {
  /// What it is kept under: names the model, the whole request, the sample and the epoch.
  package var key: String
  package var model: String
  package var response: String
  package var reasoning: String?
  package var stopReason: String
  package var latencyMilliseconds: Double
  package var promptTokens: Int
  package var completionTokens: Int
  package var tokensEstimated: Bool
  /// Of the call that brought it.
  package var telemetry: CallTelemetry?
  /// By what it was cut off; the provider alone may have known.
  package var truncation: TruncationReason?

  package init(
    key: String, model: String, response: String, reasoning: String?, stopReason: String,
    latencyMilliseconds: Double, promptTokens: Int, completionTokens: Int, tokensEstimated: Bool,
    telemetry: CallTelemetry?, truncation: TruncationReason?
  ) {
    self.key = key
    self.model = model
    self.response = response
    self.reasoning = reasoning
    self.stopReason = stopReason
    self.latencyMilliseconds = latencyMilliseconds
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.tokensEstimated = tokensEstimated
    self.telemetry = telemetry
    self.truncation = truncation
  }
}

extension CachedAnswer {
  /// The answer's texts have to be in `contents` already, as those of the sample are that it is stored with.
  func insert(_ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO cached_answers (
          key, model_id, response_hash, reasoning_hash, stop_reason, latency_ms, input_tokens, output_tokens,
          tokens_estimated, telemetry, truncation, stored_at_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      key, StoredValue.text(model), SHA256.hex(response), reasoning.map { SHA256.hex($0) },
      StoredValue.text(stopReason), StoredValue.number(latencyMilliseconds), promptTokens, completionTokens,
      tokensEstimated, StoredValue.telemetry(telemetry), truncation?.rawValue, Timestamp.now().millisecondsSinceEpoch,
    ])
  }

  init?(key: String, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        SELECT c.*, a.body AS response, t.body AS reasoning FROM cached_answers c
        JOIN contents a ON a.hash = c.response_hash LEFT JOIN contents t ON t.hash = c.reasoning_hash
        WHERE c.key = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [key]) else { return nil }
    let telemetry = try row.text("telemetry").map { text in
      try JSONValueDecoder().decode(CallTelemetry.self, from: JSONParser().parse(text))
    }
    self.init(
      key: key, model: row.text("model_id") ?? "", response: row.text("response") ?? "",
      reasoning: row.text("reasoning"), stopReason: row.text("stop_reason") ?? "",
      latencyMilliseconds: row["latency_ms"] ?? 0, promptTokens: row["input_tokens"],
      completionTokens: row["output_tokens"], tokensEstimated: row["tokens_estimated"],
      telemetry: telemetry, truncation: row.text("truncation").flatMap(TruncationReason.init))
  }
}

extension ResultStore {
  /// Gives the answer that is kept under a key.
  ///
  /// - Throws: `storeUnavailable`.
  package func cachedAnswer(_ key: String) async throws(ServiceError) -> CachedAnswer? {
    try await read { try CachedAnswer(key: key, $0) }
  }
}
