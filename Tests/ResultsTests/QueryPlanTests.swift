import Contract
import GRDB
import JSON
import Results
import Synchronization
import Testing

/// The statements that questions to the store become, and how SQLite answers them: never by a look at every row.
@Suite struct QueryPlanTests {
  private let scratch = Scratch()

  private final class Statements: Sendable {
    private let list = Mutex<[String]>([])

    func append(_ sql: String) { list.withLock { $0.append(sql) } }

    func takeAll() -> [String] {
      list.withLock { list in
        defer { list = [] }
        return list
      }
    }
  }

  /// Statements that read tables, each once.
  private func questions(
    _ ask: @Sendable (ResultStore) async throws -> Void
  ) async throws -> [String] {
    let statements = Statements()
    let store = try ResultStore.open(path: scratch.path) { statements.append($0) }
    for (number, status) in [RunStatus.completed, .interrupted, .running].enumerated() {
      let id = "run-\(number)"
      try await store.createRun(Fixtures.run(id, startedAfter: Int64(number)))
      for model in ["local/a", "openai/b:1"] {
        for index in 0..<3 { try await store.append(Fixtures.sample("s\(index)", run: id, model: model)) }
      }
      if status != .running { try await store.finishRun(id: id, status: status, addedSeconds: 1) }
    }
    _ = statements.takeAll()
    try await ask(store)
    // GRDB looks at the schema whenever it opens a connection.
    let asked = Set(
      statements.takeAll().filter {
        $0.hasPrefix("SELECT") && $0.contains("FROM ") && !$0.contains("sqlite_master")
      })
    try store.close()
    return asked.sorted()
  }

  private func plan(_ sql: String) throws -> [String] {
    let queue = try DatabaseQueue(path: scratch.path)
    defer { try? queue.close() }  // Nothing was written that closing could lose.
    return try queue.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").compactMap { row -> String? in row["detail"] }
    }
  }

  /// Steps that read a whole table.
  private func isScan(_ step: String) -> Bool {
    step.hasPrefix("SCAN") && !step.contains("INDEX") && !step.contains("CONSTANT ROW") && !step.contains("SUBQUERY")
  }

  private func expectIndexes(
    sorts: Bool = false, _ ask: @Sendable (ResultStore) async throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let questions = try await questions(ask)
    #expect(!questions.isEmpty, sourceLocation: sourceLocation)
    for sql in questions {
      let steps = try plan(sql)
      #expect(!steps.contains(where: isScan), "\(sql)\n\(steps)", sourceLocation: sourceLocation)
      // The few models of a run are put into their order.
      if !sorts, !sql.contains("ORDER BY position") {
        #expect(
          !steps.contains { $0.contains("TEMP B-TREE") }, "\(sql)\n\(steps)", sourceLocation: sourceLocation)
      }
    }
  }

  private static func runs(_ change: (inout ResultsQuery.Params) -> Void) -> ResultsQuery.Params {
    var params = ResultsQuery.Params()
    params.limit = 1
    change(&params)
    return params
  }

  private static let lists: [ResultsQuery.Params] = [
    runs { _ in }, runs { $0.suite = "sorting" }, runs { $0.model = "local/a" },
    runs { $0.since = Fixtures.start }, runs { $0.until = Timestamp("2030-01-01") },
    runs { $0.status = .completed }, runs { $0.status = .running },
    runs {
      $0.suite = "sorting"
      $0.model = "local/a"
      $0.status = .completed
      $0.since = Fixtures.start
    },
  ]

  @Test(arguments: lists.indices) func `runs are listed by indexes, and the next page too`(number: Int) async throws {
    let params = Self.lists[number]
    try await expectIndexes { store in
      let page = try await store.query(params)
      #expect(!page.runs.isEmpty)
      var next = params
      next.cursor = page.nextCursor
      _ = try await store.query(next)
    }
  }

  /// Two kinds of rows are put together, so that their order is made anew.
  @Test func `interrupted runs are listed by indexes`() async throws {
    try await expectIndexes(sorts: true) { store in
      _ = try await store.query(Self.runs { $0.status = .interrupted })
    }
  }

  @Test func `a run is found and shown by indexes`() async throws {
    try await expectIndexes { store in
      _ = try await store.run("run-0")
      _ = try await store.run("latest")
      _ = try await store.standing("run-2")
    }
  }

  @Test func `a run is found by the start of its id by indexes`() async throws {
    // Runs with one beginning are put into the order of their time.
    try await expectIndexes(sorts: true) { store in _ = try? await store.run("run-") }
  }

  @Test(arguments: [(nil, nil), (.passed, nil), (nil, "local/a"), (.passed, "local/a")] as [(Outcome?, String?)])
  func `a page of samples is found by indexes`(outcome: Outcome?, model: String?) async throws {
    try await expectIndexes { store in
      var params = ResultsSamples.Params(runId: "run-0")
      params.outcome = outcome
      params.model = model
      params.limit = 2
      let page = try await store.samples(params)
      #expect(page.nextCursor != nil)
      params.cursor = page.nextCursor
      _ = try await store.samples(params)
      _ = try await store.outcomes(of: "run-0")
    }
  }

  @Test(arguments: [(nil, nil), ("sorting", nil), (nil, "local/a"), ("sorting", "local/a")] as [(String?, String?)])
  func `trends are found by indexes`(suite: String?, model: String?) async throws {
    // The models of one run are put into their order.
    try await expectIndexes(sorts: true) { store in
      var params = ResultsTrends.Params()
      params.suite = suite
      params.model = model
      params.days = 100_000
      let trends = try await store.trends(params)
      #expect(!trends.series.isEmpty)
    }
  }

  @Test func `two runs are compared by indexes`() async throws {
    try await expectIndexes { store in
      _ = try await store.compare(ResultsCompare.Params(runs: ["run-0", "run-1"]))
    }
  }
}
