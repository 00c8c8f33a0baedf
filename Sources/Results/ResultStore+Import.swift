package import Contract
import GRDB
import JSON
import Synchronization

extension ResultStore {
  /// The metadata key by which a run's results are grouped, such as `size`.
  ///
  /// - Throws: `runNotFound`, `storeUnavailable`.
  package func dimension(ofRun id: String) async throws(ServiceError) -> String? {
    try await read { try Self.row(id, $0).dimension }
  }

  /// Stores a run of another machine with its samples, all in one transaction. A run that was at work there reads as
  /// `interrupted`.
  ///
  /// - Parameters:
  ///   - replaces: whether a stored run with its id goes.
  ///   - adjusting: adds to a model's summary, after it was made from the samples, what they do not tell.
  ///   - samples: gives the next sample, nil at the end; what it throws undoes the import. It is not called for a run
  ///     that is stored already.
  /// - Throws: `serverBusy` when the stored run is at work; `invalidData` for a sample that cannot be stored;
  ///   what `samples` throws; `storeUnavailable`, `diskFull`.
  package func importRun(
    _ run: RunSummary, dimension: String?, replaces: Bool,
    adjusting: @escaping @Sendable (inout ModelSummary) -> Void = { _ in },
    samples: @escaping @Sendable () throws -> SampleRecord?
  ) async throws(ServiceError) -> ImportStatus {
    guard run.plannedSamples >= 0, !run.runId.isEmpty else {
      throw ServiceError(.invalidData, "Run \"\(run.runId)\" cannot be stored: it needs an id, and 0 samples or more.")
    }
    defer { summaryCache.withLock { $0[run.runId] = nil } }
    return try await write { database in
      let stored = try Row.fetchOne(
        database, sql: "SELECT * FROM benchmark_runs WHERE id = ?", arguments: [StoredValue.text(run.runId)])
      if let stored {
        guard replaces else { return .alreadyStored }
        try Self.remove(try StoredRun(stored), database)
      }
      try Self.insertRun(run, dimension: dimension, owner: .current, database)
      let revision = try Scorings.insert(run.scorings, runId: run.runId, database)
      while let sample = try samples() {
        guard (1...revision).contains(sample.scoringRevision) else {
          throw ServiceError(
            .invalidData,
            "Sample \(sample.sampleId) of \(sample.model) has a verdict of scoring \(sample.scoringRevision), which run "
              + "\(run.runId) has not.")
        }
        _ = try EncodedSample(sample).insert(database, revision: sample.scoringRevision)
        try Scorings.insertEarlierScores(of: sample, database)
      }
      let status: RunStatus = run.status == .running ? .interrupted : run.status
      try Self.update(
        run.runId,
        [
          ("status", status.rawValue.databaseValue), ("message", StoredValue.text(run.message)),
          ("finished_at_ms", (run.finishedAt ?? run.startedAt).millisecondsSinceEpoch.databaseValue),
        ], database)
      try RunSummaries.store(try Self.row(run.runId, database), database, adjusting: adjusting)
      return stored == nil ? .imported : .replaced
    }
  }

  private static func remove(_ run: StoredRun, _ database: Database) throws {
    let id = run.summary.runId
    if run.storedStatus == .running, run.owner.liveness == .alive {
      throw ServiceError(
        .serverBusy, "Run \(id) is under way in process \(run.owner.pid): it cannot be replaced.",
        details: ["runId": .string(id), "pid": .integer(Int64(run.owner.pid))])
    }
    try database.execute(sql: "DELETE FROM benchmark_runs WHERE id = ?", arguments: [StoredValue.text(id)])
  }
}
