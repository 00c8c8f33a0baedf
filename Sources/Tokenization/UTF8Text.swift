/// Bytes as UTF-8. What is none is replaced by U+FFFD, one for each part that could have been the beginning of a
/// character or else each byte, as Unicode advises (16.0, section 3.9, "U+FFFD Substitution of Maximal Subparts"), and
/// as Python's `decode(errors="replace")` does.
enum UTF8Text {
  /// What stands at a place.
  enum Sequence {
    case character(size: Int)
    case invalid(size: Int)
    /// The bytes end in the middle of a character.
    case unfinished
  }

  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Bytes at the beginning that are UTF-8.
  static func validCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let start = bytes.baseAddress else { return 0 }
    var index = 0
    while index < bytes.count {
      while index &+ 8 <= bytes.count, ByteWord.eight(start + index) & 0x8080_8080_8080_8080 == 0 { index = index &+ 8 }
      guard index < bytes.count else { break }
      guard case .character(let size) = sequence(bytes, index) else { return index }
      index = index &+ size
    }
    return index
  }

  /// - Parameter index: below the number of bytes.
  @inline(__always)
  static func sequence(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Sequence {
    let lead = bytes[index]
    if lead < 0x80 { return .character(size: 1) }
    let size: Int
    // The second byte of some is more limited, so that no character has two forms and none is a surrogate.
    var (low, high): (UInt8, UInt8) = (0x80, 0xBF)
    switch lead {
    case 0xC2...0xDF: size = 2
    case 0xE0: (size, low) = (3, 0xA0)
    case 0xED: (size, high) = (3, 0x9F)
    case 0xE1...0xEF: size = 3
    case 0xF0: (size, low) = (4, 0x90)
    case 0xF4: (size, high) = (4, 0x8F)
    case 0xF1...0xF3: size = 4
    default: return .invalid(size: 1)
    }
    var offset = 1
    while offset < size {
      guard index &+ offset < bytes.count else { return .unfinished }
      let byte = bytes[index &+ offset]
      guard byte >= low, byte <= high else { return .invalid(size: offset) }
      (low, high) = (0x80, 0xBF)
      offset = offset &+ 1
    }
    return .character(size: size)
  }

  /// Appends bytes as UTF-8, up to the beginning of a character that they do not finish.
  ///
  /// - Parameter replaced: grows by the number of replacements.
  /// - Returns: how many bytes are taken; all but up to 3 at the end.
  static func append(_ bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8], replaced: inout Int) -> Int {
    var index = 0
    while index < bytes.count {
      let rest = UnsafeBufferPointer(rebasing: bytes[index...])
      let valid = validCount(rest)
      text.append(contentsOf: rest[..<valid])
      index += valid
      guard index < bytes.count else { break }
      guard case .invalid(let size) = sequence(bytes, index) else { break }
      text.append(contentsOf: replacement)
      replaced += 1
      index += size
    }
    return index
  }
}
