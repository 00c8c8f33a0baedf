/// 95 % intervals of the difference of two proportions.
package enum ProportionDifference {
  /// The interval of p₁ − p₂ for two rates on the same items: Newcombe's method 10 (1998, Statistics in Medicine
  /// 17:2635–2650), which joins the two Wilson intervals with a correction for their correlation. It has a width also
  /// where no item differs, and stays within −1…1.
  ///
  /// - Parameters: items that both passed, that only one passed, and that neither passed; all 0 or more.
  /// - Returns: nil when there is no item.
  package static func paired(both: Int, firstOnly: Int, secondOnly: Int, neither: Int) -> Interval? {
    let (a, b, c, d) = (Double(both), Double(firstOnly), Double(secondOnly), Double(neither))
    let n = a + b + c + d
    guard min(a, b, c, d) >= 0, let first = Wilson.interval(successes: a + b, trials: n),
      let second = Wilson.interval(successes: a + c, trials: n)
    else { return nil }
    let correlation = correlation(a, b, c, d)
    return joined((a + b) / n, first, (a + c) / n, second, correlation: correlation)
  }

  /// φ with Newcombe's correction towards 0 where it is positive; 0 where a margin is empty.
  private static func correlation(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    let margins = (a + b) * (c + d) * (a + c) * (b + d)
    guard margins > 0 else { return 0 }
    let product = a * d - b * c
    let corrected = product < 0 ? product : max(0, product - (a + b + c + d) / 2)
    return corrected / margins.squareRoot()
  }

  /// The interval of p₁ − p₂ for two rates on items of their own: Newcombe's hybrid score interval, method 10 of the
  /// other paper (1998, Statistics in Medicine 17:873–890).
  ///
  /// - Parameters: successes may be fractions, as sums of scores are.
  /// - Returns: nil when the counts make no proportions.
  package static func independent(
    _ first: (successes: Double, trials: Double), _ second: (successes: Double, trials: Double)
  ) -> Interval? {
    guard let left = Wilson.interval(successes: first.successes, trials: first.trials),
      let right = Wilson.interval(successes: second.successes, trials: second.trials)
    else { return nil }
    return joined(first.successes / first.trials, left, second.successes / second.trials, right, correlation: 0)
  }

  private static func joined(
    _ first: Double, _ firstInterval: Interval, _ second: Double, _ secondInterval: Interval, correlation: Double
  ) -> Interval {
    func distance(_ left: Double, _ right: Double) -> Double {
      // Below 0 by rounding alone: |φ| is at most 1.
      max(0, left * left - 2 * correlation * left * right + right * right).squareRoot()
    }
    let difference = first - second
    return Interval(
      low: difference - distance(first - firstInterval.low, secondInterval.high - second),
      high: difference + distance(firstInterval.high - first, second - secondInterval.low)
    ).clipped(to: -1...1)
  }
}
