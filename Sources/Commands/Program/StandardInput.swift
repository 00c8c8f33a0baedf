package import Contract
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What came from standard input, in a form that the engine can be given.
package enum StandardInput {
  /// Text that fits one message.
  case text(String)
  /// A file of this process, for what is long or is no UTF-8.
  case file(path: String)

  /// Bytes that are given as text.
  private static let maximumTextBytes = 4 << 20

  /// Reads to the end.
  ///
  /// - Throws: ``ServiceError`` of kind `fileUnreadable`, `fileUnwritable` or `diskFull`.
  package static func read() throws(ServiceError) -> StandardInput {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= maximumTextBytes {
      let piece = try readPiece(&buffer)
      if piece.isEmpty {
        if let text = String(validating: bytes, as: UTF8.self) { return .text(text) }
        break
      }
      bytes.append(contentsOf: piece)
    }
    return try spool(bytes, &buffer)
  }

  /// Removes the file, if one was made.
  package func remove() {
    if case .file(let path) = self { unlink(path) }
  }

  private static func spool(_ start: [UInt8], _ buffer: inout [UInt8]) throws(ServiceError) -> StandardInput {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var name = Array("\(folder.isEmpty ? "/tmp" : folder)/llmbench-input-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw writeError(path, errno) }
    defer { close(descriptor) }
    do throws(ServiceError) {
      try write(start, to: descriptor, path)
      while true {
        let piece = try readPiece(&buffer)
        guard !piece.isEmpty else { return .file(path: path) }
        try write(Array(piece), to: descriptor, path)
      }
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Empty at the end.
  private static func readPiece(_ buffer: inout [UInt8]) throws(ServiceError) -> ArraySlice<UInt8> {
    while true {
      let count = systemRead(&buffer)
      if count >= 0 { return buffer[..<count] }
      guard errno == EINTR else {
        throw ServiceError(.fileUnreadable, "Standard input cannot be read: \(String(cString: strerror(errno))).")
      }
    }
  }

  private static func systemRead(_ buffer: inout [UInt8]) -> Int {
    #if canImport(Glibc)
      Glibc.read(STDIN_FILENO, &buffer, buffer.count)
    #else
      Darwin.read(STDIN_FILENO, &buffer, buffer.count)
    #endif
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(ServiceError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        throw writeError(path, errno)
      }
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func writeError(_ path: String, _ code: Int32) -> ServiceError {
    ServiceError(
      code == ENOSPC || code == EDQUOT ? .diskFull : .fileUnwritable,
      "Standard input cannot be kept in '\(path)': \(String(cString: strerror(code))).",
      details: ["path": .string(path)])
  }
}
