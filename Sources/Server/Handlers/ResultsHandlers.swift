import Contract
import Engine
import JSONRPC
import Reporting
import Results

struct ResultsHandlers: Sendable {
  let engine: Engine

  func register(in registry: inout MethodRegistry) {
    registry.register(ResultsQuery.self) { params, _ in try await engine.results().query(params) }
    registry.register(ResultsGet.self) { params, _ in try await engine.results().run(params.runId) }
    registry.register(ResultsSamples.self) { params, _ in try await engine.results().samples(params) }
    registry.register(ResultsCompare.self) { params, _ in try await engine.results().compare(params) }
    registry.register(ResultsTrends.self) { params, _ in try await engine.results().trends(params) }
    registry.register(ReportRender.self) { params, _ in try await render(params) }
  }

  private func render(_ params: ReportRender.Params) async throws -> ReportRender.Result {
    guard !params.runIds.isEmpty else { throw ServiceError(.invalidParams, "Name at least one run.") }
    let store = try engine.results()
    var runs: [RunSummary] = []
    for runId in params.runIds { runs.append(try await store.run(runId)) }
    let format = params.format ?? .markdown
    let text = try await ReportRenderer.render(runs: runs, format: format) { runId, body in
      try await store.forEachSample(runId: runId, body)
    }
    return ReportRender.Result(format: format, text: text)
  }
}
