#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that appears under its name only when it is complete: it is written under a temporary name in the same
/// folder and renamed. Dropped without ``commit(durably:)``, it leaves nothing.
package final class AtomicFile {
  package let path: String
  private let temporaryPath: String
  private var descriptor: Int32
  package private(set) var bytesWritten = 0

  /// - Throws: ``AvroError``: `fileNotFound` for a missing folder, else `system`.
  package init(path: String) throws(AvroError) {
    self.path = path
    let folder = Self.folder(of: path)
    let name = path.split(separator: "/").last.map(String.init) ?? "file"
    temporaryPath = "\(folder)/.\(name).\(getpid())-\(UInt64.random(in: 0 ... .max)).tmp"
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      let number = errno
      throw AvroError(
        number == ENOENT ? .fileNotFound : .system, "\(path) cannot be written: \(AvroError.reason(number))")
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporaryPath)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// - Throws: ``AvroError`` with `system`; the message says so when the disk is full.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(AvroError) {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      #if canImport(Darwin)
        let count = Darwin.write(descriptor, base + done, bytes.count - done)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, base + done, bytes.count - done)
      #else
        let count = Glibc.write(descriptor, base + done, bytes.count - done)
      #endif
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw failure(errno)
      }
    }
    bytesWritten += done
  }

  /// Gives the file its name.
  ///
  /// - Parameter durably: whether to bring the data to the disk first, so that a power failure cannot leave a file
  ///   that has its name and not its contents.
  /// - Throws: ``AvroError`` with `system`; the temporary file is gone then too.
  package func commit(durably: Bool = true) throws(AvroError) {
    guard descriptor >= 0 else { return }
    let open = descriptor
    descriptor = -1
    let isSynced = !durably || fsync(open) == 0
    var number = errno
    let isClosed = close(open) == 0
    if isSynced, !isClosed { number = errno }
    if isSynced, isClosed {
      if rename(temporaryPath, path) == 0 {
        if durably { syncFolder() }
        return
      }
      number = errno
    }
    unlink(temporaryPath)
    throw failure(number)
  }

  /// Makes the new name last. A file system that cannot do this for a folder is no reason to fail.
  private func syncFolder() {
    let folder = open(Self.folder(of: path), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }

  private func failure(_ number: Int32) -> AvroError {
    if number == ENOSPC || number == EDQUOT {
      return AvroError(.diskFull, "\(path) cannot be written: the disk is full after \(bytesWritten) bytes")
    }
    return AvroError(.system, "\(path) cannot be written: \(AvroError.reason(number))")
  }
}
