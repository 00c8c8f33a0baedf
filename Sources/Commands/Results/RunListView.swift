package import Contract

/// Stored runs, a line for each model of each.
package enum RunListView {
  package static func lines(_ runs: [RunSummary]) -> [StyledText] {
    var table = Table([
      .left("RUN"), .left("STARTED (UTC)"), .left("SUITE"), .left("MODEL"), .right("SCORE"), .right("95 % INTERVAL"),
      .right("N"), .left("STATUS"),
    ])
    let ids = shortIDs(runs.map(\.runId))
    for (run, id) in zip(runs, ids) {
      for model in run.models {
        table.add([
          StyledText(id), StyledText(TimeText.short(run.startedAt)), StyledText(run.suite), StyledText(model.model),
          StyledText(NumberText.score(model.score), .bold), StyledText(NumberText.interval(model.low, model.high)),
          StyledText(NumberText.count(model.n)), RunView.status(run.status),
        ])
      }
    }
    return table.lines()
  }

  /// Ids as they are when they are short; of longer ones the shortest beginnings, of one length of at least eight
  /// characters, that tell the runs apart.
  package static func shortIDs(_ ids: [String]) -> [String] {
    if ids.allSatisfy({ $0.count <= 24 }) { return ids }
    let distinct = Set(ids)
    let longest = ids.map(\.count).max() ?? 0
    let length = (8..<max(9, longest)).first { length in Set(distinct.map { $0.prefix(length) }).count == distinct.count
    }
    return ids.map { String($0.prefix(length ?? longest)) }
  }
}
