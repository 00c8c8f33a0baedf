package import Contract
import GRDB
import JSON

extension ResultStore {
  /// Lists runs, newest first.
  ///
  /// - Throws: `invalidParams` for a limit outside 1…1000 or a cursor of another list.
  package func query(_ params: ResultsQuery.Params) async throws(ServiceError) -> ResultsQuery.Result {
    let limit = try pageLimit(params.limit, default: 50)
    let start = try params.cursor.map { cursor throws(ServiceError) in try Self.runKey(cursor) }
    return try await read { [self] database in
      let request = try Self.runsRequest(params, after: start, limit: limit + 1, database)
      let rows = try Row.fetchAll(database, sql: request.sql, arguments: request.arguments)
      var runs: [RunSummary] = []
      for row in rows.prefix(limit) {
        var run = try StoredRun(row)
        runs.append(try completed(&run, database))
      }
      let last = rows.count > limit ? runs.last : nil
      return ResultsQuery.Result(
        runs: runs,
        nextCursor: last.map { PageCursor.encode(.runs, "\($0.startedAt.millisecondsSinceEpoch) \($0.runId)") })
    }
  }

  private static func runKey(_ cursor: String) throws(ServiceError) -> (startedAt: Int64, id: String) {
    let parts = try PageCursor.decode(.runs, cursor).split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let startedAt = Int64(parts[0]) else { throw PageCursor.invalid(cursor) }
    return (startedAt, String(parts[1]))
  }

  private static func runsRequest(
    _ params: ResultsQuery.Params, after start: (startedAt: Int64, id: String)?, limit: Int, _ database: Database
  ) throws -> (sql: String, arguments: StatementArguments) {
    var conditions: [String] = []
    var arguments: [DatabaseValue] = []
    func require(_ condition: String, _ values: DatabaseValue...) {
      conditions.append(condition)
      arguments += values
    }
    if let suite = params.suite { require("suite = ?", StoredValue.text(suite)) }
    if let model = params.model {
      // Not IN, which would read all of the model's runs before the newest are taken.
      require(
        "EXISTS (SELECT 1 FROM run_models m WHERE m.run_id = benchmark_runs.id AND m.model_id = ?)",
        StoredValue.text(model))
    }
    if let since = params.since { require("started_at_ms >= ?", since.millisecondsSinceEpoch.databaseValue) }
    if let until = params.until { require("started_at_ms < ?", until.millisecondsSinceEpoch.databaseValue) }
    if let status = params.status {
      // A run whose process is gone is stored as running and shown as interrupted.
      let dead = StoredValue.json(.array(try deadRuns(database).map { .string($0) }))
      switch status {
      case .running: require("status = 'running' AND id NOT IN (SELECT value FROM json_each(?))", dead)
      case .interrupted:
        require("(status = 'interrupted' OR status = 'running' AND id IN (SELECT value FROM json_each(?)))", dead)
      default: require("status = ?", status.rawValue.databaseValue)
      }
    }
    if let start {
      require("(started_at_ms, id) < (?, ?)", start.startedAt.databaseValue, StoredValue.text(start.id))
    }
    let filter = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
    let sql = "SELECT * FROM benchmark_runs \(filter) ORDER BY started_at_ms DESC, id DESC LIMIT ?"
    return (sql, StatementArguments(arguments + [Int64(limit).databaseValue]))
  }

  private static func deadRuns(_ database: Database) throws -> [String] {
    try Row.fetchAll(database, sql: "SELECT * FROM benchmark_runs WHERE status = 'running'")
      .map { try StoredRun($0) }
      .filter { $0.summary.status == .interrupted }
      .map(\.summary.runId)
  }

  /// Gives a page of a run's samples in the order they were stored. A page ends early when its texts grow large.
  ///
  /// - Throws: `runNotFound`; `invalidParams` for a limit outside 1…1000 or a cursor of another list.
  package func samples(_ params: ResultsSamples.Params) async throws(ServiceError) -> ResultsSamples.Result {
    let limit = try pageLimit(params.limit, default: 100)
    var start = 0
    if let cursor = params.cursor {
      guard let key = Int(try PageCursor.decode(.samples, cursor)) else { throw PageCursor.invalid(cursor) }
      start = key
    }
    let page = try await samplePage(params, after: start, limit: limit, bytes: Self.pageBytes)
    return ResultsSamples.Result(
      samples: page.samples, nextCursor: page.next.map { PageCursor.encode(.samples, String($0)) })
  }

  /// Texts beyond this many bytes end a page, so that a reader of long prompts does not hold a thousand of them.
  private static let pageBytes = 4_000_000

