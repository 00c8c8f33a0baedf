/// The tokens of one encoding, by their bytes and by the two tokens that each is made of.
///
/// Byte-pair encoding puts together, as long as it can, the two neighbouring parts whose union is the token of smallest
/// rank, the leftmost first. Each token of these vocabularies is what its own bytes are encoded as, made of two tokens of
/// smaller rank (`scripts/make-tokenizer-data` checks it). Two consequences are used: a piece that is a token is that
/// token, and tokens meet in an encoding only as the parts of their union, so that pairs of tokens can be looked up
/// instead of bytes.
final class Vocabulary: @unchecked Sendable {
  // Everything is written by the initialiser alone and never freed: there is one of each, for good.
  private let bytes: UnsafeMutablePointer<UInt8>
  /// Where the bytes of each token begin; one more for the end.
  private let starts: UnsafeMutablePointer<UInt32>
  private let parts: UnsafeMutablePointer<Parts>
  private let slots: UnsafeMutablePointer<Slot>
  private let slotShift: UInt64
  private let slotMask: Int
  private let pairs: UnsafeMutablePointer<UInt64>
  private let reach: PrefixReach
  private let tokenFilter = KeyFilter()
  private let pairFilter = KeyFilter()
  /// Tokens that text becomes, 0 up to this.
  let count: Int

  /// Where there is no token.
  static let none = UInt32.max
  /// Bytes of the longest token that the tables have room for.
  static let maximumLength = 255

  /// The two tokens that a token is made of.
  private struct Parts {
    var left: UInt32
    var right: UInt32
  }

  /// A place of the table of tokens by bytes.
  private struct Slot {
    /// The bytes, the first lowest, where there are up to 8; else a number made of them.
    var key: UInt64
    /// Length × 2^24 + token; 0 where the place is free.
    var token: UInt32
  }

  private static let tokenBits: UInt64 = 18
  private static let freePair = UInt64.max

  /// - Parameter merges: as `scripts/make-tokenizer-data` describes them.
  /// - Throws: ``DamagedVocabulary``.
  init(merges: UnsafeBufferPointer<UInt8>, count: Int) throws {
    guard merges.count >= 256, count > 256, count < 1 << Self.tokenBits else { throw DamagedVocabulary() }
    let tableBits = UInt64(UInt.bitWidth - (count * 2).leadingZeroBitCount)
    self.count = count
    slotShift = 64 - tableBits
    slotMask = 1 << tableBits - 1
    starts = .allocate(capacity: count + 1)
    parts = .allocate(capacity: count)
    slots = TableMemory.filled(with: Slot(key: 0, token: 0), count: 1 << tableBits)
    pairs = TableMemory.filled(with: Self.freePair, count: 1 << tableBits)
    reach = PrefixReach()
    let total = try Self.readParts(merges, count, into: parts, starts)
    bytes = .allocate(capacity: total + 8)
    bytes.initialize(repeating: 0, count: total + 8)
    for token in 0..<256 { bytes[token] = merges[token] }
    for token in 256..<count { spell(token) }
    for token in 0..<count { insert(token) }
  }

  /// Reads the parts of each token, and from them its length.
  ///
  /// - Returns: bytes of all tokens.
  private static func readParts(
    _ merges: UnsafeBufferPointer<UInt8>, _ count: Int, into parts: UnsafeMutablePointer<Parts>,
    _ starts: UnsafeMutablePointer<UInt32>
  ) throws -> Int {
    for token in 0...256 { starts[token] = UInt32(token) }
    for token in 0..<256 { parts[token] = Parts(left: UInt32(token), right: UInt32(token)) }
    var reader = BitReader(UnsafeBufferPointer(rebasing: merges[256...]))
    var total = 256
    for token in 256..<count {
      let width = Int.bitWidth - (token - 1).leadingZeroBitCount
      guard let left = reader.read(width), let right = reader.read(width), left < token, right < token else {
        throw DamagedVocabulary()
      }
      parts[token] = Parts(left: left, right: right)
      let length = Self.length(of: left, starts) + Self.length(of: right, starts)
      guard length <= maximumLength else { throw DamagedVocabulary() }
      total += length
      starts[token + 1] = UInt32(total)
    }
    guard reader.isAtEnd else { throw DamagedVocabulary() }
    return total
  }

  private func spell(_ token: Int) {
    let (left, right) = (parts[token].left, parts[token].right)
    let place = bytes + Int(starts[token])
    place.update(from: start(of: left), count: length(of: left))
    (place + length(of: left)).update(from: start(of: right), count: length(of: right))
  }

  private func insert(_ token: Int) {
    let (place, size) = (start(of: UInt32(token)), length(of: UInt32(token)))
    let key = Self.key(place, size, end: place + size + 8)
    let hash = Self.hash(key, size)
    tokenFilter.add(hash)
    var index = slotIndex(hash)
    while slots[index].token != 0 { index = (index &+ 1) & slotMask }
    slots[index] = Slot(key: key, token: UInt32(size) << 24 | UInt32(token))
    reach.add(place, size)
    guard token >= 256 else { return }
    let pair = Self.pairKey(parts[token].left, parts[token].right)
    pairFilter.add(Self.hash(pair))
    index = slotIndex(Self.hash(pair))
    while pairs[index] != Self.freePair { index = (index &+ 1) & slotMask }
    pairs[index] = pair << Self.tokenBits | UInt64(token)
  }

