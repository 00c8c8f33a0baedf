#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The binomial distribution, to the last digits also for large counts.
package enum Binomial {
  /// The probability of exactly `successes` in `trials`, each with `probability` (0…1).
  ///
  /// Loader's saddle-point form (2000, "Fast and Accurate Computation of Binomial Probabilities"): the factorials'
  /// large logarithms, whose difference would lose digits, never appear. 0 outside 0…`trials`.
  package static func probability(of successes: Int, in trials: Int, _ probability: Double) -> Double {
    guard trials >= 0, successes >= 0, successes <= trials, (0...1).contains(probability) else { return 0 }
    let (n, k, rest) = (Double(trials), Double(successes), Double(trials - successes))
    let complement = 1 - probability
    if probability == 0 { return successes == 0 ? 1 : 0 }
    if complement == 0 { return successes == trials ? 1 : 0 }
    if successes == 0 { return exp(n * log1p(-probability)) }
    if successes == trials { return exp(n * log(probability)) }
    let exponent =
      stirlingError(trials) - stirlingError(successes) - stirlingError(trials - successes)
      - deviance(k, n * probability) - deviance(rest, n * complement)
    return exp(exponent) * (n / (2 * Double.pi * k * rest)).squareRoot()
  }

  /// The probability of `successes` or fewer.
  package static func cumulative(_ successes: Int, in trials: Int, _ probability: Double) -> Double {
    guard trials >= 0, (0...1).contains(probability) else { return .nan }
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    if Double(successes) <= Double(trials) * probability {
      return tail(from: successes, towards: -1, in: trials, probability)
    }
    return 1 - tail(from: successes + 1, towards: 1, in: trials, probability)
  }

  /// Sums from the largest term outwards; each is a ratio of the one before.
  private static func tail(from start: Int, towards step: Int, in trials: Int, _ probability: Double) -> Double {
    var term = Self.probability(of: start, in: trials, probability)
    var sum = 0.0
    var successes = start
    let odds = probability / (1 - probability)
    while (0...trials).contains(successes), term > sum * 1e-18 {
      sum += term
      let ratio =
        step < 0
        ? Double(successes) / Double(trials - successes + 1) / odds
        : Double(trials - successes) / Double(successes + 1) * odds
      term *= ratio
      successes += step
    }
    return min(1, sum)
  }

  /// ln n! less Stirling's formula (n + ½)·ln n − n + ½·ln 2π, for n above 0.
  private static func stirlingError(_ count: Int) -> Double {
    let n = Double(count)
    if count <= 15 {
      // 15! is exact.
      let factorial = (1...max(1, count)).reduce(1.0) { $0 * Double($1) }
      return log(factorial) - ((n + 0.5) * log(n) - n + 0.5 * log(2 * Double.pi))
    }
    let square = n * n
    return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / (1188.0 * square)) / square) / square) / square) / n
  }

  /// x·ln(x/m) + m − x without cancellation where x is near m.
  private static func deviance(_ x: Double, _ mean: Double) -> Double {
    guard abs(x - mean) < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
    let ratio = (x - mean) / (x + mean)
    var sum = (x - mean) * ratio
    var power = 2 * x * ratio
    for step in 1..<1000 {
      power *= ratio * ratio
      let next = sum + power / Double(2 * step + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}
