import Benchmark
import Contract
import Models
import Results
import Synchronization

/// One run at work: asks every model its open samples, stores each result the moment it is known, and closes the
/// run in the store however it ended.
final class RunJob: Sendable {
  let runId: String
  private let prepared: PreparedRun
  private let store: ResultStore
  private let answered: AnsweredSamples
  private let ledger: BudgetLedger?
  private let spentSeconds: Double
  private let time: Timekeeper
  private let gpu: GPUMeter?
  private let onProgress: @Sendable () -> Void
  let tracker: ProgressTracker
  private let ending = Mutex(Ending())

  private struct Ending {
    /// Why the whole run was stopped.
    var stop: (status: RunStatus, message: String)?
    /// Why models were given up while others went on.
    var notes: [String] = []
    /// Whether each of them can be healed by waiting.
    var isOnlyInterrupted = true
  }

  /// - Parameters:
  ///   - answered: the samples that are not to be asked.
  ///   - lastSequence: of what is stored already.
  ///   - ledger: of the budget in US dollars or tokens; nil for none.
  ///   - spentSeconds: that the run was at work before.
  ///   - time: that it goes by.
  ///   - gpu: measures what local models' calls take of the GPUs; nil for not at all.
  ///   - onProgress: called by many tasks after each sample that is stored; must be quick.
  init(
    runId: String, prepared: PreparedRun, store: ResultStore, answered: AnsweredSamples = AnsweredSamples(),
    lastSequence: Int = 0, ledger: BudgetLedger?, spentSeconds: Double = 0,
    time: Timekeeper, gpu: GPUMeter? = nil, onProgress: @escaping @Sendable () -> Void
  ) {
    self.runId = runId
    self.prepared = prepared
    self.store = store
    self.answered = answered
    self.ledger = ledger
    self.spentSeconds = spentSeconds
    self.time = time
    self.gpu = gpu
    self.onProgress = onProgress
    tracker = ProgressTracker(
      runId: runId, total: prepared.plannedSamples, answered: answered, lastSequence: lastSequence)
  }

  /// What goes wrong is written into the run.
  ///
  /// - Throws: ``ServiceError`` when not even that can be written.
  func execute() async throws {
    let start = time.now()
    await askAllModels()
    closeClients()
    await prepared.plan.close()
    let (status, message) = finalStatus()
    let seconds = (time.now() - start).inSeconds
    // In a task of its own, because a cancelled one could not write any more.
    try await Task { [store, runId, ledger] in
      if let spent = ledger?.spentAtMost { try await store.setSpent(spent, id: runId) }
      try await store.finishRun(id: runId, status: status, message: message, addedSeconds: seconds)
    }.value
  }

  private func closeClients() {
    for client in prepared.models {
      do throws(ModelError) { try client.close() } catch { noteFailure(error.message) }
    }
  }

  private func finalStatus() -> (RunStatus, String?) {
    let ending = ending.withLock { $0 }
    let progress = tracker.current()
    let isWhole = progress.completed >= progress.total
    let note = ending.notes.isEmpty ? nil : ending.notes.joined(separator: " ")
    // A budget that ran out at the last sample took nothing away.
    if let stop = ending.stop, !(isWhole && stop.status == .budgetExhausted) { return (stop.status, stop.message) }
    if Task.isCancelled, !isWhole { return (.cancelled, note) }
    if let note { return (ending.isOnlyInterrupted && !isWhole ? .interrupted : .failed, note) }
    return (isWhole ? .completed : .cancelled, nil)
  }

  /// Hosted models answer side by side; local ones share this machine and go one after another.
  private func askAllModels() async {
    let budgetSeconds = prepared.request.budget?.seconds
    let exhausted = "The time budget of \(budgetSeconds ?? 0) s is spent."
    if let budgetSeconds, budgetSeconds <= spentSeconds { return end(.budgetExhausted, exhausted) }
    let lanes = prepared.models.enumerated().map { number, client in
      ModelLane(
        client: client, number: number, run: self, prepared: prepared, runId: runId, gpu: client.isLocal ? gpu : nil,
        budget: ledger.map {
          CallBudget(ledger: $0, bound: PromptBound(client), rates: prepared.rates(of: client.reference))
        }, time: time,
        cache: AnswerCache(
          mode: prepared.request.cache ?? .off, suite: prepared.suite.descriptor.name, client: client, store: store))
    }
    let localLanes = lanes.filter { $0.client.isLocal }
    gpu?.begin()
    defer { gpu?.end() }
    await withTaskGroup { group in
      if let budgetSeconds {
        group.addTask {
          // Ends by cancellation when the run is done first.
          guard (try? await self.time.sleep(.seconds(budgetSeconds - self.spentSeconds))) != nil else { return }
          self.end(.budgetExhausted, exhausted)
        }
      }
      let work = Task {
        await withTaskGroup { lanesGroup in
          for lane in lanes where !lane.client.isLocal { lanesGroup.addTask { await lane.work() } }
          lanesGroup.addTask { for lane in localLanes { await lane.work() } }
        }
      }
      workTask.withLock { $0 = work }
      if ending.withLock({ $0.stop != nil }) { work.cancel() }
      await withTaskCancellationHandler {
        await work.value
      } onCancel: {
        work.cancel()
      }
      group.cancelAll()
    }
  }

  private let workTask = Mutex<Task<Void, Never>?>(nil)

  /// Stops the whole run. The first reason counts.
  func end(_ status: RunStatus, _ message: String) {
    ending.withLock { if $0.stop == nil { $0.stop = (status, message) } }
    workTask.withLock { $0 }?.cancel()
  }

  /// Stops the run when what is under way has ended: it is paid for.
  func exhaust(_ message: String) {
    ending.withLock { if $0.stop == nil { $0.stop = (.budgetExhausted, message) } }
  }

  /// Notes that a model was given up while others go on.
  ///
  /// - Parameter status: how the run then ends: `failed`, or `interrupted` where a later try is all it takes.
  func noteFailure(_ message: String, status: RunStatus = .failed) {
    ending.withLock { ending in
      if !ending.notes.contains(message) { ending.notes.append(message) }
      if status != .interrupted { ending.isOnlyInterrupted = false }
    }
  }

  /// Tells those who watch why a model's calls wait; nil when they do no longer.
  func note(waiting reason: String?, for model: ModelReference) {
    if tracker.note(waiting: reason, for: model.description) { onProgress() }
  }

  /// - Parameters:
  ///   - model: its number among the run's.
  ///   - call: see ``AnsweredSamples/contains(model:call:)``.
  func isAnswered(model: Int, call: Int) -> Bool { answered.contains(model: model, call: call) }

  /// Stores a finished sample and tells of it. A store that fails ends the run, because results that cannot
  /// be kept are not worth paying for.
  func finish(_ record: SampleRecord, caching: CachedAnswer?) async {
    do {
      // In a task of its own: an answer that came is stored even when the run is being cancelled.
      let sequence = try await Task { [store] in try await store.append(record, caching: caching) }.value
      tracker.finished(record, sequence: sequence)
      onProgress()
    } catch let error as ServiceError {
      end(.failed, error.message)
    } catch {
      end(.failed, "A result could not be stored: \(error)")
    }
  }
}
