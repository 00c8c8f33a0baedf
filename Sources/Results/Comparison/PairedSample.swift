import Contract
import GRDB

/// One sample's answers on two sides.
struct PairedSample {
  /// What a comparison looks at of an answer.
  struct Answer {
    var outcome: Outcome
    var score: Double?
    var reason: String?
    var latencyMilliseconds: Double?
    var promptTokens: Double?
    var completionTokens: Double?
    var costUSD: Double?

    init(_ row: Row, _ prefix: String) {
      outcome = Outcome(rawValue: row.text(prefix + "outcome") ?? "") ?? .infrastructureError
      score = row[prefix + "score"]
      reason = row.text(prefix + "reason")
      latencyMilliseconds = row[prefix + "latency"]
      promptTokens = row[prefix + "input"]
      completionTokens = row[prefix + "output"]
      costUSD = row[prefix + "cost"]
    }

    /// nil for an answer that does not count, and where the figure is unknown.
    func value(_ metric: ComparisonMetric) -> Double? {
      guard outcome.isScored else { return nil }
      return switch metric {
      case .score, .passAtK, .passHatK, .majority: outcome.countedScore(score)
      case .passed: outcome == .passed ? 1 : 0
      case .latencyMilliseconds: latencyMilliseconds
      case .promptTokens: promptTokens
      case .completionTokens: completionTokens
      case .costUSD: costUSD
      }
    }
  }

  let sampleId: String
  let epoch: Int
  let first: Answer
  let second: Answer
  /// Whether both were asked for the same answer, and with the same prompt.
  let hasSameExpected: Bool
  let hasSamePrompt: Bool

  init(_ row: Row) {
    sampleId = row.text("problem_id") ?? ""
    epoch = row["epoch"]
    first = Answer(row, "a_")
    second = Answer(row, "b_")
    hasSameExpected = row["same_expected"]
    hasSamePrompt = row["same_prompt"]
  }
}

/// A model in a run, as the store knows it.
struct SideKey: Hashable {
  var runId: String
  var model: String
}

extension PairedSample {
  /// Both sides come from the index of (run, model, sample, epoch), in its order.
  static let select = """
    SELECT a.problem_id AS problem_id, a.epoch AS epoch,
      a.outcome AS a_outcome, a.score AS a_score, a.error_type AS a_reason, a.latency_ms AS a_latency,
      a.input_tokens AS a_input, a.output_tokens AS a_output, a.cost_usd AS a_cost,
      b.outcome AS b_outcome, b.score AS b_score, b.error_type AS b_reason, b.latency_ms AS b_latency,
      b.input_tokens AS b_input, b.output_tokens AS b_output, b.cost_usd AS b_cost,
      a.expected = b.expected AS same_expected, a.prompt_hash = b.prompt_hash AS same_prompt
    FROM problem_results a JOIN problem_results b ON b.problem_id = a.problem_id AND b.epoch = a.epoch
    WHERE a.run_id = ? AND a.model_id = ? AND b.run_id = ? AND b.model_id = ?
    ORDER BY a.problem_id, a.epoch
    """

  /// Calls `body` with each sample that both sides have, in the order of ids and epochs.
  static func forEach(
    _ first: SideKey, _ second: SideKey, _ database: Database, _ body: (PairedSample) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: select),
      arguments: StatementArguments(
        [first, second].flatMap { [StoredValue.text($0.runId), StoredValue.text($0.model)] }))
    while let row = try rows.next() { try body(PairedSample(row)) }
  }

  /// Answers of a side that have a value.
  static func answers(of side: SideKey, _ database: Database) throws -> Int {
    try Int.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT count(*) FROM problem_results
          WHERE run_id = ? AND model_id = ? AND outcome NOT IN ('infrastructureError', 'cancelled')
          """),
      arguments: [StoredValue.text(side.runId), StoredValue.text(side.model)]) ?? 0
  }
}
