/// How many tokens the short pieces have that are none themselves: the same ones come again and again.
struct MissCache: ~Copyable {
  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var size: Int32 = 0
    var count: Int32 = 0
  }

  private static let bits: UInt64 = 12
  /// Bytes of the longest piece that is kept.
  static let maximumSize = 16

  /// nil until the first piece comes.
  private var entries: UnsafeMutablePointer<Entry>?

  init() {}

  deinit { entries?.deallocate() }

  /// - Parameters:
  ///   - size: 1 to ``maximumSize``.
  ///   - end: the end of the readable memory.
  ///   - encode: counts the tokens of the piece.
  @inline(__always)
  mutating func count(
    _ piece: UnsafePointer<UInt8>, _ size: Int, end: UnsafePointer<UInt8>, encode: () -> Int
  ) -> Int {
    let low = ByteWord.upToEight(piece, min(size, 8), end: end)
    let high = size > 8 ? ByteWord.upToEight(piece + 8, size &- 8, end: end) : 0
    let entries = entries ?? makeEntries()
    let entry = entries + Int(truncatingIfNeeded: ByteWord.mix(low ^ ByteWord.mix(high)) >> (64 - Self.bits))
    if entry.pointee.low == low, entry.pointee.high == high, Int(entry.pointee.size) == size {
      return Int(entry.pointee.count)
    }
    let count = encode()
    entry.pointee = Entry(
      low: low, high: high, size: Int32(truncatingIfNeeded: size), count: Int32(truncatingIfNeeded: count))
    return count
  }

  private mutating func makeEntries() -> UnsafeMutablePointer<Entry> {
    let made = UnsafeMutablePointer<Entry>.allocate(capacity: 1 << Self.bits)
    made.initialize(repeating: Entry(), count: 1 << Self.bits)
    entries = made
    return made
  }
}
