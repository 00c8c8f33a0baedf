import Contract
import JSON

/// Says in blocks what came of one run.
struct RunBuilder {
  typealias Span = Document.Span
  typealias Block = Document.Block

  let run: RunSummary
  let digest: SampleDigest
  /// Level of the sections' headings.
  let level: Int

  func blocks() -> [Block] {
    overview() + request() + results() + FormatBuilder(digest: digest.formats, level: level).blocks() + measures() + run.models.flatMap(groups) + excluded() + reasons() + failures()
      + truncated() + machine()
  }

  func section(_ title: Span..., below: Int = 0) -> Block { .heading(level + below, title) }

  // MARK: - What was run

  private func overview() -> [Block] {
    var line: [Span] = [
      "Run ", .code(run.runId), " \(Self.words(run.status)), started \(Self.moment(run.startedAt)), at work for ",
      "\(Figure.time(milliseconds: run.durationSeconds * 1000)): \(Figure.count(run.completedSamples)) of ",
      "\(Figure.count(run.plannedSamples)) samples have a result.",
    ]
    if let message = run.message { line += [" Reason: ", .code(message)] }
    return [.paragraph(line)]
  }

  static func words(_ status: RunStatus) -> String {
    switch status {
    case .running: "is under way"
    case .completed: "is complete"
    case .cancelled: "was cancelled"
    case .interrupted: "was interrupted"
    case .failed: "failed"
    case .budgetExhausted: "stopped at its budget"
    }
  }

  /// To the second: "2026-01-31 08:09:10 UTC".
  static func moment(_ time: Timestamp) -> String {
    let text = time.description
    guard text.count > 19 else { return text }
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
  }

  private func request() -> [Block] {
    let request = run.request
    var items: [[Span]] = [["Suite: ", .code(run.suite), ", version ", .code(run.suiteVersion)]]
    items.append(["Models: "] + joined(run.models.map { .code($0.model) }))
    for (name, value) in request.options ?? [:] {
      items.append(["Option ", .code(name), ": ", .code(VisibleText.shortened(JSONWriter.string(value), to: 200))])
    }
    if let sample = request.sample {
      let seed = sample.seed.map { ", seed \($0)" } ?? ""
      items.append(["Random choice of \(Figure.count(sample.count)) samples\(seed)"])
    }
    if let seed = run.seed { items.append(["Seed of the samples: \(String(seed))"]) }
    items.append(["Epochs: \(request.epochs ?? 1)"])
    if let temperature = request.temperature { items.append(["Temperature: \(Figure.measure(temperature))"]) }
    if let limit = request.maximumOutputTokens { items.append(["Answers of at most \(Figure.count(limit)) tokens"]) }
    if let scoring = run.scorings.last {
      items.append([
        "Scored again \(Self.moment(scoring.scoredAt)), suite version ", .code(scoring.suiteVersion), ", llmbench ",
        .code(scoring.programVersion), ": \(Figure.count(scoring.flipped ?? 0)) of ",
        "\(Figure.count(scoring.rescored ?? 0)) verdicts flipped",
      ])
    }
    let limits = [
      request.budget?.usd.map { Figure.dollars($0) }, request.budget?.tokens.map { "\(Figure.count($0)) tokens" },
      request.budget?.seconds.map { Figure.time(milliseconds: $0 * 1000) },
    ].compactMap { $0 }
    if !limits.isEmpty { items.append(["Budget: \(limits.joined(separator: ", "))"]) }
    return [section("What was run"), .list(items)]
  }

  private func joined(_ spans: [Span]) -> [Span] { Array(spans.map { [$0] }.joined(separator: [", "])) }

  // MARK: - Results

