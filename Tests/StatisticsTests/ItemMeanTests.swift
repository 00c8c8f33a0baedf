import JSON
import Statistics
import Testing

@Suite struct ItemMeanTests {
  private func items(_ clusters: [[Double]]) -> [ItemValues] { clusters.map { ItemValues($0) } }

  @Test(arguments: ["bootstrap", "robust-mean"])
  func `intervals of means over items are those known`(file: String) throws {
    for known in try KnownAnswers.cases(file) {
      let interval = ItemMean.interval(items(known.lists("clusters")))
      #expect(isNear(interval?.low, known.number("low")) && isNear(interval?.high, known.number("high")), "\(known)")
    }
  }

  @Test func `items without values do not count, and one item has no spread`() {
    #expect(ItemMean.of([]) == nil && ItemMean.of(items([[], []])) == nil)
    #expect(ItemMean.interval(items([[1, 0, 1], []])) == nil)
    let clusters = [[1.0, 1, 0], [0, 0, 0], [1, 1]]
    #expect(ItemMean.interval(items(clusters)) == ItemMean.interval(items(clusters + [[]])))
  }

  @Test func `values of one item that resemble each other widen the interval`() throws {
    let clusters = (0..<40).map { Array(repeating: $0 % 3 == 0 ? 0.0 : 1.0, count: 5) }
    let clustered = try #require(ItemMean.interval(items(clusters)))
    let naive = try #require(ItemMean.interval(items(clusters.flatMap { $0 }.map { [$0] })))
    #expect(clustered.high - clustered.low > 2 * (naive.high - naive.low))
  }

  @Test(arguments: [10, 400, ItemMean.mostForBootstrap + 1])
  func `the bootstrap agrees with theory, repeats itself and ends where Student begins`(count: Int) throws {
    let values = (0..<count).map { [Double($0 % 7) / 6.5] }
    let interval = try #require(ItemMean.interval(items(values)))
    #expect(interval == ItemMean.interval(items(values)))
    let mean = try #require(ItemMean.of(items(values)))
    let squares = values.reduce(0) { $0 + ($1[0] - mean) * ($1[0] - mean) }
    let error = (squares / Double(count - 1) / Double(count)).squareRoot()
    let half = StudentT.quantile(0.975, degreesOfFreedom: Double(count - 1)) * error
    #expect(abs(mean - interval.low - half) < 0.1 * half && abs(interval.high - mean - half) < 0.1 * half)
    #expect((interval == ItemMean.interval(items(values), seed: 1)) == (count > ItemMean.mostForBootstrap))
  }
}
