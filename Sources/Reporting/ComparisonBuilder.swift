import Contract
import JSON

/// Puts several runs side by side: overall, and by the dimension that they share.
enum ComparisonBuilder {
  /// One model in one run.
  private struct Strategy {
    var label: String
    var model: ModelSummary
  }

  static func blocks(_ runs: [RunSummary]) -> [Document.Block] {
    let strategies = strategies(runs)
    return overall(strategies) + byDimension(strategies)
  }

  /// Named by what tells them apart: the suite, the model, and the run where both are the same.
  private static func strategies(_ runs: [RunSummary]) -> [Strategy] {
    let pairs = runs.flatMap { run in run.models.map { (run: run, model: $0) } }
    let showsModel = Set(pairs.map(\.model.model)).count > 1
    let labels = pairs.map { showsModel ? "\($0.run.suite), \($0.model.model)" : $0.run.suite }
    return zip(pairs, labels).map { pair, label in
      let isShared = labels.filter { $0 == label }.count > 1
      return Strategy(label: isShared ? "\(label), \(pair.run.runId)" : label, model: pair.model)
    }
  }

  private static func overall(_ strategies: [Strategy]) -> [Document.Block] {
    var table = Document.Table(columns: [
      .init(title: "Strategy", isNumeric: false), .init(title: "Score (95 % interval)"), .init(title: "n"),
      .init(title: "Excluded"), .init(title: "Tokens in"), .init(title: "Tokens out"), .init(title: "Mean latency"),
      .init(title: "Cost"),
    ])
    for strategy in strategies {
      let model = strategy.model
      table.rows.append([
        .code(strategy.label), .text(Figure.percent(model.score, model.low, model.high)), "\(Figure.count(model.n))",
        "\(Figure.count(model.errors + model.cancelled + model.missing))", "\(Figure.count(model.promptTokens))",
        "\(Figure.count(model.completionTokens))", .text(Figure.time(milliseconds: model.meanLatencyMilliseconds)),
        .text(Figure.dollars(model.costUSD)),
      ])
    }
    let rows = strategies.map { (label: $0.label, score: $0.model.score, low: $0.model.low, high: $0.model.high) }
    let chart = Chart.scores("Scores with their 95 % intervals", rows)
    return [.heading(2, ["Side by side"]), .table(table)] + (chart.map { [.chart($0)] } ?? [])
  }

  /// One row for each value and strategy, the values in order.
  private static func byDimension(_ strategies: [Strategy]) -> [Document.Block] {
    let dimensions = strategies.compactMap { $0.model.groups.first?.dimension }
    guard let dimension = dimensions.first, dimensions.count > 1, dimensions.allSatisfy({ $0 == dimension }) else {
      return []
    }
    var table = Document.Table(columns: [
      .init(title: dimension.prefix(1).uppercased() + dimension.dropFirst()),
      .init(title: "Strategy", isNumeric: false), .init(title: "Accuracy (95 % interval)"), .init(title: "n"),
      .init(title: "Tokens"), .init(title: "Time"),
      .init(title: "Cost"),
    ])
    for value in values(strategies) {
      for strategy in strategies {
        guard let group = strategy.model.groups.first(where: { isSame($0.value, value) }) else { continue }
        table.rows.append([
          RunBuilder.label(value), .code(strategy.label), .text(Figure.percent(group.score, group.low, group.high)),
          "\(Figure.count(group.n))", .text(Figure.mean(sum(group.meanPromptTokens, group.meanCompletionTokens))),
          .text(Figure.time(milliseconds: time(group))), .text(Figure.dollars(cost(group))),
        ])
      }
    }
    return [
      .heading(2, ["Strategies by \(dimension)"]), .chart(chart(strategies, by: dimension)), .table(table),
      .paragraph([
        "Tokens, time and cost are means for one answer: prompt and answer together; latency, and with it the time ",
        "that generated code ran.",
      ]),
    ]
  }

  private static func chart(_ strategies: [Strategy], by dimension: String) -> Chart {
    Chart(
      title: "Accuracy by \(dimension), with 95 % intervals", kind: .lines,
      series: strategies.map { RunBuilder.series($0.label, $0.model.groups) }, axis: 0...1, reference: nil,
      format: { Figure.percent($0) })
  }

  private static func values(_ strategies: [Strategy]) -> [JSONValue] {
    var values: [JSONValue] = []
    for group in strategies.flatMap(\.model.groups) where !values.contains(where: { isSame($0, group.value) }) {
      values.append(group.value)
    }
    guard values.allSatisfy({ $0.doubleValue != nil }) else { return values }
    return values.sorted { ($0.doubleValue ?? 0) < ($1.doubleValue ?? 0) }
  }

  /// 10 and 10.0 are one size.
  private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    if let first = left.doubleValue, let second = right.doubleValue { return first == second }
    return left == right
  }

  private static func sum(_ first: Double?, _ second: Double?) -> Double? {
    guard let first, let second else { return nil }
    return first + second
  }

  /// nil when the latency is unknown; without executed code it is the latency alone.
  private static func time(_ group: GroupSummary) -> Double? {
    group.meanLatencyMilliseconds.map { $0 + (group.meanExecutionMilliseconds ?? 0) }
  }

  private static func cost(_ group: GroupSummary) -> Double? {
    guard let cost = group.costUSD, group.n > 0 else { return nil }
    return cost / Double(group.n)
  }
}
