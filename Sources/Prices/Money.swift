/// An amount of US dollars, exact to a picodollar (10⁻¹²), so that sums of many small prices never drift. Its range is
/// beyond what any count of tokens can cost.
package struct Money: Sendable, Hashable, Comparable {
  package let picodollars: Int128

  package static let zero = Money(picodollars: 0)
  private static let perDollar = 1e12

  package init(picodollars: Int128) { self.picodollars = picodollars }

  /// - Parameters:
  ///   - usd: what is no number, or beyond the range, is 0.
  ///   - rule: how what is smaller than a picodollar is rounded: a limit down, a cost up.
  package init(usd: Double, rounded rule: FloatingPointRoundingRule) {
    picodollars = Int128(exactly: (usd * Self.perDollar).rounded(rule)) ?? 0
  }

  package var usd: Double { Double(picodollars) / Self.perDollar }

  package static func < (left: Money, right: Money) -> Bool { left.picodollars < right.picodollars }
  package static func + (left: Money, right: Money) -> Money {
    Money(picodollars: left.picodollars + right.picodollars)
  }
  package static func - (left: Money, right: Money) -> Money {
    Money(picodollars: left.picodollars - right.picodollars)
  }
  package static func * (left: Money, count: Int) -> Money { Money(picodollars: left.picodollars * Int128(count)) }
}
