/// Holm's correction for several tests at once (1979, Scandinavian Journal of Statistics 6:65–70).
package enum Holm {
  /// The adjusted p-values, in the order given: each may be held against the level that the whole family is to have,
  /// whatever the tests' dependence.
  package static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var highest = 0.0
    for (rank, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
      highest = max(highest, min(1, pValues[index] * Double(pValues.count - rank)))
      adjusted[index] = highest
    }
    return adjusted
  }
}
