/// Bars drawn with characters, for reports without pictures.
enum TextBars {
  struct Bar {
    let label: String
    /// 0 or more.
    let value: Double
    /// What stands behind the bar.
    let words: String
  }

  private static let width = 20
  private static let height = 8

  /// A line a bar, the longest over the whole width.
  static func horizontal(_ bars: [Bar]) -> String {
    let longest = bars.map(\.value).max() ?? 0
    let labels = bars.map(\.label.count).max() ?? 0
    return bars.map { bar in
      let filled = longest > 0 ? Int((bar.value / longest * Double(width)).rounded()) : 0
      let drawn = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      return "\(padded(bar.label, labels))  \(drawn)  \(bar.words)"
    }.joined(separator: "\n")
  }

  /// A column a bar under a scale, with the labels below.
  static func vertical(_ bars: [Bar], format: (Double) -> String) -> String {
    let highest = bars.map(\.value).max() ?? 0
    let columns = (bars.map(\.label.count).max() ?? 0) + 2
    let scale = [format(highest), format(highest / 2), format(0)]
    let margin = scale.map(\.count).max() ?? 0
    var lines = (1...height).reversed().map { level in
      let name = level == height ? scale[0] : level == height / 2 ? scale[1] : ""
      let cells = bars.map { bar in
        let isFilled = highest > 0 && bar.value / highest * Double(height) >= Double(level) - 0.5
        return padded(isFilled ? "███" : "", columns)
      }
      return trimmed("\(leftPadded(name, margin)) ┤ \(cells.joined())")
    }
    lines.append("\(leftPadded(scale[2], margin)) └─" + String(repeating: "─", count: columns * bars.count))
    lines.append(trimmed(String(repeating: " ", count: margin + 3) + bars.map { padded($0.label, columns) }.joined()))
    lines.append(trimmed(String(repeating: " ", count: margin + 3) + bars.map { padded($0.words, columns) }.joined()))
    return lines.joined(separator: "\n")
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func leftPadded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
