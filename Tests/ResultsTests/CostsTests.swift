import Contract
import Results
import Testing

@Suite struct CostsTests {
  private let scratch = Scratch()

  private func store() throws -> ResultStore { try ResultStore.open(path: scratch.path) }

  private static let hour: Int64 = 3600
  /// 2025-06-15T15:06:40Z: the fixtures' runs begin there.
  private static let now = Timestamp(millisecondsSinceEpoch: Fixtures.start.millisecondsSinceEpoch)

  /// A completed run of one sample, so many hours before now.
  private func add(
    _ store: ResultStore, hoursAgo: Double, usd: Double?, model: String = "openai/a", suite: String = "sorting",
    status: RunStatus = .completed
  ) async throws {
    let seconds = -Int64(hoursAgo * 3600)
    let id = "run-\(suite)-\(model.suffix(1))-\(seconds)"
    try await store.createRun(Fixtures.run(id, suite: suite, models: [model], planned: 1, startedAfter: seconds))
    var sample = Fixtures.sample("s", run: id, model: model)
    sample.costUSD = usd
    try await store.append(sample)
    if status != .running { try await store.finishRun(id: id, status: status, addedSeconds: 1) }
  }

  private func costs(
    _ store: ResultStore, _ change: (inout ResultsCosts.Params) -> Void = { _ in }
  ) async throws -> ResultsCosts.Result {
    var params = ResultsCosts.Params()
    change(&params)
    return try await store.costs(params, now: Self.now)
  }

  private static func isNear(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) < 1e-9 } ?? false
  }

  @Test func `a month's runs are added up by suite and model, the dearest first`() async throws {
    let store = try store()
    try await add(store, hoursAgo: 1, usd: 0.25)
    try await add(store, hoursAgo: 5, usd: 0.5)
    try await add(store, hoursAgo: 2, usd: 2, model: "openai/b")
    try await add(store, hoursAgo: 3, usd: nil, model: "local/c", suite: "events")
    try await add(store, hoursAgo: 24 * 20, usd: 100)  // in May
    let result = try await costs(store)
    #expect(result.since.description == "2025-06-01T00:00:00.000Z")
    #expect(Self.isNear(result.totalUSD, 2.75) && result.runs == 4 && result.unpricedRuns == 1)
    #expect(Self.isNear(result.averageUSD, 2.75 / 3))
    #expect(result.groups.map(\.model) == ["openai/b", "openai/a", "local/c"])
    #expect(result.groups.map(\.runs) == [1, 2, 1] && result.groups.map(\.unpricedRuns) == [0, 0, 1])
    #expect(Self.isNear(result.groups[1].averageUSD, 0.375) && result.groups[2].usd == nil)
    let of = try await costs(store) { $0.model = "openai/a" }
    #expect(Self.isNear(of.totalUSD, 0.75))
    let may = try await costs(store) {
      $0.since = Timestamp("2025-05-01")
      $0.until = Timestamp("2025-06-01")
    }
    #expect(Self.isNear(may.totalUSD, 100) && may.forecast == nil)
  }

  @Test func `a run under way counts with what is stored of it`() async throws {
    let store = try store()
    try await add(store, hoursAgo: 1, usd: 0.25, status: .running)
    #expect(Self.isNear(try await costs(store).totalUSD, 0.25))
  }

  @Test func `an empty store has cost nothing`() async throws {
    let result = try await costs(try store())
    #expect(result.totalUSD == 0 && result.runs == 0 && result.averageUSD == nil && result.groups.isEmpty)
    #expect(result.forecast?.usd == 0)
  }

  @Test func `daily runs go on until the month ends`() async throws {
    let store = try store()
    // At 06:00 of each of the last ten days; now it is past three in the afternoon of the 15th.
    for day in 0..<10 { try await add(store, hoursAgo: 9.11 + 24 * Double(day), usd: 1.5) }
    let forecast = try #require(try await costs(store).forecast)
    let schedule = try #require(forecast.schedules.first)
    #expect(forecast.until.description == "2025-07-01T00:00:00.000Z")
    #expect(schedule.everySeconds == 86_400 && schedule.runsLeft == 15 && Self.isNear(schedule.averageUSD, 1.5))
    #expect(Self.isNear(forecast.usd, 15 + 22.5))
  }

  @Test func `what does not come regularly, or no more, is not foreseen`() async throws {
    let store = try store()
    for hours in [1.0, 3, 40, 41, 300] { try await add(store, hoursAgo: hours, usd: 1, model: "openai/a") }
    for day in 5..<10 { try await add(store, hoursAgo: 24 * Double(day), usd: 1, model: "openai/b") }
    for minutes in 0..<6 { try await add(store, hoursAgo: Double(minutes) / 60 + 0.01, usd: 1, model: "openai/c") }
    for day in 0..<2 { try await add(store, hoursAgo: 24 * Double(day) + 1, usd: 1, model: "openai/d") }
    let result = try await costs(store)
    #expect(result.forecast?.schedules == [] && result.forecast?.usd == result.totalUSD)
  }

  @Test func `months begin at midnight of their first day`() {
    func month(_ text: String, _ months: Int = 0) -> String? {
      Timestamp(text)?.startOfMonth(adding: months).description.prefix(10).description
    }
    #expect(month("2026-11-21T19:00:00Z") == "2026-11-01" && month("2026-11-01") == "2026-11-01")
    #expect(month("2026-12-31T23:59:59Z", 1) == "2027-01-01" && month("2024-02-29", 12) == "2025-02-01")
    #expect(month("1969-12-31T23:00:00Z") == "1969-12-01" && month("2026-01-15", -1) == "2025-12-01")
  }

  // MARK: Models and revisions

  @Test func `models are listed with what is stored of them, the one asked last first`() async throws {
    let store = try store()
    try await add(store, hoursAgo: 5, usd: 1)
    try await add(store, hoursAgo: 3, usd: 2, suite: "events")
    try await add(store, hoursAgo: 1, usd: nil, model: "local/c")
    let models = try await store.models().models
    #expect(models.map(\.model) == ["local/c", "openai/a"] && models.map(\.provider) == ["local", "openai"])
    #expect(models[1].runs == 2 && models[1].suites == ["events", "sorting"] && models[1].costUSD == 3)
    #expect(models[0].costUSD == nil)
  }

  @Test func `a revision changes with what is stored, by whichever process, and with nothing else`() async throws {
    let store = try store()
    let other = try self.store()
    try await add(store, hoursAgo: 1, usd: 1)
    let first = try await store.revision()
    _ = try await store.models()
    #expect(try await store.revision() == first)
    try await add(store, hoursAgo: 2, usd: 1)
    let second = try await store.revision()
    #expect(second != first)
    try await add(other, hoursAgo: 3, usd: 1)
    #expect(try await store.revision() != second)
    try store.close()
    try other.close()
  }
}
