/// The problems of a dataset that are meant.
package struct ProblemSelection: Sendable, Equatable {
  /// How the last day of a window is meant.
  package enum DateRule: String, Sendable, CaseIterable {
    /// As the official harness has it: contests that begin after midnight of the last day are out.
    case official
    /// All of the last day is in.
    case inclusive
  }

  package var parts: ClosedRange<Int>?
  /// A day such as 2024-08-01.
  package var from: ContestDate?
  package var to: ContestDate?
  package var dateRule = DateRule.official
  /// None for all.
  package var platforms: Set<String> = []
  package var difficulties: Set<String> = []
  package var includesErrata = false

  package init() {}

  /// What a selection leaves of a dataset.
  package struct Outcome: Sendable, Equatable {
    /// Positions in the dataset's entries, ascending.
    package var chosen: [Int] = []
    /// Problems left out for a known fault, by the fault.
    package var errata: [Erratum.Reason: [String]] = [:]
    /// How many had no date, where a window was asked for.
    package var undated = 0
  }

  /// - Throws: ``DatasetError`` where the dataset cannot answer the question, or nothing is left.
  package func choose(from dataset: ProblemDataset) throws(DatasetError) -> Outcome {
    try checkNames(dataset)
    var outcome = Outcome()
    for (index, entry) in dataset.entries.enumerated() where try matches(entry, dataset, &outcome) {
      let reason = dataset.format == .liveCodeBench && !includesErrata ? Erratum.reason(for: entry) : nil
      if let reason { outcome.errata[reason, default: []].append(entry.id) } else { outcome.chosen.append(index) }
    }
    guard !outcome.chosen.isEmpty else {
      throw DatasetError(
        "none of the \(dataset.entries.count) problems is left by the choice of dates, platforms and difficulties"
          + (outcome.undated > 0 ? " (\(outcome.undated) have no date)" : ""), code: .invalidChoice, path: dataset.path)
    }
    return outcome
  }

  private func matches(
    _ entry: ProblemEntry, _ dataset: ProblemDataset, _ outcome: inout Outcome
  ) throws(DatasetError) -> Bool {
    if let parts {
      guard let part = entry.part else {
        throw DatasetError(
          "does not say which release its problems are of: name a folder with test.jsonl to test6.jsonl, or leave the "
            + "release out", code: .invalidChoice, path: dataset.path)
      }
      guard parts.contains(part) else { return false }
    }
    if !platforms.isEmpty, !(entry.platform.map { platforms.contains($0) } ?? false) { return false }
    if !difficulties.isEmpty, !(entry.difficulty.map { difficulties.contains($0) } ?? false) { return false }
    guard from != nil || to != nil else { return true }
    guard let date = entry.date else {
      outcome.undated += 1
      return false
    }
    if let from, date < from { return false }
    guard let to else { return true }
    return dateRule == .inclusive && to.second == 0 ? date.day <= to.day : date <= to
  }

  private func checkNames(_ dataset: ProblemDataset) throws(DatasetError) {
    func check(_ wanted: Set<String>, _ known: Set<String>, _ word: String) throws(DatasetError) {
      guard let unknown = wanted.subtracting(known).min() else { return }
      let names = known.sorted().joined(separator: ", ")
      throw DatasetError(
        "there is no problem of the \(word) \"\(unknown)\"" + (names.isEmpty ? "" : "; there are: \(names)"),
        code: .invalidChoice, path: dataset.path)
    }
    try check(platforms, Set(dataset.entries.compactMap(\.platform)), "platform")
    try check(difficulties, Set(dataset.entries.compactMap(\.difficulty)), "difficulty")
    if let from, let to, to < from {
      throw DatasetError("the window ends (\(to.day)) before it begins (\(from.day))", code: .invalidChoice)
    }
  }
}
