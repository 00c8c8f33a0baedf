import Contract

/// Says whether differences are real: the runs or models compared sample by sample.
enum PairedBuilder {
  typealias Block = Document.Block
  typealias Span = Document.Span

  static func blocks(_ comparison: RunComparison) -> [Block] {
    [.heading(2, ["Are the differences real?"]), .paragraph([.text(comparison.conclusion)])]
      + sides(comparison) + pairs(comparison) + tiers(comparison) + comparison.pairs.flatMap(flips)
      + comparison.warnings.map { .paragraph([.text("Mind: \($0)")]) }
  }

  private static func sides(_ comparison: RunComparison) -> [Block] {
    var table = Document.Table(columns: [
      .init(title: "", isNumeric: false), .init(title: "Run", isNumeric: false),
      .init(title: "Model", isNumeric: false),
      .init(title: "Started", isNumeric: false), .init(title: "Score (95 % interval)"), .init(title: "n"),
    ])
    for side in comparison.sides {
      table.rows.append([
        .text(side.label), .code(side.runId), .code(side.model), .text(RunBuilder.moment(side.startedAt)),
        .text(Figure.percent(side.score, side.low, side.high)), "\(Figure.count(side.n))",
      ])
    }
    return [.table(table)]
  }

  private static func pairs(_ comparison: RunComparison) -> [Block] {
    let metric = comparison.metric
    var table = Document.Table(columns: [
      .init(title: "Pair", isNumeric: false), .init(title: "Difference (95 % interval)"), .init(title: "p"),
      .init(title: "Corrected"), .init(title: "Samples"), .init(title: "Only first passed"),
      .init(title: "Only second passed"), .init(title: "Verdict", isNumeric: false), .init(title: "Samples needed"),
    ])
    for pair in comparison.pairs {
      table.rows.append([
        .text("\(pair.first), \(pair.second)"), .text(difference(pair, metric)), .text(probability(pair.pValue)),
        .text(probability(pair.adjustedPValue)), "\(Figure.count(pair.items))", "\(Figure.count(pair.onlyFirstPassed))",
        "\(Figure.count(pair.onlySecondPassed))", .text(verdict(pair)),
        .text(pair.itemsNeeded.map(Figure.count) ?? Figure.unknown),
      ])
    }
    let isSingle = comparison.pairs.count < 2
    table.removeColumns { $0 == 3 && isSingle }
    let words: [Span] = [
      "Difference: second less first, on the samples that both answered. ",
      "Samples needed: how many it takes to see a difference of this size four times in five.",
    ]
    return [.table(table)] + (chart(comparison).map { [.chart($0)] } ?? []) + [.paragraph(words)]
  }

  /// The differences with their intervals around none.
  private static func chart(_ comparison: RunComparison) -> Chart? {
    let metric = comparison.metric
    let points = comparison.pairs.enumerated().compactMap { index, pair in
      pair.difference.map {
        Chart.Point(
          x: Double(index), label: "\(pair.second) less \(pair.first)", value: $0, low: pair.low, high: pair.high)
      }
    }
    let reach = points.flatMap { [$0.value, $0.low ?? $0.value, $0.high ?? $0.value] }.map(\.magnitude).max() ?? 0
    guard !points.isEmpty, reach > 0, reach.isFinite, points.count <= 60 else { return nil }
    return Chart(
      title: "Differences with their 95 % intervals", kind: .ranges, series: [.init(name: "", points: points)],
      axis: -reach...reach, reference: 0, format: { signed($0, metric) })
  }

  private static func tiers(_ comparison: RunComparison) -> [Block] {
    guard comparison.sides.count > 2, !comparison.tiers.isEmpty else { return [] }
    let items = comparison.tiers.enumerated().map { index, tier -> [Span] in
      ["Tier \(index + 1): \(tier.sides.joined(separator: ", "))"]
    }
    return [.paragraph(["Sides that cannot be told apart, best first:"]), .list(items)]
  }

  private static func flips(_ pair: PairComparison) -> [Block] {
    guard !pair.flips.isEmpty else { return [] }
    var table = Document.Table(columns: [
      .init(title: "Sample", isNumeric: false), .init(title: "Epoch"), .init(title: pair.first, isNumeric: false),
      .init(title: pair.second, isNumeric: false), .init(title: "Why it failed", isNumeric: false),
    ])
    for flip in pair.flips {
      table.rows.append([
        .code(flip.sampleId), "\(flip.epoch)", .text(flip.first.rawValue), .text(flip.second.rawValue),
        .code(flip.reason ?? ""),
      ])
    }
    let shown = pair.flips.count < pair.flipped ? ", the first \(Figure.count(pair.flips.count)) of them" : ""
    return [
      .paragraph([
        "Flipped between \(pair.first) and \(pair.second): \(Figure.count(pair.flipped)) \(pair.flipped == 1 ? "sample" : "samples")\(shown)."
      ]),
      .table(table),
    ]
  }

  // MARK: Words

  private static func verdict(_ pair: PairComparison) -> String {
    switch pair.verdict {
    case .firstIsBetter: "\(pair.first) is better"
    case .secondIsBetter: "\(pair.second) is better"
    case .noDifferenceShown: "no difference shown"
    }
  }

  private static func difference(_ pair: PairComparison, _ metric: ComparisonMetric) -> String {
    guard let value = pair.difference else { return Figure.unknown }
    guard let low = pair.low, let high = pair.high else { return signed(value, metric) }
    return "\(signed(value, metric)) (\(signed(low, metric)) to \(signed(high, metric)))"
  }

  /// Shares in points of a hundred, as the scores beside them are percentages.
  private static func signed(_ value: Double, _ metric: ComparisonMetric) -> String {
    let sign = value > 0 ? "+" : ""
    switch metric {
    case .score, .passed, .passAtK, .passHatK, .majority: return sign + Figure.fixed(value * 100, 1) + " points"
    case .latencyMilliseconds: return sign + Figure.fixed(value, 1) + " ms"
    case .promptTokens, .completionTokens: return sign + Figure.fixed(value, 1)
    case .costUSD: return sign + Figure.fixed(value, 6) + " USD"
    }
  }

  private static func probability(_ value: Double?) -> String {
    guard let value else { return Figure.unknown }
    return value < 0.0001 ? "< 0.0001" : Figure.fixed(value, 4)
  }
}
