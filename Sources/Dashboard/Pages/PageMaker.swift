import Client
import Contract

/// Asks the service what a page shows, and makes it.
struct PageMaker: Sendable {
  let client: ServiceClient
  let monthlyLimitUSD: Double?
  /// Whether there is a key by which runs can be cancelled.
  let canCancel: Bool

  func overview(_ links: Links) async throws -> HTML {
    var params = ResultsQuery.Params()
    params.limit = 60
    return OverviewPage(
      runs: try await client.call(ResultsQuery.self, params).runs,
      trends: try await client.call(ResultsTrends.self, ResultsTrends.Params()),
      costs: try await client.call(ResultsCosts.self, ResultsCosts.Params()), monthlyLimitUSD: monthlyLimitUSD,
      layout: Layout(links)
    ).html
  }

  func runs(_ params: ResultsQuery.Params, _ links: Links) async throws -> HTML {
    RunsPage(
      page: try await client.call(ResultsQuery.self, params), asked: params,
      models: links.kind == .server ? try await client.call(ResultsModels.self, Empty()).models : [],
      layout: Layout(links)
    ).html
  }

  func costs(_ params: ResultsCosts.Params, _ links: Links) async throws -> HTML {
    CostPage(
      costs: try await client.call(ResultsCosts.self, params), monthlyLimitUSD: monthlyLimitUSD, layout: Layout(links)
    ).html
  }

  func run(_ params: ResultsSamples.Params, _ links: Links) async throws -> HTML {
    let run = try await client.call(ResultsGet.self, .init(runId: params.runId))
    return RunPage(
      run: run, samples: try await client.call(ResultsSamples.self, params), asked: params,
      previous: links.kind == .server ? try await previous(run) : nil, canCancel: canCancel, layout: Layout(links)
    ).html
  }

  private func previous(_ run: RunSummary) async throws -> RunSummary? {
    var params = ResultsQuery.Params()
    params.suite = run.suite
    params.model = run.models.first?.model
    params.status = .completed
    params.until = run.startedAt
    params.limit = 1
    return try await client.call(ResultsQuery.self, params).runs.first
  }

  func compare(_ params: ResultsCompare.Params, _ links: Links) async throws -> HTML {
    ComparePage(comparison: try await client.call(ResultsCompare.self, params), layout: Layout(links)).html
  }
}
