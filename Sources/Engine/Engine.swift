package import Benchmark
package import Contract
import JSON
package import Results
import Synchronization

/// Plans, runs and resumes benchmarks. It knows suites and models only as protocols, and nothing of how it was
/// reached.
package final class Engine: Sendable {
  private let suites: [any Suite]
  private let clients: any ModelClientSource
  private let openStore: @Sendable () throws(ServiceError) -> ResultStore
  private let store = Mutex<ResultStore?>(nil)
  private let detached = DetachedRuns()
  /// The runs at work in this engine. Other processes' runs are the store's to tell.
  private let active = Mutex<Set<String>>([])

  /// - Parameter openStore: called once, when the store is first needed, so that a service starts in milliseconds.
  package init(
    suites: [any Suite], clients: any ModelClientSource,
    openStore: @escaping @Sendable () throws(ServiceError) -> ResultStore
  ) {
    self.suites = suites
    self.clients = clients
    self.openStore = openStore
  }

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
  private func suite(named name: String) throws(ServiceError) -> any Suite {
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
    return try await prepared.closingPlan { try await $0.estimate() }
  }

  /// Runs until every sample is stored. Cancelling the task stops cleanly and returns what there is.
  ///
  /// A request with `detached` returns at once; its run goes on until it ends or the engine shuts down.
  ///
  /// - Throws: ``ServiceError`` when the run cannot begin. What goes wrong later is in the summary.
  package func run(_ request: RunRequest, observer: any RunObserver = SilentObserver()) async throws -> RunSummary {
    // The store first: what cannot be kept is not worth preparing, which can mean making files.
    let store = try results()
    let prepared = try await prepare(request)
    let summary = prepared.initialSummary()
    try await prepared.closingPlanOnError {
      try await prepared.plan.prepare()
      try await store.createRun(summary, dimension: prepared.suite.descriptor.dimension)
    }
    _ = active.withLock { $0.insert(summary.runId) }
    if request.detached == true {
      let job = RunJob(
        runId: summary.runId, prepared: prepared, store: store, stored: [:], observer: SilentObserver())
      detached.start(summary.runId) {
        try? await self.execute(job, summary.runId)
      }
      return try await store.run(summary.runId)
    }
    let job = RunJob(runId: summary.runId, prepared: prepared, store: store, stored: [:], observer: observer)
    try await execute(job, summary.runId)
    return try await finalSummary(summary.runId, store)
  }

  /// Asks what a run left open. Samples with an infrastructure error are asked again unless told otherwise.
  package func resume(
    _ params: BenchmarkResume.Params, observer: any RunObserver = SilentObserver()
  ) async throws -> RunSummary {
    let store = try results()
    let summary = try await store.run(params.runId)
    guard active.withLock({ $0.insert(summary.runId).inserted }) else {
      throw ServiceError(.serverBusy, "The run \(summary.runId) is still under way.")
    }
    let job: RunJob
    do {
      guard let made = try await resumption(of: summary, params, observer, store) else {
        _ = active.withLock { $0.remove(summary.runId) }
        return summary
      }
      job = made
    } catch {
      _ = active.withLock { $0.remove(summary.runId) }
      throw error
    }
    try await execute(job, summary.runId)
    return try await finalSummary(summary.runId, store)
  }

  /// nil for a run that has nothing left to ask.
  private func resumption(
    of summary: RunSummary, _ params: BenchmarkResume.Params, _ observer: any RunObserver, _ store: ResultStore
  ) async throws -> RunJob? {
    let retriesErrors = params.retryErrors ?? true
    func answered() async throws -> [SampleKey: Outcome] {
      try await store.storedSamples(runId: summary.runId).filter { !retriesErrors || $0.value.isScored }
    }
    if summary.status == .completed, try await answered().count >= summary.plannedSamples { return nil }
    let prepared = try await prepare(summary.request)
    return try await prepared.closingPlanOnError {
      try Self.check(prepared, continues: summary)
      try await prepared.plan.prepare()
      try await store.reopenRun(id: summary.runId)
      // Read after the run is ours: until then another process may have been at it.
      return RunJob(
        runId: summary.runId, prepared: prepared, store: store, stored: try await answered(), observer: observer)
    }
  }

  private func execute(_ job: RunJob, _ runId: String) async throws {
    defer { _ = active.withLock { $0.remove(runId) } }
    try await job.execute()
  }

  private static func check(_ prepared: PreparedRun, continues summary: RunSummary) throws(ServiceError) {
    guard prepared.suite.descriptor.version == summary.suiteVersion else {
      throw ServiceError(
        .requestFailed,
        "The run \(summary.runId) was made by version \(summary.suiteVersion) of the suite \(summary.suite); this "
          + "program has version \(prepared.suite.descriptor.version). Start a new run.")
    }
  }

  /// Cancels the runs that no connection waits for, waits until they are stored, and closes the store, so that all
  /// of it stands in its one file.
  package func shutdown() async {
    await detached.cancelAll()
    let opened = store.withLock { store in
      defer { store = nil }
      return store
    }
    // What cannot be closed is mended by the next one to open it.
    try? opened?.close()
  }

  /// Reads the summary also when the caller's task is cancelled: the user is owed what was measured.
  private func finalSummary(_ runId: String, _ store: ResultStore) async throws -> RunSummary {
    try await Task { try await store.run(runId) }.value
  }

  private func prepare(_ request: RunRequest, purpose: ModelClientPurpose = .asking) async throws -> PreparedRun {
    try await PreparedRun(request, suite: suite(named: request.suite), clients: clients, purpose: purpose)
  }
}
