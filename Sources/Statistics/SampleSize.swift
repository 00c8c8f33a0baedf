#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many items it takes to see a difference, and what difference so many items show.
///
/// Every formula is the normal approximation of a two-sided test at level `alpha` with the given `power`: the chance
/// to find the difference if it is real.
package struct SampleSize: Sendable {
  private let alphaQuantile: Double
  private let powerQuantile: Double

  /// - Parameters: both above 0 and below 1.
  package init(alpha: Double = 0.05, power: Double = 0.8) {
    alphaQuantile = Normal.quantile(1 - alpha / 2)
    powerQuantile = Normal.quantile(power)
  }

  /// Items that both sides answer, for pass or fail (Connor 1987, Biometrics 43:207–211):
  ///
  ///     n = (z(1 − α/2)·√ψ + z(power)·√(ψ − δ²))² / δ²
  ///
  /// - Parameters:
  ///   - difference: δ, of the two rates.
  ///   - discordance: ψ, the share of items on which the two sides differ; at least |δ|, and taken to be so.
  /// - Returns: not rounded; nil for no difference, which no number of items shows.
  package func paired(difference: Double, discordance: Double) -> Double? {
    guard difference != 0, difference.isFinite, discordance.isFinite else { return nil }
    let share = min(1, max(discordance, abs(difference)))
    let square = difference * difference
    let root = alphaQuantile * share.squareRoot() + powerQuantile * max(0, share - square).squareRoot()
    return root * root / square
  }

  /// Items that both sides answer, for any score: n = (z(1 − α/2) + z(power))² · σ² / δ².
  ///
  /// - Parameters:
  ///   - difference: δ, of the two means.
  ///   - deviation: σ, the standard deviation of the items' differences.
  /// - Returns: not rounded; nil for no difference.
  package func pairedMean(difference: Double, deviation: Double) -> Double? {
    guard difference != 0, difference.isFinite, deviation.isFinite else { return nil }
    let root = (alphaQuantile + powerQuantile) * deviation / difference
    return root * root
  }

  /// Items of its own for each side, for pass or fail (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and
  /// Proportions, §4.2, without the correction for continuity).
  ///
  /// - Parameters: the two rates, 0…1.
  /// - Returns: for each side, not rounded; nil for equal rates.
  package func independent(_ first: Double, _ second: Double) -> Double? {
    guard first != second, (0...1).contains(first), (0...1).contains(second) else { return nil }
    let middle = (first + second) / 2
    let underNull = (2 * middle * (1 - middle)).squareRoot()
    let underDifference = (first * (1 - first) + second * (1 - second)).squareRoot()
    let root = alphaQuantile * underNull + powerQuantile * underDifference
    return root * root / ((first - second) * (first - second))
  }

  /// The least difference of two rates that so many shared items show: ``paired(difference:discordance:)`` the other
  /// way round.
  ///
  /// - Returns: nil when even all of the discordance on one side would not show.
  package func smallestPaired(items: Int, discordance: Double) -> Double? {
    guard items > 0, discordance > 0, discordance <= 1 else { return nil }
    func suffices(_ difference: Double) -> Bool {
      paired(difference: difference, discordance: discordance).map { $0 <= Double(items) } ?? false
    }
    guard suffices(discordance) else { return nil }
    var (low, high) = (0.0, discordance)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if suffices(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// The least difference of two means that so many shared items show.
  package func smallestPairedMean(items: Int, deviation: Double) -> Double? {
    guard items > 0, deviation > 0, deviation.isFinite else { return nil }
    return (alphaQuantile + powerQuantile) * deviation / Double(items).squareRoot()
  }
}
