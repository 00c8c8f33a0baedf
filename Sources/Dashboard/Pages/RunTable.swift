import Contract
import Reporting

/// Runs in a table, a row for each model of each.
struct RunTable: Sendable {
  let runs: [RunSummary]
  let links: Links
  /// Whether runs can be chosen to be compared.
  var isSelectable = false

  var html: HTML {
    var columns: [(name: String, isNumber: Bool)] = [
      ("Started", false), ("Model", false), ("Score", true), ("Interval", true), ("Samples", true), ("Suite", false),
      ("Cost", true), ("Status", false),
    ]
    if isSelectable { columns.insert(("Compare", false), at: 0) }
    return .table("Runs", columns, runs.flatMap(rows))
  }

  private func rows(_ run: RunSummary) -> [HTML] {
    run.models.enumerated().map { index, model in
      let isFirst = index == 0
      let choice: HTML =
        !isSelectable
        ? ""
        : isFirst
          ? "<td><input type=\"checkbox\" name=\"run\" value=\"\(run.runId)\" aria-label=\"Compare the run \(run.runId)\"></td>"
          : "<td></td>"
      let interval = model.low.flatMap { low in
        model.high.map { "\(Figure.fixed(low * 100, 1))–\(Figure.fixed($0 * 100, 1))" }
      }
      return """
        <tr>\(choice)<td><a href="\(links.run(run.runId))">\(HTML.time(run.startedAt))</a></td>\
        <td>\(model.model)</td>\(HTML.number(cell: Figure.percent(model.score)))\
        \(HTML.number(cell: interval ?? Figure.unknown))\(HTML.number(cell: samples(run, model)))<td>\(run.suite)</td>\
        \(HTML.number(cell: Figure.dollars(model.costUSD)))<td>\(HTML.status(run.status))</td></tr>
        """
    }
  }

  /// Of a run that is not whole, what it has of what it wants.
  private func samples(_ run: RunSummary, _ model: ModelSummary) -> String {
    guard run.status != .completed, run.models.count == 1 else { return Figure.count(model.n) }
    return "\(Figure.count(run.completedSamples)) of \(Figure.count(run.plannedSamples))"
  }
}
