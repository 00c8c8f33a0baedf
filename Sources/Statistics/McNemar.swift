/// McNemar's test of two success rates on the same items (1947, Psychometrika 12:153–157): only the items on which the
/// two differ say anything, and if the rates are the same, each of them falls to either side like a fair coin.
package struct McNemar: Sendable, Equatable {
  /// Items that only the first, and only the second passed.
  package let firstOnly: Int
  package let secondOnly: Int

  /// - Parameters: both 0 or more.
  package init(firstOnly: Int, secondOnly: Int) {
    self.firstOnly = max(0, firstOnly)
    self.secondOnly = max(0, secondOnly)
  }

  private var discordant: Int { firstOnly + secondOnly }
  private var fewer: Int { min(firstOnly, secondOnly) }

  /// The exact two-sided probability of a difference at least as large: twice the smaller tail of the binomial
  /// distribution, at most 1. It is 1 when no item differs.
  package var pValue: Double { min(1, 2 * Binomial.cumulative(fewer, in: discordant, 0.5)) }

  /// The mid-p value, in which what was observed counts half (Fagerland, Lydersen and Laake 2013, BMC Medical Research
  /// Methodology 13:91): less cautious than the exact value, for those who want it. It is 1 when no item differs.
  package var midPValue: Double {
    guard discordant > 0 else { return 1 }
    let observed = Binomial.probability(of: fewer, in: discordant, 0.5)
    return firstOnly == secondOnly ? 1 - observed / 2 : pValue - observed
  }
}
