#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes that can be read from any place: a file or memory.
package protocol AvroSource: Sendable {
  /// In bytes, as it was when the source was opened.
  var size: Int { get }

  /// Fills the buffer from `offset` on as far as the source goes.
  ///
  /// - Returns: how many bytes were read; fewer than asked for only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(AvroError) -> Int
}

/// A regular file, read with `pread`. It is not mapped: a mapped file that someone truncates kills the process.
package final class AvroFileSource: AvroSource {
  private let descriptor: Int32
  package let size: Int

  /// - Throws: ``AvroError``: `fileNotFound`, or `system` for anything else that keeps it from being read.
  package init(path: String) throws(AvroError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let number = errno
      throw AvroError(
        number == ENOENT ? .fileNotFound : .system, "\(path) cannot be opened: \(AvroError.reason(number))")
    }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      let number = errno
      close(descriptor)
      throw AvroError(.system, "\(path) cannot be read: \(AvroError.reason(number))")
    }
    guard information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw AvroError(.system, "\(path) is not a regular file")
    }
    self.descriptor = descriptor
    size = Int(information.st_size)
  }

  deinit { close(descriptor) }

  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(AvroError) -> Int {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let count = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw AvroError(.system, "the file cannot be read: \(AvroError.reason(errno))", offset: offset + done)
      }
    }
    return done
  }
}

/// Bytes in memory.
package struct AvroMemorySource: AvroSource {
  private let bytes: [UInt8]
  package var size: Int { bytes.count }

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(AvroError) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let count = min(buffer.count, bytes.count - offset)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
    return count
  }
}

extension AvroError {
  /// The operating system's words for an error number.
  static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
