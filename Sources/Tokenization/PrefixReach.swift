/// How long a token can be that begins with some bytes, so that long ones are not looked for in vain.
///
/// For the first 4, 8, 16, 32 and 64 bytes of all tokens: the greatest length of a token that begins so. Beginnings may
/// share a place of a table, which makes the answer greater than it need be, never smaller.
struct PrefixReach {
  private let tables: UnsafeMutablePointer<UInt8>

  private static let tableBits: UInt64 = 16

  init() {
    let size = 5 << Self.tableBits
    tables = .allocate(capacity: size)
    tables.initialize(repeating: 0, count: size)
  }

  func add(_ place: UnsafePointer<UInt8>, _ size: Int) {
    for level in 0..<5 where size >= 4 << level {
      let entry = self.entry(level, place)
      entry.pointee = max(entry.pointee, UInt8(clamping: size))
    }
  }

  /// The most bytes that a token at this place can have.
  ///
  /// - Parameter limit: readable bytes, at least 1.
  @inline(__always)
  func reach(of place: UnsafePointer<UInt8>, limit: Int) -> Int {
    var level = 0
    var reach = 3
    while level < 5, limit >= 4 << level {
      let longest = Int(entry(level, place).pointee)
      if longest == 0 { return min(reach, (4 << level) &- 1) }
      reach = longest
      if reach < 8 << level { break }
      level = level &+ 1
    }
    return min(limit, reach)
  }

  @inline(__always)
  private func entry(_ level: Int, _ place: UnsafePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var word: UInt64
    if level == 0 {
      word = UInt64(UnsafeRawPointer(place).loadUnaligned(as: UInt32.self)) &* 0x9E37_79B9_7F4A_7C15
    } else if level == 1 {
      word = ByteWord.eight(place) &* 0x9E37_79B9_7F4A_7C15
    } else {
      word = ByteWord.mixed(place, 4 << level)
    }
    word >>= 64 - Self.tableBits
    return tables + (level << Int(Self.tableBits) &+ Int(truncatingIfNeeded: word))
  }
}
