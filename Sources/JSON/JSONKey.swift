#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A string that is compared and hashed by its UTF-8 bytes. Swift's strings are the same when they look the same
/// ("canonical equivalence"), which would make one key of two.
package struct JSONKey: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: JSONKey, right: JSONKey) -> Bool { areSame(left.text, right.text) }

  package func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    // Strings of other makers, which Linux does not have, show their bytes one by one only.
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    hasher.combine(0xFF as UInt8)
  }

  /// Whether two strings have the same bytes.
  @inlinable package static func areSame(_ left: String, _ right: String) -> Bool {
    // The two words of a string are the same for short texts with the same bytes, and for one text in two places.
    if unsafeBitCast(left, to: Words.self) == unsafeBitCast(right, to: Words.self) { return true }
    return left.utf8.count == right.utf8.count && haveSameBytes(left, right)
  }

  @usableFromInline typealias Words = SIMD2<UInt>

  @usableFromInline static func haveSameBytes(_ left: String, _ right: String) -> Bool {
    let compared = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right in
        guard let left = left.baseAddress, let other = right.baseAddress else { return true }
        return memcmp(left, other, right.count) == 0
      }
    }
    return (compared ?? nil) ?? left.utf8.elementsEqual(right.utf8)
  }
}
