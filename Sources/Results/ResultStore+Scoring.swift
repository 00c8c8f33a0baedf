package import Contract
import GRDB
import JSON
import Synchronization

/// Judging a run's stored answers again. New verdicts gather beside those that count; one transaction at the end puts
/// them in their place. Whatever happens before, the run keeps the scores that it had.
extension ResultStore {
  /// Begins to judge a run again. What an earlier attempt left whose process is gone is thrown away.
  ///
  /// - Throws: `runNotFound`; `serverBusy` while the run is under way or is being judged by another.
  package func beginScoring(runId: String, suiteVersion: String) async throws(ServiceError) -> PendingScoring {
    try await write { [self] database in
      let run = try Self.row(runId, database)
      try Self.refuseRunning(run)
      try refuseScoring(runId, database)
      try database.execute(
        sql: "DELETE FROM scorings WHERE run_id = ? AND revision IS NULL", arguments: [StoredValue.text(runId)])
      let columns =
        [
          ("run_id", StoredValue.text(runId)), ("scored_at_ms", Timestamp.now().millisecondsSinceEpoch.databaseValue),
          ("program_version", StoredValue.text(ProgramVersion.current)),
          ("suite_version", StoredValue.text(suiteVersion)),
        ] + StoredRun.columns(.current)
      try Self.insertScoring(columns, database)
      let scoring = PendingScoring(id: database.lastInsertedRowID, runId: runId, revision: run.scoringRevision + 1)
      scoringsHere.withLock { _ = $0.insert(scoring.id) }
      return scoring
    }
  }

  /// Keeps verdicts for the end.
  ///
  /// - Parameter verdicts: samples as they are stored but for their verdict, each with whether that is another one.
  package func stage(
    _ verdicts: [(record: SampleRecord, isChanged: Bool)], for scoring: PendingScoring
  ) async throws(ServiceError) {
    var rows: [[DatabaseValue]] = []
    for (record, isChanged) in verdicts {
      let verdict =
        isChanged ? try EncodedVerdict(record).values : Array(repeating: .null, count: EncodedVerdict.columnCount)
      rows.append([scoring.id.databaseValue, record.sequence.databaseValue, isChanged.databaseValue] + verdict)
    }
    try await write { [rows] database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO pending_scores (scoring_id, sequence, is_changed, \(EncodedVerdict.columns))
          VALUES (\(EncodedVerdict.placeholders), ?, ?, ?)
          """)
      for row in rows { try statement.execute(arguments: StatementArguments(row)) }
    }
  }

  /// Puts the gathered verdicts in the place of those that counted, which are kept, and makes the run's summaries anew.
  ///
  /// - Throws: `serverBusy` when the run has been resumed meanwhile. What was gathered then is gone.
  package func finishScoring(
    _ scoring: PendingScoring, rescored: Int, flipped: Int, skipped: Int
  ) async throws(ServiceError) {
    try await write { database in
      let run = try Self.row(scoring.runId, database)
      try Self.refuseRunning(run)
      if run.scoringRevision == 1 { try Self.insertFirstScoring(run, database) }
      try Self.apply(scoring, database)
      let models = try RunSummaries.store(try Self.row(scoring.runId, database), database)
      try database.execute(
        sql: """
          UPDATE scorings SET revision = ?, scored_at_ms = ?, rescored = ?, flipped = ?, skipped = ?, models = ?
          WHERE id = ?
          """,
        arguments: [
          scoring.revision, Timestamp.now().millisecondsSinceEpoch, rescored, flipped, skipped,
          try Self.encoded(models), scoring.id,
        ])
    }
    scoringsHere.withLock { _ = $0.remove(scoring.id) }
    summaryCache.withLock { $0[scoring.runId] = nil }
  }

  /// Throws away what was gathered.
  package func abandonScoring(_ scoring: PendingScoring) async throws(ServiceError) {
    // Also where it cannot be deleted: it then is in nobody's way, and the next scoring deletes it.
    scoringsHere.withLock { _ = $0.remove(scoring.id) }
    try await write { database in
      try database.execute(sql: "DELETE FROM scorings WHERE id = ? AND revision IS NULL", arguments: [scoring.id])
    }
  }

  /// - Throws: `serverBusy` while a process that is alive judges the run's answers.
  func refuseScoring(_ runId: String, _ database: Database) throws {
    let rows = try Row.fetchAll(
      database, sql: "SELECT * FROM scorings WHERE run_id = ? AND revision IS NULL",
      arguments: [StoredValue.text(runId)])
    for row in rows {
      let owner = ProcessIdentity(
        pid: row["owner_pid"], start: row.text("owner_start"), boot: row.text("owner_boot"),
        namespace: row.text("owner_namespace"))
      let id: Int64 = row["id"]
      let isAtWork = owner == .current ? scoringsHere.withLock { $0.contains(id) } : owner.liveness == .alive
      if isAtWork {
        throw ServiceError(
          .serverBusy,
          "The answers of run \(runId) are being judged in process \(owner.pid): wait until that has ended.",
          details: ["runId": .string(runId), "pid": .integer(Int64(owner.pid))])
      }
    }
  }

  private static func refuseRunning(_ run: StoredRun) throws {
    guard run.summary.status == .running else { return }
    throw ServiceError(
      .serverBusy,
      "Run \(run.summary.runId) is under way in process \(run.owner.pid): its answers can be judged again when it has "
        + "ended. Wait for it, or stop it.",
      details: ["runId": .string(run.summary.runId), "pid": .integer(Int64(run.owner.pid))])
  }

  // MARK: - Rows

  static func insertScoring(_ columns: [(name: String, value: DatabaseValue)], _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO scorings (\(columns.map(\.name).joined(separator: ", ")))
        VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
        """, arguments: StatementArguments(columns.map(\.value)))
  }

