import Contract
import Reporting

/// What runs cost this month, by suite and model, and what the regular ones will.
struct CostPage: Sendable {
  let costs: ResultsCosts.Result
  let monthlyLimitUSD: Double?
  let layout: Layout

  var html: HTML {
    layout.page(
      "Cost", .costs, watches: "change",
      """
      <h1>Cost</h1>
      \(CostAlert(costs: costs, limit: monthlyLimitUSD).html)
      \(CostCards(costs: costs).html)
      <section aria-labelledby="groups"><h2 id="groups">By suite and model</h2>\(groups)</section>
      \(schedules)
      """)
  }

  private var groups: HTML {
    guard !costs.groups.isEmpty else { return "<p>Nothing has run since \(HTML.time(costs.since)).</p>" }
    let rows = costs.groups.map { group -> HTML in
      """
      <tr><td>\(group.suite)</td><td>\(group.model)</td>\(HTML.number(cell: Figure.count(group.runs)))\
      \(HTML.number(cell: Figure.dollars(group.usd)))\(HTML.number(cell: Figure.dollars(group.averageUSD)))</tr>
      """
    }
    let note: HTML =
      costs.unpricedRuns == 0
      ? ""
      : "<p>Of \(costs.unpricedRuns) \(costs.unpricedRuns == 1 ? "run" : "runs") the price is not known, as of local models: they are not in the sums.</p>"
    return .table(
      "Cost by suite and model",
      [("Suite", false), ("Model", false), ("Runs", true), ("Cost", true), ("A run", true)], rows) + note
  }

  private var schedules: HTML {
    guard let forecast = costs.forecast, !forecast.schedules.isEmpty else { return "" }
    let rows = forecast.schedules.map { schedule -> HTML in
      """
      <tr><td>\(schedule.suite)</td><td>\(schedule.model)</td>\(HTML.number(cell: Figure.count(schedule.samples)))\
      \(HTML.number(cell: Figure.time(milliseconds: schedule.everySeconds * 1000)))\
      \(HTML.number(cell: Figure.count(schedule.runsLeft)))\(HTML.number(cell: Figure.dollars(schedule.averageUSD)))\
      \(HTML.number(cell: Figure.dollars(schedule.usd)))</tr>
      """
    }
    let columns: [(name: String, isNumber: Bool)] = [
      ("Suite", false), ("Model", false), ("Samples", true), ("Every", true), ("To come", true), ("A run", true),
      ("Together", true),
    ]
    return """
      <section aria-labelledby="schedules"><h2 id="schedules">Runs that come regularly</h2>
      <p>As far as the last 35 days tell; until \(HTML.time(forecast.until)).</p>\(HTML.table("Regular runs", columns, rows))</section>
      """
  }
}

/// The sums of a month as cards.
struct CostCards: Sendable {
  let costs: ResultsCosts.Result

  var html: HTML {
    let forecast: HTML? = costs.forecast.map { forecast in
      card("By the end of the month", Figure.dollars(forecast.usd), forecast.schedules.isEmpty ? "No run comes regularly." : "Spent, and what comes regularly.")
    }
    let priced = costs.runs - costs.unpricedRuns
    return """
      <div class="cards cost">\
      \(card("Since \(costs.since.description.prefix(10))", Figure.dollars(costs.totalUSD), "\(Figure.count(costs.runs)) \(costs.runs == 1 ? "run" : "runs")"))\
      \(card("A run", Figure.dollars(costs.averageUSD), "\(Figure.count(priced)) of known price"))\(forecast)</div>
      """
  }

  private func card(_ title: String, _ value: String, _ note: String) -> HTML {
    "<article class=\"card\"><h3>\(title)</h3><p class=\"score\">\(value)</p><p class=\"facts\">\(note)</p></article>"
  }
}

/// Says that a month's limit is, or will be, crossed.
struct CostAlert: Sendable {
  let costs: ResultsCosts.Result
  let limit: Double?

  var html: HTML {
    guard let limit else { return "" }
    if costs.totalUSD > limit {
      return "<p class=\"alert\" role=\"alert\">This month has cost \(Figure.dollars(costs.totalUSD)): more than the limit of \(Figure.dollars(limit)).</p>"
    }
    guard let forecast = costs.forecast, forecast.usd > limit else { return "" }
    return "<p class=\"alert\" role=\"status\">At this pace the month will cost \(Figure.dollars(forecast.usd)): more than the limit of \(Figure.dollars(limit)).</p>"
  }
}
