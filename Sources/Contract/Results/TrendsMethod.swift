package import JSON

/// How scores moved over time.
package enum ResultsTrends: Method {
  package static let name = "results.trends"
  package static let summary = "Gives how the scores of each model moved over time, and where they changed."
  package static let details = """
    Of completed runs. A point weighs as much as it has samples (epochs of a sample counted once): a daily run of 100 and a \
    weekly one of 400 lie on one line. The slope is that of weighted least squares. Changes are found by binary segmentation with \
    the two-sample z of the rates before and after; their p-values are Worsley's bound for the largest of them (1983).
    """
  package static let errors = ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable {
    package var suite: String?
    package var model: String?
    /// Of the runs up to now, or up to `until`: above 0, default 30.
    package var days: Double?
    /// Runs that started before this moment.
    package var until: Timestamp?
    /// Default `configuration`.
    package var groupBy: TrendGrouping?
    /// Level at which a change is marked, above 0 and below 1. Default 0.01.
    package var alpha: Double?
    /// The most points, 1…10000, default 2000; the newest are given.
    package var limit: Int?

    package init() {}
  }

  package struct Result: Codable, Sendable, Equatable {
    package var since: Timestamp
    package var until: Timestamp
    package var alpha: Double
    package var series: [TrendSeries]
    /// Whether older points of the time asked for were left out.
    package var isShortened: Bool

    package init(since: Timestamp, until: Timestamp, alpha: Double, series: [TrendSeries], isShortened: Bool) {
      self.since = since
      self.until = until
      self.alpha = alpha
      self.series = series
      self.isShortened = isShortened
    }
  }
}

/// Which runs make one series.
package enum TrendGrouping: String, Codable, Sendable, CaseIterable {
  /// Those of one model, suite, suite version, options and model parameters.
  case configuration
  /// Those of one model and suite, whatever else they asked.
  case model
}

/// The runs of one model that can be put on one line.
package struct TrendSeries: Codable, Sendable, Equatable {
  package var suite: String
  package var model: String
  /// nil where runs of several stand together.
  package var suiteVersion: String?
  /// The suite's options that the runs share, without those that only choose the samples; nil where several stand together.
  package var options: JSONObject?
  /// The other parameters that the runs share, under their names in `benchmark.run`; nil where several stand together.
  package var settings: JSONObject?
  /// In order of time.
  package var points: [TrendPoint]
  /// Samples of all points.
  package var items: Double = 0
  /// Mean of the points by weight.
  package var score: Double?
  package var slopePerDay: Double?
  package var slopeLow: Double?
  package var slopeHigh: Double?
  package var slopePValue: Double?
  /// In order of time.
  package var changes: [TrendChange] = []
  package var conclusion: String = ""

  package init(suite: String, model: String, points: [TrendPoint]) {
    self.suite = suite
    self.model = model
    self.points = points
  }
}

/// What a model scored in one run.
package struct TrendPoint: Codable, Sendable, Equatable {
  package var runId: String
  package var startedAt: Timestamp
  package var score: Double
  package var low: Double?
  package var high: Double?
  /// Scored answers, and the samples that they make: the point's weight.
  package var n: Int
  package var items: Double

  package init(runId: String, startedAt: Timestamp, score: Double, n: Int, items: Double) {
    self.runId = runId
    self.startedAt = startedAt
    self.score = score
    self.n = n
    self.items = items
  }
}

/// A place where the score changed, with its evidence.
package struct TrendChange: Codable, Sendable, Equatable {
  /// The first run after it.
  package var runId: String
  package var startedAt: Timestamp
  /// Scores from the change before to this one, and from this one to the next.
  package var before: Double
  package var after: Double
  package var beforeItems: Double
  package var afterItems: Double
  /// After less before, with its 95 % interval.
  package var difference: Double
  package var low: Double
  package var high: Double
  package var pValue: Double
  package var dispersion: Double

  package init(
    runId: String, startedAt: Timestamp, before: Double, beforeItems: Double, after: Double, afterItems: Double,
    low: Double, high: Double, pValue: Double, dispersion: Double
  ) {
    self.runId = runId
    self.startedAt = startedAt
    self.before = before
    self.after = after
    self.beforeItems = beforeItems
    self.afterItems = afterItems
    difference = after - before
    self.low = low
    self.high = high
    self.pValue = pValue
    self.dispersion = dispersion
  }
}
