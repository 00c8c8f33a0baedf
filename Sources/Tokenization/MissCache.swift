/// How many tokens the short pieces have that are none themselves: the same ones come again and again.
struct MissCache: ~Copyable {
  /// A piece and its tokens: the first 8 bytes, then 7 bytes, 4 bits for the number of tokens and 4 for that of bytes.
  private struct Entry {
    var low: UInt64
    var high: UInt64
  }

  /// Bytes of the longest piece that is kept. It has no more tokens than bytes.
  static let maximumSize = 15
  private static let countShift: UInt64 = 56
  private static let sizeShift: UInt64 = 60
  private static let countMask: UInt64 = 0xF << countShift

  private let bits: UInt64
  /// nil until the first piece comes.
  private var entries: UnsafeMutablePointer<Entry>?

  /// - Parameter textBytes: of the text that the pieces are of: a short one needs no large cache.
  init(textBytes: Int) {
    let wanted = UInt64(Int.bitWidth - (textBytes >> 3).leadingZeroBitCount)
    bits = min(max(wanted, 6), 15)
  }

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
    var high = size > 8 ? ByteWord.upToEight(piece + 8, size &- 8, end: end) : 0
    high |= UInt64(truncatingIfNeeded: size) << Self.sizeShift
    let entries = entries ?? makeEntries()
    let entry = entries + Int(truncatingIfNeeded: ByteWord.mix(low ^ ByteWord.mix(high)) >> (64 &- bits))
    if entry.pointee.low == low, entry.pointee.high & ~Self.countMask == high {
      return Int(truncatingIfNeeded: (entry.pointee.high & Self.countMask) >> Self.countShift)
    }
    let count = encode()
    entry.pointee = Entry(low: low, high: high | UInt64(truncatingIfNeeded: count) << Self.countShift)
    return count
  }

  private mutating func makeEntries() -> UnsafeMutablePointer<Entry> {
    let made = UnsafeMutablePointer<Entry>.allocate(capacity: 1 << bits)
    made.initialize(repeating: Entry(low: 0, high: 0), count: 1 << bits)
    entries = made
    return made
  }
}
