/// A picture of numbers that stand in a table beside it. Formats without pictures leave it out.
struct Chart {
  /// One mark: a number with its interval.
  struct Point {
    /// The number's place across, for a chart of lines; the row for a chart of ranges.
    var x: Double
    /// What stands under the place, or before the row.
    var label: String
    var value: Double
    var low: Double?
    var high: Double?
  }

  struct Series {
    var name: String
    var points: [Point]
  }

  enum Kind {
    /// A row for each point, with its interval as a line across.
    case ranges
    /// Points from left to right, joined by a line for each series.
    case lines
    /// A row for each point, with a bar from the beginning of the axis.
    case bars
  }

  var title: String
  var kind: Kind
  var series: [Series]
  /// Ends of the axis of values.
  var axis: ClosedRange<Double>
  /// A value worth a line of its own, such as no difference.
  var reference: Double?
  /// How a value is written.
  var format: @Sendable (Double) -> String
}

extension Chart {
  /// The scores of models in one run or several, as rows.
  static func scores(_ title: String, _ rows: [(label: String, score: Double?, low: Double?, high: Double?)]) -> Chart?
  {
    let points = rows.enumerated().compactMap { index, row in
      row.score.map { Point(x: Double(index), label: row.label, value: $0, low: row.low, high: row.high) }
    }
    guard points.count > 1 else { return nil }
    return Chart(
      title: title, kind: .ranges, series: [Series(name: "", points: points)], axis: 0...1, reference: nil,
      format: { Figure.percent($0) })
  }
}
