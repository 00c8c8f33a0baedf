import Contract
import Reporting

/// Runs side by side, and whether their difference is real.
struct ComparePage: Sendable {
  let comparison: RunComparison
  let layout: Layout

  var html: HTML {
    layout.page(
      "Comparison", .elsewhere,
      """
      <h1>Comparison: \(comparison.suite)</h1>
      <p class="verdict">\(comparison.conclusion)</p>
      \(comparison.warnings.map { warning -> HTML in "<p class=\"alert\">\(warning)</p>" })
      \(sides)
      <section aria-labelledby="pairs"><h2 id="pairs">Pair by pair, on the same samples</h2>\(pairs)</section>
      \(flips)
      """)
  }

  private var sides: HTML {
    let cards = comparison.sides.map { side -> HTML in
      let interval: HTML? = side.low.flatMap { low in
        side.high.map { "<p class=\"interval\">\(Figure.fixed(low * 100, 1))–\(Figure.fixed($0 * 100, 1)) %</p>" }
      }
      return """
        <article class="card"><h2>\(side.label): <a href="\(layout.links.run(side.runId))">\(side.model)</a></h2>
        <p class="score">\(Figure.percent(side.score))</p>\(interval)\(HTML.bar(side.score))
        <p class="facts">\(side.n) samples · \(HTML.time(side.startedAt))</p></article>
        """
    }
    return "<section class=\"cards\" aria-label=\"What is compared\">\(cards)</section>"
  }

  private var pairs: HTML {
    let rows = comparison.pairs.map { pair -> HTML in
      """
      <tr><th scope="row">\(pair.first), \(pair.second)</th><td>\(verdict(pair))</td>\
      \(HTML.number(cell: points(pair.difference)))\(HTML.number(cell: "\(points(pair.low)) to \(points(pair.high))"))\
      \(HTML.number(cell: probability(pair.adjustedPValue ?? pair.pValue)))\(HTML.number(cell: Figure.count(pair.items)))\
      \(HTML.number(cell: Figure.count(pair.bothPassed)))\(HTML.number(cell: Figure.count(pair.onlyFirstPassed)))\
      \(HTML.number(cell: Figure.count(pair.onlySecondPassed)))\(HTML.number(cell: Figure.count(pair.neitherPassed)))</tr>
      """
    }
    let columns: [(name: String, isNumber: Bool)] = [
      ("Pair", false), ("Verdict", false), ("Second less first", true), ("Interval", true), ("p", true),
      ("Samples", true), ("Both right", true), ("Only first", true), ("Only second", true), ("Neither", true),
    ]
    let table = HTML.table("Pairs", columns, rows)
    // Of one pair the page's own conclusion is the same.
    guard comparison.pairs.count > 1 else { return table }
    return table + comparison.pairs.map { pair -> HTML in "<p>\(pair.conclusion)</p>" }.joined()
  }

  private func verdict(_ pair: PairComparison) -> String {
    switch pair.verdict {
    case .firstIsBetter: "\(pair.first) is better"
    case .secondIsBetter: "\(pair.second) is better"
    case .noDifferenceShown: "no difference shown"
    }
  }

  /// A difference of scores in percentage points; of other metrics as it is.
  private func points(_ value: Double?) -> String {
    guard let value else { return Figure.unknown }
    switch comparison.metric {
    case .latencyMilliseconds, .promptTokens, .completionTokens, .costUSD: return Figure.measure(value)
    default: return (value > 0 ? "+" : "") + Figure.fixed(value * 100, 1)
    }
  }

  private func probability(_ value: Double?) -> String {
    guard let value else { return Figure.unknown }
    return value < 0.0001 ? "<0.0001" : Figure.fixed(value, 4)
  }

  private var flips: HTML {
    let sections = comparison.pairs.filter { !$0.flips.isEmpty }.map { pair -> HTML in
      let rows = pair.flips.map { flip -> HTML in
        """
        <tr><td>\(flip.sampleId)</td>\(HTML.number(cell: String(flip.epoch)))<td>\(HTML.outcome(flip.first))</td>\
        <td>\(HTML.outcome(flip.second))</td><td>\(flip.reason ?? "")</td></tr>
        """
      }
      let columns: [(name: String, isNumber: Bool)] = [
        ("Sample", false), ("Epoch", true), (pair.first, false), (pair.second, false), ("Reason", false),
      ]
      let shown = pair.flips.count < pair.flipped ? ", \(Figure.count(pair.flips.count)) of them shown" : ""
      return """
        <h3>\(pair.flipped) flipped between \(pair.first) and \(pair.second)\(shown)</h3>
        \(HTML.table("Flipped samples of \(pair.first) and \(pair.second)", columns, rows))
        """
    }
    return sections.isEmpty
      ? "" : "<section aria-labelledby=\"flips\"><h2 id=\"flips\">What flipped</h2>\(sections)</section>"
  }
}