  // MARK: - Tokens

  @inline(__always)
  func length(of token: UInt32) -> Int { Self.length(of: token, starts) }

  @inline(__always)
  private static func length(of token: UInt32, _ starts: UnsafeMutablePointer<UInt32>) -> Int {
    Int(starts[Int(token) &+ 1] &- starts[Int(token)])
  }

  @inline(__always)
  func start(of token: UInt32) -> UnsafePointer<UInt8> { UnsafePointer(bytes + Int(starts[Int(token)])) }

  /// The bytes of a token; nil where there is no such token.
  func bytes(of token: UInt32) -> UnsafeBufferPointer<UInt8>? {
    guard token < count else { return nil }
    return UnsafeBufferPointer(start: start(of: token), count: length(of: token))
  }

  // MARK: - By bytes

  /// The token of these bytes.
  ///
  /// - Parameters:
  ///   - size: at least 1.
  ///   - end: the end of the readable memory, at or behind the end of these bytes.
  @inline(__always)
  func token(_ place: UnsafePointer<UInt8>, _ size: Int, end: UnsafePointer<UInt8>) -> UInt32 {
    guard size <= Self.maximumLength else { return Self.none }
    let key = Self.key(place, size, end: end)
    return token(key, hash: Self.hash(key, size), place, size)
  }

  @inline(__always)
  private func token(_ key: UInt64, hash: UInt64, _ place: UnsafePointer<UInt8>, _ size: Int) -> UInt32 {
    var index = slotIndex(hash)
    while true {
      let slot = slots[index]
      if slot.token == 0 { return Self.none }
      if slot.key == key, Int(slot.token >> 24) == size {
        let token = slot.token & 0xFF_FFFF
        if size <= 8 || hasBytes(token, place, size) { return token }
      }
      index = (index &+ 1) & slotMask
    }
  }

  private func hasBytes(_ token: UInt32, _ place: UnsafePointer<UInt8>, _ size: Int) -> Bool {
    let own = start(of: token)
    var index = 0
    while index &+ 8 <= size {
      if ByteWord.eight(own + index) != ByteWord.eight(place + index) { return false }
      index = index &+ 8
    }
    return ByteWord.eight(own + (size &- 8)) == ByteWord.eight(place + (size &- 8))
  }

  /// The longest token that these bytes begin with, up to `limit` bytes.
  ///
  /// - Parameter limit: at least 1.
  @inline(__always)
  func longestToken(_ place: UnsafePointer<UInt8>, limit: Int, end: UnsafePointer<UInt8>) -> UInt32 {
    var size = reach.reach(of: place, limit: limit)
    while size > 1 {
      let key = Self.key(place, size, end: end)
      let hash = Self.hash(key, size)
      if tokenFilter.mayHave(hash) {
        let found = token(key, hash: hash, place, size)
        if found != Self.none { return found }
      }
      size = size &- 1
    }
    return token(place, 1, end: end)
  }

  /// The longest shorter token that a token begins with; ``none`` for a single byte.
  func longestPrefix(of token: UInt32) -> UInt32 {
    let size = length(of: token)
    guard size > 1 else { return Self.none }
    let place = start(of: token)
    return longestToken(place, limit: size &- 1, end: place + (size &+ 8))
  }

  @inline(__always)
  private static func key(_ place: UnsafePointer<UInt8>, _ size: Int, end: UnsafePointer<UInt8>) -> UInt64 {
    size <= 8 ? ByteWord.upToEight(place, size, end: end) : ByteWord.mixed(place, size)
  }

  /// Of which the highest bits are the best mixed.
  @inline(__always)
  private static func hash(_ key: UInt64, _ size: Int = 0) -> UInt64 {
    (key ^ UInt64(truncatingIfNeeded: size)) &* 0x9E37_79B9_7F4A_7C15
  }

  @inline(__always)
  private func slotIndex(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> slotShift) }

  // MARK: - By parts

  /// The token that two tokens are the parts of.
  @inline(__always)
  func union(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let pair = Self.pairKey(left, right)
    let hash = Self.hash(pair)
    guard pairFilter.mayHave(hash) else { return Self.none }
    var index = slotIndex(hash)
    while true {
      let found = pairs[index]
      if found >> Self.tokenBits == pair { return UInt32(truncatingIfNeeded: found) & 0x3FFFF }
      if found == Self.freePair { return Self.none }
      index = (index &+ 1) & slotMask
    }
  }

  /// Whether the two tokens, each the encoding of its own bytes, are together the encoding of theirs.
  ///
  /// Undoes the merges within both, the last first, and looks whether at the border between them one would have been made
  /// before: it has a smaller rank, or the same and stands further left.
  @inline(__always)
  func canMeet(_ left: UInt32, _ right: UInt32) -> Bool {
    var (left, right) = (left, right)
    /// Merges at the border with a smaller rank come first.
    var limit = Self.none
    while true {
      if union(left, right) < limit { return false }
      if left > right {
        if left < 256 { return true }
        limit = left
        left = parts[Int(left)].right
      } else {
        if right < 256 { return true }
        limit = right &+ 1
        right = parts[Int(right)].left
      }
    }
  }

  @inline(__always)
  private static func pairKey(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) << tokenBits | UInt64(right)
  }
}

/// The vocabulary that is part of the program is not what it should be.
struct DamagedVocabulary: Error {}
