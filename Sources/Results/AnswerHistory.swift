package import Contract
import GRDB
import JSON

/// How a model answered in earlier runs of a suite.
package struct AnswerHistory: Sendable, Equatable {
  /// Answers that this rests on; at least 1.
  package var answers: Int
  /// Of one answer, in the mean.
  package var completionTokens: Double
  /// Of one call, in the mean; nil when unknown.
  package var latencySeconds: Double?
}

extension ResultStore {
  /// Gives what the last runs of a suite tell of a model; nil when it was not asked yet.
  ///
  /// - Throws: `storeUnavailable`.
  package func answerHistory(suite: String, model: String) async throws(ServiceError) -> AnswerHistory? {
    try await read { database in
      let rows = try Row.fetchAll(
        database, sql: Self.lastRuns, arguments: [StoredValue.text(model), StoredValue.text(suite)])
      var (answers, tokens, timed, milliseconds) = (0, 0.0, 0, 0.0)
      for row in rows {
        let (count, output): (Int, Double) = (row["total_count"], row["output_tokens"])
        answers += count
        tokens += output
        let summary = row.text("summary").flatMap { try? JSONParser(maximumDepth: 2000).parse($0) }
        guard let latency = summary?["meanLatencyMilliseconds"]?.doubleValue else { continue }
        timed += count
        milliseconds += latency * Double(count)
      }
      guard answers > 0 else { return nil }
      return AnswerHistory(
        answers: answers, completionTokens: tokens / Double(answers),
        latencySeconds: timed > 0 ? milliseconds / Double(timed) / 1000 : nil)
    }
  }

  /// Of runs that have ended.
  private static let lastRuns = """
    SELECT m.total_count, m.output_tokens, m.summary
    FROM run_models m JOIN benchmark_runs b ON b.id = m.run_id
    WHERE m.model_id = ? AND b.suite = ? AND m.total_count > 0 AND m.summary IS NOT NULL
    ORDER BY b.started_at_ms DESC LIMIT 5
    """
}
