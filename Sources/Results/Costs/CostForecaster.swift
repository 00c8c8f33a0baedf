import Contract

/// Foresees what the regular runs will cost until the month ends.
struct CostForecaster {
  /// 35 days: four of a weekly run.
  static let lookBackMilliseconds: Int64 = 35 * 86_400_000
  private static let fewestRuns = 3
  /// How far from the median a gap may be, as a factor, and how large a share of the gaps has to be within.
  private static let tolerance = 1.5
  private static let regularShare = 2.0 / 3
  /// More than this often is somebody at work, not a schedule.
  private static let shortestGap = 1800.0

  let now: Timestamp
  let monthEnd: Timestamp

  private struct Key: Hashable {
    var suite: String
    var model: String
    var configuration: String
  }

  /// - Parameters:
  ///   - rows: what was run lately, in order of time.
  ///   - spent: US dollars of this month.
  func forecast(_ rows: [CostRow], spent: Double) -> CostForecast {
    let series = Dictionary(grouping: rows) {
      Key(suite: $0.suite, model: $0.model, configuration: "\($0.samples) \($0.configuration)")
    }
    let schedules = series.values.compactMap(schedule).sorted {
      (-$0.usd, $0.suite, $0.model, $0.samples) < (-$1.usd, $1.suite, $1.model, $1.samples)
    }
    return CostForecast(until: monthEnd, usd: spent + schedules.reduce(0) { $0 + $1.usd }, schedules: schedules)
  }

  /// nil for runs that do not come regularly, any more, or at no known cost.
  private func schedule(_ rows: [CostRow]) -> CostSchedule? {
    guard rows.count >= Self.fewestRuns, let last = rows.last else { return nil }
    let gaps = zip(rows, rows.dropFirst()).map { $1.startedAt.seconds(since: $0.startedAt) }.sorted()
    let median = (gaps[(gaps.count - 1) / 2] + gaps[gaps.count / 2]) / 2
    guard median >= Self.shortestGap else { return nil }
    let regular = gaps.count { $0 <= median * Self.tolerance && $0 >= median / Self.tolerance }
    guard Double(regular) >= Double(gaps.count) * Self.regularShare else { return nil }
    let age = now.seconds(since: last.startedAt)
    guard age <= 2 * median else { return nil }
    let costs = rows.suffix(5).compactMap(\.usd)
    guard !costs.isEmpty else { return nil }
    // The next ones are due at the last plus whole gaps; one that is late is still to come.
    let due = Int((monthEnd.seconds(since: last.startedAt) / median).rounded(.up)) - 1
    let missed = max(0, Int((age / median).rounded(.down)) - 1)
    return CostSchedule(
      suite: last.suite, model: last.model, samples: last.samples, everySeconds: median,
      averageUSD: costs.reduce(0, +) / Double(costs.count), runsLeft: max(0, due - missed))
  }
}
