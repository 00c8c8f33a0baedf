import SeededRandom

/// What is known of one item: the sum of its values and their count. Values of one item, such as the scores of its
/// epochs, resemble each other; items are independent.
package struct ItemValues: Sendable, Equatable {
  package var sum: Double
  package var count: Double

  package init(sum: Double, count: Double = 1) {
    self.sum = sum
    self.count = count
  }

  package init(_ values: some Sequence<Double>) {
    (sum, count) = values.reduce(into: (0, 0)) { $0 = ($0.0 + $1, $0.1 + 1) }
  }
}

/// The mean over all values of some items, and its 95 % interval.
package enum ItemMean {
  /// Resampling says little of fewer items: there are too few different resamples.
  package static let fewestForBootstrap = 10
  /// Beyond, the mean is as good as normal, and resampling would only add its own noise.
  package static let mostForBootstrap = 20_000
  /// Draws of an item in all; a resample draws as many as there are items.
  private static let draws = 10_000_000

  /// nil without values.
  package static func of(_ items: [ItemValues]) -> Double? {
    let (sum, count) = items.reduce(into: (0.0, 0.0)) { $0 = ($0.0 + $1.sum, $0.1 + $1.count) }
    return count > 0 ? sum / count : nil
  }

  /// The 95 % interval of ``of(_:)``, the same for the same items in the same order.
  ///
  /// - From 10 to 20 000 items the bootstrap that draws whole items (Davison and Hinkley 1997, §3.8), 10 000 times, or
  ///   less often for more than 1000 items but at least 1000 times. Its ends are those of the expanded percentile
  ///   interval (Hesterberg 2015, The American Statistician 69:371–386, §5.2), which widens the percentiles as Student's t
  ///   does, since plain ones are too narrow for small samples.
  /// - Otherwise Student's interval with the standard error that is robust to the resemblance (Liang and Zeger 1986;
  ///   correction and degrees of freedom as in Cameron and Miller 2015, §VI).
  ///
  /// - Returns: nil for fewer than two items with values.
  package static func interval(_ items: [ItemValues], seed: UInt64 = 0) -> Interval? {
    let filled = items.filter { $0.count > 0 }
    guard filled.count > 1 else { return nil }
    guard (fewestForBootstrap...mostForBootstrap).contains(filled.count) else { return robustInterval(filled) }
    return bootstrapInterval(filled, seed: seed)
  }

  // MARK: - Student

  private static func robustInterval(_ items: [ItemValues]) -> Interval? {
    guard let mean = of(items) else { return nil }
    let clusters = Double(items.count)
    let members = items.reduce(0) { $0 + $1.count }
    let squares = items.reduce(0.0) { sum, item in
      let residual = item.sum - mean * item.count
      return sum + residual * residual
    }
    let error = (clusters / (clusters - 1) * squares).squareRoot() / members
    let half = StudentT.quantile(0.975, degreesOfFreedom: clusters - 1) * error
    return Interval(low: mean - half, high: mean + half)
  }

  // MARK: - Bootstrap

  private static func bootstrapInterval(_ items: [ItemValues], seed: UInt64) -> Interval? {
    let means = resampledMeans(items, resamples: min(10_000, max(1000, draws / items.count)), seed: seed)
    let tail = expandedTail(items.count)
    guard let low = Percentile.ofSorted(means, tail), let high = Percentile.ofSorted(means, 1 - tail) else {
      return nil
    }
    return Interval(low: low, high: high)
  }

  /// The share below the low end: Φ(t(n − 1; 2.5 %) · √(n/(n − 1))).
  private static func expandedTail(_ count: Int) -> Double {
    let n = Double(count)
    return Normal.cumulative(StudentT.quantile(0.025, degreesOfFreedom: n - 1) * (n / (n - 1)).squareRoot())
  }

  /// Ascending. A resample without values is left out; items have some here.
  private static func resampledMeans(_ items: [ItemValues], resamples: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed, stream: "bootstrap")
    let bound = UInt64(items.count)
    var means: [Double] = []
    means.reserveCapacity(resamples)
    items.withUnsafeBufferPointer { items in
      for _ in 0..<resamples {
        var sum = 0.0
        var count = 0.0
        for _ in 0..<items.count {
          let item = items[Int(truncatingIfNeeded: generator.next(below: bound))]
          sum += item.sum
          count += item.count
        }
        means.append(sum / count)
      }
    }
    means.sort()
    return means
  }
}
