#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard normal distribution.
package enum Normal {
  /// The 97.5 % quantile: the half-width of a 95 % interval in standard errors.
  package static let z95 = 1.959963984540054

  /// The probability of a value at or below `z`.
  package static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// The value that a share `probability` lies below: an infinity at 0 and 1, NaN outside.
  ///
  /// Acklam's rational approximation (2003, relative error below 1.2e-9), then Halley's step on the exact
  /// distribution function.
  package static func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    if probability > 0.5 { return -quantile(1 - probability) }
    var z = approximateLowerQuantile(probability)
    for _ in 0..<2 {
      let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let step = (cumulative(z) - probability) / density
      z -= step / (1 + z * step / 2)
    }
    return z
  }

  private static func approximateLowerQuantile(_ probability: Double) -> Double {
    func polynomial(_ coefficients: [Double], _ x: Double) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
    if probability < 0.02425 {
      let q = (-2 * log(probability)).squareRoot()
      return polynomial(tailNumerator, q) / polynomial(tailDenominator, q)
    }
    let q = probability - 0.5
    return q * polynomial(centreNumerator, q * q) / polynomial(centreDenominator, q * q)
  }

  private static let centreNumerator = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
    -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  private static let centreDenominator = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
    -1.328068155288572e+01, 1,
  ]
  private static let tailNumerator = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
    4.374664141464968e+00, 2.938163982698783e+00,
  ]
  private static let tailDenominator = [
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1,
  ]
}
