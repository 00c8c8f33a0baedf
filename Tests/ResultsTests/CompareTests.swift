import Contract
import JSON
import Results
import Testing

@Suite struct CompareTests {
  private let scratch = Scratch()

  private func store() throws -> ResultStore { try ResultStore.open(path: scratch.path) }

  private func near(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
    value.map { abs($0 - expected) <= tolerance } ?? false
  }

  /// A finished run with one model, whose samples end as the letters say: p passed, f failed, t truncated, e error.
  private func add(
    _ store: ResultStore, _ id: String, _ outcomes: String, suite: String = "sorting", model: String = "local/a",
    after seconds: Int64 = 0, _ change: (inout SampleRecord) -> Void = { _ in }
  ) async throws {
    try await store.createRun(Fixtures.run(id, suite: suite, models: [model], startedAfter: seconds))
    try await append(store, id, outcomes, model: model, change)
    try await store.finishRun(id: id, status: .completed, addedSeconds: 1)
  }

  private func append(
    _ store: ResultStore, _ id: String, _ outcomes: String, model: String, epoch: Int = 1,
    _ change: (inout SampleRecord) -> Void = { _ in }
  ) async throws {
    let kinds: [Character: Outcome] = [
      "p": .passed, "f": .failed, "t": .truncated, "e": .infrastructureError, "h": .partial,
    ]
    for (index, letter) in outcomes.enumerated() {
      guard let outcome = kinds[letter] else { continue }
      let name = "s\(index < 10 ? "0" : "")\(index)"
      var record = Fixtures.sample(name, run: id, model: model, epoch: epoch, outcome)
      if letter == "h" { record.score = 0.5 }
      if outcome == .failed { record.reason = "wrongOrder" }
      change(&record)
      try await store.append(record)
    }
  }

  private func compare(
    _ store: ResultStore, _ runs: [String], _ change: (inout ResultsCompare.Params) -> Void = { _ in }
  ) async throws -> RunComparison {
    var params = ResultsCompare.Params(runs: runs)
    change(&params)
    return try await store.compare(params)
  }

