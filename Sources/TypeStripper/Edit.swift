/// A change to the source text. Offsets are in bytes.
enum Edit {
  /// Spaces instead of what stands there; line ends stay.
  case blank(Range<Int>)
  /// One ASCII character in a place that is blanked.
  case put(Int, UInt8)
  /// Text before the byte at the offset.
  case insert(Int, String)

  static func apply(_ edits: [Edit], to bytes: [UInt8]) -> String {
    // 0 keeps a byte, anything else stands in its place.
    var places = [UInt8](repeating: 0, count: bytes.count)
    var insertions: [Int: String] = [:]
    for edit in edits { if case .blank(let range) = edit { for index in range { places[index] = 0x20 } } }
    for edit in edits {
      switch edit {
      case .blank: break
      case .put(let index, let byte): places[index] = byte
      case .insert(let index, let text): insertions[index, default: ""] += text
      }
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for index in bytes.indices {
      if let text = insertions[index] { result += Array(text.utf8) }
      let byte = bytes[index]
      switch places[index] {
      case 0: result.append(byte)
      case 0x20: result += spaces(for: byte)
      case let other: result.append(other)
      }
    }
    if let text = insertions[bytes.count] { result += Array(text.utf8) }
    return String(decoding: result, as: UTF8.self)
  }

  /// As many spaces as the character that starts here has UTF-16 code units; none for its further bytes.
  private static func spaces(for byte: UInt8) -> [UInt8] {
    switch byte {
    case 0x0a, 0x0d: [byte]
    case 0x80..<0xc0: []
    case 0xf0...: [0x20, 0x20]
    default: [0x20]
    }
  }
}
