import JSON
import SeededRandom
import Statistics
import Testing

/// Comparisons on the same items: known answers of SciPy, statsmodels and the literature.
@Suite struct PairedTests {
  @Test func `binomial probabilities are SciPy's`() throws {
    for known in try KnownAnswers.cases("binomial") {
      let (successes, trials, p) = (known.count("successes"), known.count("trials"), known.number("p"))
      #expect(
        isSameProbability(Binomial.probability(of: successes, in: trials, p), known.number("probability")), "\(known)")
      #expect(
        isSameProbability(Binomial.cumulative(successes, in: trials, p), known.number("cumulative")), "\(known)")
    }
  }

  @Test func `binomial probabilities at the ends`() {
    #expect(Binomial.probability(of: 3, in: 2, 0.5) == 0)
    #expect(Binomial.probability(of: 0, in: 5, 0) == 1 && Binomial.probability(of: 5, in: 5, 1) == 1)
    #expect(Binomial.probability(of: 1, in: 5, 0) == 0 && Binomial.probability(of: 4, in: 5, 1) == 0)
    #expect(Binomial.cumulative(-1, in: 5, 0.5) == 0 && Binomial.cumulative(5, in: 5, 0.5) == 1)
    #expect(Binomial.cumulative(0, in: 0, 0.5) == 1)
    #expect(Binomial.cumulative(1, in: 5, 2).isNaN)
  }

  @Test func `McNemar's test is that of statsmodels`() throws {
    for known in try KnownAnswers.cases("mcnemar") {
      let test = McNemar(firstOnly: known.count("firstOnly"), secondOnly: known.count("secondOnly"))
      #expect(isSameProbability(test.pValue, known.number("p")), "\(known)")
      #expect(isSameProbability(test.midPValue, known.number("midP")), "\(known)")
    }
  }

  /// Fagerland, Lydersen and Laake (2013), Table 2 and §"Examples": 1 and 7 discordant pairs of 21.
  @Test func `McNemar's test has the literature's values`() {
    let test = McNemar(firstOnly: 1, secondOnly: 7)
    #expect(abs(test.pValue - 0.0703) < 5e-5)
    #expect(abs(test.midPValue - 0.0391) < 5e-5)
  }

  @Test func `the interval of a paired difference is Newcombe's`() throws {
    for known in try KnownAnswers.cases("paired-proportions") {
      let interval = ProportionDifference.paired(
        both: known.count("both"), firstOnly: known.count("firstOnly"), secondOnly: known.count("secondOnly"),
        neither: known.count("neither"))
      #expect(isNear(interval?.low, known.number("low")) && isNear(interval?.high, known.number("high")), "\(known)")
    }
    #expect(ProportionDifference.paired(both: 0, firstOnly: 0, secondOnly: 0, neither: 0) == nil)
    #expect(ProportionDifference.paired(both: 5, firstOnly: -1, secondOnly: 0, neither: 0) == nil)
  }

  /// Newcombe (1998), Statistics in Medicine 17:2635–2650: 36, 12, 2, 0. Fagerland and others (2014), Statistics in
  /// Medicine 33:2850–2875, "airway hyper-responsiveness": 1, 1, 7, 12.
  @Test(arguments: [((36, 12, 2, 0), 0.0569, 0.3404), ((1, 1, 7, 12), -0.507, -0.026)])
  func `the interval of a paired difference has the literature's values`(
    table: (Int, Int, Int, Int), low: Double, high: Double
  ) throws {
    let interval = try #require(
      ProportionDifference.paired(both: table.0, firstOnly: table.1, secondOnly: table.2, neither: table.3))
    #expect(abs(interval.low - low) < 5e-4 && abs(interval.high - high) < 5e-4)
  }

  @Test func `the interval of an unpaired difference is that of statsmodels`() throws {
    for known in try KnownAnswers.cases("independent-proportions") {
      let (first, second) = (known.numbers("first"), known.numbers("second"))
      let interval = ProportionDifference.independent((first[0], first[1]), (second[0], second[1]))
      #expect(isNear(interval?.low, known.number("low")) && isNear(interval?.high, known.number("high")), "\(known)")
    }
    #expect(ProportionDifference.independent((1, 0), (1, 2)) == nil)
  }

  // MARK: - Sign flips

  @Test func `the sign-flip test counts what SciPy counts`() throws {
    for known in try KnownAnswers.cases("sign-flip") {
      let test = SignFlip(known.numbers("differences"))
      #expect(test.isExact)
      #expect(isSameProbability(test.pValue, known.number("p")), "\(known)")
    }
  }

  @Test(arguments: [(0, 0), (1, 7), (3, 3), (25, 43), (150, 86)])
  func `of passes and failures it is McNemar's test`(firstOnly: Int, secondOnly: Int) {
    let differences =
      Array(repeating: 1.0, count: firstOnly) + Array(repeating: -1, count: secondOnly) + Array(repeating: 0, count: 50)
    let test = SignFlip(differences)
    #expect(test.isExact)
    #expect(isSameProbability(test.pValue, McNemar(firstOnly: firstOnly, secondOnly: secondOnly).pValue))
  }

  @Test func `differences on no grid are drawn, the same each time and near the exact value`() {
    var generator = SeededGenerator(seed: 4)
    let differences = (0..<12).map { _ in generator.nextUnit() - 0.3 }
    let test = SignFlip(differences)
    #expect(!test.isExact && test == SignFlip(differences))
    // All 4096 choices of signs, counted one by one.
    let observed = abs(differences.reduce(0, +))
    let extreme = (0..<4096).count { choice in
      let sum = differences.enumerated().reduce(0) { $0 + (choice >> $1.offset & 1 == 0 ? $1.element : -$1.element) }
      return abs(sum) >= observed - 1e-12
    }
    #expect(abs(test.pValue - Double(extreme) / 4096) < 0.015)
  }

  @Test func `what is not finite and what does not differ says nothing`() {
    #expect(SignFlip([]).pValue == 1)
    #expect(SignFlip([0, 0, .nan, .infinity]).pValue == 1)
    #expect(SignFlip([1, 1, 1, 1, 1, 1, .nan, 0]).pValue == 1.0 / 32)
  }

  // MARK: - Many models

  @Test func `Holm's correction is that of statsmodels`() throws {
    for known in try KnownAnswers.cases("holm") {
      let adjusted = Holm.adjusted(known.numbers("p"))
      #expect(adjusted.count == known.numbers("adjusted").count)
      #expect(zip(adjusted, known.numbers("adjusted")).allSatisfy { isNear($0, $1) }, "\(known)")
    }
    #expect(Holm.adjusted([]) == [])
  }

  @Test func `a tier holds candidates of which no two were told apart`() {
    func tiers(_ scores: [Double?], _ apart: [(Int, Int)]) -> [[Int]] {
      Tiers.of(scores) { first, second in apart.contains { $0 == (first, second) || $0 == (second, first) } }
    }
    #expect(tiers([], []) == [])
    #expect(tiers([0.5, 0.9, 0.7], []) == [[1, 2, 0]])
    #expect(tiers([0.5, 0.9, 0.7], [(1, 0)]) == [[1, 2], [0]])
    #expect(tiers([0.5, 0.9, 0.7], [(1, 0), (1, 2)]) == [[1], [2, 0]])
    #expect(tiers([0.5, 0.9, 0.7], [(0, 1), (0, 2), (1, 2)]) == [[1], [2], [0]])
    #expect(tiers([0.5, nil, 0.5], []) == [[0, 2]])
  }

  // MARK: - How many items

  @Test func `sample sizes are those of statsmodels`() throws {
    for known in try KnownAnswers.cases("sample-size") {
      let size = SampleSize(alpha: known.number("alpha"), power: known.number("power"))
      let (difference, spread) = (known.number("difference"), known.number("spread"))
      let n =
        switch known["kind"]?.stringValue {
        case "paired": size.paired(difference: difference, discordance: spread)
        case "mean": size.pairedMean(difference: difference, deviation: spread)
        default: size.independent(difference, spread)
        }
      #expect(isNear(n, known.number("n")), "\(known)")
    }
  }

  @Test func `no difference is never seen, and the least visible one takes the items that there are`() throws {
    let size = SampleSize()
    #expect(size.paired(difference: 0, discordance: 0.2) == nil)
    #expect(size.pairedMean(difference: 0, deviation: 1) == nil)
    #expect(size.independent(0.5, 0.5) == nil)
    #expect(size.paired(difference: 0.3, discordance: 0.1) == size.paired(difference: 0.3, discordance: 0.3))
    let least = try #require(size.smallestPaired(items: 200, discordance: 0.2))
    #expect(isNear(size.paired(difference: least, discordance: 0.2), 200))
    #expect(size.smallestPaired(items: 10, discordance: 0.2) == nil)
    #expect(size.smallestPaired(items: 100, discordance: 0) == nil)
    let mean = try #require(size.smallestPairedMean(items: 50, deviation: 0.4))
    #expect(isNear(size.pairedMean(difference: mean, deviation: 0.4), 50))
  }
}