  private func samplePage(
    _ params: ResultsSamples.Params, after start: Int, limit: Int, bytes pageBytes: Int
  ) async throws(ServiceError) -> (samples: [SampleRecord], next: Int?) {
    try await read { database in
      let id = try RunLookup.id(params.runId, database)
      var sql = StoredSample.selectWhole + " WHERE r.run_id = ? AND r.sequence > ?"
      var arguments: [DatabaseValue] = [StoredValue.text(id), start.databaseValue]
      if let outcome = params.outcome {
        sql += " AND r.outcome = ?"
        arguments.append(outcome.rawValue.databaseValue)
      }
      if let model = params.model {
        sql += " AND r.model_id = ?"
        arguments.append(StoredValue.text(model))
      }
      arguments.append(Int64(limit + 1).databaseValue)
      let statement = try database.cachedStatement(sql: sql + " ORDER BY r.sequence LIMIT ?")
      let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
      var samples: [SampleRecord] = []
      var bytes = 0
      while let row = try rows.next() {
        if samples.count == limit || bytes > pageBytes {
          return (try Scorings.withEarlierScores(samples, runId: id, database), samples.last?.sequence)
        }
        let sample = try StoredSample(row)
        samples.append(sample.record)
        bytes += sample.size
      }
      return (try Scorings.withEarlierScores(samples, runId: id, database), nil)
    }
  }

  /// Calls `body` with each sample of a run in the order they were stored, a page in memory at a time. Samples that are
  /// stored meanwhile come too.
  ///
  /// - Throws: what `body` throws; `runNotFound`, `storeUnavailable`.
  package func forEachSample(
    runId: String, isolation: isolated (any Actor)? = #isolation, _ body: (SampleRecord) throws -> Void
  ) async throws {
    var next: Int? = 0
    while let start = next {
      let page = try await samplePage(
        ResultsSamples.Params(runId: runId), after: start, limit: 500, bytes: Self.pageBytes)
      for sample in page.samples { try body(sample) }
      next = page.next
    }
  }

  /// Gives a few of a run's samples that were stored after one of them, in that order, and whether there are more.
  /// Small pages, for many who watch a run at once.
  ///
  /// - Parameters:
  ///   - sequence: of the last sample that is known; 0 to begin at the first.
  ///   - limit: the most samples.
  /// - Throws: `runNotFound`, `storeUnavailable`.
  package func samples(
    runId: String, afterSequence sequence: Int, limit: Int = 32
  ) async throws(ServiceError) -> (samples: [SampleRecord], hasMore: Bool) {
    let page = try await samplePage(
      ResultsSamples.Params(runId: runId), after: sequence, limit: limit, bytes: 1_000_000)
    return (page.samples, page.next != nil)
  }

  /// Takes in how each stored sample of a run ended, one after another, so that a resumed run knows what is left to do.
  ///
  /// - Throws: `runNotFound`, `storeUnavailable`.
  package func reduceOutcomes<State: Sendable>(
    runId: String, into initial: State, _ add: @escaping @Sendable (inout State, StoredOutcome) -> Void
  ) async throws(ServiceError) -> State {
    try await read { database in
      let id = try RunLookup.id(runId, database)
      // In the order that the rows lie in.
      let rows = try Row.fetchCursor(
        database,
        sql: "SELECT model_id, problem_id, epoch, outcome FROM problem_results WHERE run_id = ? ORDER BY sequence",
        arguments: [StoredValue.text(id)])
      var state = initial
      while let row = try rows.next() {
        guard let outcome = Outcome(rawValue: row.text("outcome") ?? "") else { continue }
        add(
          &state,
          StoredOutcome(
            model: row.text("model_id") ?? "", sampleId: row.text("problem_id") ?? "", epoch: row["epoch"],
            outcome: outcome))
      }
      return state
    }
  }

  /// Stores a sample, in place of an earlier one of the same run, model, id and epoch, and returns when that is done.
  /// Calls from many tasks share transactions. Numbers that are NaN or infinite are stored as unknown.
  ///
  /// - Parameter caching: is kept with the sample for runs to come. Its texts are the sample's.
  /// - Returns: the sample's sequence, whatever the record said of it.
  /// - Throws: `runNotFound`; `invalidData` for a model that the run has not, a score outside 0…1 or an epoch below 1;
  ///   `storeUnavailable`, `diskFull`: then this sample is not stored, and all before it are.
  @discardableResult
  package func append(_ record: SampleRecord, caching: CachedAnswer? = nil) async throws(ServiceError) -> Int {
    try await writer.append(try EncodedSample(record, caching: caching))
  }
}

/// How one sample of a run ended.
package struct StoredOutcome: Sendable, Equatable {
  package var model: String
  package var sampleId: String
  package var epoch: Int
  package var outcome: Outcome
}
