/// What Python's `str.strip` and `str.split` take for white space, in UTF-8.
enum PythonSpace {
  /// The bytes of the white space that a text begins with; 0 for none.
  static func lengthAtStart(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    if isSpace(first) { return 1 }
    guard first >= 0xC2 else { return 0 }
    for count in 2...3 where bytes.count >= count && isWideSpace(bytes.prefix(count)) { return count }
    return 0
  }

  /// The bytes of the white space that a text ends with; 0 for none.
  static func lengthAtEnd(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let last = bytes.last else { return 0 }
    if isSpace(last) { return 1 }
    guard last >= 0x80 else { return 0 }
    for count in 2...3 where bytes.count >= count && isWideSpace(bytes.suffix(count)) { return count }
    return 0
  }

  static func stripped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while case let count = lengthAtStart(bytes), count > 0 { bytes = bytes.dropFirst(count) }
    while case let count = lengthAtEnd(bytes), count > 0 { bytes = bytes.dropLast(count) }
    return bytes
  }

  /// The words between white space.
  static func words(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    var index = start
    while index < bytes.endIndex {
      let count = lengthAtStart(bytes[index...])
      if count > 0 {
        if start < index { words.append(bytes[start..<index]) }
        index += count
        start = index
      } else {
        index += 1
      }
    }
    if start < index { words.append(bytes[start..<index]) }
    return words
  }

  private static func isSpace(_ byte: UInt8) -> Bool { (0x09...0x0D).contains(byte) || (0x1C...0x20).contains(byte) }

  /// U+0085, U+00A0, U+1680, U+2000…200A, U+2028, U+2029, U+202F, U+205F, U+3000.
  private static func isWideSpace(_ bytes: ArraySlice<UInt8>) -> Bool {
    switch Array(bytes) {
    case [0xC2, 0x85], [0xC2, 0xA0], [0xE1, 0x9A, 0x80], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9], [0xE2, 0x80, 0xAF],
      [0xE2, 0x81, 0x9F], [0xE3, 0x80, 0x80]:
      true
    case let three where three.count == 3 && three[0] == 0xE2 && three[1] == 0x80: (0x80...0x8A).contains(three[2])
    default: false
    }
  }
}
