import Contract
import JSON
import Results

/// Follows one run to its end: what is stored already first, then what comes. It takes everything from the store, page
/// by page, so that a slow observer keeps nothing in memory and no one else waiting.
struct RunWatch {
  /// How a run stands at one moment.
  private struct Standing {
    var progress: RunProgress
    var hasEnded = false
    /// Whether the run is at work in this engine, which tells of every change.
    var isHere = false
  }

  let run: WatchedRun
  let store: ResultStore
  let active: ActiveRuns
  let observer: any RunObserver

  /// How often a run of another process is looked at.
  private static let pollInterval: Duration = .milliseconds(500)

  /// - Parameter sequence: of the last sample that the observer knows. Beyond the last one stored it means that one.
  /// - Throws: `CancellationError`; ``ServiceError`` of kind `cancelled` when the engine shuts down before the end.
  func untilEnd(after sequence: Int) async throws -> RunSummary {
    try await active.feeds.watching(run.runId) { news in
      var standing = try await standing()
      var told = sequence
      if told > standing.progress.sequence {
        // What is told here of a run may lag a moment behind what was read from the store.
        told = min(told, try await store.standing(run.runId).progress.sequence)
      }
      await observer.watchBegan(run, progress(standing.progress, told))
      while true {
        told = try await catchUp(after: told, standing)
        if standing.hasEnded, let summary = try await summary(after: standing) { return summary }
        if active.feeds.isClosed, !standing.hasEnded { throw shutdownError }
        if !standing.hasEnded { await news.wait(atMost: standing.isHere ? nil : Self.pollInterval) }
        try Task.checkCancellation()
        // Before the samples: all that came before an end that is seen here are then among them.
        standing = try await self.standing()
      }
    }
  }

  /// Hands over what was stored since.
  ///
  /// - Returns: the sequence of the last sample that the observer was told of.
  private func catchUp(after sequence: Int, _ standing: Standing) async throws -> Int {
    var told = sequence
    var hasMore = observer.wantsSamples && standing.progress.sequence > told
    while hasMore {
      let page = try await store.samples(runId: run.runId, afterSequence: told)
      for record in page.samples {
        await observer.sampleStored(record)
        try Task.checkCancellation()
        told = record.sequence
      }
      hasMore = page.hasMore
      if hasMore {
        await observer.runAdvanced(progress(active.progress(of: run.runId) ?? standing.progress, told))
      }
    }
    if !observer.wantsSamples { told = max(told, standing.progress.sequence) }
    await observer.runAdvanced(progress(active.progress(of: run.runId) ?? standing.progress, told))
    return told
  }

  private func progress(_ progress: RunProgress, _ told: Int) -> RunProgress {
    var progress = progress
    progress.sequence = told
    return progress
  }

  private func standing() async throws -> Standing {
    if let progress = active.progress(of: run.runId) { return Standing(progress: progress, isHere: true) }
    if let failure = active.failure(of: run.runId) { throw failure }
    let stored = try await store.standing(run.runId)
    return Standing(progress: stored.progress, hasEnded: stored.status != .running)
  }

  /// The run as it ended; nil when it has been resumed meanwhile.
  private func summary(after end: Standing) async throws -> RunSummary? {
    let summary = try await store.run(run.runId)
    let now = try await standing()
    return now.hasEnded && now.progress.sequence == end.progress.sequence ? summary : nil
  }

  private var shutdownError: ServiceError {
    ServiceError(
      .cancelled, "The server ends. The run \(run.runId) goes on elsewhere: watch it again with another server.",
      details: ["runId": .string(run.runId)])
  }
}
