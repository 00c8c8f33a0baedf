/// Order statistics.
package enum Percentile {
  /// The value that a share `fraction` (0…1) of the values lies below, interpolated between neighbours: type 7 of
  /// Hyndman and Fan (1996), the default of R and NumPy. nil for no values or a share outside 0…1.
  package static func of(_ values: some Collection<Double>, _ fraction: Double) -> Double? {
    ofSorted(values.sorted(), fraction)
  }

  /// The same of values that are in ascending order.
  static func ofSorted(_ sorted: [Double], _ fraction: Double) -> Double? {
    guard !sorted.isEmpty, (0...1).contains(fraction) else { return nil }
    let position = fraction * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    let share = position - Double(below)
    return share == 0 ? sorted[below] : sorted[below] + (sorted[above] - sorted[below]) * share
  }

  /// nil for no values.
  package static func median(_ values: some Collection<Double>) -> Double? { of(values, 0.5) }
}
