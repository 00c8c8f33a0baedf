import SeededRandom
import Statistics
import Testing

@Suite struct ItemSumsTests {
  @Test func `sums give the interval that the items themselves give`() throws {
    var generator = SeededGenerator(seed: 3, stream: "sums")
    let items = (0...ItemMean.mostForBootstrap).map { _ in
      ItemValues((0...Int(generator.next(below: 3))).map { _ in Double(generator.next(below: 1001)) / 1000 })
    }
    var sums = ItemSums()
    for item in items { sums.add(item) }
    let (expected, actual) = (try #require(ItemMean.interval(items)), try #require(sums.interval))
    #expect(abs(expected.low - actual.low) < 1e-9 && abs(expected.high - actual.high) < 1e-9)
    #expect(abs(try #require(ItemMean.of(items)) - (try #require(sums.mean))) < 1e-12)
  }

  @Test func `values that are all the same have no spread`() throws {
    var sums = ItemSums()
    for _ in 0..<30_000 { sums.add(ItemValues(sum: 0.1)) }
    let interval = try #require(sums.interval)
    #expect(abs(interval.high - interval.low) < 1e-6 && abs(interval.low - 0.1) < 1e-6)
  }

  @Test func `one item has no interval, none has no mean`() {
    var sums = ItemSums()
    #expect(sums.mean == nil && sums.interval == nil)
    sums.add(ItemValues(sum: 1))
    #expect(sums.mean == 1 && sums.interval == nil)
  }
}
