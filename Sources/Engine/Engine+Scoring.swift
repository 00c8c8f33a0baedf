import Benchmark
package import Contract
import JSON
import Results

extension Engine {
  /// Judges a run's stored answers with today's grader. No model is called; until the last answer is judged the run keeps
  /// the scores that it had.
  ///
  /// - Throws: ``ServiceError``: `runNotFound`; `serverBusy` for a run that is under way or is being judged already;
  ///   `unknownSuite`, `invalidOption` for one that today's program cannot make; `graderUnsound`; `CancellationError`.
  package func rescore(
    _ params: BenchmarkRescore.Params, observer: any RescoreObserver = SilentRescoreObserver()
  ) async throws -> BenchmarkRescore.Result {
    let store = try results()
    let summary = try await store.run(params.runId)
    let suite = try suite(named: summary.suite)
    // First of all, since making the data may take a while; it also keeps the run from being resumed meanwhile.
    let scoring = try await store.beginScoring(runId: summary.runId, suiteVersion: suite.descriptor.version)
    do {
      let tally = try await judge(summary, suite, params.dryRun == true ? nil : scoring, store, observer)
      var result = BenchmarkRescore.Result(runId: summary.runId, revision: nil, run: summary)
      result.rescored = tally.rescored
      result.flipped = tally.flipped
      result.flips = tally.flips
      result.withoutAnswer = tally.withoutAnswer
      result.skippedSamples = tally.skippedSamples
      result.skipped = tally.skipped
      // A run of which nothing could be judged keeps the revision that it has.
      if params.dryRun == true || tally.rescored == 0 {
        await abandon(scoring, store)
        return result
      }
      try await store.finishScoring(
        scoring, rescored: tally.rescored, flipped: tally.flipped, skipped: tally.skippedSamples)
      result.revision = scoring.revision
      result.run = try await store.run(summary.runId)
      return result
    } catch {
      await abandon(scoring, store)
      throw error
    }
  }

  /// A scoring that cannot be deleted is in nobody's way.
  private func abandon(_ scoring: PendingScoring, _ store: ResultStore) async {
    try? await store.abandonScoring(scoring)
  }

  private func judge(
    _ summary: RunSummary, _ suite: any Suite, _ scoring: PendingScoring?, _ store: ResultStore,
    _ observer: any RescoreObserver
  ) async throws -> Rescorer.Tally {
    let plan = try await suite.plan(options: SuiteOptions(summary.request.options, for: suite.descriptor))
    do {
      try await plan.prepare()
      try await GraderGate(suite: suite.descriptor, plan: plan).pass(ifMade: true)
      let total = summary.models.reduce(0) { $0 + $1.n + $1.errors + $1.cancelled }
      await observer.began(summary, total: total)
      let rescorer = Rescorer(
        runId: summary.runId, plan: plan, store: store, scoring: scoring, total: total, observer: observer,
        width: Self.judgesAtOnce)
      let tally = try await rescorer.run()
      await plan.close()
      return tally
    } catch {
      await plan.close()
      throw error
    }
  }

  /// As many as the machine has cores, at most 8: judging may mean running programs.
  private static var judgesAtOnce: Int {
    min(8, max(1, MachineFacts.current["cores"]?.intValue ?? 1))
  }

  /// Has a suite's grader judge the suite's own right and wrong answers.
  ///
  /// - Throws: ``ServiceError``: `unknownSuite`, `invalidOption`, `sandboxUnavailable`, `runtimeMissing`;
  ///   `CancellationError`. What was misjudged is in the result.
  package func check(_ params: BenchmarkCheck.Params) async throws -> BenchmarkCheck.Result {
    let suite = try suite(named: params.suite)
    let plan = try await suite.plan(options: SuiteOptions(params.options, for: suite.descriptor))
    do {
      try await plan.prepare()
      let verdicts = try await GraderGate(suite: suite.descriptor, plan: plan).verdicts()
      await plan.close()
      return BenchmarkCheck.Result(
        suite: suite.descriptor.name, suiteVersion: suite.descriptor.version, references: verdicts)
    } catch {
      await plan.close()
      throw error
    }
  }
}
