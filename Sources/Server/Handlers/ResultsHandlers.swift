import Contract
import Engine
import JSONRPC
import Reporting
import Results
import RunArchive

struct ResultsHandlers: Sendable {
  let engine: Engine

  func register(in registry: inout MethodRegistry) {
    registry.register(ResultsQuery.self) { params, _ in try await engine.results().query(params) }
    registry.register(ResultsGet.self) { params, _ in try await engine.results().run(params.runId) }
    registry.register(ResultsSamples.self) { params, _ in try await engine.results().samples(params) }
    registry.register(ResultsCompare.self) { params, _ in try await engine.results().compare(params) }
    registry.register(ResultsTrends.self) { params, _ in try await engine.results().trends(params) }
    registry.register(ResultsCosts.self) { params, _ in try await engine.results().costs(params) }
    registry.register(ResultsModels.self) { _, _ in try await engine.results().models() }
    registry.register(ResultsRevision.self) { _, _ in
      ResultsRevision.Result(revision: try await engine.results().revision())
    }
    registry.register(ResultsExport.self) { params, request in
      request.progress.begin(title: "Exporting \(params.runIds.count) runs", percentage: 0)
      return try await ArchiveWriter(store: try engine.results()).export(params) { done, total in
        request.progress.report(
          message: "\(done) of \(total) samples", percentage: total > 0 ? 100 * Double(done) / Double(total) : nil)
      }
    }
    registry.register(ResultsImport.self) { params, _ in
      try await ArchiveImporter(store: try engine.results()).import(params)
    }
    registry.register(ReportRender.self) { params, _ in try await render(params) }
  }

  private func render(_ params: ReportRender.Params) async throws -> ReportRender.Result {
    guard !params.runIds.isEmpty else { throw ServiceError.invalidParameter("/runIds", "Name at least one run.") }
    let store = try engine.results()
    var runs: [RunSummary] = []
    for runId in params.runIds { runs.append(try await store.run(runId)) }
    let format = params.format ?? .markdown
    let comparison = try await comparison(of: runs, store)
    let sink = try DocumentSink(path: params.path)
    do {
      try await ReportRenderer.render(
        runs: runs, comparison: comparison, format: format, to: sink
      ) { runId, visit in
        try await store.forEachSample(runId: runId) { sample in
          try Task.checkCancellation()
          try visit(sample)
        }
      }
      let text = try sink.finish()
      return ReportRender.Result(format: format, bytes: sink.byteCount, path: params.path, text: text)
    } catch {
      sink.abandon()
      throw error
    }
  }

  /// Sample by sample, of runs of one suite or of the models of one run. Nil where they have no sample in common, and
  /// for so many that nobody would read on.
  private func comparison(of runs: [RunSummary], _ store: ResultStore) async throws -> RunComparison? {
    let sides = runs.reduce(0) { $0 + $1.models.count }
    guard (2...12).contains(sides), Set(runs.map(\.suite)).count == 1, Set(runs.map(\.runId)).count == runs.count else {
      return nil
    }
    do throws(ServiceError) {
      return try await store.compare(ResultsCompare.Params(runs: runs.map(\.runId)))
    } catch {
      if error.kind == .invalidParams { return nil }
      throw error
    }
  }
}

extension DocumentSink: ReportOutput {
  func write(_ piece: String) throws { try append(piece.utf8) }
}
