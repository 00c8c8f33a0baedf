/// An amount of US dollars, exact to a picodollar (10⁻¹²), so that sums of many small prices never drift. Sums beyond
/// the range, about nine million dollars, stay at its end.
package struct Money: Sendable, Hashable, Comparable {
  package let picodollars: Int64

  package static let zero = Money(picodollars: 0)
  private static let perDollar = 1e12

  package init(picodollars: Int64) { self.picodollars = picodollars }

  /// - Parameters:
  ///   - usd: at least 0; more than the range holds is its end, and what is no number is 0.
  ///   - rule: how what is smaller than a picodollar is rounded: a limit down, a cost up.
  package init(usd: Double, rounded rule: FloatingPointRoundingRule) {
    let scaled = (usd * Self.perDollar).rounded(rule)
    picodollars = Int64(exactly: scaled) ?? (scaled > 0 ? .max : 0)
  }

  package var usd: Double { Double(picodollars) / Self.perDollar }

  package static func < (left: Money, right: Money) -> Bool { left.picodollars < right.picodollars }

  package static func + (left: Money, right: Money) -> Money {
    let (sum, overflow) = left.picodollars.addingReportingOverflow(right.picodollars)
    return Money(picodollars: overflow ? .max : sum)
  }

  package static func - (left: Money, right: Money) -> Money {
    Money(picodollars: left.picodollars.subtractingReportingOverflow(right.picodollars).partialValue)
  }

  /// - Parameter count: at least 0.
  package static func * (left: Money, count: Int) -> Money {
    let (product, overflow) = left.picodollars.multipliedReportingOverflow(by: Int64(count))
    return Money(picodollars: overflow ? .max : product)
  }
}
