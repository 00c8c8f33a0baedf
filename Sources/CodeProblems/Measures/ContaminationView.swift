package import Statistics

/// pass@1 on problems from before a model's cut-off date, which it may have seen, and on later ones.
package struct ContaminationView: Sendable, Equatable {
  /// The first day that counts as after.
  package var cutoff: ContestDate
  /// nil where there are none.
  package var before: PassRate?
  package var after: PassRate?
  /// After less before: far below zero where a model remembers. nil where one of them is missing.
  package var difference: Double?
  /// 95 %, from the intervals of the two.
  package var differenceInterval: Interval?
  /// Problems without a date, which are in neither.
  package var undated: Int

  package init(_ tallies: [ProblemTally], cutoff: ContestDate) {
    self.cutoff = cutoff
    let dated = tallies.compactMap { tally in tally.date.map { (tally, $0) } }
    undated = tallies.count - dated.count
    before = PassRate(k: 1, dated.filter { $0.1 < cutoff }.map(\.0))
    after = PassRate(k: 1, dated.filter { $0.1 >= cutoff }.map(\.0))
    guard let before, let after else { return }
    difference = after.value - before.value
    guard let low = before.interval, let high = after.interval else { return }
    differenceInterval = Self.interval(before.value, low, after.value, high)
  }

  /// The method of variance estimates recovery (Newcombe 1998, method 10; Zou and Donner 2008): each end from the
  /// distances of the two means to the ends of their own intervals.
  private static func interval(_ first: Double, _ one: Interval, _ second: Double, _ other: Interval) -> Interval {
    func length(_ left: Double, _ right: Double) -> Double { (left * left + right * right).squareRoot() }
    let difference = second - first
    return Interval(
      low: difference - length(second - other.low, one.high - first),
      high: difference + length(other.high - second, first - one.low))
  }
}
