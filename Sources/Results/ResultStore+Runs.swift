package import Contract
import GRDB
import JSON
import Synchronization

extension ResultStore {
  /// Stores a new run as `running`, with this process as its owner. Status, models' figures and counts of `run` are not
  /// stored: they follow from the samples.
  ///
  /// - Parameters:
  ///   - dimension: the metadata key by which the suite's results are grouped, such as `size`.
  ///   - owner: the process whose end makes the run `interrupted`.
  /// - Throws: `invalidParams` when the id is taken or empty; `storeUnavailable`, `diskFull`.
  package func createRun(
    _ run: RunSummary, dimension: String? = nil, owner: ProcessIdentity = .current
  ) async throws(ServiceError) {
    try await write { try Self.insertRun(run, dimension: dimension, owner: owner, $0) }
  }

  static func insertRun(
    _ run: RunSummary, dimension: String?, owner: ProcessIdentity, _ database: Database
  ) throws {
    try refuseTaken(run.runId, database)
    let columns = try StoredRun.columns(run, dimension: dimension, owner: owner)
    try database.execute(
      sql: """
        INSERT INTO benchmark_runs (\(columns.map(\.name).joined(separator: ", ")))
        VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
        """, arguments: StatementArguments(columns.map(\.value)))
    let names = run.models.isEmpty ? run.request.models : run.models.map(\.model)
    for (position, name) in names.enumerated() {
      try insertModel(name, firstSeen: run.startedAt, database)
      try database.execute(
        sql: "INSERT OR IGNORE INTO run_models (run_id, model_id, position) VALUES (?, ?, ?)",
        arguments: [StoredValue.text(run.runId), StoredValue.text(name), position])
    }
  }

  /// Makes a stored run `running` again, owned by this process, and keeps what it has. The time that an interrupted run
  /// was at work, until its last sample ended, is added to its duration.
  ///
  /// - Parameter request: what its request is from now on; nil where it stays as it is.
  /// - Throws: `runNotFound`; `serverBusy` when another process is still running it, or its answers are being judged.
  package func reopenRun(
    id: String, request: RunRequest? = nil, owner: ProcessIdentity = .current
  ) async throws(ServiceError) {
    try await write { [self] database in
      try refuseScoring(id, database)
      var run = try Self.row(id, database)
      if run.storedStatus == .running, run.owner != owner, run.owner.liveness == .alive {
        throw ServiceError(
          .serverBusy, "Run \(id) is under way in process \(run.owner.pid): wait for it or stop it.",
          details: ["runId": .string(id), "pid": .integer(Int64(run.owner.pid))])
      }
      _ = try RunSummaries.complete(&run, database)
      let lost = run.summary.status == .interrupted && run.storedStatus == .running
      let columns =
        StoredRun.columns(owner) + [
          ("status", RunStatus.running.rawValue.databaseValue), ("message", .null), ("finished_at_ms", .null),
          ("summarized_result_id", .null),
          ("work_started_at_ms", Timestamp.now().millisecondsSinceEpoch.databaseValue),
          ("request", try StoredRun.column(request ?? run.summary.request)),
        ] + (lost ? [("duration_seconds", run.summary.durationSeconds.databaseValue)] : [])
      try Self.update(id, columns, database)
    }
  }

  /// Notes what may be spent of a run's budget by now.
  ///
  /// - Parameters:
  ///   - picodollars: at least 0, as is `tokens`.
  /// - Throws: `storeUnavailable`, `diskFull`.
  package func setSpent(picodollars: Int64, tokens: Int, id: String) async throws(ServiceError) {
    try await write { database in
      try database.execute(
        sql: "UPDATE benchmark_runs SET spent_picodollars = ?, spent_tokens = ? WHERE id = ?",
        arguments: [picodollars, tokens, StoredValue.text(id)])
    }
  }

