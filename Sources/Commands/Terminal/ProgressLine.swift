/// One moment of a long piece of work, and how it reads on one line.
package struct ProgressLine: Sendable, Equatable {
  package var title = ""
  /// What is done now, for work that has no count.
  package var message: String?
  /// 0…100, for work that has no count.
  package var percentage: Double?
  package var completed: Int?
  package var total: Int?
  package var passed: Int?
  package var errors: Int?
  package var perSecond: Double?
  package var remainingSeconds: Double?

  package init() {}

  /// How much is done, 0…1; nil when that is not known.
  package var fraction: Double? {
    if let completed, let total, total > 0 { return min(max(Double(completed) / Double(total), 0), 1) }
    guard let percentage, percentage.isFinite else { return nil }
    return min(max(percentage / 100, 0), 1)
  }

  /// The line for a log: all there is to say, without a bar.
  package var plain: String { ([title] + facts).filter { !$0.isEmpty }.joined(separator: ", ") }

  /// The line for a terminal of so many columns: as much as fits, the bar in what is left. It never fills the
  /// last column, where some terminals wrap.
  package func bar(columns: Int) -> String {
    let limit = max(columns - 1, 0)
    var parts = facts
    func text() -> String { parts.joined(separator: ", ") }
    // What stands last matters least; the count itself stays.
    while parts.count > 1, TerminalText.width(text()) + 14 > limit { parts.removeLast() }
    let name = TerminalText.singleLine(title)
    let heads = [name.isEmpty ? "" : name + " ", ""]
    for head in heads {
      let room = limit - TerminalText.width(head) - TerminalText.width(text()) - 3
      if let fraction, room >= 10 { return head + Self.gauge(fraction, width: min(room, 30)) + " " + text() }
    }
    let line = name.isEmpty ? text() : "\(name) \(text())"
    return TerminalText.truncated(line, to: limit)
  }

  /// From the most to the least important.
  private var facts: [String] {
    var facts: [String] = []
    if let completed, let total {
      facts.append("\(NumberText.count(completed)) of \(NumberText.count(total))")
    } else if let fraction {
      facts.append("\(NumberText.fixed(fraction * 100, 0)) %")
    }
    if let message, !message.isEmpty { facts.append(TerminalText.singleLine(message)) }
    if let remainingSeconds { facts.append("\(NumberText.clock(remainingSeconds)) left") }
    if let passed { facts.append("\(NumberText.count(passed)) passed") }
    if let errors, errors > 0 { facts.append(errors == 1 ? "1 error" : "\(NumberText.count(errors)) errors") }
    if let perSecond { facts.append(NumberText.rate(perSecond)) }
    return facts
  }

  private static func gauge(_ fraction: Double, width: Int) -> String {
    let filled = Int(fraction * Double(width))
    let head = filled > 0 && filled < width ? ">" : ""
    let body = String(repeating: "=", count: max(0, filled - head.count)) + head
    return "[" + body + String(repeating: " ", count: width - body.count) + "]"
  }
}
