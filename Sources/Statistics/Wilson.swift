/// Wilson's score interval for a proportion (Wilson 1927, JASA 22:209–212).
///
///     centre = (p + z²/2n) / (1 + z²/n)
///     half   = z/(1 + z²/n) · √(p(1 − p)/n + z²/4n²)
///
/// Unlike p ± z·√(p(1 − p)/n) it stays within 0…1 and has a width at p = 0 and p = 1.
package enum Wilson {
  /// The 95 % interval (z = 1.959963984540054) of a proportion.
  ///
  /// - Parameters:
  ///   - successes: 0…`trials`; fractions are allowed, for an effective count.
  ///   - trials: more than 0.
  /// - Returns: nil when the counts make no proportion.
  package static func interval(successes: Double, trials: Double) -> Interval? {
    guard trials > 0, successes >= 0, successes <= trials else { return nil }
    let z = Normal.z95
    let proportion = successes / trials
    let widening = 1 + z * z / trials
    let centre = (proportion + z * z / (2 * trials)) / widening
    let variance = proportion * (1 - proportion) / trials + z * z / (4 * trials * trials)
    let half = z / widening * variance.squareRoot()
    // At the ends the formula is exact but its rounding is not.
    return Interval(
      low: successes == 0 ? 0 : max(0, centre - half), high: successes == trials ? 1 : min(1, centre + half))
  }

  package static func interval(successes: Int, trials: Int) -> Interval? {
    interval(successes: Double(successes), trials: Double(trials))
  }
}
