import Contract
import JSON
import Results
import Testing

@Suite struct TrendsTests {
  private let scratch = Scratch()

  private func store() throws -> ResultStore { try ResultStore.open(path: scratch.path) }

  private static let day: Int64 = 86_400
  /// Of the run on day 0.
  private static var now: Timestamp {
    Timestamp(millisecondsSinceEpoch: Fixtures.start.millisecondsSinceEpoch + 1000 * day * 100)
  }

  /// A run on a day of which so many of its samples passed.
  private func add(
    _ store: ResultStore, day: Int64, passed: Int, of count: Int, suite: String = "sorting", model: String = "local/a",
    status: RunStatus = .completed, epochs: Int = 1, _ change: (inout RunSummary) -> Void = { _ in }
  ) async throws {
    let id = "run-\(suite)-\(model.suffix(1))-\(day)"
    var run = Fixtures.run(id, suite: suite, models: [model], planned: count, startedAfter: day * Self.day)
    run.request.epochs = epochs
    change(&run)
    try await store.createRun(run)
    for index in 0..<count {
      try await store.append(
        Fixtures.sample(
          "s\(index / epochs)", run: id, model: model, epoch: index % epochs + 1, index < passed ? .passed : .failed))
    }
    if status != .running { try await store.finishRun(id: id, status: status, addedSeconds: 1) }
  }

  private func trends(
    _ store: ResultStore, _ change: (inout ResultsTrends.Params) -> Void = { _ in }
  ) async throws -> ResultsTrends.Result {
    var params = ResultsTrends.Params()
    params.days = 100
    params.until = Self.now
    change(&params)
    return try await store.trends(params)
  }

  @Test func `completed runs make points in order of time`() async throws {
    let store = try store()
    try await add(store, day: 3, passed: 8, of: 10)
    try await add(store, day: 1, passed: 6, of: 10)
    try await add(store, day: 2, passed: 1, of: 10, status: .cancelled)
    try await add(store, day: 4, passed: 1, of: 10, status: .running)
    let result = try await trends(store)
    let series = try #require(result.series.first)
    #expect(result.series.count == 1 && !result.isShortened)
    #expect(series.points.map(\.score) == [0.6, 0.8] && series.points.map(\.n) == [10, 10])
    #expect(series.suite == "sorting" && series.model == "local/a" && series.suiteVersion == "3")
    #expect(series.points[0].low.map { abs($0 - 0.3126737) < 1e-6 } == true)
    #expect(series.score == 0.7 && series.items == 20 && series.changes.isEmpty)
    #expect(series.conclusion == "2 runs: too few for a trend.")
  }

  @Test func `suite, model and time are chosen`() async throws {
    let store = try store()
    try await add(store, day: 1, passed: 6, of: 10)
    try await add(store, day: 2, passed: 6, of: 10, model: "local/b")
    try await add(store, day: 3, passed: 6, of: 10, suite: "events-context")
    func days(_ change: (inout ResultsTrends.Params) -> Void) async throws -> [String] {
      try await trends(store, change).series.flatMap(\.points).map { String($0.runId.suffix(1)) }
    }
    #expect(try await days { $0.suite = "sorting" } == ["1", "2"])
    #expect(try await days { $0.model = "local/a" } == ["3", "1"])
    #expect(try await days { $0.days = 98.5 } == ["3", "2"])
    #expect(
      try await days { $0.until = Timestamp(millisecondsSinceEpoch: Self.now.millisecondsSinceEpoch - 97 * 86_400_000) }
        .sorted() == ["1", "2"])
    let shortened = try await trends(store) { $0.limit = 2 }
    #expect(shortened.isShortened && shortened.series.flatMap(\.points).count == 2)
    #expect(try await trends(store) { $0.suite = "none" }.series.isEmpty)
  }

  @Test func `a fall is marked with the run and the evidence`() async throws {
    let store = try store()
    for day in 0..<4 { try await add(store, day: Int64(day), passed: 36, of: 40) }
    for day in 4..<7 { try await add(store, day: Int64(day), passed: 16, of: 40) }
    let series = try #require(try await trends(store).series.first)
    let change = try #require(series.changes.first)
    #expect(series.changes.count == 1 && change.runId == "run-sorting-a-4")
    #expect(abs(change.before - 0.9) < 1e-12 && abs(change.after - 0.4) < 1e-12)
    #expect(change.beforeItems == 160 && change.afterItems == 120 && change.high < 0 && change.pValue < 1e-6)
    #expect(series.conclusion.hasPrefix("The score fell from 0.900 to 0.400 with run run-sorting-a-4 of 2025-06-19"))
    #expect((series.slopePerDay ?? 0) < 0 && (series.slopeHigh ?? 1) < 0)
  }

  @Test func `epochs of a sample weigh as one`() async throws {
    let store = try store()
    try await add(store, day: 1, passed: 6, of: 12, epochs: 3)
    let point = try #require(try await trends(store).series.first?.points.first)
    #expect(point.n == 12 && point.items == 4)
  }

  @Test func `runs that asked something else make another series, unless all of a model is asked for`() async throws {
    let store = try store()
    try await add(store, day: 1, passed: 6, of: 10) { $0.request.options = ["sizes": [10], "seed": 1, "samples": 5] }
    // The same in another order, of other samples.
    try await add(store, day: 2, passed: 6, of: 10) { $0.request.options = ["samples": 50, "sizes": [10], "seed": 2] }
    try await add(store, day: 3, passed: 6, of: 10) { $0.request.options = ["sizes": [100]] }
    try await add(store, day: 4, passed: 6, of: 10) {
      $0.request.options = ["sizes": [10]]
      $0.request.temperature = 1
    }
    try await add(store, day: 5, passed: 6, of: 10) {
      $0.request.options = ["sizes": [10]]
      $0.suiteVersion = "4"
    }
    try await add(store, day: 6, passed: 6, of: 10) { $0.request.options = nil }
    let split = try await trends(store).series
    #expect(split.map(\.points.count).sorted() == [1, 1, 1, 1, 2])
    #expect(split.first { $0.points.count == 2 }?.options == ["sizes": [10]])
    let whole = try await trends(store) { $0.groupBy = .model }.series
    #expect(whole.map(\.points.count) == [6] && whole[0].options == nil && whole[0].suiteVersion == nil)
  }

  @Test func `parameters out of range are refused`() async throws {
    let store = try store()
    func message(_ change: (inout ResultsTrends.Params) -> Void) async -> String {
      do {
        _ = try await trends(store, change)
        return ""
      } catch { return (error as? ServiceError)?.message ?? "\(error)" }
    }
    for days in [0, -1, Double.nan, 1e9] { #expect(await message { $0.days = days }.hasPrefix("days is")) }
    for alpha in [0, 1, Double.nan] { #expect(await message { $0.alpha = alpha }.hasPrefix("alpha is")) }
    for limit in [0, 10_001] { #expect(await message { $0.limit = limit }.hasPrefix("limit is")) }
    #expect(await message { _ in }.isEmpty)
  }
}
