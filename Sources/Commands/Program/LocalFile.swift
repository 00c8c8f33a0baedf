package import Contract
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that a command itself reads and writes.
package enum LocalFile {
  /// Reads a whole file as UTF-8; `-` is standard input.
  ///
  /// - Throws: ``ServiceError`` of kind `fileNotFound`, `fileUnreadable` or `invalidData`.
  package static func read(_ path: String) throws(ServiceError) -> String {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw readError(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = systemRead(descriptor, &buffer)
      if count == 0 { break }
      if count > 0 {
        bytes.append(contentsOf: buffer.prefix(count))
      } else if errno != EINTR {
        throw readError(path, errno)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ServiceError(.invalidData, "\(name(path)) is not UTF-8 text.", details: ["path": .string(path)])
    }
    return text
  }

  /// Writes a whole file: first under a temporary name beside it, then renamed, so that a failure leaves what was
  /// there before.
  ///
  /// - Throws: ``ServiceError`` of kind `fileUnwritable` or `diskFull`.
  /// - Parameter makingFolders: whether folders of the path that are missing are made.
  package static func write(_ text: String, to path: String, makingFolders: Bool = false) throws(ServiceError) {
    if makingFolders { makeFolders(of: path) }
    let isSpecial = isSpecial(path)
    let temporary = isSpecial ? path : "\(path).\(getpid()).tmp"
    let flags = isSpecial ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    let descriptor = open(temporary, flags, 0o666)
    guard descriptor >= 0 else { throw writeError(path, .failed(errno)) }
    do {
      try FileDescriptorSink(descriptor).write(text)
    } catch {
      close(descriptor)
      if !isSpecial { unlink(temporary) }
      throw writeError(path, error)
    }
    guard close(descriptor) == 0, isSpecial || rename(temporary, path) == 0 else {
      let failure = errno
      if !isSpecial { unlink(temporary) }
      throw writeError(path, .failed(failure))
    }
  }

  /// Opens a file for writing, empty, that only its owner may read; one that is there is emptied and made so.
  ///
  /// - Returns: a descriptor to close.
  /// - Throws: ``ServiceError`` of kind `fileUnwritable`.
  package static func createPrivate(_ path: String) throws(ServiceError) -> Int32 {
    // Without O_NONBLOCK a pipe that nobody reads would be waited for.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    guard descriptor >= 0 else { throw writeError(path, .failed(errno)) }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    guard !isFile || fchmod(descriptor, 0o600) == 0 else {
      let failure = errno
      close(descriptor)
      throw writeError(path, .failed(failure))
    }
    return descriptor
  }

  /// Whether ``write(_:to:)`` has a chance: the folder exists and may be written to, and the path is no folder.
  ///
  /// - Throws: ``ServiceError`` of kind `fileUnwritable`.
  package static func checkWritable(_ path: String) throws(ServiceError) {
    if isSpecial(path) {
      guard access(path, W_OK) == 0 else { throw writeError(path, .failed(errno)) }
      return
    }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw writeError(path, .failed(EISDIR)) }
    // The slash at its end makes the system refuse what is no folder.
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    guard access(folder, W_OK | X_OK) == 0 else { throw writeError(path, .failed(errno)) }
  }

  /// A device, a pipe or a socket: it is written to, not replaced.
  package static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// What cannot be made shows when the file is written.
  private static func makeFolders(of path: String) {
    for index in path.indices where path[index] == "/" && index != path.startIndex {
      mkdir(String(path[..<index]), 0o777)
    }
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The path from the root, for an engine that may have another working folder.
  package static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  private static func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, &buffer, buffer.count)
    #else
      Darwin.read(descriptor, &buffer, buffer.count)
    #endif
  }

  private static func name(_ path: String) -> String { path == "-" ? "Standard input" : "'\(path)'" }

  private static func readError(_ path: String, _ code: Int32) -> ServiceError {
    ServiceError(
      code == ENOENT || code == ENOTDIR ? .fileNotFound : .fileUnreadable,
      "\(name(path)) cannot be read: \(String(cString: strerror(code))).", details: ["path": .string(path)])
  }

  private static func writeError(_ path: String, _ error: SinkError) -> ServiceError {
    ServiceError(
      error == .failed(ENOSPC) || error == .failed(EDQUOT) ? .diskFull : .fileUnwritable,
      "'\(path)' cannot be written: \(error.reason).", details: ["path": .string(path)])
  }
}
