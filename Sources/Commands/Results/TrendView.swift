package import Contract
import JSON

/// Scores over time for people: what each series shows, and its runs with a bar for each score.
package enum TrendView {
  package static func lines(_ trends: ResultsTrends.Result) -> [StyledText] {
    var lines: [StyledText] = []
    for series in trends.series {
      if !lines.isEmpty { lines.append("") }
      lines += heading(series) + points(series) + evidence(series)
    }
    return lines
  }

  private static func heading(_ series: TrendSeries) -> [StyledText] {
    let version = series.suiteVersion.map { " (version \($0))" } ?? ""
    var lines: [StyledText] = [
      "\("\(series.suite)\(version), \(series.model)", .bold): \(series.conclusion)"
    ]
    if let options = series.options, !options.isEmpty {
      lines.append(StyledText("Options: \(JSONWriter.string(.object(options)))", .dim))
    }
    if let settings = series.settings, !settings.isEmpty {
      lines.append(StyledText("Settings: \(JSONWriter.string(.object(settings)))", .dim))
    }
    return lines
  }

  /// Columns that a score of 1 takes.
  private static let width = 40

  private static func points(_ series: TrendSeries) -> [StyledText] {
    var table = Table([
      .left("STARTED (UTC)"), .left("RUN"), .right("SCORE"), .right("95 % INTERVAL"), .right("N"), .left(""),
    ])
    let ids = RunListView.shortIDs(series.points.map(\.runId))
    let changes = Set(series.changes.map(\.runId))
    for (point, id) in zip(series.points, ids) {
      let bar = String(repeating: "█", count: Int((point.score * Double(width)).rounded()))
      let mark: StyledText = changes.contains(point.runId) ? StyledText(" ◀ change", .yellow) : ""
      table.add([
        StyledText(TimeText.short(point.startedAt)), StyledText(id), StyledText(NumberText.score(point.score), .bold),
        StyledText(NumberText.interval(point.low, point.high)), StyledText(NumberText.count(point.n)),
        StyledText(bar, .dim) + mark,
      ])
    }
    return table.lines()
  }

  private static func evidence(_ series: TrendSeries) -> [StyledText] {
    var lines: [StyledText] = []
    if let slope = series.slopePerDay, let low = series.slopeLow, let high = series.slopeHigh {
      lines.append(
        "Trend in 30 days: \(signed(slope * 30)) (95 % interval \(signed(low * 30)) … \(signed(high * 30))), "
          + "p \(ComparisonView.probability(series.slopePValue)), weighted by samples.")
    }
    for change in series.changes {
      lines.append(
        "Change with run \(change.runId): \(NumberText.score(change.before)) over \(NumberText.mean(change.beforeItems)) "
          + "samples before, \(NumberText.score(change.after)) over \(NumberText.mean(change.afterItems)) after; "
          + "\(signed(change.difference)) (95 % interval \(signed(change.low)) … \(signed(change.high))), "
          + "p \(ComparisonView.probability(change.pValue)).")
    }
    return lines
  }

  private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + NumberText.fixed(value, 3) }
}
