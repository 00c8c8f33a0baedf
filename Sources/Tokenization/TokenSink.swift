/// Takes the tokens of a text.
protocol TokenSink {
  /// Whether only the number of tokens matters, so that they may come as numbers of tokens.
  static var onlyCounts: Bool { get }

  mutating func take(_ token: UInt32)
  mutating func take(_ tokens: UnsafeBufferPointer<UInt32>)
  /// Only where ``onlyCounts``.
  mutating func take(count: Int)
}

/// Counts the tokens and forgets them.
struct CountingSink: TokenSink {
  static let onlyCounts = true
  private(set) var count = 0

  @inline(__always)
  mutating func take(_ token: UInt32) { count = count &+ 1 }

  @inline(__always)
  mutating func take(_ tokens: UnsafeBufferPointer<UInt32>) { count = count &+ tokens.count }

  @inline(__always)
  mutating func take(count: Int) { self.count = self.count &+ count }
}

/// Keeps the tokens.
struct CollectingSink: TokenSink {
  static let onlyCounts = false
  private(set) var tokens: [UInt32] = []

  @inline(__always)
  mutating func take(_ token: UInt32) { tokens.append(token) }

  @inline(__always)
  mutating func take(_ tokens: UnsafeBufferPointer<UInt32>) { self.tokens.append(contentsOf: tokens) }

  mutating func take(count: Int) {}
}