  private func refusal(
    _ store: ResultStore, _ runs: [String], _ change: (inout ResultsCompare.Params) -> Void = { _ in }
  ) async -> String {
    do {
      _ = try await compare(store, runs, change)
      return ""
    } catch let error as ServiceError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  // MARK: - Two runs

  /// 21 samples: both 1, only first 1, only second 7, neither 12 (the table of Fagerland and others 2013 and 2014).
  @Test func `two runs are compared by McNemar's test and Newcombe's interval`() async throws {
    let store = try store()
    try await add(store, "run-1", "pp" + String(repeating: "f", count: 19))
    try await add(store, "run-2", "pf" + String(repeating: "p", count: 7) + String(repeating: "f", count: 12))
    let comparison = try await compare(store, ["run-1", "run-2"])
    let pair = try #require(comparison.pairs.first)
    #expect(comparison.sides.map(\.label) == ["A", "B"] && comparison.sides.map(\.runId) == ["run-1", "run-2"])
    #expect([pair.bothPassed, pair.onlyFirstPassed, pair.onlySecondPassed, pair.neitherPassed] == [1, 1, 7, 12])
    #expect(pair.test == .mcnemar && pair.n == 21 && pair.items == 21)
    #expect(near(pair.pValue, 18.0 / 256) && near(pair.midPValue, 10.0 / 256) && pair.adjustedPValue == pair.pValue)
    #expect(near(pair.difference, 6.0 / 21))
    #expect(near(pair.low, 0.025559124164859837) && near(pair.high, 0.506920226686141))
    #expect(pair.verdict == .noDifferenceShown)
    // Connor: (1.959964·√(8/21) + 0.841621·√(8/21 − 36/441))² / (36/441) = 34.17
    #expect(pair.itemsNeeded == 35 && pair.neededFor == pair.difference)
    #expect(pair.conclusion.hasPrefix("No difference is shown between A and B: score 0.381 of B against 0.095 of A"))
    #expect(pair.conclusion.contains("takes about 35 samples"))
    #expect(comparison.conclusion == pair.conclusion)
  }

  @Test func `a real difference is called one, whichever way round it is asked`() async throws {
    let store = try store()
    try await add(store, "run-1", String(repeating: "p", count: 20))
    try await add(store, "run-2", String(repeating: "p", count: 10) + String(repeating: "f", count: 10))
    let forth = try #require(try await compare(store, ["run-1", "run-2"]).pairs.first)
    let back = try #require(try await compare(store, ["run-2", "run-1"]).pairs.first)
    #expect(forth.verdict == .firstIsBetter && back.verdict == .secondIsBetter)
    #expect(near(forth.difference, -0.5) && near(back.difference, 0.5))
    #expect(near(forth.low, -(back.high ?? 0)) && near(forth.high, -(back.low ?? 0)))
    #expect(near(forth.pValue, 2.0 / 1024))
    #expect(forth.conclusion.hasPrefix("A is better than B") && back.conclusion.hasPrefix("B is better than A"))
  }

  @Test func `the level and the difference asked for are taken`() async throws {
    let store = try store()
    try await add(store, "run-1", String(repeating: "p", count: 20))
    try await add(store, "run-2", String(repeating: "p", count: 10) + String(repeating: "f", count: 10))
    let comparison = try await compare(store, ["run-1", "run-2"]) {
      $0.alpha = 0.001
      $0.difference = 0.02
    }
    let pair = try #require(comparison.pairs.first)
    #expect(pair.verdict == .noDifferenceShown && comparison.alpha == 0.001)
    #expect(pair.neededFor == 0.02 && (pair.itemsNeeded ?? 0) > 10_000)
  }

  @Test func `what only one side has is counted, not compared`() async throws {
    let store = try store()
    try await add(store, "run-1", "ppppe")
    try await add(store, "run-2", "pfep")
    let comparison = try await compare(store, ["run-1", "run-2"])
    let pair = try #require(comparison.pairs.first)
    #expect(pair.n == 3 && pair.onlyFirst == 1 && pair.onlySecond == 0)
    #expect(comparison.warnings == ["1 scored answer without a counterpart is not compared."])
  }

  @Test func `samples that ask for something else are left out, other prompts are not`() async throws {
    let store = try store()
    try await add(store, "run-1", "ppp")
    try await add(store, "run-2", "fff") {
      if $0.sampleId == "s00" { $0.expected = [3, 2, 1] }
      if $0.sampleId == "s01" { $0.prompt = "Please sort: s01" }
    }
    let comparison = try await compare(store, ["run-1", "run-2"])
    let pair = try #require(comparison.pairs.first)
    #expect(pair.n == 2 && pair.otherAnswers == 1 && pair.otherPrompts == 1 && pair.onlyFirst == 0)
    #expect(comparison.warnings.count == 2)
    #expect(comparison.warnings.contains { $0.hasPrefix("1 pair of answers was left out") })
    #expect(comparison.warnings.contains { $0.hasPrefix("The prompts differ in 1 pair") })
  }

  @Test func `answers that were cut off and unfinished runs are warned of`() async throws {
    let store = try store()
    try await add(store, "run-1", "ppt")
    try await store.createRun(Fixtures.run("run-2", models: ["local/a"]))
    try await append(store, "run-2", "ppp", model: "local/a")
    let warnings = try await compare(store, ["run-1", "run-2"]).warnings
    #expect(warnings.contains { $0.hasPrefix("Run run-2 is still running") })
    #expect(warnings.contains { $0.hasPrefix("In 1 pair an answer was cut off") })
  }

  // MARK: - Flips

  @Test func `flipped samples come in pages`() async throws {
    let store = try store()
    try await add(store, "run-1", "pfpfp")
    try await add(store, "run-2", "fpfpp")
    let first = try #require(try await compare(store, ["run-1", "run-2"]) { $0.limit = 3 }.pairs.first)
    #expect(first.flipped == 4 && first.flips.map(\.sampleId) == ["s00", "s01", "s02"])
    #expect(
      first.flips[0].first == .passed && first.flips[0].second == .failed && first.flips[0].reason == "wrongOrder")
    let cursor = try #require(first.nextCursor)
    let rest = try #require(
      try await compare(store, ["run-1", "run-2"]) {
        $0.limit = 3
        $0.cursor = cursor
      }.pairs.first)
    #expect(rest.flipped == 4 && rest.flips.map(\.sampleId) == ["s03"] && rest.nextCursor == nil)
    #expect(try await compare(store, ["run-1", "run-2"]) { $0.limit = 0 }.pairs.first?.flips == [])
    #expect(await refusal(store, ["run-1", "run-2"]) { $0.cursor = "s00" }.contains("no nextCursor"))
  }

  // MARK: - Scores and epochs

  @Test func `partial scores are compared by flipping signs`() async throws {
    let store = try store()
    try await add(store, "run-1", "hhhfp")
    try await add(store, "run-2", "ppphp")
    let pair = try #require(try await compare(store, ["run-1", "run-2"]).pairs.first)
    #expect(pair.test == .signFlip && pair.midPValue == nil)
    // Four differences of 0.5, all one way: 2 of 16 choices of signs.
    #expect(near(pair.pValue, 0.125) && near(pair.difference, 0.4))
  }

  @Test func `epochs of a sample count as one`() async throws {
    let store = try store()
    for (id, outcomes) in [("run-1", ["fff", "fff", "fpf"]), ("run-2", ["ppf", "pff", "ppf"])] {
      try await store.createRun(Fixtures.run(id, models: ["local/a"]))
      for (index, letters) in outcomes.enumerated() {
        try await append(store, id, letters, model: "local/a", epoch: index + 1)
      }
      try await store.finishRun(id: id, status: .completed, addedSeconds: 1)
    }
    let pair = try #require(try await compare(store, ["run-1", "run-2"]).pairs.first)
    #expect(pair.items == 3 && pair.n == 9 && pair.test == .signFlip)
    // Differences of 1, 1/3 and 0: two signs to choose.
    #expect(near(pair.pValue, 0.5) && near(pair.difference, 4.0 / 9))
    let passAtK = try await compare(store, ["run-1", "run-2"]) {
      $0.metric = .passAtK
      $0.k = 2
    }
    // Of three epochs with 0, 1, 2, 3 right, two hold a right one with 0, 2/3, 1, 1.
    #expect(near(passAtK.pairs.first?.firstMean, 2.0 / 9) && near(passAtK.pairs.first?.secondMean, 2.0 / 3))
    let passHatK = try await compare(store, ["run-1", "run-2"]) {
      $0.metric = .passHatK
      $0.k = 2
    }
    #expect(near(passHatK.pairs.first?.firstMean, 0) && near(passHatK.pairs.first?.secondMean, 4.0 / 9))
    let majority = try #require(
      try await compare(store, ["run-1", "run-2"]) { $0.metric = .majority }.pairs.first)
    #expect(majority.firstMean == 0 && near(majority.secondMean, 2.0 / 3) && majority.test == .mcnemar)
    #expect(
      await refusal(store, ["run-1", "run-2"]) {
        $0.metric = .passAtK
        $0.k = 4
      } == "No sample was answered 4 times by both sides: give a smaller k.")
  }

  @Test func `what the runs asked their epochs to be reduced to is what is compared`() async throws {
    let store = try store()
    for id in ["run-1", "run-2", "run-3"] {
      var run = Fixtures.run(id, models: ["local/a"])
      run.request.reducer = id == "run-3" ? .majority : .passAtK
      run.request.k = id == "run-3" ? nil : 2
      try await store.createRun(run)
      for epoch in 1...2 { try await append(store, id, epoch == 1 ? "pf" : "ff", model: "local/a", epoch: epoch) }
      try await store.finishRun(id: id, status: .completed, addedSeconds: 1)
    }
    let same = try await compare(store, ["run-1", "run-2"])
    #expect(same.metric == .passAtK && same.k == 2 && same.pairs[0].firstMean == 0.5 && same.sides[0].score == 0.5)
    #expect(same.conclusion.contains("pass@2 0.500 of B against 0.500 of A"))
    let mixed = try await compare(store, ["run-1", "run-3"])
    #expect(mixed.metric == .score && mixed.k == nil && mixed.sides[0].score == 0.25)
  }

  @Test func `of times and costs less is better`() async throws {
    let store = try store()
    for (id, latency) in [("run-1", 100.0), ("run-2", 50)] {
      try await add(store, id, String(repeating: "p", count: 12)) { $0.latencyMilliseconds = latency }
    }
    let pair = try #require(
      try await compare(store, ["run-1", "run-2"]) { $0.metric = .latencyMilliseconds }.pairs.first)
    #expect(pair.verdict == .secondIsBetter && pair.difference == -50)
    #expect(await refusal(store, ["run-1", "run-2"]) { $0.metric = .costUSD }.contains("no sample in common"))
  }

  // MARK: - Many models

  @Test func `costs of nothing are no wrong answers`() async throws {
    let store = try store()
    for id in ["run-1", "run-2"] { try await add(store, id, "ppffpp") { $0.costUSD = 0 } }
    let pair = try await compare(store, ["run-1", "run-2"]) { $0.metric = .costUSD }.pairs[0]
    #expect(pair.test == .signFlip && pair.difference == 0)
    #expect(pair.low == nil && pair.high == nil && pair.verdict == .noDifferenceShown)
  }

  @Test func `the models of one run are compared, corrected and put into tiers`() async throws {
    let store = try store()
    try await store.createRun(Fixtures.run("run-1", models: ["local/a", "local/b", "local/c"]))
    for (model, passed) in [("local/a", 5), ("local/b", 19), ("local/c", 20)] {
      let outcomes = String(repeating: "p", count: passed) + String(repeating: "f", count: 20 - passed)
      try await append(store, "run-1", outcomes, model: model)
    }
    try await store.finishRun(id: "run-1", status: .completed, addedSeconds: 1)
    let comparison = try await compare(store, ["run-1"])
    #expect(comparison.pairs.map { $0.first + $0.second } == ["AB", "AC", "BC"])
    #expect(near(comparison.pairs[1].pValue, 2.0 / 32768) && near(comparison.pairs[1].adjustedPValue, 6.0 / 32768))
    #expect(comparison.tiers.map(\.sides) == [["C", "B"], ["A"]])
    #expect(comparison.conclusion.hasPrefix("2 of 3 pairs differ beyond chance"))
    #expect(comparison.conclusion.hasSuffix("C, B are best and cannot be told apart."))
    let chosen = try await compare(store, ["run-1"]) { $0.models = ["local/a", "local/c"] }
    #expect(chosen.sides.map(\.model) == ["local/a", "local/c"] && chosen.pairs.count == 1)
  }

  @Test func `of runs that share models each is compared with itself`() async throws {
    let store = try store()
    for id in ["run-1", "run-2"] {
      try await store.createRun(Fixtures.run(id, models: ["local/a", "local/b"]))
      for model in ["local/a", "local/b"] { try await append(store, id, "pf", model: model) }
    }
    let comparison = try await compare(store, ["run-1", "run-2", "run-1"])
    #expect(comparison.pairs.map { $0.first + $0.second } == ["AC", "BD"] && comparison.tiers.isEmpty)
    #expect(try await compare(store, ["run-1", "run-2"]) { $0.pairing = .all }.pairs.count == 6)
  }

  // MARK: - What is refused

  @Test func `what cannot be compared is refused with the reason`() async throws {
    let store = try store()
    try await add(store, "run-1", "pp")
    try await add(store, "run-2", "pp", suite: "events-context")
    try await add(store, "run-3", "pp") { $0.expected = [9] }
    try await add(store, "run-4", "pp") { $0.sampleId += "x" }
    #expect(await refusal(store, ["run-1", "run-2"]).contains("different suites"))
    #expect(await refusal(store, ["run-1", "run-3"]).contains("All 2 samples that these runs share by id"))
    #expect(await refusal(store, ["run-1", "run-4"]).contains("no sample in common"))
    #expect(await refusal(store, ["run-1"]).contains("name two runs"))
    #expect(await refusal(store, ["run-1", "run-1"]).contains("name two runs"))
    #expect(await refusal(store, []).contains("at least one run"))
    #expect(await refusal(store, ["run-9"]).contains("No stored run"))
    #expect(await refusal(store, ["run-1", "run-3"]) { $0.models = ["local/z"] }.contains("None of the runs asked"))
    for alpha in [0, 1, -1, Double.nan] {
      #expect(await refusal(store, ["run-1", "run-3"]) { $0.alpha = alpha }.hasPrefix("alpha is"))
    }
    for difference in [0, -0.1, 1.5, Double.infinity] {
      #expect(await refusal(store, ["run-1", "run-3"]) { $0.difference = difference }.hasPrefix("difference is"))
    }
    #expect(await refusal(store, ["run-1", "run-3"]) { $0.limit = 1001 }.hasPrefix("limit is"))
    #expect(await refusal(store, ["run-1", "run-3"]) { $0.metric = .passAtK } == "passAtK needs its k.")
    #expect(await refusal(store, ["run-1", "run-3"]) { $0.k = 2 }.hasPrefix("k goes with passAtK and passHatK"))
  }
}