  /// What the run itself made of its answers.
  private static func insertFirstScoring(_ run: StoredRun, _ database: Database) throws {
    let columns =
      [
        ("run_id", StoredValue.text(run.summary.runId)), ("revision", 1.databaseValue),
        ("scored_at_ms", run.summary.startedAt.millisecondsSinceEpoch.databaseValue),
        ("program_version", StoredValue.text(run.summary.programVersion)),
        ("suite_version", StoredValue.text(run.summary.suiteVersion)),
        ("models", try encoded(try RunSummaries.computed(run, database))),
      ] + StoredRun.columns(.current)
    try insertScoring(columns, database)
  }

  private static func encoded(_ models: [ModelSummary]) throws -> DatabaseValue {
    StoredValue.json(try JSONValueEncoder().encode(models.map(ScoringModel.init)))
  }

  private static func apply(_ scoring: PendingScoring, _ database: Database) throws {
    let keys: StatementArguments = [scoring.id, StoredValue.text(scoring.runId)]
    try database.execute(
      sql: """
        INSERT INTO earlier_scores (result_id, revision, \(EncodedVerdict.columns))
        SELECT r.id, r.scoring_revision, \(EncodedVerdict.columns(of: "r"))
        FROM pending_scores p CROSS JOIN problem_results r ON r.sequence = p.sequence
        WHERE p.scoring_id = ? AND r.run_id = ? AND p.is_changed
        """, arguments: keys)
    try database.execute(
      sql: """
        UPDATE problem_results AS r
        SET (\(EncodedVerdict.columns)) = (\(EncodedVerdict.columns(of: "p")))
        FROM pending_scores p
        WHERE p.scoring_id = ? AND r.run_id = ? AND r.sequence = p.sequence AND p.is_changed
        """, arguments: keys)
    try database.execute(
      sql: """
        UPDATE problem_results AS r SET scoring_revision = ?3 FROM pending_scores p
        WHERE p.scoring_id = ?1 AND r.run_id = ?2 AND r.sequence = p.sequence
        """, arguments: keys + [scoring.revision])
    try database.execute(sql: "DELETE FROM pending_scores WHERE scoring_id = ?", arguments: [scoring.id])
    try update(scoring.runId, [("scoring_revision", scoring.revision.databaseValue)], database)
  }
}

/// A scoring under way.
package struct PendingScoring: Sendable {
  let id: Int64
  package let runId: String
  /// What it will be called when it has ended.
  package let revision: Int
}
