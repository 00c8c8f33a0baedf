import Contract
import GRDB

/// The tables, as numbered steps. A step that was ever released is never edited: a change is a further step.
enum Schema {
  /// "LLMB" in the header of the file, so that another program's database is not taken for a store.
  static let applicationID: Int32 = 0x4C4C_4D42

  /// What this program writes and the newest that it reads.
  static var version: Int { migrations.count }

  /// Brings the tables up to date.
  ///
  /// - Throws: `ServiceError` when they are from a newer program or not a store at all; `DatabaseError`.
  static func migrate(_ database: Database, path: String) throws {
    if try check(database, path: path) == version { return }
    try database.inTransaction(.immediate) {
      // Another process may have done it while this one waited for the lock.
      let present = try check(database, path: path)
      for (index, step) in migrations.enumerated() where index >= present {
        try database.execute(sql: step)
        try database.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      return .commit
    }
  }

  /// The schema's version; 0 for a database without tables.
  ///
  /// - Throws: `ServiceError` when the database is newer or another program's. Writes nothing.
  @discardableResult static func check(_ database: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    try StoreFile.checkHeader(
      .init(userVersion: version, applicationID: application), isEmpty: tables == 0 && version == 0, path: path)
    return version
  }

  static let migrations = [first, second, scheduler, scoring, statistics, telemetry, cache, cachedTelemetry]

  /// `models`, `benchmark_runs` and `problem_results` hold one row each for a model, a run and a sample's result, as in
  /// the trackers that people already have; `run_models` is what one model did in a run, and `contents` keeps each
  /// prompt and answer once, under its SHA-256. `*_ms` are milliseconds, and since 1970 UTC where they end in `_at_ms`.
  ///
  /// A text with a NUL character is stored as a blob of its UTF-8, since SQLite's own functions end a text there.
  private static let first = """
    CREATE TABLE models (
      id TEXT NOT NULL PRIMARY KEY,
      provider TEXT NOT NULL,
      model_name TEXT NOT NULL,
      display_name TEXT NOT NULL,
      active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
      created_at_ms INTEGER NOT NULL
    );

    CREATE TABLE contents (
      hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
      body BLOB NOT NULL
    );

    CREATE TABLE benchmark_runs (
      id TEXT NOT NULL PRIMARY KEY CHECK (length(id) > 0),
      suite TEXT NOT NULL,
      suite_version TEXT NOT NULL,
      dimension TEXT,
      status TEXT NOT NULL CHECK (
        status IN ('running', 'completed', 'cancelled', 'interrupted', 'failed', 'budgetExhausted')),
      message TEXT,
      started_at_ms INTEGER NOT NULL,
      run_date TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', started_at_ms / 1000.0, 'unixepoch')) VIRTUAL,
      finished_at_ms INTEGER,
      work_started_at_ms INTEGER NOT NULL,
      duration_seconds REAL NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
      sample_size INTEGER NOT NULL CHECK (sample_size >= 0),
      request TEXT NOT NULL,
      request_sample_seed INTEGER,
      seed INTEGER,
      program_version TEXT NOT NULL,
      machine TEXT NOT NULL,
      owner_pid INTEGER NOT NULL,
      owner_start TEXT,
      owner_boot TEXT,
      owner_namespace TEXT,
      summarized_result_id INTEGER
    );
    CREATE INDEX benchmark_runs_by_date ON benchmark_runs (started_at_ms, id);
    CREATE INDEX benchmark_runs_by_suite ON benchmark_runs (suite, started_at_ms, id);
    CREATE INDEX benchmark_runs_by_status ON benchmark_runs (status, started_at_ms, id);

    CREATE TABLE run_models (
      run_id TEXT NOT NULL REFERENCES benchmark_runs (id) ON DELETE CASCADE,
      model_id TEXT NOT NULL REFERENCES models (id),
      position INTEGER NOT NULL CHECK (position >= 0),
      score REAL CHECK (score BETWEEN 0 AND 1),
      score_low REAL,
      score_high REAL,
      total_count INTEGER NOT NULL DEFAULT 0,
      passed_count INTEGER NOT NULL DEFAULT 0,
      input_tokens INTEGER NOT NULL DEFAULT 0,
      output_tokens INTEGER NOT NULL DEFAULT 0,
      cost_usd REAL,
      duration_seconds REAL NOT NULL DEFAULT 0,
      summary TEXT,
      PRIMARY KEY (run_id, model_id)
    );
    CREATE INDEX run_models_by_model ON run_models (model_id);

    CREATE TABLE problem_results (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id TEXT NOT NULL REFERENCES benchmark_runs (id) ON DELETE CASCADE,
      model_id TEXT NOT NULL,
      problem_id TEXT NOT NULL,
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      outcome TEXT NOT NULL CHECK (
        outcome IN (
          'passed', 'failed', 'partial', 'truncated', 'modelError', 'infrastructureError', 'cancelled')),
      passed INTEGER GENERATED ALWAYS AS (outcome = 'passed') VIRTUAL,
      score REAL CHECK (score BETWEEN 0 AND 1),
      error_type TEXT,
      detail TEXT,
      prompt_hash TEXT NOT NULL REFERENCES contents (hash),
      response_hash TEXT REFERENCES contents (hash),
      reasoning_hash TEXT REFERENCES contents (hash),
      expected TEXT NOT NULL,
      extracted TEXT,
      stop_reason TEXT,
      latency_ms REAL,
      time_to_first_token_ms REAL,
      input_tokens INTEGER,
      output_tokens INTEGER,
      tokens_estimated INTEGER NOT NULL CHECK (tokens_estimated IN (0, 1)),
      cost_usd REAL,
      attempts INTEGER NOT NULL,
      metrics TEXT,
      parts TEXT,
      metadata TEXT,
      started_at_ms INTEGER NOT NULL,
      finished_at_ms INTEGER NOT NULL,
      UNIQUE (run_id, model_id, problem_id, epoch),
      FOREIGN KEY (run_id, model_id) REFERENCES run_models (run_id, model_id) ON DELETE CASCADE
    );
    CREATE INDEX problem_results_by_run ON problem_results (run_id);
    """

  /// Numbers the results of each run in the order stored, for those who watch it. The trigger numbers what a program
  /// of the version before adds to a file that it has open.
  private static let second = """
    ALTER TABLE problem_results ADD COLUMN sequence INTEGER CHECK (sequence >= 1);
    UPDATE problem_results SET sequence = numbered.number
    FROM (
      SELECT id, row_number() OVER (PARTITION BY run_id ORDER BY id) AS number FROM problem_results
    ) AS numbered
    WHERE numbered.id = problem_results.id;
    DROP INDEX problem_results_by_run;
    CREATE INDEX problem_results_by_sequence ON problem_results (run_id, sequence);
    CREATE TRIGGER problem_results_number AFTER INSERT ON problem_results WHEN NEW.sequence IS NULL BEGIN
      UPDATE problem_results SET sequence =
        (SELECT coalesce(max(sequence), 0) + 1 FROM problem_results WHERE run_id = NEW.run_id)
      WHERE id = NEW.id;
    END;
    """

  /// The prices that a run's costs are worked out with, as a JSON list, and what of its budget is spent: nil for a run
  /// without one, and an upper bound while calls are under way.
  private static let scheduler = """
    ALTER TABLE benchmark_runs ADD COLUMN prices TEXT;
    ALTER TABLE benchmark_runs ADD COLUMN spent_picodollars INTEGER CHECK (spent_picodollars >= 0);
    ALTER TABLE benchmark_runs ADD COLUMN spent_tokens INTEGER CHECK (spent_tokens >= 0);
    """

  /// Keeps every time that a run's answers were judged. `scoring_revision` of a run is the last that counts, of a
  /// result the one that its verdict is of. `earlier_scores` has the verdicts that count no more, `pending_scores`
  /// those of a scoring under way, whose `revision` is NULL; the owner is the process at it. An `earlier_scores` row
  /// goes with its result: an answer that comes in place of another has no past.
  private static let scoring = """
    ALTER TABLE benchmark_runs ADD COLUMN scoring_revision INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE problem_results ADD COLUMN scoring_revision INTEGER NOT NULL DEFAULT 1;
    CREATE TABLE scorings (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id TEXT NOT NULL REFERENCES benchmark_runs (id) ON DELETE CASCADE,
      revision INTEGER CHECK (revision >= 1),
      scored_at_ms INTEGER NOT NULL,
      program_version TEXT NOT NULL,
      suite_version TEXT NOT NULL,
      rescored INTEGER,
      flipped INTEGER,
      skipped INTEGER,
      models TEXT,
      owner_pid INTEGER NOT NULL,
      owner_start TEXT,
      owner_boot TEXT,
      owner_namespace TEXT,
      UNIQUE (run_id, revision)
    );
    CREATE TABLE pending_scores (
      scoring_id INTEGER NOT NULL REFERENCES scorings (id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL,
      is_changed INTEGER NOT NULL CHECK (is_changed IN (0, 1)),
      outcome TEXT,
      score REAL,
      error_type TEXT,
      detail TEXT,
      expected TEXT,
      extracted TEXT,
      metrics TEXT,
      parts TEXT,
      PRIMARY KEY (scoring_id, sequence)
    ) WITHOUT ROWID;
    CREATE TABLE earlier_scores (
      result_id INTEGER NOT NULL REFERENCES problem_results (id) ON DELETE CASCADE,
      revision INTEGER NOT NULL CHECK (revision >= 1),
      outcome TEXT NOT NULL,
      score REAL,
      error_type TEXT,
      detail TEXT,
      expected TEXT NOT NULL,
      extracted TEXT,
      metrics TEXT,
      parts TEXT,
      PRIMARY KEY (result_id, revision)
    ) WITHOUT ROWID;
    """

  /// What a run asked that decides its score, so that trends need not read whole requests, and indexes for lists of few
  /// among many. The trigger writes it also for what a program of the version before adds.
  private static let statistics = """
    ALTER TABLE benchmark_runs ADD COLUMN configuration TEXT;
    UPDATE benchmark_runs SET configuration = \(configuration("request"));
    CREATE TRIGGER benchmark_runs_configuration AFTER INSERT ON benchmark_runs WHEN NEW.configuration IS NULL BEGIN
      UPDATE benchmark_runs SET configuration = \(configuration("NEW.request")) WHERE id = NEW.id;
    END;
    DROP INDEX run_models_by_model;
    CREATE INDEX run_models_by_model ON run_models (model_id, run_id);
    CREATE INDEX problem_results_by_outcome ON problem_results (run_id, outcome, sequence);
    """

  /// What a provider tells of a call beside tokens and latency, as JSON; NULL for nothing.
  private static let telemetry = """
    ALTER TABLE problem_results ADD COLUMN telemetry TEXT;
    """

  /// The same of the call that brought an answer which is kept.
  private static let cachedTelemetry = """
    ALTER TABLE cached_answers ADD COLUMN telemetry TEXT;
    """

  /// `seed` and `samples` of a suite's options choose samples among their like.
  private static func configuration(_ request: String) -> String {
    let parameters = ["temperature", "maximumOutputTokens", "reducer", "k", "epochs", "modelOptions"]
      .map { "'\($0)', json_extract(\(request), '$.\($0)')" }
    return """
      CASE WHEN json_valid(\(request)) THEN json_object(
        'options', json_remove(json_extract(\(request), '$.options'), '$.seed', '$.samples'),
        \(parameters.joined(separator: ", "))) END
      """
  }

  /// Answers that runs to come may take instead of asking: by what names the model, the whole request, the sample and the
  /// epoch. `original_latency_ms` is that of the call that brought an answer which was taken so.
  private static let cache = """
    ALTER TABLE problem_results ADD COLUMN cached INTEGER NOT NULL DEFAULT 0 CHECK (cached IN (0, 1));
    ALTER TABLE problem_results ADD COLUMN original_latency_ms REAL;
    CREATE TABLE cached_answers (
      key TEXT NOT NULL PRIMARY KEY CHECK (length(key) = 64),
      model_id TEXT NOT NULL,
      response_hash TEXT NOT NULL REFERENCES contents (hash),
      reasoning_hash TEXT REFERENCES contents (hash),
      stop_reason TEXT NOT NULL,
      latency_ms REAL,
      input_tokens INTEGER NOT NULL,
      output_tokens INTEGER NOT NULL,
      tokens_estimated INTEGER NOT NULL CHECK (tokens_estimated IN (0, 1)),
      truncation TEXT,
      stored_at_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    """
}
