import Contract
import JSON
import Synchronization

/// The runs at work in this engine, each in a task of its own. Other processes' runs are the store's to tell.
final class ActiveRuns: Sendable {
  private struct Entry {
    /// nil while the run is being prepared.
    var tracker: ProgressTracker?
    var task: Task<Void, Never>?
    var isCancelled = false
    /// Who wants to know that it is here no longer.
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private struct State {
    var entries: [String: Entry] = [:]
    /// Why the end of a run could not be stored.
    var failures: [String: ServiceError] = [:]
  }

  /// Who watches runs, here or elsewhere.
  let feeds = RunFeeds()
  private let state = Mutex(State())

  /// Keeps a run for whoever prepares it; false when it is here already.
  func reserve(_ runId: String) -> Bool {
    state.withLock { state in
      guard state.entries[runId] == nil else { return false }
      state.entries[runId] = Entry()
      state.failures[runId] = nil
      return true
    }
  }

  /// Lets go of a run that ended, or that did not begin.
  ///
  /// - Parameter failure: why its end could not be stored.
  func release(_ runId: String, failure: ServiceError? = nil) {
    let entry = state.withLock { state in
      if let failure { state.failures[runId] = failure }
      return state.entries.removeValue(forKey: runId)
    }
    feeds.signal(runId)
    for waiter in entry?.waiters ?? [] { waiter.resume() }
  }

  /// Begins the work on a run that was reserved.
  ///
  /// - Parameter onFailure: called when the end of the run could not be stored.
  func start(_ job: RunJob, onFailure: @escaping @Sendable (ServiceError) -> Void) {
    let runId = job.runId
    state.withLock { $0.entries[runId]?.tracker = job.tracker }
    let task = Task {
      do {
        try await job.execute()
        release(runId)
      } catch {
        let cause = (error as? ServiceError)?.message ?? "\(error)"
        let failure = ServiceError(
          .storeUnavailable,
          "The run \(runId) has ended, and that could not be stored: \(cause) Its samples are kept. Finish it with: "
            + "llmbench resume \(runId)", details: ["runId": .string(runId)])
        onFailure(failure)
        release(runId, failure: failure)
      }
    }
    let isCancelled = state.withLock { state in
      state.entries[runId]?.task = task
      return state.entries[runId]?.isCancelled ?? false
    }
    if isCancelled { task.cancel() }
    feeds.signal(runId)
  }

  /// How far a run is that is at work here; nil for any other.
  func progress(of runId: String) -> RunProgress? {
    state.withLock { $0.entries[runId]?.tracker }?.current()
  }

  /// Why the end of a run that was here could not be stored.
  func failure(of runId: String) -> ServiceError? { state.withLock { $0.failures[runId] } }

  /// Asks a run to stop; false when it is not here.
  @discardableResult
  func cancel(_ runId: String) -> Bool {
    let (isHere, task) = state.withLock { state in
      state.entries[runId]?.isCancelled = true
      return (state.entries[runId] != nil, state.entries[runId]?.task)
    }
    task?.cancel()
    return isHere
  }

  /// Waits until a run is here no longer, whether or not this task is cancelled.
  func waitForEnd(of runId: String) async {
    await withCheckedContinuation { continuation in
      let isHere = state.withLock { state in
        state.entries[runId]?.waiters.append(continuation)
        return state.entries[runId] != nil
      }
      if !isHere { continuation.resume() }
    }
  }

  func cancelAll() async {
    let runIds = state.withLock { Array($0.entries.keys) }
    for runId in runIds { cancel(runId) }
    for runId in runIds { await waitForEnd(of: runId) }
  }
}
