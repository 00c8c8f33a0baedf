/// Numbers of some bits each, one behind the other, lowest bit first.
struct BitReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var next = 0
  private var bits: UInt64 = 0
  private var available = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether less than a byte is left.
  var isAtEnd: Bool { next == bytes.count && available < 8 }

  /// - Parameter width: 1 to 32.
  mutating func read(_ width: Int) -> UInt32? {
    while available < width {
      guard next < bytes.count else { return nil }
      bits |= UInt64(bytes[next]) << UInt64(available)
      next += 1
      available += 8
    }
    defer {
      bits >>= UInt64(width)
      available -= width
    }
    return UInt32(truncatingIfNeeded: bits & (1 << UInt64(width) - 1))
  }
}
