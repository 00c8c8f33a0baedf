package import Contract
import JSON
package import Results

/// Writes whole runs as a document, a page of samples in memory at a time where it goes to a file.
package struct ArchiveWriter: Sendable {
  private let store: ResultStore

  package init(store: ResultStore) { self.store = store }

  /// Exports runs into `path`, which is replaced once all of it is written, or into the result's text.
  ///
  /// - Parameter onProgress: told of the samples written so far and of all.
  /// - Throws: ``ServiceError``: `invalidParams`, `runNotFound`, `fileUnwritable`, `diskFull`, `storeUnavailable`;
  ///   `CancellationError`.
  package func export(
    _ params: ResultsExport.Params, onProgress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> ResultsExport.Result {
    guard !params.runIds.isEmpty else { throw ServiceError.invalidParameter("/runIds", "Name at least one run.") }
    var runs: [RunSummary] = []
    for name in params.runIds { runs.append(try await store.run(name)) }
    let sink = try DocumentSink(path: params.path)
    do {
      let counts = try await write(runs, to: sink, onProgress)
      let text = try sink.finish()
      return ResultsExport.Result(
        runs: zip(runs, counts).map { .init(runId: $0.runId, samples: $1) }, bytes: sink.byteCount, path: params.path,
        text: text)
    } catch {
      sink.abandon()
      throw error
    }
  }

  private func write(
    _ runs: [RunSummary], to sink: DocumentSink, _ onProgress: @Sendable (Int, Int) -> Void
  ) async throws -> [Int] {
    let total = runs.reduce(0) { $0 + $1.completedSamples }
    try sink.append(ArchiveLine.archive(ArchiveHeader()).bytes())
    var counts: [Int] = []
    var done = 0
    for run in runs {
      var count = 0
      try sink.append(ArchiveLine.run(run, dimension: try await store.dimension(ofRun: run.runId)).bytes())
      try await store.forEachSample(runId: run.runId) { sample in
        try Task.checkCancellation()
        try sink.append(ArchiveLine.sample(sample).bytes())
        count += 1
        if (done + count).isMultiple(of: 500) { onProgress(done + count, total) }
      }
      try sink.append(ArchiveLine.end(runId: run.runId, samples: count).bytes())
      counts.append(count)
      done += count
    }
    return counts
  }
}
