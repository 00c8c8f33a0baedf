import JSON
import SeededRandom
import Statistics
import Testing

@Suite struct TrendTests {
  private func points(_ known: JSONObject) -> [ChangePoint.Point] {
    known.lists("points").map { .init(score: $0[0], items: $0[1]) }
  }

  @Test func `weighted trends are those of statsmodels`() throws {
    for known in try KnownAnswers.cases("trend") {
      let (x, y, weights) = (known.numbers("x"), known.numbers("y"), known.numbers("weights"))
      let trend = try #require(WeightedTrend(x.indices.map { (x[$0], y[$0], weights[$0]) }))
      #expect(isNear(trend.slope, known.number("slope")) && isNear(trend.pValue, known.number("p")), "\(known)")
      #expect(isNear(trend.interval.low, known.number("low")) && isNear(trend.interval.high, known.number("high")))
    }
  }

  @Test func `a trend takes three points of different times`() {
    #expect(WeightedTrend([(0, 0.5, 1), (1, 0.6, 1)]) == nil)
    #expect(WeightedTrend([(1, 0.5, 1), (1, 0.6, 1), (1, 0.7, 1)]) == nil)
    #expect(WeightedTrend([(0, 0.5, 1), (1, 0.6, 0), (2, .nan, 1), (3, 0.2, 1)]) == nil)
    let flat = WeightedTrend([(0, 0.5, 1), (1, 0.5, 9), (2, 0.5, 1)])
    #expect(flat?.slope == 0 && flat?.pValue == 1)
  }

  @Test func `the strongest change is the one known, with its evidence`() throws {
    for known in try KnownAnswers.cases("change-point") {
      let points = points(known)
      let changes = ChangePointSearch.changes(in: points, alpha: 1)
      let change = try #require(changes.first { $0.index == known.count("index") })
      // Of the search over all points; those of the parts come after it.
      #expect(isSameProbability(change.pValue, known.number("p")), "\(known)")
      #expect(isNear(change.dispersion, known.number("dispersion")))
    }
  }

  @Test func `a fall is found where it is, with the rates on either side`() throws {
    let scores = [0.90, 0.92, 0.88, 0.91, 0.71, 0.69, 0.70]
    let changes = ChangePointSearch.changes(in: scores.map { .init(score: $0, items: 200) })
    let change = try #require(changes.first)
    #expect(changes.count == 1 && change.index == 4)
    #expect(change.before.items == 800 && change.after.items == 600)
    #expect(isNear(change.before.score, 0.9025) && isNear(change.after.score, 0.7))
    #expect(change.interval.high < 0 && change.interval.low > -0.3 && change.pValue < 1e-6)
  }

  @Test func `a dip has two ends`() {
    let scores = Array(repeating: 0.9, count: 12) + Array(repeating: 0.7, count: 6) + Array(repeating: 0.9, count: 12)
    let changes = ChangePointSearch.changes(in: scores.map { .init(score: $0, items: 150) })
    #expect(changes.map(\.index) == [12, 18])
    #expect(changes.map { $0.difference < 0 } == [true, false])
  }

  @Test func `small runs weigh little`() {
    // The same scores; only the sizes differ.
    let scores = [0.9, 0.9, 0.9, 0.5]
    func changes(_ items: [Double]) -> [ChangePoint] {
      ChangePointSearch.changes(in: zip(scores, items).map { .init(score: $0, items: $1) })
    }
    #expect(changes([100, 100, 100, 8]).isEmpty)
    #expect(changes([100, 100, 100, 100]).map(\.index) == [3])
  }

  @Test func `series without news have no change`() {
    func changes(_ points: [(Double, Double)]) -> [ChangePoint] {
      ChangePointSearch.changes(in: points.map { .init(score: $0.0, items: $0.1) })
    }
    #expect(changes([]).isEmpty)
    #expect(changes([(0.5, 100)]).isEmpty)
    #expect(changes(Array(repeating: (1, 100), count: 20)).isEmpty)
    #expect(changes([(0.9, 0), (0.1, 0)]).isEmpty)
    #expect(changes([(.nan, 100), (0.1, 100), (2, 100)]).isEmpty)
  }

  /// Of 1000 series without a change about ten may show one at the level of 1 %: more than 22 would come up less than
  /// once in a thousand times.
  @Test func `chance alone rarely looks like a change`() {
    var generator = SeededGenerator(seed: 21)
    var alarms = 0
    for _ in 0..<1000 {
      let points = (0..<15).map { _ in
        let passed = (0..<60).count { _ in generator.nextUnit() < 0.8 }
        return ChangePoint.Point(score: Double(passed) / 60, items: 60)
      }
      if !ChangePointSearch.changes(in: points, alpha: 0.01).isEmpty { alarms += 1 }
    }
    #expect(alarms <= 22)
  }
}
