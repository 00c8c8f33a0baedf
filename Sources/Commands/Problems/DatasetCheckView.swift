package import Contract

/// What a dataset holds, and what is wrong with it, for people.
package enum DatasetCheckView {
  private static let shown = 50

  package static func lines(_ result: DataCheck.Result) -> [StyledText] {
    let kinds = result.kinds.map { "\(NumberText.count($0.count)) \(phrase($0.reason))" }.joined(separator: ", ")
    var lines: [StyledText] = [
      "\(result.path, .bold) (\(result.format)): \(NumberText.count(result.problems)) problems (\(kinds))."
    ]
    if let first = result.firstDate, let last = result.lastDate {
      lines.append("Contests from \(first) to \(last).")
    }
    for excluded in result.excluded {
      lines.append("Left out unless asked for (\(excluded.reason)): \(excluded.problems.joined(separator: ", ")).")
    }
    lines += result.issues.prefix(shown).map(line)
    if result.issues.count > shown { lines.append(StyledText("… and more; --json has them.", .dim)) }
    lines.append(
      result.errors == 0
        ? StyledText("It can be used\(result.warnings > 0 ? ", \(result.warnings) warnings" : "").", .green)
        : StyledText("\(NumberText.count(result.errors)) errors, \(NumberText.count(result.warnings)) warnings.", .red))
    return lines
  }

  static func line(_ issue: DatasetNote) -> StyledText {
    let place = issue.line.map { ":\($0)" } ?? ""
    let problem = issue.problem.map { "\($0): " } ?? ""
    return StyledText(
      "\(issue.path)\(place): \(issue.severity): \(problem)\(issue.message)", issue.severity == "error" ? .red : .yellow
    )
  }

  private static func phrase(_ kind: String) -> String {
    switch kind {
    case "standardInput": "on standard input"
    case "function": "with a function"
    default: "with a script"
    }
  }
}
