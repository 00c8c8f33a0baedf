/// Groups of candidates that cannot be told apart.
package enum Tiers {
  /// Puts the candidates into tiers, best first.
  ///
  /// In the order of their scores, a candidate joins the tier under way when it is told apart from none of its members;
  /// else it opens the next one. So no two of a tier were told apart, and the first of each tier was told apart from at
  /// least one of the tier above; a last and a next first may still be close.
  ///
  /// - Parameters:
  ///   - scores: higher is better; candidates without a score are left out. Equal scores keep their order.
  ///   - areToldApart: whether a test told two candidates apart, by their positions.
  /// - Returns: positions in `scores`, by tier.
  package static func of(_ scores: [Double?], areToldApart: (Int, Int) -> Bool) -> [[Int]] {
    let ranked = scores.indices.compactMap { index in scores[index].map { (index: index, score: $0) } }
      .sorted { ($1.score, $0.index) < ($0.score, $1.index) }
    var tiers: [[Int]] = []
    for candidate in ranked {
      if let tier = tiers.last, !tier.contains(where: { areToldApart($0, candidate.index) }) {
        tiers[tiers.count - 1].append(candidate.index)
      } else {
        tiers.append([candidate.index])
      }
    }
    return tiers
  }
}
