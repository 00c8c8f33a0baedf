import Contract
import Reporting

/// The first page: how good, since when, how it moved, what ran, what it cost.
struct OverviewPage: Sendable {
  let runs: [RunSummary]
  let trends: ResultsTrends.Result
  let costs: ResultsCosts.Result
  let monthlyLimitUSD: Double?
  let layout: Layout

  var html: HTML {
    layout.page("Overview", .overview, watches: "change", body)
  }

  private var body: HTML {
    guard !runs.isEmpty else {
      return """
        <h1>No run is stored yet</h1>
        <p>Begin with <code>llmbench run sorting --model local/smollm2 --sizes 10,20</code>: the run appears here as it goes on.</p>
        """
    }
    return """
      <h1>Overview</h1>
      \(CostAlert(costs: costs, limit: monthlyLimitUSD).html)
      \(cards)
      \(charts)
      <section aria-labelledby="recent"><h2 id="recent">Recent runs</h2>
      \(RunTable(runs: Array(runs.prefix(12)), links: layout.links).html)
      <p><a href="\(layout.links.runs)">All runs</a></p></section>
      <section aria-labelledby="cost"><h2 id="cost">Cost</h2>\(CostCards(costs: costs).html)
      <p><a href="\(layout.links.costs)">By suite and model</a></p></section>
      """
  }

  // MARK: Scores

  /// The newest completed result of each suite and model, the newest first.
  private var latest: [(run: RunSummary, model: ModelSummary)] {
    var seen = Set<String>()
    var found: [(RunSummary, ModelSummary)] = []
    for run in runs where run.status == .completed {
      for model in run.models where model.score != nil && seen.insert("\(run.suite)\n\(model.model)").inserted {
        found.append((run, model))
      }
    }
    return found
  }

  private var cards: HTML {
    let shown = latest.prefix(6).enumerated().map { index, one in card(one.run, one.model, isMain: index == 0) }
    guard !shown.isEmpty else { return "<p>No run has been completed yet.</p>" }
    return "<section class=\"cards\" aria-label=\"Newest scores\">\(shown)</section>"
  }

  private func card(_ run: RunSummary, _ model: ModelSummary, isMain: Bool) -> HTML {
    let interval: HTML? = model.low.flatMap { low in
      model.high.map { "<p class=\"interval\">\(Figure.fixed(low * 100, 1))–\(Figure.fixed($0 * 100, 1)) %</p>" }
    }
    return """
      <article class="\(isMain ? "card main" : "card")">
      <h2><a href="\(layout.links.run(run.runId))">\(run.suite)</a></h2>
      <p class="model">\(model.model)</p>
      <p class="score">\(Figure.percent(model.score))</p>\(interval)\(HTML.bar(model.score))
      <p class="facts">\(model.n) \(model.n == 1 ? "sample" : "samples") · \(HTML.time(run.startedAt))</p>
      </article>
      """
  }

  // MARK: Trends

  private var charts: HTML {
    let bySuite = Dictionary(grouping: trends.series, by: \.suite)
    // The suite that ran last first.
    let order = bySuite.sorted { left, right in
      (newest(left.value), right.key) > (newest(right.value), left.key)
    }
    let sections = order.prefix(Self.charts).enumerated().map { index, suite -> HTML in
      let newestFirst = suite.value.sorted { newest([$0]) > newest([$1]) }
      let chart = TrendChart(
        series: Array(newestFirst.prefix(Self.lines)), since: trends.since, until: trends.until, name: "trend\(index)")
      let open: HTML = index == 0 ? " open" : ""
      return "<details class=\"trend\"\(open)><summary>\(suite.key)</summary>\(chart.html)</details>"
    }
    guard !sections.isEmpty else { return "" }
    let days = Int((trends.until.seconds(since: trends.since) / 86_400).rounded())
    return "<section aria-labelledby=\"trends\"><h2 id=\"trends\">The last \(days) days</h2>\(sections)</section>"
  }

  /// Charts, and lines of one, that a reader can take in.
  private static let charts = 6
  private static let lines = 8

  private func newest(_ series: [TrendSeries]) -> Int64 {
    series.compactMap { $0.points.last?.startedAt.millisecondsSinceEpoch }.max() ?? 0
  }
}
