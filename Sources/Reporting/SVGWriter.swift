/// Draws a chart as SVG within a page. Colours come from the page's style sheet, so that it is right in light, in dark
/// and on paper; each mark says its numbers to who points at it, and the whole its title to who cannot see it.
enum SVGWriter {
  private static let width = 720.0
  private static let rowHeight = 26.0
  private static let labelWidth = 230.0
  private static let right = 56.0

  static func text(_ chart: Chart) -> String {
    switch chart.kind {
    case .ranges: ranges(chart)
    case .lines: lines(chart)
    case .bars: bars(chart)
    }
  }

  // MARK: Ranges

  private static func ranges(_ chart: Chart) -> String {
    let points = chart.series.flatMap(\.points)
    let height = Double(points.count) * rowHeight + 40
    let scale = Scale(chart.axis, from: labelWidth, to: width - right)
    var body = scale.ticks.map { tick in
      verticalRule(scale.place(tick), top: 6, bottom: height - 28, isStrong: tick == chart.reference)
        + words(chart.format(tick), scale.place(tick), height - 10, "middle")
    }
    for (row, point) in points.enumerated() {
      let y = 20 + Double(row) * rowHeight
      body.append(words(shortened(point.label, 34), labelWidth - 10, y + 4, "end"))
      var mark = title(point, chart)
      if let low = point.low, let high = point.high {
        mark += line(scale.place(low), y, scale.place(high), y, "interval")
      }
      mark += circle(scale.place(point.value), y)
      body.append("<g class=\"s0\">\(mark)</g>")
    }
    return svg(chart, height: height, body)
  }

  // MARK: Bars

  private static func bars(_ chart: Chart) -> String {
    let points = chart.series.flatMap(\.points)
    let height = Double(points.count) * rowHeight + 16
    let scale = Scale(chart.axis, from: labelWidth, to: width - right)
    let body = points.enumerated().map { row, point in
      let y = 20 + Double(row) * rowHeight
      let end = scale.place(point.value)
      let bar =
        "<rect x=\"\(number(labelWidth))\" y=\"\(number(y - 8))\" width=\"\(number(max(0, end - labelWidth)))\" height=\"16\"/>"
      return words(shortened(point.label, 34), labelWidth - 10, y + 4, "end")
        + "<g class=\"s0\">\(title(point, chart))\(bar)</g>" + words(chart.format(point.value), end + 6, y + 4, "start")
    }
    return svg(chart, height: height, body)
  }

  // MARK: Lines

  private static func lines(_ chart: Chart) -> String {
    let (top, bottom, left) = (12.0, 250.0, 60.0)
    let places = Array(Set(chart.series.flatMap { $0.points.map(\.x) })).sorted()
    let step = (width - left - right) / Double(max(1, places.count))
    // Sizes grow by factors: each has a place of its own, at even distances.
    func across(_ x: Double, _ series: Int) -> Double {
      let index = Double(places.firstIndex(of: x) ?? 0)
      // Intervals of several series must not lie upon each other.
      let aside = (Double(series) - Double(chart.series.count - 1) / 2) * min(9, step / Double(chart.series.count + 1))
      return left + (index + 0.5) * step + aside
    }
    let scale = Scale(chart.axis, from: bottom, to: top)
    var body = scale.ticks.map { tick in
      line(left, scale.place(tick), width - right, scale.place(tick), "rule")
        + words(chart.format(tick), left - 8, scale.place(tick) + 4, "end")
    }
    for x in places {
      let label = chart.series.lazy.flatMap(\.points).first { $0.x == x }?.label ?? ""
      let center = left + (Double(places.firstIndex(of: x) ?? 0) + 0.5) * step
      body.append(words(shortened(label, max(3, Int(step / 8))), center, bottom + 20, "middle"))
    }
    for (index, series) in chart.series.enumerated() {
      let points = series.points.sorted { $0.x < $1.x }
      let path = points.map { "\(number(across($0.x, index))),\(number(scale.place($0.value)))" }
      var mark = "<polyline points=\"\(path.joined(separator: " "))\"/>"
      for point in points {
        let x = across(point.x, index)
        var one = title(point, chart, series.name)
        if let low = point.low, let high = point.high {
          one += line(x, scale.place(low), x, scale.place(high), "interval")
        }
        mark += "<g>\(one)\(circle(x, scale.place(point.value)))</g>"
      }
      body.append("<g class=\"s\(index % colours)\">\(mark)</g>")
    }
    var height = bottom + 34
    if chart.series.count > 1 {
      for (index, series) in chart.series.enumerated() {
        body.append("<g class=\"s\(index % colours)\">\(circle(left + 6, height + 6))</g>")
        body.append(words(shortened(series.name, 80), left + 18, height + 10, "start"))
        height += 20
      }
    }
    return svg(chart, height: height + 6, body)
  }

  /// Series that have a colour of their own; further ones begin anew.
  static let colours = 6

  // MARK: Pieces

  private static func svg(_ chart: Chart, height: Double, _ body: [String]) -> String {
    """
    <svg role="img" viewBox="0 0 \(number(width)) \(number(height))" aria-label="\(HTMLWriter.escaped(VisibleText.line(chart.title)))">
    \(body.joined(separator: "\n"))
    </svg>
    """
  }

  private static func title(_ point: Chart.Point, _ chart: Chart, _ series: String = "") -> String {
    var text = [series, point.label].filter { !$0.isEmpty }.joined(separator: ", ") + ": " + chart.format(point.value)
    if let low = point.low, let high = point.high { text += " (\(chart.format(low)) to \(chart.format(high)))" }
    return "<title>\(HTMLWriter.escaped(VisibleText.line(text)))</title>"
  }

  private static func words(_ text: String, _ x: Double, _ y: Double, _ anchor: String) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(HTMLWriter.escaped(VisibleText.line(text)))</text>"
  }

  private static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ name: String) -> String {
    "<line class=\"\(name)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
  }

  private static func verticalRule(_ x: Double, top: Double, bottom: Double, isStrong: Bool) -> String {
    line(x, top, x, bottom, isStrong ? "reference" : "rule")
  }

  private static func circle(_ x: Double, _ y: Double) -> String {
    "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"4\"/>"
  }

  private static func shortened(_ text: String, _ length: Int) -> String { VisibleText.shortened(text, to: length) }

  /// To a tenth of a unit, which is all that a screen shows.
  private static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths.isFinite ? (Int(exactly: tenths).map(String.init) ?? "\(tenths)") : "0"
  }

  /// Values to places.
  private struct Scale {
    let axis: ClosedRange<Double>
    let start: Double
    let end: Double

    init(_ axis: ClosedRange<Double>, from start: Double, to end: Double) {
      self.axis = axis
      self.start = start
      self.end = end
    }

    func place(_ value: Double) -> Double {
      let extent = axis.upperBound - axis.lowerBound
      guard extent > 0, value.isFinite else { return start }
      let share = (min(max(value, axis.lowerBound), axis.upperBound) - axis.lowerBound) / extent
      return start + share * (end - start)
    }

    /// Five steps from end to end.
    var ticks: [Double] {
      (0...4).map { axis.lowerBound + Double($0) / 4 * (axis.upperBound - axis.lowerBound) }
    }
  }
}
