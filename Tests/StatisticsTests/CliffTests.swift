import Statistics
import Testing

/// Expected values: an independent fit in SciPy. Penalised likelihood with x = log2(size), centred:
///
///     ll = sum(-k*logaddexp(0,-eta) - (n-k)*logaddexp(0,eta)) + slogdet(information)[1]/2
///
/// maximised by `minimize(method="Nelder-Mead", xatol=1e-12, fatol=1e-14)`; ends of intervals by `brentq` on
/// 2*(max - profile(q)) - chi2.ppf(.95, 1), the profile by a grid of 161 slopes and
/// `minimize_scalar(method="bounded")`.
@Suite struct CliffTests {
  private func cliff(_ counts: [(size: Double, trials: Int, passes: Int)]) -> Cliff {
    Cliff(counts.flatMap { count in (0..<count.trials).map { (count.size, $0 < count.passes) } })
  }

  private func expect(_ crossing: Cliff.Crossing?, _ expected: (Double, Double?, Double?)) throws {
    let crossing = try #require(crossing)
    func close(_ value: Double?, _ expected: Double?) -> Bool {
      guard let value, let expected else { return value == nil && expected == nil }
      return abs(value - expected) < 1e-5 * expected
    }
    #expect(close(crossing.size, expected.0), "\(crossing)")
    #expect(close(crossing.low, expected.1), "\(crossing)")
    #expect(close(crossing.high, expected.2), "\(crossing)")
  }

  @Test func `a falling pass rate crosses 50 % and 95 %`() throws {
    let cliff = cliff([(10, 10, 10), (20, 10, 9), (40, 10, 6), (80, 10, 3), (160, 10, 0)])
    try expect(cliff.at50, (49.408637380472165, 34.99489686947031, 70.48812855364208))
    try expect(cliff.at95, (14.66848117749301, 5.466868505087674, 25.66312810878133))
    #expect(cliff.n == 50)
    #expect(cliff.note == nil)
  }

  @Test func `a clean break between two sizes has a finite estimate between them`() throws {
    let cliff = cliff([(10, 10, 10), (20, 10, 10), (40, 10, 0), (80, 10, 0)])
    try expect(cliff.at50, (28.28427119290865, 22.913029418651124, 34.91463242956445))
    try expect(cliff.at95, (20.18334624862217, 13.360612404197658, 27.663119464803913))
  }

  @Test func `many samples narrow the interval`() throws {
    let passes = [100, 100, 99, 98, 97, 94, 90, 85, 77, 70, 60, 52, 41, 33, 25]
    let cliff = cliff(passes.enumerated().map { (Double(($0 + 1) * 10), 100, $1) })
    try expect(cliff.at50, (119.75326789931941, 115.50783152328268, 124.54980712821973))
    try expect(cliff.at95, (58.11754986620662, 52.85197666564123, 63.055545909262726))
  }

  @Test func `an interval without an end says so`() throws {
    let cliff = cliff([(10, 2, 2), (50, 2, 1), (100, 2, 1), (200, 2, 1)])
    let crossing = try #require(cliff.at50)
    #expect(crossing.high == nil)
    #expect(cliff.at95 == nil)
    #expect(
      cliff.note == """
        too few samples to bound the 50 % size from below; too few samples to bound the 50 % size from above; \
        the 95 % size lies below 10
        """)
  }

  @Test func `what was not seen is said, not guessed`() {
    #expect(cliff([(10, 5, 5), (150, 5, 5)]).note == "every sample passed: the cliff lies above 150")
    #expect(cliff([(10, 5, 0), (150, 5, 0)]).note == "no sample passed: the cliff lies below 10")
    #expect(cliff([(10, 5, 2)]).note == "only the size 10 was tried: a cliff takes two or more")
    #expect(cliff([(10, 5, 1), (20, 5, 4)]).note == "the pass rate does not fall as the size grows")
    #expect(cliff([(10, 4, 2), (20, 4, 2)]).note == "the pass rate does not fall as the size grows")
    #expect(cliff([]).note == "no sample has a size above 0")
    #expect(cliff([(0, 3, 3), (-4, 3, 0), (.nan, 1, 1), (.infinity, 1, 0)]).n == 0)
    for quiet in [cliff([(10, 5, 5), (150, 5, 5)]), cliff([(10, 5, 1), (20, 5, 4)]), cliff([])] {
      #expect(quiet.at50 == nil && quiet.at95 == nil)
    }
  }

  @Test func `a few results make no claim`() {
    for passes in 0...2 {
      let few = cliff([(10, 2, passes), (150, 2, 0)])
      #expect(few.note == "too few results for a cliff: 4, and it takes 5")
      #expect(few.at50 == nil && few.at95 == nil && few.n == 4)
    }
    #expect(cliff([(10, 1, 0)]).note == "too few results for a cliff: 1, and it takes 5")
    #expect(cliff([(10, 3, 0), (150, 2, 0)]).note == "no sample passed: the cliff lies below 10")
  }

  @Test func `a rate that stays high or low all the way is outside the sizes tried`() {
    let high = cliff([(10, 50, 50), (20, 50, 49), (40, 50, 46)])
    #expect(high.at50 == nil)
    #expect(high.note?.hasPrefix("the 50 % size lies above 40") == true)
    let low = cliff([(10, 20, 6), (20, 20, 3), (40, 20, 1)])
    #expect(low.at50 == nil && low.at95 == nil)
    #expect(low.note == "the 50 % size lies below 10; the 95 % size lies below 10")
  }

  @Test func `huge counts and sizes stay finite`() throws {
    let cliff = cliff([(1, 20_000, 20_000), (1e6, 20_000, 19_000), (1e9, 20_000, 0)])
    let crossing = try #require(cliff.at50)
    #expect(crossing.size > 1e6 && crossing.size < 1e9)
    #expect((crossing.low ?? 0) <= crossing.size && crossing.size <= (crossing.high ?? 0))
  }
}
