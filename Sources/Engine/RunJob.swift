import Benchmark
import Contract
import Models
import Results
import Synchronization

/// One run at work: asks every model its open samples, stores each result the moment it is known, and closes the
/// run in the store however it ended.
final class RunJob: Sendable {
  private let runId: String
  private let prepared: PreparedRun
  private let store: ResultStore
  private let stored: [SampleKey: Outcome]
  private let observer: any RunObserver
  private let tracker: ProgressTracker
  private let ending = Mutex<(status: RunStatus, message: String)?>(nil)

  init(
    runId: String, prepared: PreparedRun, store: ResultStore, stored: [SampleKey: Outcome],
    observer: any RunObserver
  ) {
    self.runId = runId
    self.prepared = prepared
    self.store = store
    self.stored = stored
    self.observer = observer
    tracker = ProgressTracker(runId: runId, total: prepared.plannedSamples, stored: stored.values)
  }

  /// Never throws: what goes wrong is written into the run.
  func execute() async {
    let clock = ContinuousClock()
    let start = clock.now
    observer.runBegan(tracker.current())
    await askAllModels()
    closeClients()
    await prepared.plan.close()
    let (status, message) = finalStatus()
    let seconds = (clock.now - start) / .seconds(1)
    // In a task of its own, because a cancelled one could not write any more.
    await Task { [store, runId] in
      try? await store.finishRun(id: runId, status: status, message: message, addedSeconds: seconds)
    }.value
  }

  private func closeClients() {
    for client in prepared.models {
      do throws(ModelError) { try client.close() } catch { noteFailure(error.message) }
    }
  }

  private func finalStatus() -> (RunStatus, String?) {
    if let ending = ending.withLock({ $0 }) { return (ending.status, ending.message) }
    let progress = tracker.current()
    return progress.completed < progress.total ? (.cancelled, nil) : (.completed, nil)
  }

  /// Hosted models answer side by side; local ones share this machine and go one after another.
  private func askAllModels() async {
    let lanes = prepared.models.map { client in
      ModelLane(client: client, run: self, prepared: prepared, runId: runId)
    }
    let localLanes = lanes.filter { $0.client.isLocal }
    await withTaskGroup { group in
      if let seconds = prepared.request.budget?.seconds {
        group.addTask {
          // Ends by cancellation when the run is done first.
          guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return }
          self.end(.budgetExhausted, "The time budget of \(seconds) s is spent.")
        }
      }
      let work = Task {
        await withTaskGroup { lanesGroup in
          for lane in lanes where !lane.client.isLocal { lanesGroup.addTask { await lane.work() } }
          lanesGroup.addTask { for lane in localLanes { await lane.work() } }
        }
      }
      workTask.withLock { $0 = work }
      if ending.withLock({ $0 != nil }) { work.cancel() }
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
    ending.withLock { if $0 == nil { $0 = (status, message) } }
    workTask.withLock { $0 }?.cancel()
  }

  /// Notes that a model was given up while others go on. The run then counts as failed.
  func noteFailure(_ message: String) {
    ending.withLock { ending in
      guard let earlier = ending else { return ending = (.failed, message) }
      if !earlier.message.contains(message) { ending = (earlier.status, "\(earlier.message) \(message)") }
    }
  }

  func isStored(_ key: SampleKey) -> Bool { stored[key] != nil }

  /// Stores a finished sample and tells the observer. A store that fails ends the run, because results that cannot
  /// be kept are not worth paying for.
  func finish(_ record: SampleRecord) async {
    do {
      // In a task of its own: an answer that came is stored even when the run is being cancelled.
      try await Task { [store] in try await store.append(record) }.value
      observer.sampleFinished(record, tracker.finished(record))
    } catch let error as ServiceError {
      end(.failed, error.message)
    } catch {
      end(.failed, "A result could not be stored: \(error)")
    }
  }
}
