import Contract
import GRDB
import JSON

/// A run's own row; its models come from ``RunSummaries``.
struct StoredRun {
  /// As stored: `running` also for a run whose process is gone.
  let storedStatus: RunStatus
  let owner: ProcessIdentity
  let dimension: String?
  /// Start of the part of the run that is under way, or was last.
  let workStartedAt: Timestamp
  /// The newest result when the stored summaries were made; nil when there are none.
  let summarizedResultId: Int64?
  /// The scoring whose verdicts count; 1 for a run that never was judged again.
  let scoringRevision: Int
  /// Without models and completed samples.
  private(set) var summary: RunSummary

  init(_ row: Row) throws {
    let id = row.text("id") ?? ""
    storedStatus = RunStatus(rawValue: row.text("status") ?? "") ?? .failed
    owner = ProcessIdentity(
      pid: row["owner_pid"], start: row.text("owner_start"), boot: row.text("owner_boot"),
      namespace: row.text("owner_namespace"))
    dimension = row.text("dimension")
    workStartedAt = Timestamp(millisecondsSinceEpoch: row["work_started_at_ms"])
    summarizedResultId = row["summarized_result_id"]
    scoringRevision = row["scoring_revision"]
    do {
      summary = try Self.summary(row, id: id, status: storedStatus)
    } catch {
      throw ServiceError(.invalidData, "Stored run \(id) cannot be read: \(error)")
    }
    if storedStatus == .running, owner.liveness == .dead {
      summary.status = .interrupted
      summary.message = "the process that ran it (\(owner.pid)) is gone: `llmbench resume \(id)` does the rest"
    }
  }

  /// Samples planned for each model.
  var plannedPerModel: Int { summary.plannedSamples / max(1, summary.models.count) }

  private static func summary(_ row: Row, id: String, status: RunStatus) throws -> RunSummary {
    let parser = JSONParser(maximumDepth: 2000)
    var request = try JSONValueDecoder().decode(
      RunRequest.self, from: try parser.parse(row.text("request") ?? ""))
    request.sample?.seed = row.seed("request_sample_seed")
    var summary = RunSummary(
      runId: id, suite: row.text("suite") ?? "", suiteVersion: row.text("suite_version") ?? "", status: status,
      startedAt: Timestamp(millisecondsSinceEpoch: row["started_at_ms"]), plannedSamples: row["sample_size"],
      models: [], request: request, seed: row.seed("seed"), programVersion: row.text("program_version") ?? "",
      machine: try parser.parse(row.text("machine") ?? "").objectValue ?? [:])
    summary.message = row.text("message")
    let finished: Int64? = row["finished_at_ms"]
    summary.finishedAt = finished.map(Timestamp.init(millisecondsSinceEpoch:))
    summary.durationSeconds = row["duration_seconds"]
    if let prices = row.text("prices") {
      summary.prices = try JSONValueDecoder().decode([ModelPrice].self, from: try parser.parse(prices))
    }
    let (picodollars, tokens): (Int64?, Int?) = (row["spent_picodollars"], row["spent_tokens"])
    if let picodollars, let tokens {
      summary.spent = Spending(usd: summary.prices.isEmpty ? nil : Double(picodollars) / 1e12, tokens: tokens)
    }
    return summary
  }

  /// The columns of a new run.
  ///
  /// - Throws: `EncodingError` when the request cannot be JSON.
  static func columns(
    _ run: RunSummary, dimension: String?, owner: ProcessIdentity
  ) throws -> [(name: String, value: DatabaseValue)] {
    return [
      ("id", StoredValue.text(run.runId)), ("suite", StoredValue.text(run.suite)),
      ("suite_version", StoredValue.text(run.suiteVersion)), ("dimension", StoredValue.text(dimension)),
      ("status", RunStatus.running.rawValue.databaseValue), ("message", StoredValue.text(run.message)),
      ("started_at_ms", run.startedAt.millisecondsSinceEpoch.databaseValue),
      ("work_started_at_ms", run.startedAt.millisecondsSinceEpoch.databaseValue),
      ("duration_seconds", max(0, run.durationSeconds.isFinite ? run.durationSeconds : 0).databaseValue),
      ("sample_size", Int64(run.plannedSamples).databaseValue),
      ("request", try column(run.request)),
      ("request_sample_seed", StoredValue.seed(run.request.sample?.seed)), ("seed", StoredValue.seed(run.seed)),
      ("program_version", StoredValue.text(run.programVersion)), ("machine", StoredValue.json(.object(run.machine))),
      ("prices", StoredValue.json(try JSONValueEncoder(omitsNil: true).encode(run.prices))),
    ] + columns(owner)
  }

  /// The request as it is stored, but for the seed of its selection.
  static func column(_ request: RunRequest) throws -> DatabaseValue {
    var request = request
    // JSON's integers end at 2^63 - 1, a seed does not.
    request.sample?.seed = nil
    return StoredValue.json(try JSONValueEncoder(omitsNil: true).encode(request))
  }

  static func columns(_ owner: ProcessIdentity) -> [(name: String, value: DatabaseValue)] {
    [
      ("owner_pid", Int64(owner.pid).databaseValue), ("owner_start", StoredValue.text(owner.start)),
      ("owner_boot", StoredValue.text(owner.boot)), ("owner_namespace", StoredValue.text(owner.namespace)),
    ]
  }

  mutating func setModels(_ models: [ModelSummary], completed: Int) {
    summary.models = models
    summary.completedSamples = completed
  }

  mutating func setScorings(_ scorings: [ScoringSummary]) { summary.scorings = scorings }

  mutating func addDuration(_ seconds: Double) { summary.durationSeconds += max(0, seconds) }
}
