/// What runs cost, and what they will.
package enum ResultsCosts: Method {
  package static let name = "results.costs"
  package static let summary = "Adds up what runs cost, by suite and model, and foresees the rest of the month."
  package static let details = """
    Of runs that began in the time asked for, by default this month (UTC). A run that is under way counts with what its ended \
    samples cost. The forecast holds runs that come regularly to their pace: one series is a suite, a model and what was \
    asked; it is regular with three runs or more in 35 days of which most are about as far apart as the median says, and \
    alive when the last is not longer ago than twice that.
    """
  package static let errors = ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable {
    package var suite: String?
    package var model: String?
    /// Runs that started at or after this moment; by default the beginning of the month of `until`.
    package var since: Timestamp?
    /// Runs that started before this moment; by default now.
    package var until: Timestamp?

    package init() {}
  }

  package struct Result: Codable, Sendable, Equatable {
    package var since: Timestamp
    package var until: Timestamp
    package var totalUSD: Double
    package var runs: Int
    /// Runs of which no model's price is known.
    package var unpricedRuns: Int
    /// Of the runs whose price is known; nil when there is none.
    package var averageUSD: Double?
    package var groups: [CostGroup]
    /// nil where the time asked for does not end in the present.
    package var forecast: CostForecast?

    package init(
      since: Timestamp, until: Timestamp, totalUSD: Double, runs: Int, unpricedRuns: Int, averageUSD: Double?,
      groups: [CostGroup], forecast: CostForecast?
    ) {
      self.since = since
      self.until = until
      self.totalUSD = totalUSD
      self.runs = runs
      self.unpricedRuns = unpricedRuns
      self.averageUSD = averageUSD
      self.groups = groups
      self.forecast = forecast
    }
  }
}

/// What one model cost in one suite.
package struct CostGroup: Codable, Sendable, Equatable {
  package var suite: String
  package var model: String
  /// nil when the price of none of its runs is known.
  package var usd: Double?
  package var runs: Int
  package var unpricedRuns: Int
  package var averageUSD: Double?

  package init(suite: String, model: String, usd: Double?, runs: Int, unpricedRuns: Int) {
    self.suite = suite
    self.model = model
    self.usd = usd
    self.runs = runs
    self.unpricedRuns = unpricedRuns
    averageUSD = usd.map { $0 / Double(max(1, runs - unpricedRuns)) }
  }
}

/// What the month will have cost at its end.
package struct CostForecast: Codable, Sendable, Equatable {
  /// The end of the month.
  package var until: Timestamp
  /// What is spent and what the regular runs will add.
  package var usd: Double
  package var schedules: [CostSchedule]

  package init(until: Timestamp, usd: Double, schedules: [CostSchedule]) {
    self.until = until
    self.usd = usd
    self.schedules = schedules
  }
}

/// Runs that come regularly.
package struct CostSchedule: Codable, Sendable, Equatable {
  package var suite: String
  package var model: String
  /// Samples of the last run.
  package var samples: Int
  /// Median time between two of them.
  package var everySeconds: Double
  /// Of the last five.
  package var averageUSD: Double
  package var runsLeft: Int
  package var usd: Double

  package init(
    suite: String, model: String, samples: Int, everySeconds: Double, averageUSD: Double, runsLeft: Int
  ) {
    self.suite = suite
    self.model = model
    self.samples = samples
    self.everySeconds = everySeconds
    self.averageUSD = averageUSD
    self.runsLeft = runsLeft
    usd = averageUSD * Double(runsLeft)
  }
}
