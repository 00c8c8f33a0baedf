import Contract
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that only its owner may read, and that is gone with this value.
final class TemporaryFile {
  let path: String

  /// - Throws: ``ServiceError`` of kind `fileUnwritable` or `diskFull`.
  init(_ bytes: [UInt8]) throws(ServiceError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/llmbench-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    path = template.withUnsafeBufferPointer { characters in
      characters.baseAddress.map { String(cString: $0) } ?? ""
    }
    guard descriptor >= 0 else {
      throw ServiceError(
        .fileUnwritable,
        "A temporary file cannot be made in \(folder): \(String(cString: strerror(errno))). Set TMPDIR.",
        details: ["path": .string(folder)])
    }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        let code = errno
        unlink(path)
        throw ServiceError(
          code == ENOSPC ? .diskFull : .fileUnwritable,
          "The temporary file \(path) cannot be written: \(String(cString: strerror(code))).",
          details: ["path": .string(path)])
      }
    }
  }

  deinit { unlink(path) }

  /// Hands over the text in pieces that end with a line or a character, until false comes back.
  ///
  /// - Throws: ``ServiceError`` of kind `fileUnreadable`.
  func forEachPiece(_ body: (String) -> Bool) throws(ServiceError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    var kept: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure }
      if count == 0 { break }
      kept.append(contentsOf: buffer[..<count])
      // A character of several bytes is not torn: its first byte is at most three from the end.
      let end = kept.indices.suffix(4).last { kept[$0] & 0xC0 != 0x80 } ?? kept.endIndex
      let isAscii = end < kept.endIndex && kept[end] < 0x80
      let cut = isAscii ? kept.endIndex : end
      guard body(String(decoding: kept[..<cut], as: UTF8.self)) else { return }
      kept.removeSubrange(..<cut)
    }
    if !kept.isEmpty { _ = body(String(decoding: kept, as: UTF8.self)) }
  }

  private var failure: ServiceError {
    ServiceError(
      .fileUnreadable, "The temporary file \(path) cannot be read: \(String(cString: strerror(errno))).",
      details: ["path": .string(path)])
  }
}
