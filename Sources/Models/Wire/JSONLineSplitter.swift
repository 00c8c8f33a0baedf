/// Cuts bytes into lines, each a JSON text, wherever the bytes are split. Blank lines are passed over.
struct JSONLineSplitter: Sendable {
  /// The longest line that is kept; the bytes beyond make ``isOverflowing`` true.
  let maximumLineBytes: Int
  private(set) var isOverflowing = false
  /// Whether the line that was given last ended with a line feed.
  private(set) var lastWasWhole = true
  private var rest: [UInt8] = []

  init(maximumLineBytes: Int = 16 << 20) { self.maximumLineBytes = maximumLineBytes }

  /// The lines that these bytes complete.
  mutating func append(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let last = parts.popLast() ?? []
    for part in parts {
      take(part)
      if rest.contains(where: { $0 > 0x20 }) { lines.append(rest) }
      rest.removeAll(keepingCapacity: true)
    }
    take(last)
    return lines
  }

  /// What is left when the bytes have ended; nil where it is blank.
  mutating func finish() -> [UInt8]? {
    defer { rest = [] }
    guard rest.contains(where: { $0 > 0x20 }) else { return nil }
    lastWasWhole = false
    return rest
  }

  private mutating func take(_ part: ArraySlice<UInt8>) {
    if rest.count + part.count > maximumLineBytes { isOverflowing = true }
    if !isOverflowing { rest.append(contentsOf: part) }
  }
}
