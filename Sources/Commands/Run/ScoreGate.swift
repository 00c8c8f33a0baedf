package import Contract

/// The thresholds that a run has to pass.
package struct ScoreGate: Sendable {
  /// An earlier run, and how much worse a run may be.
  package struct Baseline: Sendable {
    package var run: RunSummary
    /// Whether its samples are in the store, so that a run can be compared with it sample by sample.
    package var isStored = true
    /// The largest drop of the score that passes, 0…1; nil where only a difference that is real counts.
    package var maxDrop: Double?
    /// Whether a drop beyond ``maxDrop`` has to be real, too.
    package var isSignificant = false

    package init(_ run: RunSummary, isStored: Bool = true, maxDrop: Double? = nil, isSignificant: Bool = false) {
      self.run = run
      self.isStored = isStored
      self.maxDrop = maxDrop
      self.isSignificant = isSignificant
    }

    var needsEvidence: Bool { maxDrop == nil || isSignificant }
  }

  private let failUnder: Double?
  private let baseline: Baseline?

  /// - Parameters:
  ///   - failUnder: the least score, 0…1.
  ///   - baseline: what a run must not be worse than.
  package init(failUnder: Double?, baseline: Baseline?) {
    self.failUnder = failUnder
    self.baseline = baseline
  }

  /// - Throws: ``ServiceError`` of kind `invalidParams` when the baseline measured something else.
  package static func check(_ baseline: RunSummary, isOf suite: String) throws(ServiceError) {
    guard baseline.suite == suite else {
      throw ServiceError(
        .invalidParams, "The baseline \(baseline.runId) is a run of \(baseline.suite), not of \(suite).")
    }
  }

  /// What has to be asked before ``violations(of:evidence:)``; nil when the summaries say enough.
  package func evidence(for run: RunSummary) -> ResultsCompare.Params? {
    guard let baseline, baseline.isStored, baseline.needsEvidence, baseline.run.runId != run.runId else { return nil }
    var params = ResultsCompare.Params(runs: [baseline.run.runId, run.runId])
    let known = Set(baseline.run.models.map(\.model))
    params.pairing = run.models.allSatisfy { known.contains($0.model) } ? .sameModel : .all
    params.limit = 0
    return params
  }

  /// Why a run does not pass, a sentence each; empty when it does.
  ///
  /// - Parameter evidence: the run beside the baseline, sample by sample; nil where they can only be compared as wholes.
  /// - Throws: ``ServiceError`` when the baseline does not fit the run.
  package func violations(of run: RunSummary, evidence: RunComparison? = nil) throws(ServiceError) -> [String] {
    var violations: [String] = []
    if let baseline { try Self.check(baseline.run, isOf: run.suite) }
    for model in run.models {
      // What the run was told to look at.
      let name = model.reduced.map { " \($0.name)" } ?? ""
      if let failUnder, let score = model.reduced.map(\.score) ?? model.score, score < failUnder {
        violations.append(
          "\(model.model) scored\(name) \(NumberText.score(score)), below the threshold of \(NumberText.score(failUnder))."
        )
      }
      if let baseline {
        let before = try Self.counterpart(of: model, in: baseline.run)
        let pair = evidence.flatMap { Self.pair(in: $0, baseline.run.runId, before.model, run.runId, model.model) }
        if let violation = Self.drop(of: model, from: before, baseline, pair) { violations.append(violation) }
      }
    }
    return violations
  }

  /// What a run that passes was held against; nil without a baseline.
  package func approval(of run: RunSummary) -> String? {
    guard let baseline = baseline?.run else { return nil }
    let scores = run.models.compactMap { model -> String? in
      guard let before = try? Self.counterpart(of: model, in: baseline) else { return nil }
      return "\(model.model) \(NumberText.score(model.score)) against \(NumberText.score(before.score))"
    }
    return "Not worse than the baseline \(baseline.runId): \(scores.joined(separator: ", "))."
  }

  /// What a person should know of the comparison although it passes.
  package func remarks(on run: RunSummary) -> [String] {
    guard let baseline = baseline?.run, baseline.suiteVersion != run.suiteVersion else { return [] }
    return [
      "The baseline ran version \(baseline.suiteVersion) of \(run.suite) and this run \(run.suiteVersion): "
        + "their scores may not be comparable."
    ]
  }

  /// The same model in the baseline; the only one of a baseline that has but one.
  private static func counterpart(
    of model: ModelSummary, in baseline: RunSummary
  ) throws(ServiceError) -> ModelSummary {
    if let same = baseline.models.first(where: { $0.model == model.model }) { return same }
    if baseline.models.count == 1, let only = baseline.models.first { return only }
    let known = baseline.models.map(\.model).joined(separator: ", ")
    throw ServiceError(
      .invalidParams, "The baseline \(baseline.runId) has no result of \(model.model), only of \(known).")
  }

  // MARK: Drops

  private static func drop(
    of model: ModelSummary, from before: ModelSummary, _ baseline: Baseline, _ pair: Pair?
  ) -> String? {
    guard let score = model.score, let old = before.score, score < old else { return nil }
    // A drop of exactly the limit passes, however it is rounded.
    if let limit = baseline.maxDrop, old - score <= limit + 1e-12 { return nil }
    if baseline.needsEvidence, !(pair?.isWorse ?? areApart(model, before)) { return nil }
    let new = "\(NumberText.score(score)) (\(NumberText.interval(model.low, model.high)))"
    let reference = "\(NumberText.score(old)) (\(NumberText.interval(before.low, before.high)))"
    var text = "\(model.model) scored \(new), worse than \(reference) in the baseline \(baseline.run.runId)"
    if let limit = baseline.maxDrop {
      text += ": a drop of \(NumberText.score(old - score)), more than \(NumberText.score(limit))"
    }
    if baseline.needsEvidence, let p = pair?.pValue {
      text += " (p \(p < 0.001 ? "< 0.001" : "= \(NumberText.score(p))") on the same \(pair?.items ?? 0) samples)"
    }
    return text + "."
  }

  /// Whether each score lies outside of the other's interval, for runs that cannot be paired.
  private static func areApart(_ model: ModelSummary, _ before: ModelSummary) -> Bool {
    guard let score = model.score, let old = before.score else { return false }
    return score < before.low ?? old && old > model.high ?? score
  }

  private struct Pair {
    var isWorse: Bool
    var pValue: Double?
    var items: Int
  }

  private static func pair(
    in comparison: RunComparison, _ oldRun: String, _ oldModel: String, _ newRun: String, _ newModel: String
  ) -> Pair? {
    func label(_ run: String, _ model: String) -> String? {
      comparison.sides.first { $0.runId == run && $0.model == model }?.label
    }
    guard let old = label(oldRun, oldModel), let new = label(newRun, newModel) else { return nil }
    for pair in comparison.pairs {
      let worse: ComparisonVerdict
      switch (pair.first, pair.second) {
      case (old, new): worse = .firstIsBetter
      case (new, old): worse = .secondIsBetter
      default: continue
      }
      return Pair(isWorse: pair.verdict == worse, pValue: pair.adjustedPValue ?? pair.pValue, items: pair.items)
    }
    return nil
  }
}
