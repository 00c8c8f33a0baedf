package import Contract
import GRDB

/// How a run stands, without its figures: cheap enough to be asked for twice a second.
package struct RunStanding: Sendable, Equatable {
  package var runId: String
  package var suite: String
  package var models: [String]
  /// `interrupted` for a run whose process is gone.
  package var status: RunStatus
  /// The process that runs it, or ran it last.
  package var processID: Int32
  /// From the stored samples, with the sequence of the last one.
  package var progress: RunProgress

  init(_ name: String, _ database: Database) throws {
    let run = try ResultStore.row(try RunLookup.id(name, database), database)
    runId = run.summary.runId
    suite = run.summary.suite
    models = run.summary.request.models
    status = run.summary.status
    processID = run.owner.pid
    let counts = try Row.fetchOne(
      database,
      sql: """
        SELECT coalesce(max(sequence), 0) AS sequence, count(*) AS n,
          count(*) FILTER (WHERE outcome = 'passed') AS passed,
          count(*) FILTER (WHERE outcome = 'infrastructureError') AS errors,
          count(*) FILTER (WHERE outcome = 'cancelled') AS cancelled
        FROM problem_results WHERE run_id = ?
        """, arguments: [StoredValue.text(runId)])
    let (stored, cancelled): (Int, Int) = (counts?["n"] ?? 0, counts?["cancelled"] ?? 0)
    progress = RunProgress(
      runId: runId, completed: stored - cancelled, total: run.summary.plannedSamples, passed: counts?["passed"] ?? 0,
      errors: counts?["errors"] ?? 0)
    progress.sequence = counts?["sequence"] ?? 0
  }
}

extension ResultStore {
  /// Gives how a run stands.
  ///
  /// - Parameter name: see ``run(_:)``.
  /// - Throws: `runNotFound`, `storeUnavailable`.
  package func standing(_ name: String) async throws(ServiceError) -> RunStanding {
    try await read { try RunStanding(name, $0) }
  }
}
