import Contract
import JSON
import Reporting

/// Scores over time: a line for each model, with its interval.
struct TrendChart: Sendable {
  let series: [TrendSeries]
  let since: Timestamp
  let until: Timestamp
  /// Its own among the charts of a page.
  var name = "trend"

  private static let width = 760.0
  private static let height = 260.0
  private static let left = 60.0
  private static let right = 14.0
  private static let top = 10.0
  private static let bottom = 228.0
  /// Lines that have a colour of their own; further ones begin anew.
  private static let colours = 8

  var html: HTML {
    """
    <figure>
    <svg class="chart" role="img" viewBox="0 0 \(number: Self.width) \(number: Self.height)" aria-label="\(label)">
    \(grid)\(series.enumerated().map { line($0.offset, $0.element) })
    </svg>
    <figcaption><ul class="legend">\(legend)</ul></figcaption>
    <details id="\(name)-numbers"><summary>The numbers of the chart</summary>\(table)</details>
    </figure>
    """
  }

  private var label: String {
    let names = series.map(name).joined(separator: ", ")
    return "Score over time of \(names). The numbers follow in a table."
  }

  /// Models are told apart by their names, series of one model by what else differs.
  private func name(_ one: TrendSeries) -> String {
    let like = series.filter { $0.model == one.model }
    guard like.count > 1 else { return one.model }
    var parts: [String] = []
    if Set(like.map(\.suiteVersion)).count > 1, let version = one.suiteVersion { parts.append("version \(version)") }
    if Set(like.map { $0.options.map { JSONWriter.string(.object($0)) } }).count > 1, let options = one.options, !options.isEmpty {
      parts.append(options.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
    if Set(like.map { $0.settings.map { JSONWriter.string(.object($0)) } }).count > 1, let settings = one.settings, !settings.isEmpty {
      parts.append(settings.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
    return parts.isEmpty ? one.model : "\(one.model) (\(parts.joined(separator: "; ")))"
  }

  private func across(_ time: Timestamp) -> Double {
    let all = max(1, until.seconds(since: since))
    let share = min(max(time.seconds(since: since) / all, 0), 1)
    return Self.left + share * (Self.width - Self.left - Self.right)
  }

  private func up(_ score: Double) -> Double {
    Self.bottom - min(max(score, 0), 1) * (Self.bottom - Self.top)
  }

  private var grid: HTML {
    let rows = stride(from: 0.0, through: 1, by: 0.25).map { score -> HTML in
      """
      <line class="rule" x1="\(number: Self.left)" x2="\(number: Self.width - Self.right)" y1="\(number: up(score))" \
      y2="\(number: up(score))"/><text x="\(number: Self.left - 8)" y="\(number: up(score) + 4)" text-anchor="end">\
      \(Figure.fixed(score * 100, 0)) %</text>
      """
    }
    let steps = 5
    let span = until.millisecondsSinceEpoch - since.millisecondsSinceEpoch
    let columns = (0...steps).map { step -> HTML in
      let time = Timestamp(millisecondsSinceEpoch: since.millisecondsSinceEpoch + span * Int64(step) / Int64(steps))
      let anchor = step == 0 ? "start" : step == steps ? "end" : "middle"
      return """
        <text x="\(number: across(time))" y="\(number: Self.bottom + 20)" text-anchor="\(anchor)">\
        \(String(time.description.dropFirst(5).prefix(5)))</text>
        """
    }
    return (rows + columns).joined()
  }

  private func line(_ index: Int, _ one: TrendSeries) -> HTML {
    let points = one.points
    let path = points.map { "\(HTML.number(across($0.startedAt))),\(HTML.number(up($0.score)))" }
    var band: HTML = ""
    let ranged = points.filter { $0.low != nil && $0.high != nil }
    // Bands of many lines would cover one another.
    if ranged.count > 1, series.count <= 3 {
      let upper = ranged.map { "\(HTML.number(across($0.startedAt))),\(HTML.number(up($0.high ?? $0.score)))" }
      let lower = ranged.reversed().map { "\(HTML.number(across($0.startedAt))),\(HTML.number(up($0.low ?? $0.score)))" }
      band = "<polygon class=\"band\" points=\"\((upper + lower).joined(separator: " "))\"/>"
    }
    let marks = points.map { point -> HTML in
      let x = across(point.startedAt)
      let tip = "\(one.model), \(point.startedAt.description.prefix(16).replacing("T", with: " ")): "
        + "\(Figure.percent(point.score, point.low, point.high)), \(Figure.count(point.n)) samples"
      var bar: HTML = ""
      if ranged.count == 1, let low = point.low, let high = point.high {
        bar = "<line class=\"whisker\" x1=\"\(number: x)\" x2=\"\(number: x)\" y1=\"\(number: up(low))\" y2=\"\(number: up(high))\"/>"
      }
      return "<g class=\"mark\" data-tip=\"\(tip)\"><title>\(tip)</title>\(bar)<circle cx=\"\(number: x)\" cy=\"\(number: up(point.score))\" r=\"4\"/></g>"
    }
    return "<g class=\"s\(index % Self.colours)\">\(band)<polyline points=\"\(path.joined(separator: " "))\"/>\(marks)</g>"
  }

  private var legend: [HTML] {
    series.enumerated().map { index, one in
      "<li class=\"s\(index % Self.colours)\"><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle cx=\"6\" cy=\"6\" r=\"5\"/></svg> \(name(one))\(remark(one))</li>"
    }
  }

  /// What the series shows, where it shows something.
  private func remark(_ one: TrendSeries) -> HTML {
    let isSteep = one.slopePValue.map { $0 <= 0.01 } ?? false
    guard !one.changes.isEmpty || isSteep else { return "" }
    return ": \(one.conclusion)"
  }

  private var table: HTML {
    let rows = series.flatMap { one in
      one.points.map { point -> HTML in
        """
        <tr><td>\(HTML.time(point.startedAt))</td><td>\(name(one))</td>\(HTML.number(cell: Figure.percent(point.score)))\
        \(HTML.number(cell: interval(point)))\(HTML.number(cell: Figure.count(point.n)))</tr>
        """
      }
    }
    return .table(
      "Scores over time",
      [("Started", false), ("Model", false), ("Score", true), ("Interval", true), ("Samples", true)], rows)
  }

  private func interval(_ point: TrendPoint) -> String {
    guard let low = point.low, let high = point.high else { return Figure.unknown }
    return "\(Figure.fixed(low * 100, 1))–\(Figure.fixed(high * 100, 1)) %"
  }
}
