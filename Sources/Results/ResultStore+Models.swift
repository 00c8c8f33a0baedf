package import Contract
import GRDB
import JSON

extension ResultStore {
  /// Lists the models that runs are stored of, the one asked last first.
  ///
  /// - Throws: `storeUnavailable`.
  package func models() async throws(ServiceError) -> ResultsModels.Result {
    try await read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT m.model_id, o.provider, count(*) AS runs, max(r.started_at_ms) AS last, sum(m.cost_usd) AS usd,
            json_group_array(DISTINCT r.suite) AS suites
          FROM run_models m JOIN benchmark_runs r ON r.id = m.run_id JOIN models o ON o.id = m.model_id
          GROUP BY m.model_id ORDER BY last DESC, m.model_id
          """)
      return ResultsModels.Result(
        models: rows.map { row in
          let suites = row.text("suites").flatMap { try? JSONParser().parse($0) }?.arrayValue ?? []
          return StoredModel(
            model: row.text("model_id") ?? "", provider: row.text("provider") ?? "", runs: row["runs"],
            suites: suites.compactMap(\.stringValue).sorted(),
            lastRunAt: Timestamp(millisecondsSinceEpoch: row["last"]), costUSD: row["usd"])
        })
    }
  }
}
