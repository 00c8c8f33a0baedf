/// Sizes as people write them: `100`, `1k`, `1.5k`, `1m`, `2b` (or `2g`), with `_` between digits where it helps.
package enum SizeNotation {
  /// Reads one size of at least 1.
  package static func parse(_ text: String) -> Int? {
    var digits = text.filter { $0 != "_" }.lowercased()
    var factor = 1
    switch digits.last {
    case "k": factor = 1000
    case "m": factor = 1_000_000
    case "b", "g": factor = 1_000_000_000
    default: break
    }
    if factor > 1 { digits.removeLast() }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap(natural), parts.count < 2 || factor > 1 else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
    guard !overflow, let fraction = parts.count == 2 ? fraction(parts[1], of: factor) : 0 else { return nil }
    let (sum, overflows) = product.addingReportingOverflow(fraction)
    return overflows || sum < 1 ? nil : sum
  }

  private static func natural(_ text: Substring) -> Int? {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  /// What the digits behind a decimal point mean; nil when the size would not be whole.
  private static func fraction(_ text: Substring, of factor: Int) -> Int? {
    guard let value = natural(text), text.count <= 9 else { return nil }
    let divisor = (0..<text.count).reduce(1) { product, _ in product * 10 }
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return !overflow && product.isMultiple(of: divisor) ? product / divisor : nil
  }

  /// Writes a size the short way where that is exact: `100`, `1k`, `1m`.
  package static func text(_ size: Int) -> String {
    for (factor, suffix) in [(1_000_000_000, "b"), (1_000_000, "m"), (1000, "k")]
    where size >= factor && size.isMultiple(of: factor) {
      return "\(size / factor)\(suffix)"
    }
    return String(size)
  }
}
