package import Contract

/// A comparison for people: the answer first, then what it rests on.
package enum ComparisonView {
  package static func lines(_ comparison: RunComparison) -> [StyledText] {
    var lines = [StyledText(comparison.conclusion, .bold), ""]
    lines += sides(comparison)
    lines += ["", "\("Pairs", .bold), second less first, of \(name(comparison))"] + pairs(comparison)
    if comparison.sides.count > 2, !comparison.tiers.isEmpty {
      lines += ["", StyledText("Tiers of sides that cannot be told apart", .bold)]
      lines += comparison.tiers.enumerated().map { number, tier in
        StyledText("\(number + 1)  \(tier.sides.joined(separator: ", "))")
      }
    }
    if comparison.pairs.count > 1 { lines += [""] + comparison.pairs.map { StyledText($0.conclusion) } }
    for pair in comparison.pairs where pair.flipped > 0 && !pair.flips.isEmpty { lines += [""] + flips(pair) }
    if !comparison.warnings.isEmpty { lines += [""] + comparison.warnings.map { StyledText($0, .yellow) } }
    return lines
  }

  private static func name(_ comparison: RunComparison) -> String {
    comparison.metric.rawValue + (comparison.k.map { ", k = \($0)" } ?? "")
  }

  private static func sides(_ comparison: RunComparison) -> [StyledText] {
    var table = Table([
      .left(""), .left("RUN"), .left("STARTED (UTC)"), .left("MODEL"), .right("SCORE"), .right("95 % INTERVAL"),
      .right("N"),
    ])
    let ids = RunListView.shortIDs(comparison.sides.map(\.runId))
    for (side, id) in zip(comparison.sides, ids) {
      table.add([
        StyledText(side.label, .bold), StyledText(id), StyledText(TimeText.short(side.startedAt)),
        StyledText(side.model), StyledText(NumberText.score(side.score)),
        StyledText(NumberText.interval(side.low, side.high)), StyledText(NumberText.count(side.n)),
      ])
    }
    return table.lines()
  }

  private static func pairs(_ comparison: RunComparison) -> [StyledText] {
    var table = Table([
      .left(""), .right("DIFFERENCE"), .right("95 % INTERVAL"), .right("P"), .right("CORRECTED"), .right("SAMPLES"),
      .right("BOTH"), .right("ONLY FIRST"), .right("ONLY SECOND"), .right("NEITHER"), .left("VERDICT"),
    ])
    for pair in comparison.pairs {
      table.add([
        StyledText("\(pair.first), \(pair.second)", .bold),
        StyledText(signed(pair.difference, comparison.metric)),
        StyledText(interval(pair.low, pair.high, comparison.metric)), StyledText(probability(pair.pValue)),
        StyledText(comparison.pairs.count > 1 ? probability(pair.adjustedPValue) : NumberText.unknown),
        StyledText(NumberText.count(pair.items)), StyledText(NumberText.count(pair.bothPassed)),
        StyledText(NumberText.count(pair.onlyFirstPassed)), StyledText(NumberText.count(pair.onlySecondPassed)),
        StyledText(NumberText.count(pair.neitherPassed)), verdict(pair),
      ])
    }
    return table.lines()
  }

  private static func verdict(_ pair: PairComparison) -> StyledText {
    switch pair.verdict {
    case .firstIsBetter: StyledText("\(pair.first) is better", .green)
    case .secondIsBetter: StyledText("\(pair.second) is better", .green)
    case .noDifferenceShown: "no difference shown"
    }
  }

  private static func flips(_ pair: PairComparison) -> [StyledText] {
    var table = Table([.left("SAMPLE"), .right("EPOCH"), .left(pair.first), .left(pair.second), .left("REASON")])
    for flip in pair.flips {
      table.add([
        StyledText(flip.sampleId), StyledText(NumberText.count(flip.epoch)), outcome(flip.first), outcome(flip.second),
        StyledText(flip.reason ?? ""),
      ])
    }
    let shown = pair.flips.count < pair.flipped ? ", \(NumberText.count(pair.flips.count)) of them shown" : ""
    let title = "\(NumberText.count(pair.flipped)) flipped between \(pair.first) and \(pair.second)\(shown)"
    return [StyledText(title, .bold)] + table.lines()
  }

  private static func outcome(_ outcome: Outcome) -> StyledText {
    StyledText(SampleView.outcome(outcome).plain, outcome == .passed ? .green : .red)
  }

  // MARK: - Numbers

  private static func signed(_ value: Double?, _ metric: ComparisonMetric) -> String {
    guard let value else { return NumberText.unknown }
    let decimals =
      switch metric {
      case .score, .passed, .passAtK, .passHatK, .majority: 3
      case .latencyMilliseconds, .promptTokens, .completionTokens: 1
      case .costUSD: 6
      }
    return (value > 0 ? "+" : "") + NumberText.fixed(value, decimals)
  }

  private static func interval(_ low: Double?, _ high: Double?, _ metric: ComparisonMetric) -> String {
    guard low != nil, high != nil else { return NumberText.unknown }
    return "\(signed(low, metric)) … \(signed(high, metric))"
  }

  static func probability(_ value: Double?) -> String {
    guard let value else { return NumberText.unknown }
    return value < 0.0001 ? "<0.0001" : NumberText.fixed(value, 4)
  }
}
