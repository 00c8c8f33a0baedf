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

  /// - Throws: `invalidData` for a score outside 0…1, an epoch below 1, a member's name with a NUL character or a part
  ///   that cannot be encoded.
  init(_ record: SampleRecord) throws(ServiceError) {
    func invalid(_ problem: String) -> ServiceError {
      ServiceError(.invalidData, "Sample \(record.sampleId) of \(record.model) cannot be stored: \(problem).")
    }
    if let score = record.score, !(0...1).contains(score) { throw invalid("its score \(score) is not within 0…1") }
    guard record.epoch >= 1 else { throw invalid("its epoch \(record.epoch) is below 1") }
    let parts: DatabaseValue
    do {
      parts = record.parts.isEmpty ? .null : StoredValue.json(try JSONValueEncoder(omitsNil: true).encode(record.parts))
    } catch {
      throw invalid("its parts are not JSON (\(error))")
    }
    let json =
      [record.expected, record.extracted ?? .null, .object(record.metadata)] + record.parts.map { .object($0.metadata) }
    guard json.allSatisfy(StoredValue.isReadable), !record.metrics.keys.contains(where: { $0.utf8.contains(0) }) else {
      throw invalid("the name of a member holds a NUL character")
    }
    runId = record.runId
    model = record.model
    let texts = [record.prompt, record.response, record.reasoning]
    let hashes = texts.map { $0.map { SHA256.hex($0) } }
    contents = zip(hashes, texts).compactMap { hash, text in
      guard let hash, let text else { return nil }
      return (hash, StoredValue.text(text))
    }
    values = Self.values(record, hashes: hashes, parts: parts)
  }

  private static func values(_ record: SampleRecord, hashes: [String?], parts: DatabaseValue) -> [DatabaseValue] {
    let metrics = record.metrics.filter(\.value.isFinite).sorted { $0.key < $1.key }
    return [
      StoredValue.text(record.runId), StoredValue.text(record.model), StoredValue.text(record.sampleId),
      Int64(record.epoch).databaseValue, record.outcome.rawValue.databaseValue, StoredValue.number(record.score),
      StoredValue.text(record.reason), StoredValue.text(record.detail),
    ]
      + hashes.map { $0?.databaseValue ?? .null }
      + [
        StoredValue.json(record.expected), record.extracted.map(StoredValue.json) ?? .null,
        StoredValue.text(record.stopReason), StoredValue.number(record.latencyMilliseconds),
        StoredValue.number(record.timeToFirstTokenMilliseconds), StoredValue.integer(record.promptTokens),
        StoredValue.integer(record.completionTokens), record.tokensEstimated.databaseValue,
        StoredValue.number(record.costUSD), Int64(record.attempts).databaseValue,
        metrics.isEmpty
          ? .null : StoredValue.json(.object(JSONObject(distinct: metrics.map { ($0.key, .double($0.value)) }))),
        parts, record.metadata.isEmpty ? .null : StoredValue.json(.object(record.metadata)),
        record.startedAt.millisecondsSinceEpoch.databaseValue, record.finishedAt.millisecondsSinceEpoch.databaseValue,
      ]
  }

  /// Writes the sample in place of an earlier one of the same run, model, id and epoch.
  ///
  /// - Returns: its sequence in the run.
  /// - Throws: `ServiceError` when the run or its model is not in the store; `DatabaseError`.
  func insert(_ database: Database) throws -> Int {
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
        .execute(arguments: StatementArguments(values + [sequence.databaseValue]))
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
      sequence)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
}
