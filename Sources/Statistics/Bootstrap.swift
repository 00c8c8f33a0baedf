package import SeededRandom

/// Intervals by resampling (Efron and Tibshirani 1993, chapter 13), the same for the same seed.
package enum Bootstrap {
  /// The percentile interval of any statistic of the elements.
  ///
  /// To resample by item when items have several measurements, let each element be one item with all of its own.
  ///
  /// - Parameters:
  ///   - resamples: how many samples of the same size are drawn with replacement, 1 or more.
  ///   - coverage: the share of them within the interval, 0…1.
  ///   - statistic: nil results, as of a sample without the members that it needs, are left out.
  /// - Returns: nil when there is no element or no result.
  package static func interval<Element>(
    _ elements: [Element], resamples: Int = 10_000, coverage: Double = 0.95,
    using generator: inout SeededGenerator, statistic: ([Element]) -> Double?
  ) -> Interval? {
    guard !elements.isEmpty, resamples > 0, (0...1).contains(coverage) else { return nil }
    var sample = elements
    var results: [Double] = []
    results.reserveCapacity(resamples)
    for _ in 0..<resamples {
      for index in sample.indices { sample[index] = elements[generator.next(in: 0...(elements.count - 1))] }
      if let result = statistic(sample) { results.append(result) }
    }
    results.sort()
    guard let low = Percentile.of(results, (1 - coverage) / 2),
      let high = Percentile.of(results, 1 - (1 - coverage) / 2)
    else { return nil }
    return Interval(low: low, high: high)
  }
}
