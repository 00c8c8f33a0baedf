/// Several attempts at one item as one number.
package enum Reducer: Sendable, Equatable {
  case mean
  case passAtK(Int)
  case passHatK(Int)
  case majority

  /// - Parameter scores: of the attempts, 0…1; one that is 1 has passed.
  /// - Returns: nil where the attempts are too few to say.
  package func value(of scores: [Double]) -> Double? {
    let passes = scores.count { $0 >= 1 }
    switch self {
    case .mean: return Mean.of(scores)
    case .passAtK(let k): return Self.passAtK(k, passes: passes, of: scores.count)
    case .passHatK(let k): return Self.passHatK(k, passes: passes, of: scores.count)
    case .majority: return Self.majority(passes: passes, of: scores.count)
    }
  }

  /// The probability that at least one of k attempts passes, from c passes in n attempts, without bias (Chen et al. 2021,
  /// arXiv:2107.03374, equation 1):
  ///
  ///     pass@k = 1 − C(n − c, k) / C(n, k)
  ///
  /// The quotient is a product of k factors (n − c − i)/(n − i), so that nothing overflows.
  ///
  /// - Returns: nil for k below 1 or above n.
  package static func passAtK(_ k: Int, passes: Int, of count: Int) -> Double? {
    guard let failure = allOf(k, chosen: count - passes, of: count) else { return nil }
    return 1 - failure
  }

  /// The probability that k attempts all pass, from c passes in n attempts, without bias (Yao et al. 2024,
  /// arXiv:2406.12045, §5):
  ///
  ///     pass^k = C(c, k) / C(n, k)
  ///
  /// - Returns: nil for k below 1 or above n.
  package static func passHatK(_ k: Int, passes: Int, of count: Int) -> Double? {
    allOf(k, chosen: passes, of: count)
  }

  /// 1 where more than half of the attempts passed, 0 where fewer did, ½ where exactly half did; nil for none.
  package static func majority(passes: Int, of count: Int) -> Double? {
    guard count > 0, (0...count).contains(passes) else { return nil }
    return 2 * passes == count ? 0.5 : 2 * passes > count ? 1 : 0
  }

  /// The probability that k drawn from n without replacement are all among the chosen.
  private static func allOf(_ k: Int, chosen: Int, of count: Int) -> Double? {
    guard k >= 1, k <= count, (0...count).contains(chosen) else { return nil }
    guard chosen >= k else { return 0 }
    return (0..<k).reduce(1.0) { $0 * Double(chosen - $1) / Double(count - $1) }
  }
}
