import Contract
import GRDB
import Results
import Testing

/// The numbers of a run's samples, by which those who watch it know what they have.
@Suite struct SequenceTests {
  private let scratch = Scratch()

  private func store() throws -> ResultStore { try ResultStore.open(path: scratch.path) }

  private func sequences(_ store: ResultStore, run: String = "run-1") async throws -> [String] {
    try await store.samples(ResultsSamples.Params(runId: run)).samples.map { "\($0.sampleId) \($0.sequence)" }
  }

  @Test func `each run counts from 1, and a sample asked again gets a new number`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    try await store.createRun(Fixtures.run("run-2", startedAfter: 1))
    #expect(try await store.append(Fixtures.sample("s1")) == 1)
    #expect(try await store.append(Fixtures.sample("s2", .infrastructureError)) == 2)
    #expect(try await store.append(Fixtures.sample("s1", run: "run-2")) == 1)
    // The newest of all: its number must not be given again.
    #expect(try await store.append(Fixtures.sample("s2")) == 3)
    #expect(try await store.append(Fixtures.sample("s1")) == 4)
    #expect(try await sequences(store) == ["s2 3", "s1 4"])
    #expect(try await sequences(store, run: "run-2") == ["s1 1"])
  }

  @Test func `many tasks and two stores of one file leave no gap and no double`() async throws {
    let stores = [try store(), try store()]
    try await stores[0].createRun(Fixtures.run())
    let given = try await withThrowingTaskGroup(of: [Int].self) { group in
      for task in 0..<8 {
        group.addTask {
          var given: [Int] = []
          for index in 0..<25 {
            given.append(try await stores[task % 2].append(Fixtures.sample("s\(task)-\(index)")))
          }
          return given
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(given.sorted() == Array(1...200))
  }

  @Test func `samples after a number come in small pages`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    for index in 1...70 { try await store.append(Fixtures.sample("s\(index)")) }
    var after = 0
    var pages: [Int] = []
    while true {
      let page = try await store.samples(runId: "run-1", afterSequence: after)
      #expect(page.samples.map(\.sequence) == (0..<page.samples.count).map { after + 1 + $0 })
      pages.append(page.samples.count)
      after = page.samples.last?.sequence ?? after
      if !page.hasMore { break }
    }
    #expect(after == 70)
    #expect(pages.count > 1 && pages.allSatisfy { $0 <= 32 })
    #expect(try await store.samples(runId: "run-1", afterSequence: 70).samples.isEmpty)
    #expect(try await store.samples(runId: "run-1", afterSequence: .max).samples.isEmpty)
  }

  @Test func `a page ends early when its texts are long`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    for index in 1...4 {
      var sample = Fixtures.sample("s\(index)")
      sample.response = String(repeating: "x", count: 600_000)
      try await store.append(sample)
    }
    let page = try await store.samples(runId: "run-1", afterSequence: 0)
    #expect(page.samples.map(\.sequence) == [1, 2])
    #expect(page.hasMore)
  }

  @Test func `how a run stands is told without its figures`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run(planned: 9))
    let outcomes: [Outcome] = [.passed, .failed, .infrastructureError, .cancelled]
    for (index, outcome) in outcomes.enumerated() { try await store.append(Fixtures.sample("s\(index)", outcome)) }
    let standing = try await store.standing("latest")
    #expect(standing.runId == "run-1" && standing.suite == "sorting" && standing.models == ["local/a", "openai/b:1"])
    #expect(standing.status == .running)
    #expect(standing.processID == ProcessIdentity.current.pid)
    var expected = RunProgress(runId: "run-1", completed: 3, total: 9, passed: 1, errors: 1)
    expected.sequence = 4
    #expect(standing.progress == expected)
    await #expect(throws: ServiceError.self) { try await store.standing("nope") }
  }

  // MARK: - A store of the version before

  /// Turns the store back into one whose samples have no numbers.
  private func makeOld(_ sql: String = "") throws {
    let queue = try DatabaseQueue(path: scratch.path)
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          DROP TRIGGER benchmark_runs_configuration; DROP INDEX problem_results_by_outcome;
          ALTER TABLE benchmark_runs DROP COLUMN configuration;
          DROP TABLE cached_answers; ALTER TABLE problem_results DROP COLUMN cached;
          ALTER TABLE problem_results DROP COLUMN original_latency_ms;
          DROP TABLE pending_scores; DROP TABLE earlier_scores; DROP TABLE scorings;
          ALTER TABLE problem_results DROP COLUMN scoring_revision;
          ALTER TABLE benchmark_runs DROP COLUMN scoring_revision;
          DROP TRIGGER problem_results_number; DROP INDEX problem_results_by_sequence;
          ALTER TABLE problem_results DROP COLUMN sequence;
          CREATE INDEX problem_results_by_run ON problem_results (run_id);
          ALTER TABLE benchmark_runs DROP COLUMN prices; ALTER TABLE benchmark_runs DROP COLUMN spent_picodollars;
          ALTER TABLE benchmark_runs DROP COLUMN spent_tokens; ALTER TABLE problem_results DROP COLUMN telemetry;
          PRAGMA user_version = 1;
          """ + sql)
    }
    try queue.close()
  }

  @Test func `stored samples are numbered in the order they were stored`() async throws {
    do {
      let store = try store()
      try await store.createRun(Fixtures.run())
      try await store.createRun(Fixtures.run("run-2", startedAfter: 1))
      for index in [3, 1, 2] {
        try await store.append(Fixtures.sample("s\(index)"))
        try await store.append(Fixtures.sample("t\(index)", run: "run-2"))
      }
      try await store.append(Fixtures.sample("s3"))
      try store.close()
    }
    try makeOld()
    let store = try store()
    #expect(try await sequences(store) == ["s1 1", "s2 2", "s3 3"])
    #expect(try await sequences(store, run: "run-2") == ["t3 1", "t1 2", "t2 3"])
    #expect(try await store.append(Fixtures.sample("s4")) == 4)
    #expect(try await store.run("run-1").completedSamples == 4)
  }

  @Test func `what a program of the version before still writes is numbered`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run())
    try await store.append(Fixtures.sample("s1"))
    let queue = try DatabaseQueue(path: scratch.path)
    for name in ["s2", "s3"] {
      try await queue.write { database in
        let columns = try Row.fetchAll(database, sql: "SELECT name FROM pragma_table_info('problem_results')")
          .compactMap { row -> String? in row["name"] }
          .filter { !["id", "sequence"].contains($0) }
        let list = columns.joined(separator: ", ")
        let values = columns.map { $0 == "problem_id" ? "'\(name)'" : $0 }.joined(separator: ", ")
        try database.execute(
          sql: "INSERT INTO problem_results (\(list)) SELECT \(values) FROM problem_results WHERE problem_id = 's1'")
      }
    }
    #expect(try await sequences(store) == ["s1 1", "s2 2", "s3 3"])
    #expect(try await store.append(Fixtures.sample("s4")) == 4)
  }
}
