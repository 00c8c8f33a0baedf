/// Compares what models did on the same samples.
package enum ResultsCompare: Method {
  package static let name = "results.compare"
  package static let summary =
    "Compares runs of one suite, or the models of one run, sample by sample, and says which differences are real."
  package static let details = """
    Samples are paired by id and epoch; only those that both sides have a score for are compared. Where every sample comes \
    out as 0 or 1 on both sides, the test is McNemar's exact one and the interval Newcombe's (1998, method 10); else the \
    sign-flip test of the samples' differences, with a bootstrap that draws whole samples. Holm's correction is for \
    all `pairs` of one answer, so that a difference is claimed where there is none with a chance of at most `alpha` for the \
    whole answer.

    It is refused when the runs are of different suites, or when no sample can be paired.
    """
  package static let errors: [ServiceError.Kind] = [.runNotFound] + ServiceError.Kind.ofStore
  package typealias Result = RunComparison

  package struct Params: Codable, Sendable, Equatable {
    /// Ids of runs, starts of ids or `latest`.
    package var runs: [String]
    /// Models to look at; all when absent.
    package var models: [String]?
    /// Default: the reducer that all of the runs asked for, else `score`.
    package var metric: ComparisonMetric?
    /// The k of `passAtK` and `passHatK`, 1 or more.
    package var k: Int?
    /// Chance of a false claim, above 0 and below 1. Default 0.05.
    package var alpha: Double?
    /// The difference for which the items needed are counted; the observed one when absent.
    package var difference: Double?
    package var pairing: ComparisonPairing?
    /// Flipped samples given for each pair, 0…1000, default 20.
    package var limit: Int?
    /// `nextCursor` of a pair of the page before.
    package var cursor: String?

    package init(runs: [String]) { self.runs = runs }
  }
}

/// What is compared.
package enum ComparisonMetric: String, Codable, Sendable, CaseIterable {
  case score, passed, passAtK, passHatK, majority, latencyMilliseconds, promptTokens, completionTokens, costUSD

  /// Whether more is better.
  package var isHigherBetter: Bool {
    switch self {
    case .score, .passed, .passAtK, .passHatK, .majority: true
    case .latencyMilliseconds, .promptTokens, .completionTokens, .costUSD: false
    }
  }

  /// Whether it is a share of 1, as of right answers, and not an amount: its values lie within 0…1.
  package var isFraction: Bool {
    switch self {
    case .score, .passed, .passAtK, .passHatK, .majority: true
    case .latencyMilliseconds, .promptTokens, .completionTokens, .costUSD: false
    }
  }

  /// Whether it needs a `k`.
  package var takesK: Bool { self == .passAtK || self == .passHatK }
}

/// Which sides are compared with which.
package enum ComparisonPairing: String, Codable, Sendable, CaseIterable {
  /// Every side with every other.
  case all
  /// Each model with itself in the other runs.
  case sameModel
}
