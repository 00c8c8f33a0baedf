import SeededRandom

/// The sign-flip test of paired differences (Fisher 1935, The Design of Experiments, §21): if neither side is better,
/// each item's difference could as well have had the other sign.
///
/// With differences of −1, 0 and 1 it is McNemar's exact test; it takes means over epochs and partial scores as well.
package struct SignFlip: Sendable, Equatable {
  /// The two-sided probability of a sum of differences at least as far from 0.
  package let pValue: Double
  /// Whether every choice of signs was counted; else signs were drawn at random.
  package let isExact: Bool

  /// Products of items and steps of the grid beyond which counting takes too long.
  private static let largestTable = 20_000_000
  /// Denominators tried for a grid that all differences lie on, such as 5 for means over five epochs.
  private static let largestDenominator = 1000

  /// - Parameters:
  ///   - differences: one of each item; not finite ones are left out, and items without a difference say nothing.
  ///   - draws: random choices of signs where they cannot all be counted.
  package init(_ differences: [Double], draws: Int = 19_999, seed: UInt64 = 0) {
    let moved = differences.filter { $0.isFinite && $0 != 0 }
    if moved.isEmpty {
      (pValue, isExact) = (1, true)
    } else if let steps = Self.steps(moved) {
      (pValue, isExact) = (Self.counted(steps), true)
    } else {
      (pValue, isExact) = (Self.drawn(moved, draws: draws, seed: seed), false)
    }
  }

  /// The same of more differences than can be drawn from: the sum over all choices of signs then is as good as normal,
  /// around 0 with the variance Σd².
  ///
  /// - Parameters:
  ///   - sum: of the differences.
  ///   - squares: the sum of their squares.
  package init(sum: Double, squares: Double) {
    isExact = false
    pValue = squares > 0 ? min(1, 2 * Normal.cumulative(-abs(sum) / squares.squareRoot())) : 1
  }

  // MARK: - Exact

  /// The differences as multiples of one step, when there is one and the table stays small.
  private static func steps(_ differences: [Double]) -> [Int]? {
    for denominator in 1...largestDenominator {
      let scale = Double(denominator)
      let fits = differences.allSatisfy { value in
        let scaled = abs(value) * scale
        return scaled < 1e9 && abs(scaled - scaled.rounded()) < 1e-7 && scaled.rounded() > 0
      }
      guard fits else { continue }
      let steps = differences.map { Int(($0 * scale).rounded()) }
      let total = steps.reduce(0) { $0 + abs($1) }
      return total <= largestTable / steps.count ? steps : nil
    }
    return nil
  }

  /// Counts the choices by their sum: with W the sum of the sizes that get a plus, the sum of all is 2W − total.
  private static func counted(_ steps: [Int]) -> Double {
    let total = steps.reduce(0) { $0 + abs($1) }
    let observed = abs(steps.reduce(0, +))
    var shares = [Double](repeating: 0, count: total + 1)
    shares[0] = 1
    var reached = 0
    for step in steps {
      let size = abs(step)
      reached += size
      for sum in stride(from: reached, through: 0, by: -1) {
        shares[sum] = (shares[sum] + (sum >= size ? shares[sum - size] : 0)) / 2
      }
    }
    var share = 0.0
    for sum in 0...total where abs(2 * sum - total) >= observed { share += shares[sum] }
    return min(1, share)
  }

  // MARK: - Drawn

  /// The share of the draws, what was observed among them, so that the test keeps its level (Phipson and Smyth 2010,
  /// Statistical Applications in Genetics and Molecular Biology 9:39).
  private static func drawn(_ differences: [Double], draws: Int, seed: UInt64) -> Double {
    var generator = SeededGenerator(seed: seed, stream: "sign-flip")
    let observed = abs(differences.reduce(0, +))
    // Sums that differ only by rounding are the same.
    let threshold = observed - 1e-12 * differences.reduce(0) { $0 + abs($1) }
    var extreme = 0
    for _ in 0..<draws {
      var sum = 0.0
      var bits: UInt64 = 0
      for (index, difference) in differences.enumerated() {
        if index & 63 == 0 { bits = generator.next() }
        sum += bits & 1 == 0 ? difference : -difference
        bits >>= 1
      }
      if abs(sum) >= threshold { extreme += 1 }
    }
    return Double(extreme + 1) / Double(draws + 1)
  }
}
