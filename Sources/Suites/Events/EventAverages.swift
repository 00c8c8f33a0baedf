package import Benchmark
import Contract
package import EventData
package import JSON

/// The task of both event suites: leave out short events, group by user, average. The right answer and the verdict
/// on an answer.
package struct EventAverages: Sendable {
  package struct User: Sendable, Equatable {
    package let id: String
    /// Rounded to two decimals.
    package let average: Double

    package init(id: String, average: Double) {
      self.id = id
      self.average = average
    }
  }

  /// Sorted by id, by code units ("user10" before "user2").
  package let users: [User]

  package init(users: [User]) { self.users = users }

  /// Works the answer out from the events themselves.
  package init(of events: [Event], threshold: Int) {
    var sums: [String: (sum: Int, count: Int)] = [:]
    for event in events where event.duration >= threshold {
      sums[event.userId, default: (0, 0)].sum += event.duration
      sums[event.userId, default: (0, 0)].count += 1
    }
    self.init(averages: sums.map { ($0.key, Double($0.value.sum) / Double($0.value.count)) })
  }

  package init(averages: some Sequence<(String, Double)>) {
    users = averages.map { User(id: $0.0, average: ($0.1 * 100).rounded() / 100) }.sorted { $0.id < $1.id }
  }

  package var json: JSONValue {
    .array(users.map { ["id": .string($0.id), "avg": .double($0.average)] })
  }

  /// Judges a list of `{id, avg}` in any order.
  ///
  /// The score is the share of right rows among the expected rows plus those that should not be there: a user
  /// left out, made up or listed twice costs as much as a wrong average. An average is right within `tolerance`;
  /// a string is not a number.
  package func score(_ rows: [JSONValue], tolerance: Double) -> Score {
    let expected = Dictionary(users.map { ($0.id, $0.average) }, uniquingKeysWith: { first, _ in first })
    var tally = Tally(expected: users.count)
    var seen: Set<String> = []
    for row in rows {
      guard let id = row["id"]?.stringValue, let right = expected[id] else {
        tally.extra += 1
        continue
      }
      guard seen.insert(id).inserted else {
        tally.duplicates += 1
        continue
      }
      guard let average = row["avg"]?.doubleValue, average == right || abs(average - right) < tolerance else {
        tally.wrong += 1
        continue
      }
      tally.right += 1
    }
    return tally.score(extracted: .array(rows))
  }
}

/// Counts of rows by what is right or wrong with them.
private struct Tally {
  let expected: Int
  var right = 0
  var wrong = 0
  var extra = 0
  var duplicates = 0

  init(expected: Int) { self.expected = expected }

  func score(extracted: JSONValue) -> Score {
    let rows = expected + extra + duplicates
    var score = Score(rows == 0 ? 1 : Double(right) / Double(rows))
    score.extracted = extracted
    score.metrics["usersRight"] = expected == 0 ? 1 : Double(right) / Double(expected)
    if score.outcome != .passed {
      score.reason = reason
      score.detail =
        "\(right) of \(expected) users are right: \(missing) missing, \(wrong) with a wrong average, "
        + "\(extra) that should not be there, \(duplicates) listed twice."
    }
    return score
  }

  private var missing: Int { expected - right - wrong }

  private var reason: String {
    if missing > 0 { return "rowsMissing" }
    if extra > 0 { return "rowsAdded" }
    if duplicates > 0 { return "rowsRepeated" }
    return "wrongAverages"
  }
}
