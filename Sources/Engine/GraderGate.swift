import Benchmark
import Contract
import JSON

/// Has a suite's grader judge answers whose worth is known, before a model is paid for others.
struct GraderGate {
  let suite: SuiteDescriptor
  let plan: any SuitePlan

  /// Judges every reference answer. A grader that fails to judge one gives it no verdict: the outcome then is
  /// `infrastructureError`.
  ///
  /// - Throws: `CancellationError`; what kept the references from being made.
  func verdicts() async throws -> [ReferenceVerdict] { try await verdicts(on: plan.referenceAnswers()) }

  private func verdicts(on references: [ReferenceAnswer]) async throws -> [ReferenceVerdict] {
    var verdicts: [ReferenceVerdict] = []
    for reference in references {
      try Task.checkCancellation()
      verdicts.append(
        ReferenceVerdict(
          name: reference.name, sampleId: reference.sample.id, isRight: reference.isRight,
          verdict: try await verdict(on: reference)))
    }
    return verdicts
  }

  private func verdict(on reference: ReferenceAnswer) async throws -> Verdict {
    do {
      let score = try await plan.score(reference)
      return Verdict(outcome: score.outcome, score: score.value, reason: score.reason, detail: score.detail)
    } catch {
      if error is CancellationError || Task.isCancelled { throw CancellationError() }
      let detail = (error as? ServiceError)?.message ?? "\(error)"
      return Verdict(outcome: .infrastructureError, score: nil, reason: "scoringFailed", detail: detail)
    }
  }

  /// Lets a run pass.
  ///
  /// - Parameter ifMade: whether references that cannot be made, as for want of the data, keep nothing from going on:
  ///   stored answers then are looked at one by one.
  /// - Throws: ``ServiceError`` of kind `graderUnsound` that names the first reference that was misjudged; what
  ///   ``verdicts()`` throws.
  func pass(ifMade: Bool = false) async throws {
    let references: [ReferenceAnswer]
    do {
      references = try plan.referenceAnswers()
    } catch {
      if ifMade { return }
      throw error
    }
    let misjudged = try await verdicts(on: references).filter { !$0.isAsExpected }
    guard let first = misjudged.first else { return }
    throw Self.error(first, count: misjudged.count, suite: suite.name)
  }

  private static func error(_ reference: ReferenceVerdict, count: Int, suite: String) -> ServiceError {
    let verdict = reference.verdict
    let why = [verdict.reason, verdict.detail].compactMap(\.self).joined(separator: ": ")
    let what =
      verdict.outcome == .infrastructureError
      ? "could not judge" : reference.isRight ? "refuses a right answer," : "accepts a wrong answer,"
    let others = count > 1 ? " So it is with \(count - 1) more." : ""
    return ServiceError(
      .graderUnsound,
      "The grader of the suite \(suite) \(what) \"\(reference.name)\" to \(reference.sampleId)"
        + "\(why.isEmpty ? "" : " (\(why))"): no model was asked.\(others) See them all with: llmbench suites check \(suite)",
      details: [
        "suite": .string(suite), "reference": .string(reference.name), "sampleId": .string(reference.sampleId),
        "expected": .string((reference.isRight ? Outcome.passed : .failed).rawValue),
        "outcome": .string(verdict.outcome.rawValue),
      ])
  }
}
