package import Benchmark
package import Contract
package import GPUMetrics
import JSON
import Models
package import Prices
package import Results
import Synchronization

/// Plans, runs and resumes benchmarks. It knows suites and models only as protocols, and nothing of how it was
/// reached.
package final class Engine: Sendable {
  private let suites: [any Suite]
  private let clients: any ModelClientSource
  private let openStore: @Sendable () throws(ServiceError) -> ResultStore
  private let prices: @Sendable () throws(ServiceError) -> PriceBook
  private let time: Timekeeper
  private let gpu: GPUMonitor?
  private let storeExists: @Sendable () -> Bool
  private let store = Mutex<ResultStore?>(nil)
  let active = ActiveRuns()
  private let onProblem = Mutex<@Sendable (String) -> Void>({ _ in })

  /// - Parameters:
  ///   - prices: asked for each new run.
  ///   - time: that runs go by.
  ///   - gpu: reads this machine's GPUs while local models answer; nil for not at all.
  ///   - storeExists: whether there is a store already, so that looking into it makes none.
  ///   - openStore: called once, when the store is first needed, so that a service starts in milliseconds.
  package init(
    suites: [any Suite], clients: any ModelClientSource,
    prices: @escaping @Sendable () throws(ServiceError) -> PriceBook = { () throws(ServiceError) in .builtIn },
    time: Timekeeper = .system, gpu: GPUMonitor? = nil, storeExists: @escaping @Sendable () -> Bool = { true },
    openStore: @escaping @Sendable () throws(ServiceError) -> ResultStore
  ) {
    self.suites = suites
    self.clients = clients
    self.prices = prices
    self.time = time
    self.gpu = gpu
    self.storeExists = storeExists
    self.openStore = openStore
  }

  /// Says where to tell, in a sentence, what went wrong with a run that nobody may be waiting for.
  package func onProblem(_ tell: @escaping @Sendable (String) -> Void) { onProblem.withLock { $0 = tell } }

  /// The results store, opened on first use.
  package func results() throws(ServiceError) -> ResultStore {
    let outcome: Result<ResultStore, ServiceError> = store.withLock { opened in
      if let opened { return .success(opened) }
      do throws(ServiceError) {
        let fresh = try openStore()
        opened = fresh
        return .success(fresh)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// What can be run, by name.
  package var suiteDescriptors: [SuiteDescriptor] {
    suites.map(\.descriptor).sorted { $0.name < $1.name }
  }

  /// - Throws: ``ServiceError`` of kind `unknownSuite` that names the suites there are.
  func suite(named name: String) throws(ServiceError) -> any Suite {
    if let suite = suites.first(where: { $0.descriptor.name == name }) { return suite }
    let known = suiteDescriptors.map(\.name).joined(separator: ", ")
    throw ServiceError(
      .unknownSuite, "There is no suite \"\(name)\". The suites are: \(known).", details: ["suite": .string(name)])
  }

  /// Says what a run would send, without calling a model.
  package func plan(_ request: RunRequest) async throws -> BenchmarkPlan.Result {
    var request = request
    request.record = nil
    let prepared = try await prepare(request, purpose: .planning)
    return try await prepared.closingPlan { prepared in
      try await RunEstimate(prepared: prepared, history: await history(of: prepared), store: storeIfThere).plan()
    }
  }

  /// The store for what is of use without one; none is made.
  private var storeIfThere: ResultStore? { storeExists() ? try? results() : nil }

  /// How the models answered before; a plan is of use without, and makes no store.
  private func history(of run: PreparedRun) async -> [String: AnswerHistory] {
    guard let store = storeIfThere else { return [:] }
    var history: [String: AnswerHistory] = [:]
    for client in run.models {
      let name = client.reference.description
      history[name] = try? await store.answerHistory(suite: run.suite.descriptor.name, model: name)
    }
    return history
  }

  /// Runs until every sample is stored. Cancelling the task stops cleanly and returns what there is.
  ///
  /// A request with `detached` returns at once; its run goes on until it ends or the engine shuts down.
  ///
  /// - Throws: ``ServiceError`` when the run cannot begin, or its end cannot be stored. What goes wrong between is in the
  ///   summary.
  package func run(_ request: RunRequest, observer: any RunObserver = SilentObserver()) async throws -> RunSummary {
    // The store first: what cannot be kept is not worth preparing, which can mean making files.
    let store = try results()
    let prepared = try await prepare(request)
    let meter = await GPUMeter(gpu, for: prepared)
    var initial = prepared.initialSummary()
    initial.machine["gpus"] = meter?.facts
    let runId = initial.runId
    let summary: RunSummary
    // Before others can see it in the store.
    _ = active.reserve(runId)
    do {
      summary = try await prepared.closingPlanOnError {
        try await prepared.plan.prepare()
        try await GraderGate(suite: prepared.suite.descriptor, plan: prepared.plan).pass()
        var summary = initial
        let facts = prepared.plan.facts
        if !facts.isEmpty { summary.machine["suite"] = .object(facts) }
        try await store.createRun(summary, dimension: prepared.suite.descriptor.dimension)
        return summary
      }
    } catch {
      active.release(runId)
      throw error
    }
    start(
      RunJob(
        runId: runId, prepared: prepared, store: store, ledger: ledger(for: summary, prepared.request, store),
        time: time, gpu: meter, onProgress: { [active] in active.feeds.signal(runId) }))
    if request.detached == true { return try await store.run(runId) }
    return try await follow(summary, after: 0, observer, store)
  }

  /// Asks what a run left open. Samples with an infrastructure error are asked again unless told otherwise.
  package func resume(
    _ params: BenchmarkResume.Params, observer: any RunObserver = SilentObserver()
  ) async throws -> RunSummary {
    // Also for a run that has nothing left to ask.
    try PreparedRun.check(params.budget)
    try PreparedRun.checkWay(
      concurrency: params.concurrency, requestsPerMinute: params.requestsPerMinute, baseURL: params.baseURL)
    let store = try results()
    let summary = try await store.run(params.runId)
    guard active.reserve(summary.runId) else {
      throw ServiceError(
        .serverBusy,
        "The run \(summary.runId) is still under way here: watch it with benchmark.attach, or stop it with "
          + "benchmark.cancel.", details: ["runId": .string(summary.runId)])
    }
    let resumption: (job: RunJob, lastSequence: Int)?
    do {
      resumption = try await self.resumption(of: summary, params, store)
    } catch {
      active.release(summary.runId)
      throw error
    }
    guard let (job, lastSequence) = resumption else {
      active.release(summary.runId)
      return summary
    }
    start(job)
    return try await follow(summary, after: lastSequence, observer, store)
  }

  /// nil for a run that has nothing left to ask.
  private func resumption(
    of summary: RunSummary, _ params: BenchmarkResume.Params, _ store: ResultStore
  ) async throws -> (job: RunJob, lastSequence: Int)? {
    let retriesErrors = params.retryErrors ?? true
    let runId = summary.runId
    if summary.status == .completed {
      let progress = try await store.standing(runId).progress
      if progress.completed - (retriesErrors ? progress.errors : 0) >= summary.plannedSamples { return nil }
    }
    let request = summary.request.changed(by: params)
    // At the prices that it began with, so that its costs can be added up.
    let prepared = try await prepare(request, prices: PriceBook(summary.prices))
    let meter = await GPUMeter(gpu, for: prepared)
    return try await prepared.closingPlanOnError {
      try Self.check(prepared, continues: summary)
      try await prepared.plan.prepare()
      try await GraderGate(suite: prepared.suite.descriptor, plan: prepared.plan).pass()
      try await store.reopenRun(id: runId, request: request)
      do {
        // Read after the run is ours: until then another process may have been at it.
        let answered = try await store.answeredSamples(runId: runId, of: prepared, retriesErrors: retriesErrors)
        let lastSequence = try await store.standing(runId).progress.sequence
        let job = RunJob(
          runId: runId, prepared: prepared, store: store, answered: answered, lastSequence: lastSequence,
          ledger: ledger(for: try await store.run(runId), request, store), spentSeconds: summary.durationSeconds,
          time: time, gpu: meter, onProgress: { [active] in active.feeds.signal(runId) })
        return (job, lastSequence)
      } catch {
        // Or it would read as running, and nobody would be at it.
        try? await store.finishRun(id: runId, status: .failed, message: "\(error)", addedSeconds: 0)
        throw error
      }
    }
  }

  /// Keeps the budget of a run; nil when it has none in US dollars or tokens.
  private func ledger(for run: RunSummary, _ request: RunRequest, _ store: ResultStore) -> BudgetLedger? {
    let limits = BudgetLimits(request.budget)
    if limits.isEmpty { return nil }
    return BudgetLedger(limits: limits, spent: Charge(spentBy: run)) { [runId = run.runId] spent in
      try await store.setSpent(spent, id: runId)
    }
  }

  private func start(_ job: RunJob) {
    active.start(job) { [self] failure in onProblem.withLock { $0 }(failure.message) }
  }

  /// Watches a run that was started here. When the task is cancelled so is the run, and what it has stored till then is
  /// still told.
  private func follow(
    _ summary: RunSummary, after sequence: Int, _ observer: any RunObserver, _ store: ResultStore
  ) async throws -> RunSummary {
    let runId = summary.runId
    let watch = RunWatch(run: WatchedRun(summary), store: store, active: active, observer: observer)
    let watching = Task { try await watch.untilEnd(after: sequence) }
    do {
      return try await withTaskCancellationHandler {
        try await watching.value
      } onCancel: {
        active.cancel(runId)
      }
    } catch {
      // Nobody would be left to stop it.
      active.cancel(runId)
      await active.waitForEnd(of: runId)
      throw error
    }
  }

  private static func check(_ prepared: PreparedRun, continues summary: RunSummary) throws(ServiceError) {
    guard prepared.suite.descriptor.version == summary.suiteVersion else {
      throw ServiceError(
        .requestFailed,
        "The run \(summary.runId) was made by version \(summary.suiteVersion) of the suite \(summary.suite); this "
          + "program has version \(prepared.suite.descriptor.version). Start a new run.")
    }
  }

  /// Cancels the runs at work, waits until they are stored and who watches them knows, and closes the store, so that
  /// all of it stands in its one file.
  package func shutdown() async {
    await active.cancelAll()
    await active.feeds.close(waiting: .seconds(1))
    let opened = store.withLock { store in
      defer { store = nil }
      return store
    }
    // What cannot be closed is mended by the next one to open it.
    try? opened?.close()
  }

  /// - Parameter prices: nil for those of today.
  private func prepare(
    _ request: RunRequest, purpose: ModelClientPurpose = .asking, prices: PriceBook? = nil
  ) async throws -> PreparedRun {
    try await PreparedRun(
      request, suite: suite(named: request.suite), clients: clients, purpose: purpose,
      prices: prices ?? self.prices().overridden(by: request.prices ?? []))
  }
}

extension RunRequest {
  /// The same with what is to be otherwise from now on.
  fileprivate func changed(by params: BenchmarkResume.Params) -> RunRequest {
    var request = self
    request.concurrency = params.concurrency ?? concurrency
    request.requestsPerMinute = params.requestsPerMinute ?? requestsPerMinute
    request.baseURL = params.baseURL ?? baseURL
    if let limits = params.budget {
      request.budget = Budget(
        usd: limits.usd ?? budget?.usd, tokens: limits.tokens ?? budget?.tokens,
        seconds: limits.seconds ?? budget?.seconds)
    }
    return request
  }
}

extension Charge {
  /// What a run has spent so far; of one that had no such budget, what its stored samples took.
  fileprivate init(spentBy run: RunSummary) {
    let usd = run.spent?.usd ?? run.models.compactMap(\.costUSD).reduce(0, +)
    let tokens = run.spent?.tokens ?? run.models.reduce(0) { $0 + $1.promptTokens + $1.completionTokens }
    self.init(money: Money(usd: usd, rounded: .toNearestOrAwayFromZero), tokens: tokens)
  }
}

extension ResultStore {
  func setSpent(_ spent: Charge, id: String) async throws(ServiceError) {
    try await setSpent(picodollars: Int64(clamping: spent.money.picodollars), tokens: spent.tokens, id: id)
  }
}
