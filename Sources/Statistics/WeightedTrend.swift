/// A straight line through points that weigh by their sample size: weighted least squares, as if each point's variance
/// were σ² over its weight, σ² estimated from the points.
package struct WeightedTrend: Sendable, Equatable {
  /// Change for one unit of x.
  package let slope: Double
  /// Its 95 % interval, by Student's t with two degrees of freedom less than there are points.
  package let interval: Interval
  /// The two-sided probability of a slope at least as steep if there is none.
  package let pValue: Double

  /// Fewer points say nothing of how far they lie off a line.
  package static let fewestPoints = 3

  /// - Parameter points: ones without a weight above 0 are left out.
  /// - Returns: nil for fewer than three, and when all lie at one x.
  package init?(_ points: [(x: Double, y: Double, weight: Double)]) {
    let points = points.filter { $0.weight > 0 && $0.x.isFinite && $0.y.isFinite }
    guard points.count >= Self.fewestPoints else { return nil }
    let total = points.reduce(0) { $0 + $1.weight }
    let meanX = points.reduce(0) { $0 + $1.weight * $1.x } / total
    let meanY = points.reduce(0) { $0 + $1.weight * $1.y } / total
    let spread = points.reduce(0) { $0 + $1.weight * ($1.x - meanX) * ($1.x - meanX) }
    guard spread > 0 else { return nil }
    let slope = points.reduce(0) { $0 + $1.weight * ($1.x - meanX) * ($1.y - meanY) } / spread
    let residuals = points.reduce(0.0) { sum, point in
      let residual = point.y - meanY - slope * (point.x - meanX)
      return sum + point.weight * residual * residual
    }
    let degrees = Double(points.count - 2)
    let error = (residuals / degrees / spread).squareRoot()
    let half = StudentT.quantile(0.975, degreesOfFreedom: degrees) * error
    self.slope = slope
    interval = Interval(low: slope - half, high: slope + half)
    pValue =
      error > 0 ? min(1, 2 * StudentT.upperTail(abs(slope) / error, degreesOfFreedom: degrees)) : slope == 0 ? 1 : 0
  }
}
