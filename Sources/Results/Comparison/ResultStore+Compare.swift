package import Contract
import GRDB
import Statistics

extension ResultStore {
  /// Compares what models did on the same samples.
  ///
  /// - Throws: `invalidParams` for parameters out of range and for runs that cannot be compared; `runNotFound`,
  ///   `storeUnavailable`.
  package func compare(_ params: ResultsCompare.Params) async throws(ServiceError) -> RunComparison {
    try Self.check(params)
    return try await read { [self] database in
      let runs = try runs(params.runs, database)
      let plan = try ComparisonPlan(runs, params)
      let settings = try Self.settings(params, runs)
      var comparison = RunComparison(
        suite: plan.runs[0].suite, metric: settings.metric, k: settings.k, alpha: settings.alpha,
        sides: plan.sides(by: settings))
      var tallies = try Self.tallies(plan, settings, database)
      Self.judge(&tallies)
      let words = ComparisonWords(
        metric: settings.metric, k: settings.k, alpha: settings.alpha, tests: tallies.count)
      comparison.pairs = tallies.map(\.pair).map { pair in
        var pair = pair
        pair.conclusion = words.conclusion(pair)
        return pair
      }
      try Self.refuseEmpty(comparison.pairs, k: settings.k)
      if plan.pairing == .all { comparison.tiers = Self.tiers(comparison, plan) }
      comparison.warnings = plan.warnings + words.warnings(comparison.pairs)
      comparison.conclusion = words.conclusion(comparison)
      return comparison
    }
  }

  // MARK: - Parameters

  private static func check(_ params: ResultsCompare.Params) throws(ServiceError) {
    if let alpha = params.alpha, !(alpha > 0 && alpha < 1) {
      throw ComparisonPlan.refusal("alpha is \(alpha): give a number between 0 and 1.")
    }
    if let difference = params.difference, !(difference > 0 && difference.isFinite) {
      throw ComparisonPlan.refusal("difference is \(difference): give a number above 0.")
    }
    if let limit = params.limit, !(0...1000).contains(limit) {
      throw ComparisonPlan.refusal("limit is \(limit): give a number from 0 to 1000.")
    }
    if let k = params.k, k < 1 { throw ComparisonPlan.refusal("k is \(k): give 1 or more.") }
    if let cursor = params.cursor { _ = try SampleCursor(cursor) }
  }

  private static func settings(
    _ params: ResultsCompare.Params, _ runs: [RunSummary]
  ) throws(ServiceError) -> PairTally.Settings {
    let (metric, k) = params.metric.map { ($0, params.k) } ?? reducer(of: runs, k: params.k)
    if metric.takesK, k == nil { throw ComparisonPlan.refusal("\(metric.rawValue) needs its k.") }
    if !metric.takesK, k != nil {
      throw ComparisonPlan.refusal("k goes with passAtK and passHatK: leave it out with \(metric.rawValue).")
    }
    if let difference = params.difference, difference > 1, metric.isFraction {
      throw ComparisonPlan.refusal("difference is \(difference): scores differ by 1 at most.")
    }
    var after: SampleCursor?
    if let cursor = params.cursor { after = try SampleCursor(cursor) }
    return .init(
      metric: metric, k: k, alpha: params.alpha ?? 0.05, difference: params.difference, limit: params.limit ?? 20,
      after: after)
  }

  /// What all of the runs asked for, so that what is compared is what their summaries show.
  private static func reducer(of runs: [RunSummary], k: Int?) -> (ComparisonMetric, Int?) {
    let first = runs.first?.request
    guard let reducer = first?.reducer,
      runs.allSatisfy({ $0.request.reducer == reducer && $0.request.k == first?.k })
    else { return (.score, k) }
    return switch reducer {
    case .mean: (.score, k)
    case .passAtK: (.passAtK, k ?? first?.k ?? 1)
    case .passHatK: (.passHatK, k ?? first?.k ?? 1)
    case .majority: (.majority, k)
    }
  }

  /// Each run once, in the order named.
  private func runs(_ names: [String], _ database: Database) throws -> [RunSummary] {
    var runs: [RunSummary] = []
    for name in names {
      let id = try RunLookup.id(name, database)
      if runs.contains(where: { $0.runId == id }) { continue }
      var run = try Self.row(id, database)
      runs.append(try completed(&run, database))
    }
    return runs
  }

  // MARK: - Pairs

  private static func tallies(
    _ plan: ComparisonPlan, _ settings: PairTally.Settings, _ database: Database
  ) throws -> [PairTally] {
    let keys = plan.sides.map { SideKey(runId: $0.runId, model: $0.model) }
    let answers = try keys.map { try PairedSample.answers(of: $0, database) }
    return try plan.pairs.map { pair in
      var tally = PairTally(
        PairComparison(first: plan.sides[pair.first].label, second: plan.sides[pair.second].label), settings)
      try PairedSample.forEach(keys[pair.first], keys[pair.second], database) { tally.add($0) }
      tally.finish(firstAnswers: answers[pair.first], secondAnswers: answers[pair.second])
      return tally
    }
  }

  /// Corrects for all pairs that have something to compare.
  private static func judge(_ tallies: inout [PairTally]) {
    let tested = tallies.indices.filter { tallies[$0].pair.pValue != nil }
    let adjusted = Holm.adjusted(tested.compactMap { tallies[$0].pair.pValue })
    for (index, value) in zip(tested, adjusted) { tallies[index].judge(adjusted: value, tests: tested.count) }
  }

  private static func refuseEmpty(_ pairs: [PairComparison], k: Int?) throws(ServiceError) {
    guard pairs.allSatisfy({ $0.items == 0 }) else { return }
    let unequal = pairs.reduce(0) { $0 + $1.otherAnswers }
    if unequal > 0 {
      throw ComparisonPlan.refusal(
        "All \(unequal) samples that these runs share by id ask for different answers: they were made from another seed, "
          + "data set or options, and their scores cannot be compared sample by sample.")
    }
    if let k, pairs.contains(where: { $0.n > 0 }) {
      throw ComparisonPlan.refusal("No sample was answered \(k) times by both sides: give a smaller k.")
    }
    throw ComparisonPlan.refusal(
      "These runs have no sample in common that both have the figure for: were they made with the same options?")
  }

  private static func tiers(_ comparison: RunComparison, _ plan: ComparisonPlan) -> [ComparedTier] {
    var apart: Set<[Int]> = []
    for (place, pair) in zip(plan.pairs, comparison.pairs) where pair.verdict != .noDifferenceShown {
      apart.insert([place.first, place.second])
    }
    let tiers = Tiers.of(means(comparison, plan)) { apart.contains([min($0, $1), max($0, $1)]) }
    return tiers.map { tier in ComparedTier(sides: tier.map { comparison.sides[$0].label }) }
  }

  /// Of each side over the samples that it shares with others, the better the higher; nil where it shares none.
  private static func means(_ comparison: RunComparison, _ plan: ComparisonPlan) -> [Double?] {
    var sums = comparison.sides.map { _ in (sum: 0.0, items: 0.0) }
    for (place, pair) in zip(plan.pairs, comparison.pairs) {
      guard let first = pair.firstMean, let second = pair.secondMean else { continue }
      let items = Double(pair.items)
      sums[place.first] = (sums[place.first].sum + first * items, sums[place.first].items + items)
      sums[place.second] = (sums[place.second].sum + second * items, sums[place.second].items + items)
    }
    let sign = comparison.metric.isHigherBetter ? 1.0 : -1
    return sums.map { $0.items > 0 ? sign * $0.sum / $0.items : nil }
  }
}
