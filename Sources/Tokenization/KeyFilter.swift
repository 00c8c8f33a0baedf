/// Says of most keys that are not in a table that they are not, without looking into it: it is far smaller.
struct KeyFilter {
  private let words: UnsafeMutablePointer<UInt64>
  private static let bits: UInt64 = 21

  init() { words = TableMemory.filled(with: 0, count: 1 << (Self.bits - 6)) }

  /// - Parameter hash: of which the highest bits count.
  @inline(__always)
  func add(_ hash: UInt64) {
    let index = hash >> (64 &- Self.bits)
    words[Int(truncatingIfNeeded: index >> 6)] |= 1 << (index & 63)
  }

  /// Whether a key may have been added; false for about nine in ten others.
  @inline(__always)
  func mayHave(_ hash: UInt64) -> Bool {
    let index = hash >> (64 &- Self.bits)
    return words[Int(truncatingIfNeeded: index >> 6)] >> (index & 63) & 1 == 1
  }
}
