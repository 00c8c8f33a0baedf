package import Contract
import GRDB

extension ResultStore {
  /// Adds up what runs cost.
  ///
  /// - Throws: `storeUnavailable`.
  package func costs(_ params: ResultsCosts.Params, now: Timestamp = .now()) async throws(ServiceError)
    -> ResultsCosts.Result
  {
    // A run that begins in this very millisecond counts.
    let until = params.until ?? Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 1)
    let since = params.since ?? Timestamp(millisecondsSinceEpoch: until.millisecondsSinceEpoch - 1).startOfMonth()
    let monthEnd = now.startOfMonth(adding: 1)
    let isPresent = until >= now && until <= monthEnd
    return try await read { database in
      let spent = try CostRow.fetch(database, since: since, until: until, suite: params.suite, model: params.model)
      var result = CostSum(spent).result(since: since, until: until)
      if isPresent {
        let month = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch - CostForecaster.lookBackMilliseconds)
        let recent = try CostRow.fetch(database, since: month, until: until, suite: params.suite, model: params.model)
        result.forecast = CostForecaster(now: now, monthEnd: monthEnd).forecast(recent, spent: result.totalUSD)
      }
      return result
    }
  }
}

/// What one model cost in one run.
struct CostRow {
  var runId: String
  var suite: String
  var model: String
  var startedAt: Timestamp
  var samples: Int
  var configuration: String
  /// nil when the price is unknown.
  var usd: Double?

  /// In the order in which the runs began.
  static func fetch(
    _ database: Database, since: Timestamp, until: Timestamp, suite: String?, model: String?
  ) throws -> [CostRow] {
    var conditions = ["r.started_at_ms >= ?", "r.started_at_ms < ?"]
    var arguments = [since.millisecondsSinceEpoch.databaseValue, until.millisecondsSinceEpoch.databaseValue]
    if let suite {
      conditions.append("r.suite = ?")
      arguments.append(StoredValue.text(suite))
    }
    if let model {
      conditions.append("m.model_id = ?")
      arguments.append(StoredValue.text(model))
    }
    // Only the end of a run writes its models' sums.
    let sql = """
      SELECT r.id, r.suite, r.configuration, r.started_at_ms, r.sample_size, m.model_id,
        CASE WHEN r.status = 'running' THEN
          (SELECT sum(p.cost_usd) FROM problem_results p WHERE p.run_id = r.id AND p.model_id = m.model_id)
        ELSE m.cost_usd END AS usd
      FROM benchmark_runs r JOIN run_models m ON m.run_id = r.id
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY r.started_at_ms, r.id, m.position
      """
    return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: StatementArguments(arguments)).map { row in
      CostRow(
        runId: row.text("id") ?? "", suite: row.text("suite") ?? "", model: row.text("model_id") ?? "",
        startedAt: Timestamp(millisecondsSinceEpoch: row["started_at_ms"]), samples: row["sample_size"],
        configuration: row.text("configuration") ?? "", usd: row["usd"])
    }
  }
}
