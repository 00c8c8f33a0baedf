package import Contract
import Files
import JSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a document goes that may be large: into memory, or into a file, under a temporary name until all of it is there.
package final class DocumentSink: Sendable {
  private struct State {
    /// What is not in the file yet.
    var pending: [UInt8] = []
    var byteCount = 0
  }

  private let path: String?
  private let temporary: String
  private let file: FileDescriptor?
  private let state = Mutex(State())

  private static let pieceSize = 1 << 18

  /// - Parameter path: of the file, which takes the place of one that is there; nil for none.
  /// - Throws: `fileUnwritable`, also for the name of a device or a pipe; `diskFull`.
  package init(path: String?) throws(ServiceError) {
    self.path = path
    // Two documents to one path may be under way in one process.
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

  package var byteCount: Int { state.withLock(\.byteCount) }

  /// - Throws: `fileUnwritable`, `diskFull`.
  package func append(_ bytes: some Collection<UInt8>) throws(ServiceError) {
    try state.withLock { state throws(ServiceError) in
      state.pending.append(contentsOf: bytes)
      state.byteCount += bytes.count
      if file != nil, state.pending.count >= Self.pieceSize { try flush(&state) }
    }
  }

  private func flush(_ state: inout State) throws(ServiceError) {
    guard let file, let path, !state.pending.isEmpty else { return }
    do throws(FileFailure) { try file.append(state.pending) } catch { throw Self.fault(path, error) }
    state.pending.removeAll(keepingCapacity: true)
  }

  /// Writes the file through to the disk and gives it its name.
  ///
  /// - Returns: the text where there is no file.
  /// - Throws: `fileUnwritable`, `diskFull`.
  package func finish() throws(ServiceError) -> String? {
    try state.withLock { state throws(ServiceError) in
      guard let path, let file else { return String(decoding: state.pending, as: UTF8.self) }
      try flush(&state)
      do throws(FileFailure) { try file.synchronize() } catch { throw Self.fault(path, error) }
      guard rename(temporary, path) == 0 else { throw Self.fault(path, FileFailure()) }
      return nil
    }
  }

  /// Leaves what was there before.
  package func abandon() {
    if file != nil { unlink(temporary) }
  }

  private static func fault(_ path: String, _ failure: FileFailure) -> ServiceError {
    ServiceError(
      failure.code == ENOSPC || failure.code == EDQUOT ? .diskFull : .fileUnwritable,
      "'\(path)' cannot be written: \(failure.text).", details: ["path": .string(path)])
  }
}
