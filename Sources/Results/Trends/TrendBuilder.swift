import Contract
import GRDB
import JSON
import Statistics

/// Sorts the scores of runs into series, and finds what each shows.
struct TrendBuilder {
  private struct Key: Hashable, Comparable {
    var suite: String
    var model: String
    var version: String
    var configuration: String

    static func < (left: Key, right: Key) -> Bool {
      (left.suite, left.model, left.version, left.configuration)
        < (right.suite, right.model, right.version, right.configuration)
    }
  }

  private let grouping: TrendGrouping
  private let alpha: Double
  private var series: [Key: TrendSeries] = [:]
  /// The same few texts come again and again.
  private var configurations: [String: RunConfiguration] = [:]

  init(grouping: TrendGrouping, alpha: Double) {
    self.grouping = grouping
    self.alpha = alpha
  }

  /// Adds a row of ``TrendQuery``; they come newest first.
  mutating func add(_ row: Row) {
    let configuration = configuration(row.text("configuration"))
    let (suite, model) = (row.text("suite") ?? "", row.text("model_id") ?? "")
    let version = row.text("suite_version") ?? ""
    let n: Int = row["total_count"]
    var point = TrendPoint(
      runId: row.text("id") ?? "", startedAt: Timestamp(millisecondsSinceEpoch: row["started_at_ms"]),
      score: row["score"], n: n, items: Double(n) / configuration.epochs)
    point.low = row["score_low"]
    point.high = row["score_high"]
    let isSplit = grouping == .configuration
    let key = Key(
      suite: suite, model: model, version: isSplit ? version : "", configuration: isSplit ? configuration.key : "")
    var empty = TrendSeries(suite: suite, model: model, points: [])
    if isSplit {
      empty.suiteVersion = version
      empty.options = configuration.options
      empty.settings = configuration.settings
    }
    series[key, default: empty].points.append(point)
  }

  private mutating func configuration(_ text: String?) -> RunConfiguration {
    let text = text ?? ""
    if let known = configurations[text] { return known }
    let configuration = RunConfiguration(text)
    configurations[text] = configuration
    return configuration
  }

  func finished() -> [TrendSeries] {
    series.sorted { $0.key < $1.key }.map { finished($0.value) }
  }

  private func finished(_ series: TrendSeries) -> TrendSeries {
    var series = series
    series.points.reverse()
    let points = series.points
    series.items = points.reduce(0) { $0 + $1.items }
    if series.items > 0 { series.score = points.reduce(0) { $0 + $1.score * $1.items } / series.items }
    addSlope(&series)
    let changes = ChangePointSearch.changes(
      in: points.map { .init(score: $0.score, items: $0.items) }, alpha: alpha)
    series.changes = changes.map { change in
      TrendChange(
        runId: points[change.index].runId, startedAt: points[change.index].startedAt, before: change.before.score,
        beforeItems: change.before.items, after: change.after.score, afterItems: change.after.items,
        low: change.interval.low, high: change.interval.high, pValue: change.pValue, dispersion: change.dispersion)
    }
    series.conclusion = conclusion(series)
    return series
  }

  private func addSlope(_ series: inout TrendSeries) {
    // What moves within a day is no trend, and a slope of so short a time is a wild guess.
    guard let first = series.points.first, let last = series.points.last,
      last.startedAt.seconds(since: first.startedAt) >= 86_400
    else { return }
    let line = WeightedTrend(
      series.points.map { (x: $0.startedAt.seconds(since: first.startedAt) / 86_400, y: $0.score, weight: $0.items) })
    series.slopePerDay = line?.slope
    series.slopeLow = line?.interval.low
    series.slopeHigh = line?.interval.high
    series.slopePValue = line?.pValue
  }

  // MARK: - Words

  private func conclusion(_ series: TrendSeries) -> String {
    let runs = "\(series.points.count) run\(series.points.count == 1 ? "" : "s")"
    if let last = series.changes.last {
      let verb = last.difference < 0 ? "fell" : "rose"
      let earlier = series.changes.count == 1 ? "" : " It is the last of \(series.changes.count) changes."
      return "The score \(verb) from \(text(last.before)) to \(text(last.after)) with run \(last.runId) of "
        + "\(last.startedAt.description.prefix(10)), \(ComparisonWords.probability(last.pValue)).\(earlier)"
    }
    guard series.points.count >= WeightedTrend.fewestPoints else {
      return "\(runs): too few for a trend."
    }
    if let slope = series.slopePerDay, let pValue = series.slopePValue, pValue <= alpha {
      return "The score \(slope < 0 ? "falls" : "rises") by about \(text(abs(slope) * 30)) in 30 days, "
        + "\(ComparisonWords.probability(pValue)), without a single change."
    }
    return "Nothing shows that the score changed over \(runs)."
  }

  private func text(_ score: Double) -> String { DecimalText.fixed(score, 3) }
}
