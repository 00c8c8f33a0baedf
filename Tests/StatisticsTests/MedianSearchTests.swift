import SeededRandom
import Statistics
import Testing

@Suite struct MedianSearchTests {
  private func settled(_ values: [Double]) -> (median: Double?, first: Double?, passes: Int) {
    var search = MedianSearch()
    for value in values { search.add(value) }
    let first = search.median
    search.endPass()
    var passes = 1
    while !search.isSettled, passes < 10 {
      for value in values { search.add(value) }
      search.endPass()
      passes += 1
    }
    #expect(search.isSettled && search.count == values.count)
    return (search.median, first, passes)
  }

  private static let shapes: [String: @Sendable (inout SeededGenerator) -> Double] = [
    "even": { $0.nextUnit() * 1000 },
    "over many magnitudes": {
      Double(sign: .plus, exponent: Int($0.next(below: 400)) - 200, significand: $0.nextUnit() + 1)
    },
    "of either sign": { $0.nextUnit() - 0.5 },
    "rounded": { Double($0.next(below: 7)) },
    "nearly all the same": { $0.next(below: 1000) == 0 ? $0.nextUnit() : 12.5 },
    "far apart": { $0.next(below: 2) == 0 ? 1 + $0.nextUnit() : 1e9 + $0.nextUnit() },
  ]

  @Test(arguments: shapes.keys.sorted(), [65_536, 65_537, 150_000, 150_001])
  func `the median of very many values is exact`(_ shape: String, _ count: Int) throws {
    var generator = SeededGenerator(seed: 9, stream: shape)
    let draw = try #require(Self.shapes[shape])
    let values = (0..<count).map { _ in draw(&generator) }
    let (median, _, passes) = settled(values)
    #expect(median == Percentile.median(values))
    #expect(passes <= 5)
  }

  @Test func `values that grow all the time, and then are quite other ones, are no matter`() {
    let growing = (0..<200_001).map { Double($0) }
    #expect(settled(growing).median == 100_000)
    #expect(settled(growing.reversed()).median == 100_000)
    #expect(settled(Array(repeating: 3, count: 200_000)).median == 3)
    #expect(settled(growing.map { $0 < 70_000 ? 5 : -$0 }).median == -100_000)
    #expect(settled([-0.0, 0.0, .infinity, -.infinity, 1]).median == 0)
  }

  @Test func `few values take one pass, none have no median`() {
    #expect(settled([3, 1, 2]) == (2, 2, 1))
    #expect(settled([]) == (nil, nil, 1))
  }

  @Test func `before it is exact it is nearly so`() throws {
    var generator = SeededGenerator(seed: 4)
    let (median, first, passes) = settled((0..<300_000).map { _ in 0.5 + generator.nextUnit() * 100 })
    #expect(passes > 1)
    #expect(abs(try #require(first) / (try #require(median)) - 1) < 0.001)
  }
}