  private func results() -> [Block] {
    var table = Document.Table(columns: [
      .init(title: "Model", isNumeric: false), .init(title: "Score (95 % interval)"), .init(title: "n"),
      .init(title: "Passed"), .init(title: "Failed"), .init(title: "Partial"), .init(title: "Truncated"),
      .init(title: "Malformed"), .init(title: "Errors"), .init(title: "Tokens in"), .init(title: "Tokens out"),
      .init(title: "Mean latency"), .init(title: "Median latency"), .init(title: "First token"), .init(title: "Cost"),
    ])
    for model in run.models {
      let mark = model.tokensEstimated ? "≈ " : ""
      table.rows.append([
        .code(model.model), .text(Figure.percent(model.score, model.low, model.high)), "\(Figure.count(model.n))",
        "\(Figure.count(model.passed))", "\(Figure.count(model.failed))", "\(Figure.count(model.partial))",
        "\(Figure.count(model.truncated))", "\(Figure.count(model.modelErrors))", "\(Figure.count(model.errors))",
        "\(mark)\(Figure.count(model.promptTokens))", "\(mark)\(Figure.count(model.completionTokens))",
        .text(Figure.time(milliseconds: model.meanLatencyMilliseconds)),
        .text(Figure.time(milliseconds: model.medianLatencyMilliseconds)),
        .text(Figure.time(milliseconds: model.meanTimeToFirstTokenMilliseconds)), .text(Figure.dollars(model.costUSD)),
      ])
    }
    let models = run.models
    table.removeColumns { column in
      switch column {
      case 5: models.allSatisfy { $0.partial == 0 }
      case 6: models.allSatisfy { $0.truncated == 0 }
      case 7: models.allSatisfy { $0.modelErrors == 0 }
      case 13: models.allSatisfy { $0.meanTimeToFirstTokenMilliseconds == nil }
      default: false
      }
    }
    var blocks = [section("Results"), .table(table)]
    let rows = models.map { (label: $0.model, score: $0.score, low: $0.low, high: $0.high) }
    if let chart = Chart.scores("Scores with their 95 % intervals", rows) { blocks.append(.chart(chart)) }
    if models.contains(where: \.tokensEstimated) {
      blocks.append(.paragraph(["≈: the server did not report all token counts; some were estimated here."]))
    }
    for model in models where model.cached > 0 {
      blocks.append(
        .paragraph([
          .code(model.model), ": \(Figure.count(model.cached)) answers are from the cache, at no cost; tokens and ",
          "latency are those of the others.",
        ]))
    }
    return blocks + models.compactMap(bounds) + models.compactMap(reduced)
  }

  private func reduced(_ model: ModelSummary) -> Block? {
    guard let reduced = model.reduced else { return nil }
    var text =
      ": \(reduced.name) is \(Figure.percent(reduced.score, reduced.low, reduced.high)) over "
      + "\(Figure.count(reduced.samples)) samples."
    if let wrong = reduced.scoreIfUnknownWrong, let right = reduced.scoreIfUnknownRight {
      text += " With all answers that were cut off wrong it is \(Figure.percent(wrong)), with all right "
      text += "\(Figure.percent(right))."
    }
    if reduced.samplesLeftOut > 0 {
      text += " \(Figure.count(reduced.samplesLeftOut)) samples with fewer than \(reduced.k ?? 1) scored epochs "
      text += "are left out."
    }
    return .paragraph([.code(model.model), .text(text)])
  }

  private func bounds(_ model: ModelSummary) -> Block? {
    guard let wrong = model.scoreIfUnknownWrong, let right = model.scoreIfUnknownRight else { return nil }
    let interval = model.low == nil ? "" : " The interval spans both."
    return .paragraph([
      .code(model.model), ": \(Figure.count(model.truncated)) of \(Figure.count(model.n)) answers were cut off ",
      "(\(model.truncationPhrase)). The score is \(Figure.percent(wrong)) with all of them counted as wrong, and would be ",
      "\(Figure.percent(right)) had all been right.\(interval)",
    ])
  }

  private func measures() -> [Block] {
    let names = Set(run.models.flatMap(\.metrics.keys)).sorted()
    guard !names.isEmpty else { return [] }
    var table = Document.Table(
      columns: [.init(title: "Model", isNumeric: false)]
        + names.map { .init(title: VisibleText.shortened($0, to: 60)) })
    for model in run.models {
      table.rows.append([.code(model.model)] + names.map { .text(Figure.measure(model.metrics[$0])) })
    }
    return [section("Further measures, means of the scored samples"), .table(table)]
  }

  // MARK: - Machine

  private func machine() -> [Block] {
    var items: [[Span]] = [["llmbench ", .code(run.programVersion)]]
    for (name, value) in run.machine {
      let text = value.stringValue ?? JSONWriter.string(value)
      items.append([.code(name), ": ", .code(VisibleText.shortened(text, to: 200))])
    }
    if let finished = run.finishedAt { items.append(["Ended \(Self.moment(finished))"]) }
    return [section("Program and machine"), .list(items)]
  }
}
