#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Student's t distribution.
package enum StudentT {
  /// The probability of a value above `t` (0 or more) with `degreesOfFreedom` (above 0):
  /// half of the regularised incomplete beta function I(ν/(ν + t²); ν/2, 1/2).
  package static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    let share = degreesOfFreedom / (degreesOfFreedom + t * t)
    // 1 − share without its cancellation at small t.
    let rest = t * t / (degreesOfFreedom + t * t)
    return IncompleteBeta.regularized(x: share, complement: rest, degreesOfFreedom / 2, 0.5) / 2
  }

  /// The value that a share `probability` (0…1, both excluded) lies below, to 1e-10 of its size or better.
  /// NaN for parameters outside their range.
  package static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    guard probability > 0, probability < 1, degreesOfFreedom > 0 else { return .nan }
    if probability < 0.5 { return -quantile(1 - probability, degreesOfFreedom: degreesOfFreedom) }
    if probability == 0.5 { return 0 }
    if degreesOfFreedom > 1000 { return expansion(probability, degreesOfFreedom) }
    return inverted(tail: 1 - probability, degreesOfFreedom)
  }

  /// Bisection on the upper tail, which falls from 1/2 at 0 towards 0.
  private static func inverted(tail: Double, _ degreesOfFreedom: Double) -> Double {
    var low = 0.0
    var high = 2.0
    while upperTail(high, degreesOfFreedom: degreesOfFreedom) > tail, high < 1e300 { (low, high) = (high, high * 2) }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if upperTail(middle, degreesOfFreedom: degreesOfFreedom) > tail { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The expansion of Abramowitz and Stegun 26.7.5; its first omitted term is below 1e-12 beyond 1000 degrees.
  private static func expansion(_ probability: Double, _ degreesOfFreedom: Double) -> Double {
    let x = Normal.quantile(probability)
    let square = x * x
    let first = x * (square + 1) / 4
    let second = x * ((5 * square + 16) * square + 3) / 96
    let third = x * (((3 * square + 19) * square + 17) * square - 15) / 384
    let fourth = x * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
    let inverse = 1 / degreesOfFreedom
    return x + inverse * (first + inverse * (second + inverse * (third + inverse * fourth)))
  }
}

/// The regularised incomplete beta function.
enum IncompleteBeta {
  /// - Parameter complement: 1 − x, given apart so that neither loses digits.
  static func regularized(x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(complement))
    // The fraction converges fast on this side of the mean; the other side is its mirror image.
    if x < (a + 1) / (a + b + 2) { return front * continuedFraction(x, a, b) / a }
    return 1 - front * continuedFraction(complement, b, a) / b
  }

  /// DLMF 8.17.22 by the modified Lentz method.
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func guarded(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return result
  }

  /// ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) after shifting x above 15.
  private static func logGamma(_ x: Double) -> Double {
    var shifted = x
    var product = 1.0
    while shifted < 15 {
      product *= shifted
      shifted += 1
    }
    let inverse = 1 / shifted
    let square = inverse * inverse
    let series =
      inverse
      * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0))))
    return (shifted - 0.5) * log(shifted) - shifted + log(2 * Double.pi) / 2 + series - log(product)
  }
}
