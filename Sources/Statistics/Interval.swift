/// A closed interval of numbers, as in a 95 % confidence interval.
package struct Interval: Sendable, Equatable {
  package var low: Double
  package var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The part of the interval that lies within `range`; its nearer end when it lies wholly outside.
  package func clipped(to range: ClosedRange<Double>) -> Interval {
    Interval(
      low: min(max(low, range.lowerBound), range.upperBound), high: min(max(high, range.lowerBound), range.upperBound))
  }
}
