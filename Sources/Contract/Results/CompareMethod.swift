/// Compares what models did on the same samples.
package enum ResultsCompare: Method {
  package static let name = "results.compare"
  package static let summary =
    "Compares runs of one suite, or the models of one run, sample by sample, and says which differences are real."
  package static let details = """
    Samples are paired by id and epoch; only those that both sides have a score for are compared. Where each sample was \
    asked once and is right or wrong, the test is McNemar's exact one and the interval Newcombe's (1998, method 10); else the \
    sign-flip test of the samples' mean differences, with a bootstrap that draws whole samples. Holm's correction is for \
    all `pairs` of one answer, so that a real difference is claimed wrongly with a chance of at most `alpha` for the whole \
    answer.

    It is refused when the runs are of different suites, or when no sample can be paired.
    """
  package static let errors: [ServiceError.Kind] = [.runNotFound] + ServiceError.Kind.ofStore
  package typealias Result = RunComparison

  package struct Params: Codable, Sendable, Equatable {
    /// Ids of runs, starts of ids or `latest`.
    package var runs: [String]
    /// Models to look at; all when absent.
    package var models: [String]?
    /// Default `score`.
    package var metric: ComparisonMetric?
    /// The k of `passAtK`, 1 or more.
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
  case score, passed, passAtK, latencyMilliseconds, promptTokens, completionTokens, costUSD

  /// Whether more is better.
  package var isHigherBetter: Bool {
    switch self {
    case .score, .passed, .passAtK: true
    case .latencyMilliseconds, .promptTokens, .completionTokens, .costUSD: false
    }
  }
}

/// Which sides are compared with which.
package enum ComparisonPairing: String, Codable, Sendable, CaseIterable {
  /// Every side with every other.
  case all
  /// Each model with itself in the other runs.
  case sameModel
}
