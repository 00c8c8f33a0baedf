/// What models did on the same samples, pair by pair.
package struct RunComparison: Codable, Sendable, Equatable {
  package var suite: String
  package var metric: ComparisonMetric
  /// Of a metric that takes one.
  package var k: Int?
  package var alpha: Double
  package var sides: [ComparedSide]
  package var pairs: [PairComparison]
  /// Sides that cannot be told apart, best tier first; empty unless every side was compared with every other.
  package var tiers: [ComparedTier]
  /// What makes the comparison doubtful.
  package var warnings: [String]
  /// The answer in a sentence or two.
  package var conclusion: String

  package init(suite: String, metric: ComparisonMetric, k: Int? = nil, alpha: Double, sides: [ComparedSide]) {
    self.suite = suite
    self.metric = metric
    self.k = k
    self.alpha = alpha
    self.sides = sides
    pairs = []
    tiers = []
    warnings = []
    conclusion = ""
  }
}

/// One model in one run.
package struct ComparedSide: Codable, Sendable, Equatable {
  /// `A`, `B` and so on, by which pairs and tiers name it.
  package var label: String
  package var runId: String
  package var model: String
  package var startedAt: Timestamp
  /// As in the run's summary, over all of its samples: by the reducer that is compared where the run asked for it, else
  /// the mean.
  package var score: Double?
  package var low: Double?
  package var high: Double?
  package var n: Int

  package init(label: String, runId: String, model: String, startedAt: Timestamp, n: Int) {
    self.label = label
    self.runId = runId
    self.model = model
    self.startedAt = startedAt
    self.n = n
  }
}

/// Sides of which no two were told apart.
package struct ComparedTier: Codable, Sendable, Equatable {
  package var sides: [String]

  package init(sides: [String]) { self.sides = sides }
}

/// Two sides on the samples that both have.
package struct PairComparison: Codable, Sendable, Equatable {
  package var first: String
  package var second: String
  /// Samples compared, and the pairs of answers that they make over their epochs.
  package var items: Int = 0
  package var n: Int = 0
  /// Scored answers without a counterpart.
  package var onlyFirst: Int = 0
  package var onlySecond: Int = 0
  /// Pairs left out, since the two were asked for different answers.
  package var otherAnswers: Int = 0
  /// Pairs compared although their prompts differ.
  package var otherPrompts: Int = 0
  /// Pairs in which an answer was cut off.
  package var truncated: Int = 0
  package var bothPassed: Int = 0
  package var onlyFirstPassed: Int = 0
  package var onlySecondPassed: Int = 0
  package var neitherPassed: Int = 0
  /// Means over the samples compared.
  package var firstMean: Double?
  package var secondMean: Double?
  /// Second less first, with its 95 % interval.
  package var difference: Double?
  package var low: Double?
  package var high: Double?
  package var test: ComparisonTest = .mcnemar
  /// Two-sided; nil without a pair.
  package var pValue: Double?
  /// Of McNemar's test.
  package var midPValue: Double?
  /// By Holm's method, over all pairs.
  package var adjustedPValue: Double?
  package var verdict: ComparisonVerdict = .noDifferenceShown
  /// Items that it takes to see `neededFor` four times in five.
  package var itemsNeeded: Int?
  package var neededFor: Double?
  /// The least difference that these items show four times in five.
  package var smallestDifference: Double?
  /// Pairs of which one passed and the other did not.
  package var flipped: Int = 0
  package var flips: [FlippedSample] = []
  package var nextCursor: String?
  package var conclusion: String = ""

  package init(first: String, second: String) {
    self.first = first
    self.second = second
  }
}

/// The test behind a p-value.
package enum ComparisonTest: String, Codable, Sendable, CaseIterable {
  case mcnemar, signFlip
}

/// What a comparison shows.
package enum ComparisonVerdict: String, Codable, Sendable, CaseIterable {
  case firstIsBetter, secondIsBetter, noDifferenceShown
}

/// A sample that passed on one side only.
package struct FlippedSample: Codable, Sendable, Equatable {
  package var sampleId: String
  package var epoch: Int
  package var first: Outcome
  package var second: Outcome
  package var firstScore: Double?
  package var secondScore: Double?
  /// Why it failed, on the side where it did.
  package var reason: String?

  package init(sampleId: String, epoch: Int, first: Outcome, second: Outcome) {
    self.sampleId = sampleId
    self.epoch = epoch
    self.first = first
    self.second = second
  }
}
