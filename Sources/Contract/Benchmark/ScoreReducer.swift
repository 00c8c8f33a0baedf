import JSON

/// How the epochs of a sample become one score of the sample.
package enum ScoreReducer: String, Codable, Sendable, CaseIterable {
  /// The mean of the epochs' scores.
  case mean
  /// The probability that at least one of `k` epochs passes.
  case passAtK
  /// The probability that all of `k` epochs pass.
  case passHatK
  /// 1 where more than half of the epochs pass, 0 where fewer do, 0.5 where exactly half do.
  case majority

  /// Whether it needs a `k`.
  package var takesK: Bool { self == .passAtK || self == .passHatK }
}

/// The score of a model by the reducer that its run asked for.
package struct ReducedScore: Codable, Sendable, Equatable {
  package var reducer: ScoreReducer
  /// nil for a reducer without.
  package var k: Int?
  /// The mean over the samples, 0…1; nil before the first that can be reduced.
  package var score: Double?
  /// Ends of the 95 % interval; with truncated answers from that of all of them wrong to that of all right.
  package var low: Double?
  package var high: Double?
  /// The score if every truncated answer were wrong, and if every one were right; nil when none was truncated.
  package var scoreIfUnknownWrong: Double?
  package var scoreIfUnknownRight: Double?
  /// Samples that count.
  package var samples: Int = 0
  /// Samples with fewer than `k` scored epochs, of which nothing can be said.
  package var samplesLeftOut: Int = 0

  package init(reducer: ScoreReducer, k: Int? = nil) {
    self.reducer = reducer
    self.k = k
  }

  /// For people: "pass@3".
  package var name: String {
    switch reducer {
    case .mean: "mean"
    case .passAtK: "pass@\(k ?? 1)"
    case .passHatK: "pass^\(k ?? 1)"
    case .majority: "majority"
    }
  }
}

extension ScoreReducer: Described {
  package static let notes = Notes(
    "How the epochs of a sample become one score.",
    [
      "mean": "The mean of their scores.",
      "passAtK":
        "The probability that at least one of `k` passes, by the unbiased estimator 1 − C(n−c, k)/C(n, k) of c passes in n.",
      "passHatK": "The probability that all of `k` pass, by the unbiased estimator C(c, k)/C(n, k).",
      "majority": "1 where more than half pass, 0 where fewer do, 0.5 where exactly half do.",
    ])
}

extension ReducedScore: Described {
  package static let notes = Notes(
    "The score of a model by the reducer that its run asked for.",
    [
      "reducer": "The reducer.",
      "k": Note("Its `k`; null for one without.", .minimum(1)),
      "score": Note("Mean over the samples; null before the first that can be reduced.", .fraction),
      "low": Note("Low end of its 95 % interval, truncated answers counted as wrong; null when unknown.", .fraction),
      "high": Note("High end of its 95 % interval, truncated answers counted as right; null when unknown.", .fraction),
      "scoreIfUnknownWrong": Note(
        "Score if every truncated answer were wrong; null when none was truncated.", .fraction),
      "scoreIfUnknownRight": Note(
        "Score if every truncated answer were right; null when none was truncated.", .fraction),
      "samples": Note("Samples that count.", .minimum(0)),
      "samplesLeftOut": Note("Samples with fewer than `k` scored epochs.", .minimum(0)),
    ])
}
