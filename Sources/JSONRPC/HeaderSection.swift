/// The header of one frame, read line by line. Fields have HTTP's form (RFC 7230, 3.2): names in any case, any
/// order, optional blanks around the value, unknown ones ignored.
struct HeaderSection: Sendable {
  private(set) var byteCount = 0
  private var lineCount = 0
  private var contentLength: Int?
  /// A charset that is not UTF-8, when the peer named one.
  private(set) var charset: String?

  var isEmpty: Bool { byteCount == 0 }

  /// Takes one line without its line feed; true when it was the empty one that ends the section.
  ///
  /// - Throws: what to tell the peer, when there is no telling where the next frame begins.
  mutating func add(_ line: ArraySlice<UInt8>, limits: ConnectionLimits) throws(RPCError) -> Bool {
    byteCount += line.count + 1
    lineCount += 1
    let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    guard byteCount <= limits.maximumHeaderBytes else {
      throw .invalidRequest("the header is longer than \(limits.maximumHeaderBytes) bytes")
    }
    if line.isEmpty { return true }
    guard lineCount <= limits.maximumHeaderLines else {
      throw .invalidRequest("the header has more than \(limits.maximumHeaderLines) lines")
    }
    guard Self.isField(line), let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      throw .invalidRequest("a header line must have the form \"Content-Length: N\"")
    }
    try take(line[..<colon], Self.trimmed(line[(colon + 1)...]), limits)
    return false
  }

  /// The length of the body, once the section is complete.
  func length(limits: ConnectionLimits) throws(RPCError) -> Int {
    guard let contentLength else { throw .invalidRequest("the header has no Content-Length") }
    return contentLength
  }

  private mutating func take(
    _ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ limits: ConnectionLimits
  ) throws(RPCError) {
    if Self.isName(name, "content-length") {
      let length = try Self.length(value, limits)
      guard contentLength == nil || contentLength == length else {
        throw .invalidRequest("the header has two different Content-Length fields")
      }
      contentLength = length
    } else if Self.isName(name, "content-type") {
      charset = Self.foreignCharset(String(decoding: value, as: UTF8.self))
    }
  }

  /// - Parameter known: in lower case.
  private static func isName(_ name: ArraySlice<UInt8>, _ known: String) -> Bool {
    name.count == known.utf8.count
      && zip(name, known.utf8).allSatisfy { byte, expected in
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 == expected : byte == expected
      }
  }

  private static func length(_ value: ArraySlice<UInt8>, _ limits: ConnectionLimits) throws(RPCError) -> Int {
    guard !value.isEmpty, value.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .invalidRequest("Content-Length must be a decimal number of bytes")
    }
    guard let length = Int(String(decoding: value, as: UTF8.self)), length <= limits.maximumMessageBytes else {
      throw .invalidRequest("a message may have at most \(limits.maximumMessageBytes) bytes")
    }
    guard length > 0 else { throw .invalidRequest("Content-Length must be at least 1") }
    return length
  }

  /// The charset parameter of a media type, unless it says UTF-8 (which `utf8` also does, for old clients).
  private static func foreignCharset(_ value: String) -> String? {
    for parameter in value.split(separator: ";") {
      let parts = parameter.split(separator: "=", maxSplits: 1).map { trimmed($0) }
      guard parts.count == 2, parts[0].lowercased() == "charset" else { continue }
      let charset = parts[1].filter { $0 != "\"" && $0 != "'" }.lowercased()
      return charset == "utf-8" || charset == "utf8" ? nil : charset
    }
    return nil
  }

  /// Whether a line begins with a field name and a colon and has no control characters.
  static func isField(_ line: ArraySlice<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return false }
    let value = line[(colon + 1)...]
    let text = value.last == UInt8(ascii: "\r") ? value.dropLast() : value
    return line[..<colon].allSatisfy(isTokenByte) && text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"): true
    default: "!#$%&'*+.^_`|~".utf8.contains(byte)
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return bytes[first...last]
  }

  private static func trimmed(_ text: Substring) -> String {
    String(decoding: trimmed(Array(text.utf8)[...]), as: UTF8.self)
  }
}
