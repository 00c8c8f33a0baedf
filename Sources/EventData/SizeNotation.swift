/// Numbers of rows as people write them: `100`, `1k`, `1.5m`, `2b` (or `2g`), `1_000`. Suffixes are decimal.
package enum SizeNotation {
  /// What a size may be.
  package static let range = 1...1_000_000_000_000

  /// - Throws: ``EventDataError`` with `invalidOption`.
  package static func parse(_ text: String) throws(EventDataError) -> Int {
    var digits = text.lowercased().filter { $0 != "_" }
    var scale = 1
    if let last = digits.last, let factor = factors[last] {
      scale = factor
      digits.removeLast()
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, let value = scaled(whole, parts.dropFirst().first ?? "0", scale)
    else {
      throw EventDataError(
        .invalidOption, "\"\(text)\" is not a size: write a number such as 100, 1k, 10k, 1m or 1b")
    }
    guard range.contains(value) else {
      throw EventDataError(.invalidOption, "the size \(text) is out of range: from 1 to \(format(range.upperBound))")
    }
    return value
  }

  private static let factors: [Character: Int] = ["k": 1_000, "m": 1_000_000, "b": 1_000_000_000, "g": 1_000_000_000]

  /// Nil for anything but digits, for too many of them, and for a fraction that leaves no whole number.
  private static func scaled(_ whole: Substring, _ fraction: Substring, _ scale: Int) -> Int? {
    guard !whole.isEmpty, !fraction.isEmpty, (whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(whole), let part = Int(fraction), fraction.utf8.count <= 9
    else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: scale)
    let divisor = fraction.utf8.reduce(1) { power, _ in power * 10 }
    guard !overflow, part * scale % divisor == 0 else { return nil }
    let (sum, isTooLarge) = product.addingReportingOverflow(part * scale / divisor)
    return isTooLarge ? nil : sum
  }

  /// The shortest notation that is exact: 1000 is `1k`, 1500 stays `1500`.
  package static func format(_ size: Int) -> String {
    for (suffix, factor) in [("b", 1_000_000_000), ("m", 1_000_000), ("k", 1_000)]
    where size != 0 && size % factor == 0 {
      return "\(size / factor)\(suffix)"
    }
    return String(size)
  }
}
