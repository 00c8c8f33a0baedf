import Contract

/// Adds up the costs of runs, by suite and model and over all.
struct CostSum {
  private struct Key: Hashable {
    var suite: String
    var model: String
  }

  private struct Sum {
    var usd = 0.0
    var runs = 0
    var unpriced = 0
  }

  private var sums: [Key: Sum] = [:]
  private var runs = Set<String>()
  private var pricedRuns = Set<String>()
  private var total = 0.0

  init(_ rows: [CostRow]) {
    for row in rows {
      runs.insert(row.runId)
      var sum = sums[Key(suite: row.suite, model: row.model), default: Sum()]
      sum.runs += 1
      if let usd = row.usd {
        pricedRuns.insert(row.runId)
        total += usd
        sum.usd += usd
      } else {
        sum.unpriced += 1
      }
      sums[Key(suite: row.suite, model: row.model)] = sum
    }
  }

  func result(since: Timestamp, until: Timestamp) -> ResultsCosts.Result {
    let groups = sums.map { key, sum in
      CostGroup(
        suite: key.suite, model: key.model, usd: sum.unpriced < sum.runs ? sum.usd : nil, runs: sum.runs,
        unpricedRuns: sum.unpriced)
    }
    return ResultsCosts.Result(
      since: since, until: until, totalUSD: total, runs: runs.count, unpricedRuns: runs.count - pricedRuns.count,
      averageUSD: pricedRuns.isEmpty ? nil : total / Double(pricedRuns.count),
      groups: groups.sorted { (-($0.usd ?? -1), $0.suite, $0.model) < (-($1.usd ?? -1), $1.suite, $1.model) },
      forecast: nil)
  }
}
