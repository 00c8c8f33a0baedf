package import Statistics

/// How the answers to one problem came out.
package struct ProblemTally: Sendable, Equatable {
  package var problemID: String
  package var platform: String?
  package var difficulty: String?
  package var date: ContestDate?
  /// Answers that were judged, and those that passed.
  package var attempts = 0
  package var passes = 0

  package init(_ entry: ProblemEntry) {
    problemID = entry.id
    platform = entry.platform
    difficulty = entry.difficulty
    date = entry.date
  }

  package mutating func add(passed: Bool) {
    attempts += 1
    passes += passed ? 1 : 0
  }

  package func passAtK(_ k: Int) -> Double? { Reducer.passAtK(k, passes: passes, of: attempts) }
}

/// The mean of pass@k over some problems with its 95 % interval: Wilson's where every problem came out right or wrong, else
/// that of resampling problems.
package struct PassRate: Sendable, Equatable {
  package var k: Int
  package var value: Double
  /// nil for fewer than two problems.
  package var interval: Interval?
  package var problems: Int

  /// nil where no problem has k answers. Problems with fewer answers are left out; a summary gives k only where none is.
  package init?(k: Int, _ tallies: [ProblemTally]) {
    let values = tallies.compactMap { $0.passAtK(k) }
    guard let mean = Mean.of(values) else { return nil }
    self.k = k
    value = mean
    problems = values.count
    interval = Self.interval(values)
  }

  private static func interval(_ values: [Double]) -> Interval? {
    guard values.count > 1 else { return nil }
    let successes = values.reduce(0, +)
    if values.allSatisfy({ $0 == 0 || $0 == 1 }) {
      return Wilson.interval(successes: successes, trials: Double(values.count))
    }
    return ItemMean.interval(values.map { ItemValues(sum: $0) })?.clipped(to: 0...1)
  }

  /// The ks that are usually reported.
  private static let usual = [1, 5, 10, 20, 50, 100, 200, 500, 1000]

  /// pass@k for each usual k that every problem has enough answers for, as the official harness reports it.
  package static func all(_ tallies: [ProblemTally]) -> [PassRate] {
    let fewest = tallies.map(\.attempts).min() ?? 0
    return usual.filter { $0 <= fewest }.compactMap { PassRate(k: $0, tallies) }
  }
}
