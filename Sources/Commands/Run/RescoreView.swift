package import Contract

/// What judging stored answers again came to.
package enum RescoreView {
  /// Lists beyond so many rows are for programs.
  private static let shown = 50

  package static func lines(_ result: BenchmarkRescore.Result, isDryRun: Bool) -> [StyledText] {
    var lines = [summary(result)]
    if result.skippedSamples > 0 {
      let keeps = result.skippedSamples == 1 ? "keeps its" : "keep their"
      lines.append(
        StyledText("\(answers(result.skippedSamples)) could not be judged again and \(keeps) score.", .yellow))
    }
    if result.withoutAnswer > 0 {
      lines.append(StyledText("Without an answer, and left as they are: \(NumberText.count(result.withoutAnswer))."))
    }
    lines += flips(result) + skipped(result)
    lines.append("")
    if let revision = result.revision {
      lines += scores(result.run, revision: revision)
    } else if isDryRun {
      lines.append("A dry run: nothing was stored.")
    } else {
      lines.append("Nothing was stored.")
    }
    return lines
  }

  private static func summary(_ result: BenchmarkRescore.Result) -> StyledText {
    let noun = result.flipped == 1 ? "verdict" : "verdicts"
    return "\("Run \(result.runId)", .bold): \(answers(result.rescored)) judged again, "
      + "\(flipped(result)) \(noun) flipped."
  }

  private static func flipped(_ result: BenchmarkRescore.Result) -> StyledText {
    StyledText(NumberText.count(result.flipped), result.flipped > 0 ? .yellow : .plain)
  }

  private static func answers(_ count: Int) -> String {
    "\(NumberText.count(count)) \(count == 1 ? "answer" : "answers")"
  }

  private static func flips(_ result: BenchmarkRescore.Result) -> [StyledText] {
    guard !result.flips.isEmpty else { return [] }
    let hasModels = result.run.models.count > 1
    let hasEpochs = result.flips.contains { $0.epoch > 1 }
    var columns: [Table.Column] = [.left("SAMPLE")]
    if hasEpochs { columns.append(.right("EPOCH")) }
    if hasModels { columns.append(.left("MODEL")) }
    var table = Table(columns + [.left("BEFORE"), .right("SCORE"), .left("NOW"), .right("SCORE"), .left("REASON")])
    for flip in result.flips.prefix(shown) {
      var row: [StyledText] = [StyledText(flip.sampleId)]
      if hasEpochs { row.append(StyledText(String(flip.epoch))) }
      if hasModels { row.append(StyledText(flip.model)) }
      let reasons = "\(flip.before.reason ?? NumberText.unknown) → \(flip.after.reason ?? NumberText.unknown)"
      row += [
        SampleView.outcome(flip.before.outcome), StyledText(NumberText.score(flip.before.score)),
        SampleView.outcome(flip.after.outcome), StyledText(NumberText.score(flip.after.score)), StyledText(reasons),
      ]
      table.add(row)
    }
    return [""] + table.lines() + more(result.flipped)
  }

  private static func skipped(_ result: BenchmarkRescore.Result) -> [StyledText] {
    guard !result.skipped.isEmpty else { return [] }
    var table = Table([.left("NOT JUDGED"), .right("EPOCH"), .left("MODEL"), .left("WHY")])
    for sample in result.skipped.prefix(shown) {
      table.add([
        StyledText(sample.sampleId), StyledText(String(sample.epoch)), StyledText(sample.model),
        StyledText(sample.detail),
      ])
    }
    return [""] + table.lines() + more(result.skippedSamples)
  }

  private static func more(_ count: Int) -> [StyledText] {
    count > shown ? ["… and \(NumberText.count(count - shown)) more: --json has them."] : []
  }

  private static func scores(_ run: RunSummary, revision: Int) -> [StyledText] {
    let before = run.scorings.last { $0.revision < revision }?.models ?? []
    return run.models.map { model in
      let old = before.first { $0.model == model.model }
      return "\(model.model): score \(NumberText.score(model.score)) "
        + "(\(NumberText.interval(model.low, model.high))), before \(NumberText.score(old?.score))."
    } + ["Scoring \(revision) counts now; the earlier ones are kept."]
  }
}
