import Contract
import Statistics

/// Says in sentences what a comparison shows.
struct ComparisonWords {
  let metric: ComparisonMetric
  let k: Int?
  let alpha: Double
  let tests: Int

  // MARK: - One pair

  func conclusion(_ pair: PairComparison) -> String {
    guard let first = pair.firstMean, let second = pair.secondMean, let difference = pair.difference else {
      if metric == .costUSD {
        return
          "\(pair.first) and \(pair.second) have no sample in common whose cost is known in both: was a model's price unknown?"
      }
      return "\(pair.first) and \(pair.second) have no sample in common that can be compared."
    }
    let means =
      "\(name) \(value(second)) of \(pair.second) against \(value(first)) of \(pair.first) on \(count(pair.items, "sample"))"
    let interval =
      if let low = pair.low, let high = pair.high {
        " (95 % interval \(signed(low)) to \(signed(high)))"
      } else {
        ""
      }
    let evidence = "a difference of \(signed(difference))\(interval), \(probability(pair))"
    switch pair.verdict {
    case .firstIsBetter: return "\(pair.first) is better than \(pair.second): \(means), \(evidence)."
    case .secondIsBetter: return "\(pair.second) is better than \(pair.first): \(means), \(evidence)."
    case .noDifferenceShown:
      return "No difference is shown between \(pair.first) and \(pair.second): \(means), \(evidence).\(outlook(pair))"
    }
  }

  /// What it would take.
  private func outlook(_ pair: PairComparison) -> String {
    if let needed = pair.itemsNeeded, let wanted = pair.neededFor {
      if needed > pair.items {
        return " To see a difference of \(value(wanted)) four times in five takes about \(count(needed, "sample"))."
      }
      return " So many samples would show a difference of \(value(wanted)) four times in five."
    }
    if let smallest = pair.smallestDifference {
      return " So many samples show a difference of \(value(smallest)) or more four times in five."
    }
    return ""
  }

  private func probability(_ pair: PairComparison) -> String {
    guard let pValue = pair.pValue else { return "p unknown" }
    let text = Self.probability(pValue)
    guard tests > 1, let adjusted = pair.adjustedPValue else { return text }
    return "\(text), \(Self.probability(adjusted)) corrected for \(tests) comparisons"
  }

  // MARK: - All pairs

  func conclusion(_ comparison: RunComparison) -> String {
    let pairs = comparison.pairs
    if pairs.count == 1, let pair = pairs.first { return pair.conclusion }
    let shown = pairs.count { $0.verdict != .noDifferenceShown }
    let verb = shown == 1 ? "differs" : "differ"
    let count = shown == 0 ? "None" : "\(shown)"
    let level = "with a chance of at most \(Self.trimmed(alpha)) that any such claim is wrong"
    var text = "\(count) of \(pairs.count) pairs \(verb) beyond chance" + (shown == 0 ? "." : ", \(level).")
    if let top = comparison.tiers.first, !top.sides.isEmpty, shown > 0 {
      let names = top.sides.joined(separator: ", ")
      text += top.sides.count == 1 ? " \(names) is best." : " \(names) are best and cannot be told apart."
    }
    return text
  }

  /// What the pairs make doubtful.
  func warnings(_ pairs: [PairComparison]) -> [String] {
    func total(_ member: KeyPath<PairComparison, Int>) -> Int { pairs.reduce(0) { $0 + $1[keyPath: member] } }
    var warnings: [String] = []
    let unequal = total(\.otherAnswers)
    if unequal > 0 {
      warnings.append(
        "\(count(unequal, "pair")) of answers \(unequal == 1 ? "was" : "were") left out: the samples share their ids, but ask "
          + "for different answers (another seed, data set or option).")
    }
    let prompts = total(\.otherPrompts)
    if prompts > 0 {
      warnings.append(
        "The prompts differ in \(count(prompts, "pair")) of answers: what differs is model and prompt together.")
    }
    let alone = total(\.onlyFirst) + total(\.onlySecond)
    if alone > 0 {
      warnings.append(
        "\(count(alone, "scored answer")) without a counterpart \(alone == 1 ? "is" : "are") not compared.")
    }
    let cut = total(\.truncated)
    if cut > 0, metric.isHigherBetter {
      warnings.append(
        "In \(count(cut, "pair")) an answer was cut off at a token limit and counts 0: raise the limit before you trust a "
          + "difference that rests on them.")
    }
    return warnings
  }

  // MARK: - Numbers

  private var name: String {
    switch metric {
    case .score: "score"
    case .passed: "pass rate"
    case .passAtK: "pass@\(k ?? 1)"
    case .passHatK: "pass^\(k ?? 1)"
    case .majority: "majority"
    case .latencyMilliseconds: "latency"
    case .promptTokens: "tokens sent"
    case .completionTokens: "tokens answered"
    case .costUSD: "cost"
    }
  }

  private func value(_ value: Double) -> String {
    switch metric {
    case .score, .passed, .passAtK, .passHatK, .majority: DecimalText.fixed(value, 3)
    case .latencyMilliseconds: "\(DecimalText.fixed(value, 1)) ms"
    case .promptTokens, .completionTokens: DecimalText.fixed(value, 1)
    case .costUSD: "$\(DecimalText.fixed(value, 6))"
    }
  }

  private func signed(_ value: Double) -> String {
    (value > 0 ? "+" : value < 0 ? "−" : "") + self.value(abs(value))
  }

  private func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  static func probability(_ value: Double) -> String {
    value < 0.0001 ? "p < 0.0001" : "p = \(DecimalText.fixed(value, value < 0.01 ? 4 : 3))"
  }

  private static func trimmed(_ value: Double) -> String { "\(value)" }
}
