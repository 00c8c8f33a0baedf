import Statistics

/// How far the mean of some samples' scores may be from the truth. Of more samples than the bootstrap takes, only sums
/// are kept.
struct SpreadTally: Sendable {
  /// Sums of the samples, while there are few enough to draw from. As long as each was asked once and is right or wrong,
  /// `passes` has them instead: nothing then is drawn.
  private var items: [ItemValues] = []
  private var passes: [Bool] = []
  private var sums = ItemSums()
  /// The scores of the first sample.
  private var first: [Double] = []
  private var areRightOrWrong = true
  private var areAskedOnce = true

  /// Samples.
  var count: Int { sums.items }
  /// Of all scores; nil without any.
  var mean: Double? { sums.mean }

  /// Adds a sample with the scores of its epochs.
  mutating func add(_ scores: [Double]) {
    guard !scores.isEmpty else { return }
    if sums.items == 0 { first = scores }
    areAskedOnce = areAskedOnce && scores.count == 1
    areRightOrWrong = areRightOrWrong && scores.allSatisfy { $0 == 0 || $0 == 1 }
    let item = ItemValues(scores)
    sums.add(item)
    if sums.items > ItemMean.mostForBootstrap {
      (items, passes) = ([], [])
    } else if areAskedOnce, areRightOrWrong {
      passes.append(item.sum == 1)
    } else {
      if !passes.isEmpty { items = passes.map { ItemValues(sum: $0 ? 1 : 0) } }
      passes = []
      items.append(item)
    }
  }

  /// Wilson's interval when every score is 0 or 1 and every sample was asked once; else the bootstrap that draws whole
  /// samples (``ItemMean``). Within 0…1. nil when the scores say nothing of their spread.
  ///
  /// - One sample alone, asked several times, makes no cluster: its epochs then are the population, and the interval is
  ///   that of this sample's own rate.
  /// - Samples whose means are all the same have no spread between them, which would make an interval of no width:
  ///   Wilson's takes its place, on as many trials as there are samples.
  var interval: Interval? {
    guard count == 1, first.count > 1 else { return intervalOfSamples }
    var epochs = SpreadTally()
    for score in first { epochs.add([score]) }
    return epochs.intervalOfSamples
  }

  private var intervalOfSamples: Interval? {
    guard let mean else { return nil }
    let trials = Double(count)
    if areAskedOnce, areRightOrWrong { return Wilson.interval(successes: sums.sum, trials: trials) }
    guard let spread = count <= ItemMean.mostForBootstrap ? ItemMean.interval(items) : sums.interval else { return nil }
    if spread.high - spread.low > 1e-9 { return spread.clipped(to: 0...1) }
    return Wilson.interval(successes: min(1, max(0, mean)) * trials, trials: trials)
  }
}
