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

  /// Stores the scorings of a run of another machine.
  ///
  /// - Returns: the scoring that counts.
  /// - Throws: `invalidData` for two with one revision, or one below 1; `DatabaseError`.
  static func insert(_ scorings: [ScoringSummary], runId: String, _ database: Database) throws -> Int {
    guard let last = scorings.map(\.revision).max() else { return 1 }
    guard scorings.allSatisfy({ $0.revision >= 1 }), Set(scorings.map(\.revision)).count == scorings.count else {
      throw ServiceError(.invalidData, "Run \(runId) cannot be stored: its scorings are not numbered from 1.")
    }
    for scoring in scorings {
      let columns =
        [
          ("run_id", StoredValue.text(runId)), ("revision", scoring.revision.databaseValue),
          ("scored_at_ms", scoring.scoredAt.millisecondsSinceEpoch.databaseValue),
          ("program_version", StoredValue.text(scoring.programVersion)),
          ("suite_version", StoredValue.text(scoring.suiteVersion)),
          ("rescored", StoredValue.integer(scoring.rescored)), ("flipped", StoredValue.integer(scoring.flipped)),
          ("skipped", StoredValue.integer(scoring.skipped)),
          ("models", StoredValue.json(try JSONValueEncoder().encode(scoring.models))),
        ] + StoredRun.columns(.current)
      try ResultStore.insertScoring(columns, database)
    }
    try ResultStore.update(runId, [("scoring_revision", last.databaseValue)], database)
    return last
  }

  /// Stores the verdicts that count no more of the sample that was stored last.
  ///
  /// - Throws: `invalidData` for one that is no earlier one; `DatabaseError`.
  static func insertEarlierScores(of sample: SampleRecord, _ database: Database) throws {
    if sample.earlierScores.isEmpty { return }
    let result = database.lastInsertedRowID
    var before = 0
    for score in sample.earlierScores {
      guard score.revision > before, score.revision < sample.scoringRevision,
        score.score.map({ (0...1).contains($0) }) ?? true
      else {
        throw ServiceError(
          .invalidData,
          "Sample \(sample.sampleId) of \(sample.model) cannot be stored: its earlier scores are no row of scorings.")
      }
      before = score.revision
      var earlier = sample
      (earlier.outcome, earlier.score, earlier.reason) = (score.outcome, score.score, score.reason)
      (earlier.detail, earlier.extracted) = (score.detail, score.extracted)
      // What else a verdict has is not handed on.
      (earlier.metrics, earlier.parts) = ([:], [])
      try database.cachedStatement(
        sql: """
          INSERT INTO earlier_scores (\(EncodedVerdict.columns), result_id, revision)
          VALUES (\(EncodedVerdict.placeholders), ?, ?)
          """
      ).execute(
        arguments: StatementArguments(
          try EncodedVerdict(earlier).values + [result.databaseValue, score.revision.databaseValue]))
    }
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
