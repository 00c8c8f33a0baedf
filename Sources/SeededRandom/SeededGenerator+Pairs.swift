extension SeededGenerator {
  /// Draws many pairs at once: for each, a number below the first bound and then one below the second, as
  /// ``next(below:)`` would. For loops that a call for each number would slow down.
  ///
  /// - Parameters:
  ///   - first: 1…2^32, as is `second`.
  package mutating func fill(
    _ pairs: UnsafeMutableBufferPointer<SIMD2<UInt32>>, below first: UInt64, _ second: UInt64
  ) {
    self = Self.filling(pairs, from: self, below: first, second)
  }

  /// Works on a value of its own, which nothing in memory can be an alias of: the state stays in registers.
  @inline(never)
  private static func filling(
    _ pairs: UnsafeMutableBufferPointer<SIMD2<UInt32>>, from start: SeededGenerator, below first: UInt64,
    _ second: UInt64
  ) -> SeededGenerator {
    var generator = start
    var index = 0
    while index < pairs.count {
      let left = UInt32(truncatingIfNeeded: generator.next(below: first))
      let right = UInt32(truncatingIfNeeded: generator.next(below: second))
      pairs[index] = SIMD2(left, right)
      index &+= 1
    }
    return generator
  }
}
