import Contract
import GRDB
import JSON

/// What the summaries of an unfinished run were made from: the same numbers mean the same samples, since every stored
/// sample gets a higher row number than all before it.
struct CachedSummary: Sendable {
  var lastResultId: Int64
  var resultCount: Int
  /// The scoring whose verdicts they are of.
  var scoringRevision = 1
  var models: [ModelSummary]
  /// Whether they come from the samples, since what is stored does not say them.
  var isComputed = false
  /// When the last of the samples ended.
  var lastFinishedAt: Timestamp?
  /// Of a run with many samples, to which those that come are added; nil where they would all be read again.
  var growing: GrowingSummary?
}

/// Completes a run's row with what its models did.
enum RunSummaries {
  /// Reads the stored summaries of a finished run, or makes them from its samples when it is not finished or samples
  /// came after.
  static func complete(
    _ run: inout StoredRun, _ database: Database, cached: CachedSummary? = nil, manySamples: Int = .max
  ) throws -> CachedSummary {
    let id = run.summary.runId
    var state = try state(id, summarized: run.summarizedResultId, database)
    state.scoringRevision = run.scoringRevision
    if run.scoringRevision > 1 { run.setScorings(try Scorings.finished(id, database)) }
    let models: [ModelSummary]
    var growing = cached?.scoringRevision == state.scoringRevision ? cached?.growing : nil
    if run.summarizedResultId == state.lastResultId, let stored = try stored(id, database) {
      models = stored
    } else if let cached, cached.lastResultId == state.lastResultId, cached.resultCount == state.resultCount,
      cached.scoringRevision == state.scoringRevision
    {
      models = cached.models
      state.isComputed = true
      state.growing = growing
    } else if state.resultCount > manySamples, run.storedStatus == .running {
      if try growing?.catchUp(run, count: state.resultCount, database) != true {
        growing = try GrowingSummary(run, database)
      }
      models = try growing?.summaries() ?? computed(run, database)
      state.isComputed = true
      state.growing = growing
    } else {
      models = try computed(run, database)
      state.isComputed = true
    }
    run.setModels(models, completed: models.reduce(0) { $0 + $1.n + $1.errors })
    if run.storedStatus == .running { addWorkInProgress(&run, state.lastFinishedAt) }
    var result = state
    result.models = models
    return result
  }

  /// A run under way has worked until now; one whose process is gone, until its last sample ended.
  private static func addWorkInProgress(_ run: inout StoredRun, _ lastFinishedAt: Timestamp?) {
    let end = run.summary.status == .running ? Timestamp.now() : lastFinishedAt
    if let end { run.addDuration(end.seconds(since: run.workStartedAt)) }
  }

  /// - Parameter summarized: the newest result when the stored summaries were made: if it still is, there is nothing to
  ///   count.
  private static func state(_ id: String, summarized: Int64? = nil, _ database: Database) throws -> CachedSummary {
    let last = try lastResultId(id, database)
    var state = CachedSummary(lastResultId: last, resultCount: 0, models: [], lastFinishedAt: nil)
    if last == summarized { return state }
    let row = try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT count(*) AS n, max(finished_at_ms) AS finished FROM problem_results WHERE run_id = ?"),
      arguments: [StoredValue.text(id)])
    let finished: Int64? = row?["finished"]
    state.resultCount = row?["n"] ?? 0
    state.lastFinishedAt = finished.map(Timestamp.init(millisecondsSinceEpoch:))
    return state
  }

  /// 0 without results. The one with the highest sequence: numbers of both kinds are given in the order stored.
  private static func lastResultId(_ id: String, _ database: Database) throws -> Int64 {
    try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT id FROM problem_results WHERE run_id = ? ORDER BY sequence DESC LIMIT 1"),
      arguments: [StoredValue.text(id)]) ?? 0
  }

  static func modelNames(_ id: String, _ database: Database) throws -> [String] {
    try Row.fetchAll(
      database, sql: "SELECT model_id FROM run_models WHERE run_id = ? ORDER BY position",
      arguments: [StoredValue.text(id)]
    ).compactMap { $0.text("model_id") }
  }

  /// nil when one is missing or was written by a version whose summaries had other members: they can be made again.
  private static func stored(_ id: String, _ database: Database) throws -> [ModelSummary]? {
    let rows = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT summary FROM run_models WHERE run_id = ? ORDER BY position"),
      arguments: [StoredValue.text(id)])
    var models: [ModelSummary] = []
    for row in rows {
      guard let text = row.text("summary"), let value = try? JSONParser(maximumDepth: 2000).parse(text),
        let model = try? JSONValueDecoder().decode(ModelSummary.self, from: value)
      else { return nil }
      models.append(model)
    }
    return models
  }

  static func computed(_ run: StoredRun, _ database: Database) throws -> [ModelSummary] {
    let id = run.summary.runId
    var summarizer = try summarizer(run, database)
    let rows = try Row.fetchCursor(
      database, sql: StoredSample.selectFacts + " WHERE r.run_id = ? ORDER BY r.model_id, r.problem_id, r.epoch",
      arguments: [StoredValue.text(id)])
    while let row = try rows.next() { summarizer.add(try StoredSample(row).record) }
    while summarizer.endPass() {
      let rows = try Row.fetchCursor(
        database, sql: "SELECT model_id, outcome, latency_ms FROM problem_results WHERE run_id = ? ORDER BY sequence",
        arguments: [StoredValue.text(id)])
      while let row = try rows.next() {
        guard Outcome(rawValue: row.text("outcome") ?? "")?.isScored == true else { continue }
        summarizer.addLatency(row["latency_ms"], of: row.text("model_id") ?? "")
      }
    }
    return summarizer.summaries()
  }

  static func summarizer(_ run: StoredRun, _ database: Database) throws -> RunSummarizer {
    let names = try modelNames(run.summary.runId, database)
    return RunSummarizer(
      models: names, dimension: run.dimension, plannedPerModel: run.summary.plannedSamples / max(1, names.count),
      request: run.summary.request)
  }

  /// Makes the summaries from the samples and stores them.
  @discardableResult static func store(
    _ run: StoredRun, _ database: Database, adjusting: (inout ModelSummary) -> Void = { _ in }
  ) throws -> [ModelSummary] {
    let id = run.summary.runId
    var models = try computed(run, database)
    for index in models.indices { adjusting(&models[index]) }
    for model in models {
      try database.execute(
        sql: """
          UPDATE run_models SET score = ?, score_low = ?, score_high = ?, total_count = ?, passed_count = ?,
            input_tokens = ?, output_tokens = ?, cost_usd = ?, duration_seconds = ?, summary = ?
          WHERE run_id = ? AND model_id = ?
          """,
        arguments: [
          StoredValue.number(model.score), StoredValue.number(model.low), StoredValue.number(model.high), model.n,
          model.passed, model.promptTokens, model.completionTokens, StoredValue.number(model.costUSD),
          model.durationSeconds, StoredValue.json(try JSONValueEncoder().encode(model)),
          StoredValue.text(id), StoredValue.text(model.model),
        ])
    }
    try database.execute(
      sql: "UPDATE benchmark_runs SET summarized_result_id = ? WHERE id = ?",
      arguments: [try lastResultId(id, database), StoredValue.text(id)])
    return models
  }
}
