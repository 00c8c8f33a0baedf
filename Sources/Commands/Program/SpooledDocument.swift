import Contract

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A document on its way to standard output that may be larger than memory: the engine of this process writes it to a file
/// that only this user may read, and it is printed from there in pieces.
final class SpooledDocument {
  private let folder: String
  /// Where the document is to be written.
  var path: String { folder + "/document" }

  /// nil where no temporary folder can be made, and the document has to do without.
  init?() {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(parent.hasPrefix("/") ? parent : "/tmp")/llmbench-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return nil }
    folder = String(cString: made)
  }

  deinit {
    unlink(path)
    rmdir(folder)
  }

  /// - Throws: ``ServiceError`` of kind `fileUnreadable`.
  func print(to console: Console) throws(ServiceError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable() }
    defer { close(descriptor) }
    var piece: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while !console.outputIsClosed {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable()
      }
      piece += buffer.prefix(count)
      // Only whole lines, and so whole characters.
      let end = count == 0 ? piece.count : piece.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      if end > 0 { console.write(String(decoding: piece[..<end], as: UTF8.self)) }
      piece.removeFirst(end)
      if count == 0 { return }
    }
  }

  private func unreadable() -> ServiceError {
    ServiceError(.fileUnreadable, "'\(path)' cannot be read: \(String(cString: strerror(errno))).")
  }
}
