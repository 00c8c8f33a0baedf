/// Looks for bytes that are not well-formed UTF-8 (Unicode 15.1, table 3-7).
enum UTF8Check {
  /// Where the first ill-formed sequence begins; nil if there is none.
  static func firstFault(_ start: UnsafePointer<UInt8>, count: Int) -> Int? {
    var index = 0
    while index < count {
      if index &+ 8 <= count,
        UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index &+= 8
      } else if start[index] < 0x80 {
        index &+= 1
      } else {
        let length = sequenceLength(start + index, available: count &- index)
        if length == 0 { return index }
        index &+= length
      }
    }
    return nil
  }

  /// Bytes of the well-formed sequence of two to four bytes that begins here; 0 if none does.
  private static func sequenceLength(_ start: UnsafePointer<UInt8>, available: Int) -> Int {
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch start[0] {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    guard available >= length, second.contains(start[1]) else { return 0 }
    for index in 2..<max(length, 2) where start[index] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The characters (Unicode scalars) that begin in these bytes.
  static func scalarCount(_ bytes: Bytes) -> Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
