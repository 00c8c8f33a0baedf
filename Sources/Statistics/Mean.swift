/// The mean of some numbers and its 95 % interval.
package enum Mean {
  /// nil for no numbers.
  package static func of(_ values: some Collection<Double>) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Student's interval: mean ± t(n − 1; 97.5 %) · s/√n.
  ///
  /// - Returns: nil for fewer than two values, which say nothing of their spread.
  package static func interval(_ values: [Double]) -> Interval? {
    guard values.count > 1, let mean = of(values) else { return nil }
    let count = Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (count - 1) / count).squareRoot()
    return interval(mean, error: error, degreesOfFreedom: count - 1)
  }

  /// The interval of the mean of all members when members of one cluster resemble each other, as repeats of one
  /// sample do. With e(g) the sum of cluster g's residuals, G clusters and N members in all:
  ///
  ///     mean ± t(G − 1; 97.5 %) · √( G/(G − 1) · Σ e(g)² ) / N
  ///
  /// (Liang and Zeger 1986; the correction and degrees of freedom as in Cameron and Miller 2015, §VI.)
  ///
  /// - Returns: nil for fewer than two clusters that have members.
  package static func interval(clusters: [[Double]]) -> Interval? {
    let filled = clusters.filter { !$0.isEmpty }
    guard filled.count > 1, let mean = of(filled.flatMap { $0 }) else { return nil }
    let clusterCount = Double(filled.count)
    let members = Double(filled.reduce(0) { $0 + $1.count })
    let squares = filled.reduce(0.0) { sum, cluster in
      let residual = cluster.reduce(0) { $0 + ($1 - mean) }
      return sum + residual * residual
    }
    let error = (clusterCount / (clusterCount - 1) * squares).squareRoot() / members
    return interval(mean, error: error, degreesOfFreedom: clusterCount - 1)
  }

  private static func interval(_ mean: Double, error: Double, degreesOfFreedom: Double) -> Interval {
    let half = StudentT.quantile(0.975, degreesOfFreedom: degreesOfFreedom) * error
    return Interval(low: mean - half, high: mean + half)
  }
}
