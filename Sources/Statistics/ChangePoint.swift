#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A place in a series of scores where the rate changed, with the evidence.
package struct ChangePoint: Sendable, Equatable {
  /// One measurement: a mean of scores within 0…1 and how many independent items it rests on.
  package struct Point: Sendable, Equatable {
    package var score: Double
    package var items: Double

    package init(score: Double, items: Double) {
      self.score = score
      self.items = items
    }
  }

  /// Position of the first point after the change.
  package var index: Int
  /// What the points from the change before, and up to the next one, have together.
  package var before: Point
  package var after: Point
  /// The 95 % interval of `after` less `before`: ``ProportionDifference/independent(_:_:)``.
  package var interval: Interval
  /// The probability of so strong a change anywhere in the points looked at if there is none.
  package var pValue: Double
  /// How much more the points vary from one to the next than their sizes explain; the evidence is weakened by it. 1 for
  /// no more.
  package var dispersion: Double

  package var difference: Double { after.score - before.score }
}

/// Finds changes by binary segmentation: the strongest change of the whole series is taken if its p-value lies at or
/// below `alpha`, and then those of the parts on either side.
///
/// A change after point k is as strong as the two-sample z of the rates before and after, weighted by their items:
///
///     z(k) = (p(after) − p(before)) / √( φ · p(1 − p) · (1/n(before) + 1/n(after)) )
///
/// with p the rate of all. Scores between 0 and 1 vary less than passes of the same mean, so that the test errs on the
/// side of caution with them. The p-value of the largest |z| over all k is Worsley's bound for it (1982, Biometrika
/// 69:297–302; 1983, Biometrika 70:455–464 for this very use): with c the largest |z| and ρ(k) the correlation of z(k) and
/// z(k + 1),
///
///     P ≤ 2·Q(c) + Σ (1/π)·∫ from arcsin ρ(k) to π/2 of exp(−c²/(1 + sin θ)) dθ
///
/// φ, 1 or more, is the mean square of the steps from point to point, each over its variance, without the largest one,
/// which may be the change itself. It is 1 for fewer than six points.
package enum ChangePointSearch {
  /// Expected passes and failures that either side must have, as for any normal approximation (Cochran 1954).
  private static let fewestExpected = 5.0
  private static let fewestForDispersion = 6

  /// - Parameters:
  ///   - points: in order of time; ones without items are passed over.
  ///   - alpha: the level of each search.
  /// - Returns: in order of time.
  package static func changes(in points: [ChangePoint.Point], alpha: Double = 0.01) -> [ChangePoint] {
    let known = points.indices.filter { points[$0].items > 0 && (0...1).contains(points[$0].score) }
    var found: [Int: (pValue: Double, dispersion: Double)] = [:]
    search(known.map { points[$0] }[...], alpha: alpha, &found)
    let places = found.keys.sorted()
    let borders = [0] + places + [known.count]
    let segments = zip(borders, borders.dropFirst()).map { pooled(known[$0..<$1].map { points[$0] }) }
    return places.enumerated().compactMap { number, place in
      let (before, after) = (segments[number], segments[number + 1])
      guard let evidence = found[place],
        let interval = ProportionDifference.independent(
          (after.score * after.items, after.items), (before.score * before.items, before.items))
      else { return nil }
      return ChangePoint(
        index: known[place], before: before, after: after, interval: interval, pValue: evidence.pValue,
        dispersion: evidence.dispersion)
    }
  }

  private static func search(
    _ points: ArraySlice<ChangePoint.Point>, alpha: Double, _ found: inout [Int: (pValue: Double, dispersion: Double)]
  ) {
    guard let change = strongest(points), change.pValue <= alpha else { return }
    found[change.place] = (change.pValue, change.dispersion)
    search(points[..<change.place], alpha: alpha, &found)
    search(points[change.place...], alpha: alpha, &found)
  }

  static func pooled(_ points: [ChangePoint.Point]) -> ChangePoint.Point {
    let items = points.reduce(0) { $0 + $1.items }
    let sum = points.reduce(0) { $0 + $1.score * $1.items }
    return .init(score: items > 0 ? min(1, max(0, sum / items)) : 0, items: items)
  }

  // MARK: - One search

  private static func strongest(
    _ points: ArraySlice<ChangePoint.Point>
  ) -> (place: Int, pValue: Double, dispersion: Double)? {
    let all = pooled(Array(points))
    let variance = all.score * (1 - all.score)
    guard points.count > 1, variance > 0 else { return nil }
    let rarer = min(all.score, 1 - all.score)
    var (best, place) = (0.0, points.startIndex)
    var shares: [Double] = []
    var (sum, items) = (0.0, 0.0)
    for index in points.indices.dropLast() {
      sum += points[index].score * points[index].items
      items += points[index].items
      let rest = all.items - items
      guard min(items, rest) * rarer >= fewestExpected else { continue }
      shares.append(items / all.items)
      let difference = (all.score * all.items - sum) / rest - sum / items
      let z = abs(difference) / (variance * (1 / items + 1 / rest)).squareRoot()
      if z > best { (best, place) = (z, index + 1) }
    }
    guard best > 0 else { return nil }
    let dispersion = dispersion(points, variance)
    return (place, pValue(best / dispersion.squareRoot(), shares), dispersion)
  }

  private static func dispersion(_ points: ArraySlice<ChangePoint.Point>, _ variance: Double) -> Double {
    guard points.count >= fewestForDispersion else { return 1 }
    let squares = zip(points, points.dropFirst()).map { left, right in
      (right.score - left.score) * (right.score - left.score) / (variance * (1 / left.items + 1 / right.items))
    }.sorted()
    return max(1, squares.dropLast().reduce(0, +) / Double(squares.count - 1))
  }

  /// - Parameter shares: of the items before each place that was looked at, ascending.
  static func pValue(_ z: Double, _ shares: [Double]) -> Double {
    var bound = 2 * Normal.cumulative(-z)
    for (left, right) in zip(shares, shares.dropFirst()) {
      let correlation = (left * (1 - right) / (right * (1 - left))).squareRoot()
      bound += arc(from: asin(min(1, correlation)), z) / Double.pi
    }
    return min(1, bound)
  }

  /// ∫ exp(−z²/(1 + sin θ)) dθ up to π/2, by Gauss and Legendre with 16 nodes: the integrand is smooth.
  private static func arc(from start: Double, _ z: Double) -> Double {
    let half = (Double.pi / 2 - start) / 2
    let middle = start + half
    return half
      * nodes.reduce(0.0) { sum, node in
        sum + node.weight
          * (exp(-z * z / (1 + sin(middle + half * node.place))) + exp(-z * z / (1 + sin(middle - half * node.place))))
      }
  }

  private static let nodes: [(place: Double, weight: Double)] = [
    (0.0950125098376374402, 0.1894506104550684963), (0.2816035507792589132, 0.1826034150449235889),
    (0.4580167776572273863, 0.1691565193950025382), (0.6178762444026437484, 0.1495959888165767321),
    (0.7554044083550030339, 0.1246289712555338720), (0.8656312023878317439, 0.0951585116824927848),
    (0.9445750230732325761, 0.0622535239386478929), (0.9894009349916499326, 0.0271524594117540949),
  ]
}
