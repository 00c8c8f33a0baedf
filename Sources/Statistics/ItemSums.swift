/// What the interval of a mean needs of many items, without the items: sums of their values, counts and products.
package struct ItemSums: Sendable, Equatable {
  package private(set) var items = 0
  package private(set) var sum = 0.0
  private var count = 0.0
  private var sumSquares = 0.0
  private var products = 0.0
  private var countSquares = 0.0

  package init() {}

  package mutating func add(_ item: ItemValues) {
    items += 1
    sum += item.sum
    count += item.count
    sumSquares += item.sum * item.sum
    products += item.sum * item.count
    countSquares += item.count * item.count
  }

  /// nil without values.
  package var mean: Double? { count > 0 ? sum / count : nil }

  /// Student's 95 % interval with the standard error that is robust to the resemblance of an item's values, as
  /// ``ItemMean/interval(_:seed:)`` gives it for many items: Σ(s − mc)² = Σs² − 2mΣsc + m²Σc².
  ///
  /// - Returns: nil for fewer than two items.
  package var interval: Interval? {
    guard items > 1, let mean else { return nil }
    let clusters = Double(items)
    let squares = max(0, sumSquares - 2 * mean * products + mean * mean * countSquares)
    let error = (clusters / (clusters - 1) * squares).squareRoot() / count
    let half = StudentT.quantile(0.975, degreesOfFreedom: clusters - 1) * error
    return Interval(low: mean - half, high: mean + half)
  }
}
