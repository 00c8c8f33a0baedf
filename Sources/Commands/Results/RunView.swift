package import Contract
import JSON

/// One run for people: what was asked, every model's figures, and those by the suite's dimension.
package enum RunView {
  /// - Parameter resumeCommand: what a person types to go on with the run.
  package static func lines(_ run: RunSummary, resumeCommand: String? = nil) -> [StyledText] {
    var lines: [StyledText] = [
      "\("Run \(run.runId)", .bold): \(run.suite) (version \(run.suiteVersion)), \(status(run.status))",
      "Started \(TimeText.minute(run.startedAt)), \(NumberText.seconds(run.durationSeconds)) at work, "
        + "\(NumberText.count(run.completedSamples)) of \(NumberText.count(run.plannedSamples)) samples stored.",
    ]
    if let message = run.message, !message.isEmpty { lines.append(StyledText(message, .yellow)) }
    for note in run.machine["suite"]?["notes"]?.arrayValue ?? [] {
      if let text = note.stringValue { lines.append(StyledText(text, .dim)) }
    }
    if let spent = run.spent { lines.append(StyledText(spending(spent, of: run.request.budget))) }
    if let scoring = run.scorings.last {
      lines.append(
        "Scored again \(TimeText.minute(scoring.scoredAt)) by llmbench \(scoring.programVersion), "
          + "suite version \(scoring.suiteVersion) (scoring \(scoring.revision)): "
          + "\(NumberText.count(scoring.flipped)) of \(NumberText.count(scoring.rescored)) verdicts flipped.")
      lines += history(run)
    }
    lines += [""] + models(run.models)
    for model in run.models where !model.groups.isEmpty {
      lines += ["", StyledText("\(model.model) by \(model.groups.first?.dimension ?? "group")", .bold)]
      lines += groups(model.groups)
    }
    let notes = run.models.flatMap { remarks($0, resumeCommand: resumeCommand) }
    return notes.isEmpty ? lines : lines + [""] + notes
  }

  /// The scores that counted before, one line a scoring.
  private static func history(_ run: RunSummary) -> [StyledText] {
    run.scorings.dropLast().map { scoring in
      let scores = scoring.models.map { "\($0.model) \(NumberText.score($0.score))" }.joined(separator: ", ")
      return StyledText(
        "Scoring \(scoring.revision), \(TimeText.minute(scoring.scoredAt)), suite version \(scoring.suiteVersion): \(scores)",
        .dim)
    }
  }

  package static func status(_ status: RunStatus) -> StyledText {
    switch status {
    case .completed: StyledText("completed", .green)
    case .running: "running"
    case .cancelled: StyledText("cancelled", .yellow)
    case .interrupted: StyledText("interrupted", .yellow)
    case .failed: StyledText("failed", .red)
    case .budgetExhausted: StyledText("budget exhausted", .yellow)
    }
  }

  /// What is spent of a budget: at most, as calls without an answer may or may not be billed.
  private static func spending(_ spent: Spending, of budget: Budget?) -> String {
    var parts: [String] = []
    if let limit = budget?.usd { parts.append("\(NumberText.dollars(spent.usd)) of \(NumberText.dollars(limit))") }
    if let limit = budget?.tokens {
      parts.append("\(NumberText.count(spent.tokens)) of \(NumberText.count(limit)) tokens")
    }
    return "Spent at most \(parts.joined(separator: " and "))."
  }

  // MARK: - Tables

  private static func models(_ models: [ModelSummary]) -> [StyledText] {
    let hasPartial = models.contains { $0.partial > 0 }
    let hasTruncated = models.contains { $0.truncated > 0 }
    let hasMalformed = models.contains { $0.modelErrors > 0 }
    let hasCancelled = models.contains { $0.cancelled > 0 }
    var columns: [Table.Column] = [.left("MODEL"), .right("SCORE"), .right("95 % INTERVAL")]
    columns += [.right("N"), .right("PASSED")]
    if hasPartial { columns.append(.right("PARTIAL")) }
    columns.append(.right("FAILED"))
    if hasTruncated { columns.append(.right("TRUNCATED")) }
    if hasMalformed { columns.append(.right("MALFORMED")) }
    columns.append(.right("ERRORS"))
    if hasCancelled { columns.append(.right("CANCELLED")) }
    columns += [.right("TOKENS IN"), .right("TOKENS OUT"), .right("LATENCY"), .right("COST")]
    var table = Table(columns)
    for model in models {
      let mark = model.tokensEstimated ? "~" : ""
      var row: [StyledText] = [StyledText(model.model)] + score(model.score, model.low, model.high)
      row += [count(model.n), count(model.passed)]
      if hasPartial { row.append(count(model.partial)) }
      row.append(count(model.failed))
      if hasTruncated { row.append(count(model.truncated)) }
      if hasMalformed { row.append(count(model.modelErrors)) }
      row.append(model.errors > 0 ? StyledText(NumberText.count(model.errors), .red) : "0")
      if hasCancelled { row.append(count(model.cancelled)) }
      row += [
        StyledText(mark + NumberText.count(model.promptTokens)),
        StyledText(mark + NumberText.count(model.completionTokens)),
        StyledText(NumberText.milliseconds(model.meanLatencyMilliseconds)),
        StyledText(NumberText.dollars(model.costUSD)),
      ]
      table.add(row)
    }
    return table.lines()
  }

  private static func groups(_ groups: [GroupSummary]) -> [StyledText] {
    let hasExecution = groups.contains { $0.meanExecutionMilliseconds != nil }
    let hasCost = groups.contains { $0.costUSD != nil }
    let hasTruncated = groups.contains { $0.truncated > 0 }
    var columns: [Table.Column] = [
      .right((groups.first?.dimension ?? "group").uppercased()), .right("SCORE"), .right("95 % INTERVAL"), .right("N"),
      .right("PASSED"),
    ]
    if hasTruncated { columns += [.right("TRUNCATED"), .right("SCORE IF ALL WRONG–RIGHT")] }
    columns += [.right("ERRORS"), .right("TOKENS IN"), .right("TOKENS OUT"), .right("LATENCY")]
    if hasExecution { columns.append(.right("EXECUTION")) }
    if hasCost { columns.append(.right("COST")) }
    var table = Table(columns)
    for group in groups {
      var row: [StyledText] = [StyledText(value(group.value))] + score(group.score, group.low, group.high)
      row += [count(group.n), count(group.passed)]
      if hasTruncated {
        let bounds = NumberText.interval(group.scoreIfUnknownWrong, group.scoreIfUnknownRight)
        row += [count(group.truncated), StyledText(bounds)]
      }
      row += [
        count(group.errors), StyledText(NumberText.mean(group.meanPromptTokens)),
        StyledText(NumberText.mean(group.meanCompletionTokens)),
        StyledText(NumberText.milliseconds(group.meanLatencyMilliseconds)),
      ]
      if hasExecution { row.append(StyledText(NumberText.milliseconds(group.meanExecutionMilliseconds))) }
      if hasCost { row.append(StyledText(NumberText.dollars(group.costUSD))) }
      table.add(row)
    }
    return table.lines()
  }

  private static func score(_ score: Double?, _ low: Double?, _ high: Double?) -> [StyledText] {
    [StyledText(NumberText.score(score), .bold), StyledText(NumberText.interval(low, high))]
  }

  private static func count(_ value: Int) -> StyledText { StyledText(NumberText.count(value)) }

  private static func value(_ value: JSONValue) -> String {
    switch value {
    case .integer(let number): Int(exactly: number).map(NumberText.count) ?? value.description
    case .string(let text): text
    default: value.description
    }
  }

  // MARK: - Remarks

  private static func remarks(_ model: ModelSummary, resumeCommand: String?) -> [StyledText] {
    var remarks: [StyledText] = []
    if let cliff = model.cliff { remarks += CliffView.lines(cliff) }
    if model.truncated > 0, let low = model.scoreIfUnknownWrong, let high = model.scoreIfUnknownRight {
      remarks.append(
        "\(count(model.truncated)) \(model.truncated == 1 ? "answer was" : "answers were") cut off "
          + "(\(model.truncationPhrase)): the score would be "
          + "\(NumberText.score(low)) if all of them were wrong and \(NumberText.score(high)) if all were right.")
    }
    if let reduced = model.reduced { remarks.append(StyledText(sentence(reduced))) }
    if model.cached > 0 {
      let verb = model.cached == 1 ? "answer is" : "answers are"
      remarks.append(
        "\(count(model.cached)) \(verb) from the cache, at no cost: tokens and latency are those of the others.")
    }
    if let gpu = model.gpu { remarks += Self.gpu(gpu) }
    let measures = model.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(NumberText.fixed($0.value, 3))" }
    if !measures.isEmpty { remarks.append("Further means: \(measures.joined(separator: ", ")).") }
    let reasons = model.reasons.prefix(5).map { "\($0.reason) (\(NumberText.count($0.count)))" }
    if !reasons.isEmpty { remarks.append("Reasons: \(reasons.joined(separator: ", ")).") }
    if model.tokensEstimated { remarks.append("Token counts with ~ are estimates: the server did not report them.") }
    if model.errors > 0 { remarks.append(errorRemark(model, resumeCommand)) }
    return remarks.map { "\(model.model): \($0)" }
  }

  private static func gpu(_ gpu: GPUSummary) -> [StyledText] {
    let phrase = GPUView.phrase(
      mean: gpu.meanUtilization, peak: gpu.peakUtilization, memory: gpu.peakMemoryUsedBytes, watts: gpu.meanPowerWatts,
      joules: gpu.energyJoules, tokensPerJoule: gpu.tokensPerJoule)
    var lines: [StyledText] = phrase.isEmpty ? [] : ["GPU while it answered: \(phrase)."]
    if gpu.isUnderused {
      lines.append(
        StyledText(
          "The GPU waited much of the time (\(GPUView.percent(gpu.meanUtilization)) in use, 80 % and more is usual): is the "
            + "model wholly in its memory ('llmbench models inspect'), and does nothing else keep the server busy?",
          .yellow))
    }
    return lines
  }

  private static func sentence(_ reduced: ReducedScore) -> String {
    var text = "\(reduced.name) \(NumberText.score(reduced.score)) "
    text += "(95 % interval \(NumberText.interval(reduced.low, reduced.high))) over "
    text += "\(NumberText.count(reduced.samples)) \(reduced.samples == 1 ? "sample" : "samples")"
    if let wrong = reduced.scoreIfUnknownWrong, let right = reduced.scoreIfUnknownRight {
      text += ", \(NumberText.score(wrong)) if all answers cut off were wrong "
      text += "and \(NumberText.score(right)) if all were right"
    }
    if reduced.samplesLeftOut > 0 {
      text += "; \(NumberText.count(reduced.samplesLeftOut)) with fewer than \(reduced.k ?? 1) scored epochs left out"
    }
    return text + "."
  }

  private static func errorRemark(_ model: ModelSummary, _ resumeCommand: String?) -> StyledText {
    let subject = model.errors == 1 ? "1 sample was" : "\(NumberText.count(model.errors)) samples were"
    let misses = model.reasons.first { $0.reason == "recordingMiss" }?.count ?? 0
    var advice = misses > 0 ? " No recorded answer fits: were the options the same as when it was recorded?" : ""
    // A recording has no answer the second time either.
    if misses < model.errors, let resumeCommand { advice += " Ask again with: \(resumeCommand)" }
    return StyledText("\(subject) not answered, through no fault of the model, and not scored.\(advice)", .yellow)
  }
}