  /// Ends a run: stores its status and its summaries.
  ///
  /// - Parameters:
  ///   - status: any but `running`.
  ///   - message: why it ended early.
  ///   - addedSeconds: the time at work since the run was created or reopened.
  /// - Throws: `runNotFound`; `requestFailed` for `running`; `storeUnavailable`, `diskFull`.
  package func finishRun(
    id: String, status: RunStatus, message: String? = nil, addedSeconds: Double, finishedAt: Timestamp = .now()
  ) async throws(ServiceError) {
    guard status != .running else { throw ServiceError(.requestFailed, "A run cannot end as running.") }
    try await write { database in
      let run = try Self.row(id, database)
      let added = addedSeconds.isFinite ? max(0, addedSeconds) : 0
      let columns = [
        ("status", status.rawValue.databaseValue), ("message", StoredValue.text(message)),
        ("finished_at_ms", finishedAt.millisecondsSinceEpoch.databaseValue),
        // Without the time in progress, which `addedSeconds` is.
        ("duration_seconds", (run.summary.durationSeconds + added).databaseValue),
      ]
      try Self.update(id, columns, database)
      try RunSummaries.store(run, database)
    }
    summaryCache.withLock { $0[id] = nil }
  }

  /// Makes a finished run's summaries from its samples again and stores them, as after a change of how they are made.
  ///
  /// - Throws: `runNotFound`; `storeUnavailable`, `diskFull`.
  package func recomputeSummary(id: String) async throws(ServiceError) {
    try await write { database in _ = try RunSummaries.store(try Self.row(id, database), database) }
  }

  /// Gives a run as it stands. One whose process is gone reads as `interrupted`.
  ///
  /// - Parameter name: its id, the start of one that no other shares, or `latest`.
  /// - Throws: `runNotFound`, with candidates in its details when several runs begin so.
  package func run(_ name: String) async throws(ServiceError) -> RunSummary {
    try await read { [self] database in
      var run = try Self.row(try RunLookup.id(name, database), database)
      return try completed(&run, database)
    }
  }

  /// Gives the id of the run that a name means: see ``run(_:)``.
  package func runId(_ name: String) async throws(ServiceError) -> String {
    try await read { try RunLookup.id(name, $0) }
  }

  // MARK: - Rows

  func completed(_ run: inout StoredRun, _ database: Database) throws -> RunSummary {
    let id = run.summary.runId
    let known = summaryCache.withLock { $0[id] }
    let fresh = try RunSummaries.complete(&run, database, cached: known, manySamples: manySamples)
    // Also of finished runs whose summaries an earlier version stored without what is known of them today.
    if fresh.isComputed {
      summaryCache.withLock { cache in
        if cache.count > 256 { cache.removeAll() }
        // What grows takes some memory: of the runs that nobody asks for any more it is not kept.
        if fresh.growing != nil, cache.values.count(where: { $0.growing != nil }) >= 4 {
          for other in cache.keys { cache[other]?.growing = nil }
        }
        cache[id] = fresh
      }
    }
    return run.summary
  }

  static func row(_ id: String, _ database: Database) throws -> StoredRun {
    let row = try Row.fetchOne(
      database, sql: "SELECT * FROM benchmark_runs WHERE id = ?", arguments: [StoredValue.text(id)])
    guard let row else { throw RunLookup.notFound(id) }
    return try StoredRun(row)
  }

  static func update(
    _ id: String, _ columns: [(name: String, value: DatabaseValue)], _ database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE benchmark_runs SET \(columns.map { "\($0.name) = ?" }.joined(separator: ", ")) WHERE id = ?",
      arguments: StatementArguments(columns.map(\.value) + [StoredValue.text(id)]))
  }

  private static func refuseTaken(_ id: String, _ database: Database) throws {
    if id.isEmpty { throw ServiceError(.invalidParams, "A run's id is empty.") }
    let taken = try Row.fetchOne(
      database, sql: "SELECT 1 FROM benchmark_runs WHERE id = ?", arguments: [StoredValue.text(id)])
    if taken != nil { throw ServiceError(.invalidParams, "A run with the id \(id) is stored already.") }
  }

  private static func insertModel(_ name: String, firstSeen: Timestamp, _ database: Database) throws {
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let provider = parts.count == 2 ? String(parts[0]) : ""
    let model = parts.count == 2 ? String(parts[1]) : name
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO models (id, provider, model_name, display_name, created_at_ms) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        StoredValue.text(name), StoredValue.text(provider), StoredValue.text(model), StoredValue.text(model),
        firstSeen.millisecondsSinceEpoch,
      ])
  }
}
