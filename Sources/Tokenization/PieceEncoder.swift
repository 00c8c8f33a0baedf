/// Encodes pieces that are no tokens themselves, in time that grows with their length alone, whatever is in them.
///
/// Of all ways to cut a piece into tokens, the encoding is the one in which each two neighbours can meet. It is looked for
/// from the left, the longest token first. A place from which no token leads on is no border of the encoding: it is
/// noted, so that none is tried twice. The notes and the tokens so far take memory, 33 bits for each byte of the piece at
/// the most.
struct PieceEncoder: ~Copyable {
  private let vocabulary: Vocabulary
  /// The tokens of the piece that was encoded last.
  private(set) var tokens: UnsafeMutablePointer<UInt32>
  private var tokenCapacity = 64
  /// One bit for each place of the piece, set where it is no border.
  private var closed: UnsafeMutablePointer<UInt64>
  private var closedCapacity = 4

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    tokens = .allocate(capacity: tokenCapacity)
    closed = .allocate(capacity: closedCapacity)
  }

  deinit {
    tokens.deallocate()
    closed.deallocate()
  }

  /// - Parameters:
  ///   - piece: no token.
  ///   - size: at least 2, as every byte is a token.
  ///   - end: the end of the readable memory, at or behind the end of the piece.
  /// - Returns: how many tokens the piece has; they are in ``tokens``.
  mutating func encode(_ piece: UnsafePointer<UInt8>, _ size: Int, end: UnsafePointer<UInt8>) -> Int {
    openAll(size)
    var (count, place) = (0, 0)
    var next = vocabulary.longestToken(piece, limit: size &- 1, end: end)
    while place < size {
      let last = count > 0 ? tokens[count &- 1] : Vocabulary.none
      if let (token, border) = choose(next, after: last, at: place) {
        if count == tokenCapacity { growTokens() }
        tokens[count] = token
        count = count &+ 1
        place = border
        if place < size { next = vocabulary.longestToken(piece + place, limit: size &- place, end: end) }
      } else {
        // Cannot happen at the beginning of the piece: bytes are tokens.
        guard count > 0 else { break }
        closed[place >> 6] |= 1 << UInt64(place & 63)
        count = count &- 1
        place = place &- vocabulary.length(of: last)
        next = last
      }
    }
    return count
  }

  /// The first of a token and its shorter beginnings that can follow, and where it ends.
  @inline(__always)
  private func choose(_ token: UInt32, after last: UInt32, at place: Int) -> (token: UInt32, border: Int)? {
    var token = token
    while token != Vocabulary.none {
      let border = place &+ vocabulary.length(of: token)
      if closed[border >> 6] >> UInt64(border & 63) & 1 == 0,
        last == Vocabulary.none || vocabulary.canMeet(last, token)
      {
        return (token, border)
      }
      token = vocabulary.longestPrefix(of: token)
    }
    return nil
  }

  /// Notes of no place of a piece that it is closed.
  private mutating func openAll(_ size: Int) {
    let words = size >> 6 &+ 1
    if words > closedCapacity {
      closed.deallocate()
      closedCapacity = max(words, closedCapacity * 2)
      closed = .allocate(capacity: closedCapacity)
    }
    closed.initialize(repeating: 0, count: words)
  }

  private mutating func growTokens() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: tokenCapacity * 2)
    larger.update(from: tokens, count: tokenCapacity)
    tokens.deallocate()
    tokens = larger
    tokenCapacity *= 2
  }
}
