package import Contract

/// What came of answers to coding problems, for people.
package enum GradeView {
  private static let shown = 20

  package static func lines(_ result: CodeGrade.Result) -> [StyledText] {
    let summary = result.summary
    var lines: [StyledText] = [
      "\(summary.dataset, .bold) (\(summary.format)), \(summary.mode) mode: "
        + "\(NumberText.count(summary.answers)) answers to \(NumberText.count(summary.problems - summary.unanswered)) "
        + "of \(NumberText.count(summary.problems)) problems, in \(NumberText.seconds(summary.durationSeconds)).",
      "\(NumberText.count(summary.passed)) passed, \(NumberText.count(summary.failed)) failed, "
        + "\(NumberText.count(summary.errors)) could not be judged.",
    ]
    lines += section("", rates(summary))
    for (title, groups) in [
      ("DIFFICULTY", summary.byDifficulty), ("PLATFORM", summary.byPlatform), ("MONTH", summary.byMonth),
    ] {
      lines += section("", self.groups(title, groups))
    }
    if let view = summary.contamination { lines += [""] + contamination(view) }
    lines += section("Verdicts", verdicts(summary))
    lines += section("First answers that failed", failures(result.results))
    return lines + remarks(summary)
  }

  private static func section(_ title: String, _ lines: [StyledText]) -> [StyledText] {
    lines.isEmpty ? [] : [""] + (title.isEmpty ? [] : [StyledText(title, .bold)]) + lines
  }

  private static func rates(_ summary: GradeSummary) -> [StyledText] {
    var table = Table([.left("RATE"), .right("VALUE"), .right("95 % INTERVAL"), .right("PROBLEMS")])
    for rate in summary.passAtK {
      table.add([
        StyledText("pass@\(rate.k)"), StyledText(NumberText.score(rate.value), .bold),
        StyledText(NumberText.interval(rate.low, rate.high)), StyledText(NumberText.count(rate.problems)),
      ])
    }
    return table.lines()
  }

  private static func groups(_ title: String, _ groups: [PassGroup]) -> [StyledText] {
    var table = Table([.left(title), .right("PASS@1"), .right("95 % INTERVAL"), .right("PROBLEMS")])
    for group in groups {
      table.add([
        StyledText(group.name), StyledText(NumberText.score(group.value)),
        StyledText(NumberText.interval(group.low, group.high)), StyledText(NumberText.count(group.problems)),
      ])
    }
    return table.lines()
  }

  private static func contamination(_ view: Contamination) -> [StyledText] {
    func side(_ rate: PassAtK?) -> String {
      rate.map { "\(NumberText.score($0.value)) (\(NumberText.count($0.problems)) problems)" } ?? "no problems"
    }
    var line: StyledText =
      "pass@1 before \(view.cutoff): \(side(view.before)); from then on: \(side(view.after))"
    if let difference = view.difference {
      line =
        line + "; difference \(NumberText.fixed(difference, 3))"
        + StyledText(view.differenceLow == nil ? "." : " (95 % \(interval(view))).")
    } else {
      line = line + "."
    }
    return [line]
  }

  private static func interval(_ view: Contamination) -> String {
    "\(NumberText.fixed(view.differenceLow ?? 0, 3)) to \(NumberText.fixed(view.differenceHigh ?? 0, 3))"
  }

  private static func verdicts(_ summary: GradeSummary) -> [StyledText] {
    var table = Table([.left("VERDICT"), .right("ANSWERS")])
    for verdict in summary.verdicts {
      table.add([StyledText(verdict.reason), StyledText(NumberText.count(verdict.count))])
    }
    return table.lines()
  }

  private static func failures(_ results: [GradedAnswer]) -> [StyledText] {
    var table = Table([.left("PROBLEM"), .right("ANSWER"), .left("VERDICT"), .right("TEST"), .left("WHY")])
    for result in results.lazy.filter({ !$0.passed }).prefix(shown) {
      let test = result.firstFailedTest.map { "\($0 + 1)/\(result.testsTotal)" } ?? NumberText.unknown
      table.add([
        StyledText(result.questionId), StyledText("\(result.index)"), StyledText(result.verdict, .red),
        StyledText(test),
        StyledText(String((result.detail ?? "").prefix(100))),
      ])
    }
    return table.lines()
  }

  private static func remarks(_ summary: GradeSummary) -> [StyledText] {
    var lines: [StyledText] = []
    for excluded in summary.excluded {
      lines.append("Left out (\(excluded.reason)): \(excluded.problems.joined(separator: ", ")).")
    }
    if summary.officialDifferences > 0 {
      lines.append(
        "On \(NumberText.count(summary.officialDifferences)) answers LiveCodeBench's own grader would say something else "
          + "(officialVerdict in the JSON).")
    }
    if !summary.unknownProblems.isEmpty {
      let names = summary.unknownProblems.prefix(5).joined(separator: ", ")
      let more = summary.unknownProblems.count > 5 ? "…" : ""
      lines.append(StyledText("Not among these problems, and not judged: \(names)\(more)", .yellow))
    }
    for issue in summary.issues.prefix(5) { lines.append(DatasetCheckView.line(issue)) }
    return lines.isEmpty ? [] : [""] + lines
  }
}
