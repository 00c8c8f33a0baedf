import Contract
import Files
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that appears under its name when it is whole; dropped before, it leaves nothing.
final class WholeFile {
  private let path: String
  private let temporary: String
  private let file: FileDescriptor
  private var isFinished = false

  /// - Throws: ``ServiceError`` of kind `fileUnwritable` or `diskFull`.
  init(_ path: String) throws(ServiceError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw Self.error(path, FileFailure("it is no file"))
    }
    self.path = path
    temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
    do throws(FileFailure) {
      file = try FileDescriptor(temporary, .create)
    } catch {
      throw Self.error(path, error)
    }
  }

  deinit { if !isFinished { unlink(temporary) } }

  func write(_ bytes: [UInt8]) throws(ServiceError) {
    do throws(FileFailure) { try file.append(bytes) } catch { throw Self.error(path, error) }
  }

  func finish() throws(ServiceError) {
    guard rename(temporary, path) == 0 else { throw Self.error(path, FileFailure()) }
    isFinished = true
  }

  static func error(_ path: String, _ failure: FileFailure) -> ServiceError {
    ServiceError(
      failure.code == ENOSPC || failure.code == EDQUOT ? .diskFull : .fileUnwritable,
      "The file \(path) cannot be written: \(failure.text).", details: ["path": .string(path)])
  }
}
