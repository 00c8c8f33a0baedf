import Statistics
import Testing

private func near(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance * max(1, abs(expected))
}

/// Expected values: SciPy 1.17, `binomtest(k, n).proportion_ci(method="wilson")`, `t.ppf`, `norm.ppf`,
/// NumPy's `percentile`.
@Suite struct IntervalTests {
  @Test(arguments: [
    (0, 10, 0.0, 0.27753279986288926), (1, 10, 0.017876213095072896, 0.4041500267952385),
    (8, 10, 0.4901624715366418, 0.9433178485456248), (10, 10, 0.7224672001371109, 1.0),
    (72, 100, 0.6251197129007884, 0.7986031478881379), (5213, 10000, 0.5115027737234122, 0.531080867945997),
  ])
  func `Wilson's interval is SciPy's`(successes: Int, trials: Int, low: Double, high: Double) {
    let interval = Wilson.interval(successes: successes, trials: trials)
    #expect(near(interval?.low, low, 1e-14))
    #expect(near(interval?.high, high, 1e-14))
  }

  @Test func `Wilson's interval wants a proportion`() {
    #expect(Wilson.interval(successes: 0, trials: 0) == nil)
    #expect(Wilson.interval(successes: 3, trials: 2) == nil)
    #expect(Wilson.interval(successes: -1, trials: 2) == nil)
    #expect(Wilson.interval(successes: .nan, trials: 2) == nil)
  }

  @Test(arguments: [
    (0.975, 1, 12.706204736174694), (0.975, 2, 4.302652729749462), (0.975, 3, 3.1824463052837078),
    (0.975, 10, 2.228138851986274), (0.975, 29, 2.045229642132703), (0.975, 100, 1.9839715185235518),
    (0.975, 999, 1.9623414611334493), (0.975, 1000, 1.9623390808264083), (0.975, 1001, 1.9623367052808798),
    (0.975, 100000, 1.9599877075346095), (0.995, 1, 63.656741162871526), (0.9, 5, 1.4758840488244815),
    (0.6, 0.5, 0.3979754267847907), (0.9999, 4, 13.033671720896821), (0.025, 7, -2.3646242515927844),
    (0.75, 1, 1.0), (0.999999, 2, 707.1057205157672), (0.5, 3, 0),
  ])
  func `quantiles of Student's t are SciPy's`(probability: Double, degrees: Double, expected: Double) {
    #expect(near(StudentT.quantile(probability, degreesOfFreedom: degrees), expected, 1e-10))
  }

  @Test(arguments: [
    (1e-300, -37.0470962993612), (1e-20, -9.262340089798409), (1e-05, -4.264890793922825),
    (0.02, -2.053748910631823), (0.025, -1.959963984540054), (0.3, -0.5244005127080409), (0.5, 0),
    (0.9, 1.2815515655446004), (0.999, 3.090232306167813),
  ])
  func `quantiles of the normal distribution are SciPy's`(probability: Double, expected: Double) {
    #expect(near(Normal.quantile(probability), expected, 1e-12))
  }

  @Test func `quantiles outside 0…1 are not numbers`() {
    #expect(StudentT.quantile(1, degreesOfFreedom: 3).isNaN)
    #expect(StudentT.quantile(0.9, degreesOfFreedom: 0).isNaN)
    #expect(Normal.quantile(1.1).isNaN)
    #expect(Normal.quantile(0) == -.infinity)
  }

  @Test(arguments: [(0, 1.0), (0.1, 1.0), (0.25, 1.75), (0.5, 3.5), (0.9, 6.9), (1, 9.0)])
  func `percentiles are NumPy's`(fraction: Double, expected: Double) {
    #expect(near(Percentile.of([3, 1, 4, 1, 5, 9, 2, 6], fraction), expected))
  }

  @Test func `percentiles of nothing are nil`() {
    #expect(Percentile.median([]) == nil)
    #expect(Percentile.of([1], 1.5) == nil)
    #expect(Percentile.median([7]) == 7)
  }
}
