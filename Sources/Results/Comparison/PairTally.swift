import Contract
import Statistics

/// Adds up what two sides did on the same samples. Samples come in the order of their ids, the epochs of one together.
struct PairTally {
  struct Settings {
    var metric: ComparisonMetric
    var k: Int?
    var alpha: Double
    var difference: Double?
    /// Flips given, and the sample after which they begin.
    var limit: Int
    var after: SampleCursor?

    /// What makes one value of a sample's epochs.
    var reducer: Reducer {
      switch metric {
      case .passAtK: .passAtK(k ?? 1)
      case .passHatK: .passHatK(k ?? 1)
      case .majority: .majority
      default: .mean
      }
    }
  }

  private let settings: Settings
  private(set) var pair: PairComparison
  private var item = ItemTally()
  /// Means of each sample: first, and second less first.
  private var firstSum = 0.0
  private var secondSum = 0.0
  private var differences = DifferenceTally()
  /// Whether every sample came out as 0 or 1 on both sides.
  private var isBinary: Bool

  init(_ pair: PairComparison, _ settings: Settings) {
    self.pair = pair
    self.settings = settings
    // Amounts that all are 0, as what a local model costs, are neither right nor wrong.
    isBinary = settings.metric.isFraction
  }

  // MARK: - Samples

  mutating func add(_ sample: PairedSample) {
    if !item.isOf(sample.sampleId) {
      finishItem()
      item = ItemTally(sampleId: sample.sampleId)
    }
    guard let first = sample.first.value(settings.metric), let second = sample.second.value(settings.metric) else {
      return
    }
    guard sample.hasSameExpected else {
      pair.otherAnswers += 1
      return
    }
    pair.n += 1
    item.add(first, second)
    if !sample.hasSamePrompt { pair.otherPrompts += 1 }
    if sample.first.outcome == .truncated || sample.second.outcome == .truncated { pair.truncated += 1 }
    count(sample)
  }

  private mutating func count(_ sample: PairedSample) {
    switch (sample.first.outcome == .passed, sample.second.outcome == .passed) {
    case (true, true): pair.bothPassed += 1
    case (false, false): pair.neitherPassed += 1
    case (true, false):
      pair.onlyFirstPassed += 1
      addFlip(sample, reason: sample.second.reason)
    case (false, true):
      pair.onlySecondPassed += 1
      addFlip(sample, reason: sample.first.reason)
    }
  }

  private mutating func addFlip(_ sample: PairedSample, reason: String?) {
    pair.flipped += 1
    let place = SampleCursor(sampleId: sample.sampleId, epoch: sample.epoch)
    if let after = settings.after, !(after < place) { return }
    guard pair.flips.count < settings.limit else {
      if let last = pair.flips.last, pair.nextCursor == nil {
        pair.nextCursor = SampleCursor(sampleId: last.sampleId, epoch: last.epoch).encoded
      }
      return
    }
    var flip = FlippedSample(
      sampleId: sample.sampleId, epoch: sample.epoch, first: sample.first.outcome, second: sample.second.outcome)
    flip.firstScore = sample.first.score
    flip.secondScore = sample.second.score
    flip.reason = reason
    pair.flips.append(flip)
  }

  private mutating func finishItem() {
    guard let means = item.reduced(by: settings.reducer) else { return }
    pair.items += 1
    firstSum += means.first
    secondSum += means.second
    differences.add(means.second - means.first)
    isBinary = isBinary && [0, 1].contains(means.first) && [0, 1].contains(means.second)
  }

  // MARK: - Results

  /// - Parameters: answers that each side has in all.
  mutating func finish(firstAnswers: Int, secondAnswers: Int) {
    finishItem()
    item = ItemTally()
    pair.onlyFirst = max(0, firstAnswers - pair.n - pair.otherAnswers)
    pair.onlySecond = max(0, secondAnswers - pair.n - pair.otherAnswers)
    guard pair.items > 0 else { return }
    let count = Double(pair.items)
    pair.firstMean = firstSum / count
    pair.secondMean = secondSum / count
    pair.difference = differences.sum / count
    if isBinary { testPasses() } else { testDifferences() }
    // Many pairs are gone through before the first is judged.
    differences.forgetValues()
  }

  private mutating func testPasses() {
    let (onlyFirst, onlySecond) = (differences.below, differences.above)
    let both = Int(firstSum.rounded()) - onlyFirst
    let test = McNemar(firstOnly: onlyFirst, secondOnly: onlySecond)
    pair.test = .mcnemar
    pair.pValue = test.pValue
    pair.midPValue = test.midPValue
    let interval = ProportionDifference.paired(
      both: both, firstOnly: onlySecond, secondOnly: onlyFirst, neither: pair.items - both - onlyFirst - onlySecond)
    pair.low = interval?.low
    pair.high = interval?.high
  }

  private mutating func testDifferences() {
    pair.test = .signFlip
    pair.pValue = differences.signFlip.pValue
    // Differences that are all the same do not tell how far they may be from the truth.
    guard let interval = differences.interval, interval.low < interval.high else { return }
    pair.low = interval.low
    pair.high = interval.high
  }

  /// Judges the pair among all that are tested together.
  ///
  /// - Parameter tests: how many they are. The items needed are counted at their share of the level, which is what
  ///   Holm's method asks of the first.
  mutating func judge(adjusted: Double?, tests: Int) {
    pair.adjustedPValue = adjusted
    let size = SampleSize(alpha: settings.alpha / Double(max(1, tests)))
    let wanted = settings.difference ?? pair.difference.map(abs).flatMap { $0 > 0 ? $0 : nil }
    pair.neededFor = wanted
    pair.itemsNeeded = wanted.flatMap { needed(for: $0, size) }
    pair.smallestDifference = smallestDifference(size)
    guard let adjusted, adjusted <= settings.alpha, let difference = pair.difference, difference != 0 else { return }
    let isSecond = (difference > 0) == settings.metric.isHigherBetter
    pair.verdict = isSecond ? .secondIsBetter : .firstIsBetter
  }

  private func needed(for difference: Double, _ size: SampleSize) -> Int? {
    let items =
      isBinary
      ? size.paired(difference: difference, discordance: discordance)
      : differences.deviation.flatMap { size.pairedMean(difference: difference, deviation: $0) }
    return items.flatMap { $0 < 1e15 ? max(1, Int($0.rounded(.up))) : nil }
  }

  private func smallestDifference(_ size: SampleSize) -> Double? {
    isBinary
      ? size.smallestPaired(items: pair.items, discordance: discordance)
      : differences.deviation.flatMap { size.smallestPairedMean(items: pair.items, deviation: $0) }
  }

  private var discordance: Double {
    pair.items > 0 ? Double(differences.below + differences.above) / Double(pair.items) : 0
  }
}

/// The epochs of one sample.
private struct ItemTally {
  var sampleId: String?
  private var first: [Double] = []
  private var second: [Double] = []

  init(sampleId: String? = nil) { self.sampleId = sampleId }

  mutating func add(_ first: Double, _ second: Double) {
    self.first.append(first)
    self.second.append(second)
  }

  /// By bytes: equality of strings looks past some differences.
  func isOf(_ id: String) -> Bool { sampleId.map { $0.utf8.elementsEqual(id.utf8) } ?? false }

  /// nil when nothing was added, or too little to say.
  func reduced(by reducer: Reducer) -> (first: Double, second: Double)? {
    guard let first = reducer.value(of: first), let second = reducer.value(of: second) else { return nil }
    return (first, second)
  }
}
