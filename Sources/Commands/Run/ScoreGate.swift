package import Contract

/// The thresholds that a run has to pass.
package struct ScoreGate: Sendable {
  private let failUnder: Double?
  private let baseline: RunSummary?

  /// - Parameters:
  ///   - failUnder: the least score, 0…1.
  ///   - baseline: a run that must not be better beyond chance.
  package init(failUnder: Double?, baseline: RunSummary?) {
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

  /// Why a run does not pass, a sentence each; empty when it does.
  ///
  /// - Throws: ``ServiceError`` when the baseline does not fit the run.
  package func violations(of run: RunSummary) throws(ServiceError) -> [String] {
    var violations: [String] = []
    if let baseline { try Self.check(baseline, isOf: run.suite) }
    for model in run.models {
      // What the run was told to look at.
      let name = model.reduced.map { " \($0.name)" } ?? ""
      if let failUnder, let score = model.reduced.map(\.score) ?? model.score, score < failUnder {
        violations.append(
          "\(model.model) scored\(name) \(NumberText.score(score)), below the threshold of \(NumberText.score(failUnder))."
        )
      }
      if let baseline, let violation = Self.comparison(model, try Self.counterpart(of: model, in: baseline), baseline) {
        violations.append(violation)
      }
    }
    return violations
  }

  /// What a person should know of the comparison although it passes.
  package func remarks(on run: RunSummary) -> [String] {
    guard let baseline, baseline.suiteVersion != run.suiteVersion else { return [] }
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

  private static func comparison(_ model: ModelSummary, _ before: ModelSummary, _ baseline: RunSummary) -> String? {
    guard let score = model.score, let old = before.score, score < old else { return nil }
    guard score < before.low ?? old, old > model.high ?? score else { return nil }
    let new = "\(NumberText.score(score)) (\(NumberText.interval(model.low, model.high)))"
    let reference = "\(NumberText.score(old)) (\(NumberText.interval(before.low, before.high)))"
    return "\(model.model) scored \(new), worse than \(reference) in the baseline \(baseline.runId)."
  }
}
