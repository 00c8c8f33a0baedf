package import Contract
import Files
import JSON
package import Results

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

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
    var sink = try ArchiveSink(path: params.path)
    do {
      let counts = try await write(runs, to: &sink, onProgress)
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
    _ runs: [RunSummary], to sink: inout ArchiveSink, _ onProgress: @Sendable (Int, Int) -> Void
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

/// Where the lines go: into memory, or into a file under a temporary name.
private struct ArchiveSink {
  private let path: String?
  private let temporary: String
  private let file: FileDescriptor?
  private var pending: [UInt8] = []
  private(set) var byteCount = 0

  private static let pieceSize = 1 << 18

  init(path: String?) throws(ServiceError) {
    self.path = path
    // Two exports to one path may be under way in one process.
    temporary = "\(path ?? "").\(UInt64.random(in: 0 ... .max)).tmp"
    guard let path else {
      file = nil
      return
    }
    do throws(FileFailure) {
      var status = stat()
      // The name would take the place of a device or a pipe.
      if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { throw FileFailure("it is not a regular file") }
      file = try FileDescriptor(temporary, .create)
    } catch {
      throw Self.fault(path, error)
    }
  }

  mutating func append(_ bytes: [UInt8]) throws(ServiceError) {
    pending += bytes
    byteCount += bytes.count
    if file != nil, pending.count >= Self.pieceSize { try flush() }
  }

  private mutating func flush() throws(ServiceError) {
    guard let file, let path, !pending.isEmpty else { return }
    do { try file.append(pending) } catch { throw Self.fault(path, error) }
    pending.removeAll(keepingCapacity: true)
  }

  /// - Returns: the text where there is no file.
  mutating func finish() throws(ServiceError) -> String? {
    guard let path, let file else { return String(decoding: pending, as: UTF8.self) }
    try flush()
    do { try file.synchronize() } catch { throw Self.fault(path, error) }
    guard rename(temporary, path) == 0 else { throw Self.fault(path, FileFailure()) }
    return nil
  }

  func abandon() {
    if file != nil { unlink(temporary) }
  }

  private static func fault(_ path: String, _ failure: FileFailure) -> ServiceError {
    ServiceError(
      failure.code == ENOSPC || failure.code == EDQUOT ? .diskFull : .fileUnwritable,
      "'\(path)' cannot be written: \(failure.text).", details: ["path": .string(path)])
  }
}
