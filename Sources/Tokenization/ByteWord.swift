/// Bytes of a text as numbers, the first byte lowest.
enum ByteWord {
  /// 8 bytes.
  @inline(__always)
  static func eight(_ place: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
  }

  /// 1 to 8 bytes; the rest is 0.
  ///
  /// - Parameter end: the end of the readable memory.
  @inline(__always)
  static func upToEight(_ place: UnsafePointer<UInt8>, _ size: Int, end: UnsafePointer<UInt8>) -> UInt64 {
    if end - place >= 8 { return eight(place) & (UInt64.max >> UInt64(truncatingIfNeeded: 64 &- 8 &* size)) }
    var word: UInt64 = 0
    var index = size
    while index > 0 {
      index = index &- 1
      word = word << 8 | UInt64(place[index])
    }
    return word
  }

  /// A number made of 9 or more bytes.
  @inline(__always)
  static func mixed(_ place: UnsafePointer<UInt8>, _ size: Int) -> UInt64 {
    var word = UInt64(truncatingIfNeeded: size)
    var index = 0
    while index &+ 8 <= size {
      word = mix(word ^ eight(place + index))
      index = index &+ 8
    }
    return mix(word ^ eight(place + (size &- 8)))
  }

  @inline(__always)
  static func mix(_ word: UInt64) -> UInt64 {
    let product = word &* 0xD6E8_FEB8_6659_FD93
    return product ^ product >> 32
  }
}
