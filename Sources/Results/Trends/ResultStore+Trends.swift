package import Contract
import GRDB

extension ResultStore {
  /// Gives how the scores of completed runs moved over time.
  ///
  /// - Throws: `invalidParams` for parameters out of range; `storeUnavailable`.
  package func trends(_ params: ResultsTrends.Params) async throws(ServiceError) -> ResultsTrends.Result {
    let query = try TrendQuery(params)
    let alpha = params.alpha ?? 0.01
    guard alpha > 0, alpha < 1 else {
      throw ServiceError(.invalidParams, "alpha is \(alpha): give a number between 0 and 1.")
    }
    return try await read { database in
      let rows = try query.rows(database)
      var builder = TrendBuilder(grouping: params.groupBy ?? .configuration, alpha: alpha)
      for row in rows.prefix(query.limit) { builder.add(row) }
      return ResultsTrends.Result(
        since: query.since, until: query.until, alpha: alpha, series: builder.finished(),
        isShortened: rows.count > query.limit)
    }
  }
}
