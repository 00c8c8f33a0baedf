import Contract
import GRDB

/// The figures of a run under way, kept so that asking for them again costs what came since. Samples of which not every
/// epoch is stored wait, since the summarizer wants those of one sample together.
struct GrowingSummary: Sendable {
  /// More that are not whole are rather read again.
  private static let mostWaiting = 10_000

  private struct Key: Hashable {
    var model: String
    var sampleId: String
  }

  private var summarizer: RunSummarizer
  private let epochs: Int
  private var waiting: [Key: [SampleRecord]] = [:]
  private var count = 0
  /// Of the last sample that is in.
  private var sequence = 0

  /// Reads the whole run. nil for one with too many samples that are not whole.
  init?(_ run: StoredRun, _ database: Database) throws {
    summarizer = try RunSummaries.summarizer(run, database)
    epochs = run.summary.request.epochs ?? 1
    guard try readOn(run, order: "r.model_id, r.problem_id, r.epoch", database) else { return nil }
  }

  /// Takes in what was stored since.
  ///
  /// - Parameter count: of samples in the store.
  /// - Returns: false where that does not lead to what is stored, as when samples were asked again: this then is of no use.
  mutating func catchUp(_ run: StoredRun, count: Int, _ database: Database) throws -> Bool {
    guard try readOn(run, order: "r.sequence", database) else { return false }
    return self.count == count
  }

  private mutating func readOn(_ run: StoredRun, order: String, _ database: Database) throws -> Bool {
    let rows = try Row.fetchCursor(
      database, sql: StoredSample.selectFacts + " WHERE r.run_id = ? AND r.sequence > ? ORDER BY \(order)",
      arguments: [StoredValue.text(run.summary.runId), sequence])
    while let row = try rows.next() {
      add(try StoredSample(row).record)
      if waiting.count > Self.mostWaiting { return false }
    }
    return true
  }

  private mutating func add(_ record: SampleRecord) {
    count += 1
    sequence = max(sequence, record.sequence)
    if epochs == 1 { return summarizer.add(record) }
    let key = Key(model: record.model, sampleId: record.sampleId)
    waiting[key, default: []].append(record)
    if let whole = waiting[key], whole.count >= epochs {
      waiting[key] = nil
      for record in whole { summarizer.add(record) }
    }
  }

  /// The figures so far. Of very many samples the median latency is about right.
  func summaries() -> [ModelSummary] {
    var whole = summarizer
    for (_, records) in waiting.sorted(by: { ($0.key.model, $0.key.sampleId) < ($1.key.model, $1.key.sampleId) }) {
      for record in records { whole.add(record) }
    }
    return whole.summaries()
  }
}
