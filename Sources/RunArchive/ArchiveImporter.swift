package import Contract
import Files
import JSON
package import Results
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Takes the runs of a document into a store.
package struct ArchiveImporter: Sendable {
  private let store: ResultStore

  package init(store: ResultStore) { self.store = store }

  /// Imports an archive or a tracker's results. Each run is one transaction: those before a fault are in the store,
  /// and the document can be given again.
  ///
  /// - Throws: ``ServiceError``: `invalidParams`, `fileNotFound`, `fileUnreadable`, `invalidData` with the line,
  ///   `serverBusy` for a run that is at work, `storeUnavailable`, `diskFull`.
  package func `import`(_ params: ResultsImport.Params) async throws -> ResultsImport.Result {
    let replaces = params.replace ?? false
    switch (params.path, params.text) {
    case (let path?, nil):
      let file = try Self.open(path)
      if try Self.isArchive(file, path) {
        return try await archive(ArchiveReader(file: file, name: "'\(path)'"), replaces)
      }
      return try await tracker(try Self.wholeText(file, path), named: "'\(path)'", replaces)
    case (nil, let text?):
      if Self.isArchive(text.utf8.prefix { $0 != UInt8(ascii: "\n") }) {
        return try await archive(ArchiveReader(text: text), replaces)
      }
      return try await tracker(Array(text.utf8), named: "the text", replaces)
    default:
      throw ServiceError.invalidParameter("/path", "Give path or text, one of them.")
    }
  }

  // MARK: Archives

  private func archive(_ reader: ArchiveReader, _ replaces: Bool) async throws -> ResultsImport.Result {
    guard case .archive(let header)? = try reader.next(), header.format == ArchiveHeader.format else {
      throw reader.fault("it is no export of llmbench")
    }
    guard header.version <= ArchiveHeader.version else {
      throw reader.fault(
        "it is of version \(header.version), newer than this program's \(ArchiveHeader.version): update")
    }
    var runs: [ResultsImport.Result.Run] = []
    while let line = try reader.next() {
      try Task.checkCancellation()
      guard case .run(let run, let dimension) = line else { throw reader.fault("a run was expected here") }
      let samples = RunSamples(run: run, reader: reader)
      let status = try await store.importRun(run, dimension: dimension, replaces: replaces) { try samples.next() }
      // Of a run that the store has already they have yet to be passed over.
      while try samples.next() != nil {}
      runs.append(.init(runId: run.runId, samples: samples.count, status: status))
    }
    return ResultsImport.Result(runs: runs)
  }

  // MARK: Trackers

  private func tracker(_ text: [UInt8], named name: String, _ replaces: Bool) async throws -> ResultsImport.Result {
    var runs: [ResultsImport.Result.Run] = []
    for result in try TrackerResults.read(text, named: name) {
      let samples = result.samples
      let position = Mutex(0)
      let status = try await store.importRun(
        result.run, dimension: nil, replaces: replaces, adjusting: { result.adjust(&$0) },
        samples: {
          position.withLock { position in
            defer { position += 1 }
            return position < samples.count ? samples[position] : nil
          }
        })
      runs.append(.init(runId: result.run.runId, samples: samples.count, status: status))
    }
    return ResultsImport.Result(runs: runs)
  }

  // MARK: Files

  /// The first line of an export is a few hundred bytes.
  private static let longestHead = 1 << 16

  /// Larger results of a tracker there are none.
  private static let largestTracker = 64 << 20

  private static func open(_ path: String) throws(ServiceError) -> FileDescriptor {
    do {
      return try FileDescriptor(path, .read)
    } catch {
      throw unreadable(path, error)
    }
  }

  private static func isArchive(_ file: FileDescriptor, _ path: String) throws(ServiceError) -> Bool {
    do {
      return isArchive(try file.read(at: 0, count: longestHead).prefix { $0 != UInt8(ascii: "\n") })
    } catch {
      throw unreadable(path, error)
    }
  }

  private static func isArchive(_ firstLine: some Collection<UInt8>) -> Bool {
    (try? JSONParser().parse(Array(firstLine)))?["archive"] != nil
  }

  private static func wholeText(_ file: FileDescriptor, _ path: String) throws(ServiceError) -> [UInt8] {
    guard file.size <= largestTracker else {
      throw ServiceError(.invalidData, "'\(path)' is neither an export of llmbench nor a tracker's results.")
    }
    do {
      return try file.read(at: 0, count: file.size)
    } catch {
      throw unreadable(path, error)
    }
  }

  private static func unreadable(_ path: String, _ failure: FileFailure) -> ServiceError {
    ServiceError(
      failure.code == ENOENT || failure.code == ENOTDIR ? .fileNotFound : .fileUnreadable,
      "'\(path)' cannot be read: \(failure.text).", details: ["path": .string(path)])
  }
}

/// The samples of one run of an archive, up to its end.
private final class RunSamples: Sendable {
  private let run: RunSummary
  private let reader: ArchiveReader
  private let state = Mutex((count: 0, isAtEnd: false))

  init(run: RunSummary, reader: ArchiveReader) {
    self.run = run
    self.reader = reader
  }

  var count: Int { state.withLock(\.count) }

  /// - Throws: ``ServiceError`` of kind `invalidData` where the run is not whole.
  func next() throws -> SampleRecord? {
    try state.withLock { state in
      if state.isAtEnd { return nil }
      switch try reader.next() {
      case .sample(let sample):
        guard sample.runId == run.runId else { throw reader.fault("the sample is one of run \(sample.runId)") }
        state.count += 1
        return sample
      case .end(run.runId, state.count):
        state.isAtEnd = true
        return nil
      case nil: throw reader.fault("it ends in the middle of run \(run.runId)")
      default: throw reader.fault("a sample of run \(run.runId) or its end, after \(state.count), was expected here")
      }
    }
  }
}
