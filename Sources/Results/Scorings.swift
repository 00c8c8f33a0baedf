import Contract
import GRDB
import JSON

/// Reads how a run's answers were judged.
enum Scorings {
  /// The scorings of a run that count or counted, oldest first.
  static func finished(_ runId: String, _ database: Database) throws -> [ScoringSummary] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM scorings WHERE run_id = ? AND revision IS NOT NULL ORDER BY revision",
      arguments: [StoredValue.text(runId)]
    ).map(summary)
  }

  private static func summary(_ row: Row) throws -> ScoringSummary {
    let models = try row.text("models").map { text in
      try JSONValueDecoder().decode([ScoringModel].self, from: try JSONParser().parse(text))
    }
    var summary = ScoringSummary(
      revision: row["revision"], scoredAt: Timestamp(millisecondsSinceEpoch: row["scored_at_ms"]),
      programVersion: row.text("program_version") ?? "", suiteVersion: row.text("suite_version") ?? "",
      models: models ?? [])
    summary.rescored = row["rescored"]
    summary.flipped = row["flipped"]
    summary.skipped = row["skipped"]
    return summary
  }

  /// The samples of a page, which follow one another in a run, with their earlier verdicts.
  static func withEarlierScores(
    _ samples: [SampleRecord], runId: String, _ database: Database
  ) throws -> [SampleRecord] {
    guard samples.contains(where: { $0.scoringRevision > 1 }), let first = samples.first, let last = samples.last else {
      return samples
    }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT r.sequence, e.* FROM problem_results r JOIN earlier_scores e ON e.result_id = r.id
        WHERE r.run_id = ? AND r.sequence BETWEEN ? AND ? ORDER BY r.sequence, e.revision
        """,
      arguments: [StoredValue.text(runId), first.sequence, last.sequence])
    var scores: [Int: [EarlierScore]] = [:]
    while let row = try rows.next() {
      guard let outcome = Outcome(rawValue: row.text("outcome") ?? "") else { continue }
      scores[row["sequence"], default: []].append(
        EarlierScore(
          revision: row["revision"], outcome: outcome, score: row["score"], reason: row.text("error_type"),
          detail: row.text("detail"),
          extracted: try row.text("extracted").map { try JSONParser(maximumDepth: 2000).parse($0) }))
    }
    return samples.map { sample in
      var sample = sample
      sample.earlierScores = scores[sample.sequence] ?? []
      return sample
    }
  }
}
