package import Client
import Contract

/// The pages as files, for a web host that only serves files.
package struct StaticSite: Sendable {
  private let client: ServiceClient
  private let pages: PageMaker
  private let samples: Int

  /// - Parameters:
  ///   - monthlyLimitUSD: US dollars a month above which the pages warn.
  ///   - samples: the most samples on a run's page.
  package init(client: ServiceClient, monthlyLimitUSD: Double?, samples: Int) {
    self.client = client
    self.samples = samples
    pages = PageMaker(client: client, monthlyLimitUSD: monthlyLimitUSD, canCancel: false)
  }

  /// Makes every page and hands it out, the first one last: whoever looks in between finds no dead link.
  ///
  /// - Parameters:
  ///   - write: takes a path below the site's folder, and what belongs there.
  ///   - onRun: is told how many runs are done.
  /// - Returns: how many files there are.
  package func make(
    _ write: (String, [UInt8]) throws -> Void, onRun: (Int) -> Void = { _ in }
  ) async throws -> Int {
    var files = 0
    func put(_ path: String, _ bytes: [UInt8]) throws {
      try write(path, bytes)
      files += 1
    }
    for asset in Assets.all { try put("assets/\(asset.name)", asset.body) }
    // Some hosts leave out what begins with an underscore without it.
    try put(".nojekyll", [])
    var params = ResultsQuery.Params()
    params.limit = 200
    var newest: [RunSummary] = []
    var done = 0
    repeat {
      let page = try await client.call(ResultsQuery.self, params)
      for run in page.runs {
        var asked = ResultsSamples.Params(runId: run.runId)
        asked.limit = samples
        let html = try await pages.run(asked, .files(depth: 2))
        try put("runs/\(Links.segment(run.runId, .files))/index.html", Array(html.text.utf8))
        done += 1
        onRun(done)
      }
      if newest.count < Self.listed { newest += page.runs.prefix(Self.listed - newest.count) }
      params.cursor = page.nextCursor
    } while params.cursor != nil
    let list = RunsPage(
      page: ResultsQuery.Result(runs: newest, nextCursor: nil), asked: ResultsQuery.Params(), models: [],
      layout: Layout(.files(depth: 1)))
    try put("runs/index.html", Array(list.html.text.utf8))
    let costs = try await pages.costs(ResultsCosts.Params(), .files(depth: 1))
    try put("costs/index.html", Array(costs.text.utf8))
    try put("index.html", Array(try await pages.overview(.files(depth: 0)).text.utf8))
    return files
  }

  /// Runs on the page of all runs; a page of more is of no use to a reader.
  private static let listed = 1000
}
