#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file that closes itself. Reads name their place, so any thread may read.
package final class FileDescriptor: Sendable {
  package let number: Int32

  package enum Access {
    case read
    /// Creates the file if it is not there.
    case append
    /// Creates the file, which must not be there.
    case create
  }

  package init(_ path: String, _ access: Access) throws(FileFailure) {
    // Opening a pipe waits for its other end, unless told not to; files do not care.
    let mode =
      switch access {
      case .read: O_RDONLY
      case .append: O_RDWR | O_CREAT | O_APPEND
      case .create: O_RDWR | O_CREAT | O_EXCL | O_APPEND
      }
    let flags = O_NONBLOCK | mode
    number = open(path, flags | O_CLOEXEC, 0o644)
    if number < 0 { throw FileFailure() }
    var status = stat()
    // Opening a folder for reading succeeds; a pipe has no places to read from.
    if fstat(number, &status) != 0 || status.st_mode & S_IFMT != S_IFREG {
      throw FileFailure("it is not a regular file")
    }
  }

  /// A file that has no name any more and is gone when it is closed, in ``temporaryFolder``.
  package static func temporary() throws(FileFailure) -> FileDescriptor {
    let path = "\(temporaryFolder)/llmbench-\(UInt64.random(in: 0 ... .max)).tmp"
    let file = try FileDescriptor(path, .create)
    unlink(path)
    return file
  }

  /// What `TMPDIR` says, else `/tmp`.
  package static var temporaryFolder: String {
    guard let folder = getenv("TMPDIR").map({ String(cString: $0) }), folder.hasPrefix("/") else { return "/tmp" }
    return folder
  }

  deinit { close(number) }

  package var size: Int {
    var status = stat()
    return fstat(number, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Up to `count` bytes; fewer at the end of the file only.
  package func read(at offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
    var failure: FileFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let result = pread(number, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
        if result > 0 {
          filled += result
        } else if result == 0 {
          return
        } else if errno != EINTR {
          failure = FileFailure()
          return
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// All the bytes or none of them.
  package func append(_ bytes: [UInt8]) throws(FileFailure) {
    let start = size
    var written = 0
    while written < bytes.count {
      let result = bytes.withUnsafeBytes { raw in
        write(number, raw.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if result > 0 {
        written += result
      } else if errno != EINTR {
        let failure = FileFailure()
        truncate(to: start)
        throw failure
      }
    }
  }

  package func truncate(to size: Int) { _ = ftruncate(number, off_t(size)) }

  package func synchronize() throws(FileFailure) { if fsync(number) != 0 { throw FileFailure() } }
}

/// The system's word for why a file cannot be used.
package struct FileFailure: Error {
  package let text: String
  /// `ENOENT` and the like; 0 where the system did not say.
  package let code: Int32

  package init(_ text: String) {
    self.text = text
    code = 0
  }

  package init(code: Int32 = errno) {
    text = String(cString: strerror(code))
    self.code = code
  }
}
