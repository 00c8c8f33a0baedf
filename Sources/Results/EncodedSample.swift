import Contract
import GRDB
import Hashing
import JSON

/// A sample as rows, made by the task that stores it so that the writer has only to write.
struct EncodedSample: Sendable {
  private let runId: String
  private let model: String
  private let contents: [(hash: String, body: DatabaseValue)]
  private let values: [DatabaseValue]
  private let caching: CachedAnswer?

  /// - Throws: `invalidData` for a score outside 0…1, an epoch below 1, a member's name with a NUL character or a part
  ///   that cannot be encoded.
  init(_ record: SampleRecord, caching: CachedAnswer? = nil) throws(ServiceError) {
    self.caching = caching
    let verdict = try EncodedVerdict(record)
    runId = record.runId
    model = record.model
    let texts = [record.prompt, record.response, record.reasoning]
    let hashes = texts.map { $0.map { SHA256.hex($0) } }
    contents = zip(hashes, texts).compactMap { hash, text in
      guard let hash, let text else { return nil }
      return (hash, StoredValue.text(text))
    }
    values = Self.values(record, verdict, hashes: hashes)
  }

  private static func values(
    _ record: SampleRecord, _ verdict: EncodedVerdict, hashes: [String?]
  ) -> [DatabaseValue] {
    [
      StoredValue.text(record.runId), StoredValue.text(record.model), StoredValue.text(record.sampleId),
      Int64(record.epoch).databaseValue, verdict.outcome, verdict.score, verdict.reason, verdict.detail,
    ]
      + hashes.map { $0?.databaseValue ?? .null }
      + [
        verdict.expected, verdict.extracted,
        StoredValue.text(record.stopReason), StoredValue.number(record.latencyMilliseconds),
        StoredValue.number(record.timeToFirstTokenMilliseconds), StoredValue.integer(record.promptTokens),
        StoredValue.integer(record.completionTokens), record.tokensEstimated.databaseValue,
        StoredValue.number(record.costUSD), Int64(record.attempts).databaseValue,
        verdict.metrics, verdict.parts, record.metadata.isEmpty ? .null : StoredValue.json(.object(record.metadata)),
        record.startedAt.millisecondsSinceEpoch.databaseValue, record.finishedAt.millisecondsSinceEpoch.databaseValue,
        StoredValue.telemetry(record.telemetry),
        record.cached.databaseValue, StoredValue.number(record.originalLatencyMilliseconds),
      ]
  }

  /// Writes the sample in place of an earlier one of the same run, model, id and epoch.
  ///
  /// - Parameter revision: the scoring that its verdict is of; nil for the run's last.
  /// - Returns: its sequence in the run.
  /// - Throws: `ServiceError` when the run or its model is not in the store; `DatabaseError`.
  func insert(_ database: Database, revision: Int? = nil) throws -> Int {
    let insertContent = try database.cachedStatement(sql: "INSERT OR IGNORE INTO contents (hash, body) VALUES (?, ?)")
    for content in contents {
      try insertContent.execute(arguments: [content.hash, content.body])
    }
    do {
      // Before the row that is replaced goes: its number is never given again.
      let last = try Int.fetchOne(
        database.cachedStatement(sql: "SELECT max(sequence) FROM problem_results WHERE run_id = ?"),
        arguments: [values[0]])
      let sequence = (last ?? 0) + 1
      try database.cachedStatement(sql: Self.insertResult)
        .execute(arguments: StatementArguments(values + [sequence.databaseValue, StoredValue.integer(revision)]))
      try caching?.insert(database)
      return sequence
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
      throw try missing(database)
    }
  }

  private func missing(_ database: Database) throws -> ServiceError {
    let runs = try Int.fetchOne(
      database, sql: "SELECT count(*) FROM benchmark_runs WHERE id = ?", arguments: [StoredValue.text(runId)])
    if runs == 0 { return RunLookup.notFound(runId) }
    return ServiceError(.invalidData, "A sample of \(model) cannot be stored: run \(runId) has no such model.")
  }

  private static let insertResult = """
    INSERT OR REPLACE INTO problem_results (
      run_id, model_id, problem_id, epoch, outcome, score, error_type, detail,
      prompt_hash, response_hash, reasoning_hash,
      expected, extracted, stop_reason, latency_ms, time_to_first_token_ms, input_tokens, output_tokens,
      tokens_estimated, cost_usd, attempts, metrics, parts, metadata, started_at_ms, finished_at_ms,
      telemetry, cached, original_latency_ms, sequence, scoring_revision)
    VALUES (?1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
      coalesce(?, (SELECT scoring_revision FROM benchmark_runs WHERE id = ?1), 1))
    """
}
