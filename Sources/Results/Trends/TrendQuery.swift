import Contract
import GRDB

/// Asks for the scores of completed runs in a time, newest first.
struct TrendQuery {
  let suite: String?
  let model: String?
  let since: Timestamp
  let until: Timestamp
  let limit: Int

  private static let millisecondsPerDay = 86_400_000.0

  /// - Throws: `invalidParams` for days that are not above 0 and for a limit outside 1…10000.
  init(_ params: ResultsTrends.Params, now: Timestamp = .now()) throws(ServiceError) {
    let days = params.days ?? 30
    guard days > 0, days <= 100_000 else {
      throw ServiceError(.invalidParams, "days is \(days): give a number above 0, at most 100000.")
    }
    limit = params.limit ?? 2000
    guard (1...10_000).contains(limit) else {
      throw ServiceError(.invalidParams, "limit is \(limit): give a number from 1 to 10000.")
    }
    suite = params.suite
    model = params.model
    until = params.until ?? Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 1)
    since = Timestamp(
      millisecondsSinceEpoch: until.millisecondsSinceEpoch - Int64((days * Self.millisecondsPerDay).rounded()))
  }

  /// Rows for one more point than the limit, to know whether there are more.
  func rows(_ database: Database) throws -> [Row] {
    var conditions = ["r.status = 'completed'", "r.started_at_ms >= ?", "r.started_at_ms < ?", "m.score IS NOT NULL"]
    var arguments = [since.millisecondsSinceEpoch.databaseValue, until.millisecondsSinceEpoch.databaseValue]
    if let suite {
      conditions.append("r.suite = ?")
      arguments.append(StoredValue.text(suite))
    }
    if let model {
      conditions.append("m.model_id = ?")
      arguments.append(StoredValue.text(model))
    }
    let sql = """
      SELECT r.id, r.suite, r.suite_version, r.configuration, r.started_at_ms,
        m.model_id, m.score, m.score_low, m.score_high, m.total_count
      FROM benchmark_runs r JOIN run_models m ON m.run_id = r.id
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY r.started_at_ms DESC, r.id DESC, m.position LIMIT ?
      """
    return try Row.fetchAll(
      database.cachedStatement(sql: sql), arguments: StatementArguments(arguments + [Int64(limit + 1).databaseValue]))
  }
}
