/// pass@1 by what problems have in common.
package struct Breakdown: Sendable, Equatable {
  package struct Group: Sendable, Equatable {
    package var name: String
    package var rate: PassRate
  }

  package var difficulty: [Group]
  package var platform: [Group]
  /// By month of the contest.
  package var month: [Group]

  package init(_ tallies: [ProblemTally]) {
    let order = ["easy": 0, "medium": 1, "hard": 2]
    difficulty = Self.groups(tallies, by: \.difficulty).sorted {
      (order[$0.name] ?? 3, $0.name) < (order[$1.name] ?? 3, $1.name)
    }
    platform = Self.groups(tallies, by: \.platform)
    month = Self.groups(tallies) { $0.date?.month }
  }

  private static func groups(_ tallies: [ProblemTally], by name: (ProblemTally) -> String?) -> [Group] {
    Dictionary(grouping: tallies.filter { name($0) != nil }) { name($0) ?? "" }
      .compactMap { name, members in PassRate(k: 1, members).map { Group(name: name, rate: $0) } }
      .sorted { $0.name < $1.name }
  }
}
