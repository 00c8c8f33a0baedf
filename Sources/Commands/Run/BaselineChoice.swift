import Client
import Contract
import JSON

/// What `--baseline` names: a stored run, the newest one before, or a file.
enum BaselineChoice: Equatable {
  case latest
  case run(String)
  case file(String)

  init(_ text: String) {
    if text == "latest" {
      self = .latest
    } else if text.contains("/") || text.hasSuffix(".json") || text.hasSuffix(".jsonl") {
      self = .file(text)
    } else {
      self = .run(text)
    }
  }

  /// The baseline; nil for `latest` where there is no earlier run, as in the first run of a schedule.
  ///
  /// - Parameters:
  ///   - suite: what the run to judge measures.
  ///   - models: the models that it asks.
  ///   - until: when it began, for one that is stored already.
  func find(
    _ client: ServiceClient, suite: String?, models: [String], until: Timestamp? = nil
  ) async throws -> (run: RunSummary, isStored: Bool)? {
    switch self {
    case .latest:
      var query = ResultsQuery.Params()
      query.suite = suite
      query.model = models.first
      query.status = .completed
      query.until = until
      query.limit = 20
      // One that the provider failed has nothing to compare with.
      let runs = try await client.call(ResultsQuery.self, query).runs
      return runs.first { run in
        models.allSatisfy { name in run.models.contains { $0.model == name && $0.score != nil } }
      }.map { ($0, true) }
    case .run(let name):
      return (try await client.call(ResultsGet.self, .init(runId: name)), true)
    case .file(let path):
      return try await Self.read(path, client)
    }
  }

  /// An export is taken into the store, so that its samples can be compared; of a summary only the scores are known.
  private static func read(_ path: String, _ client: ServiceClient) async throws -> (run: RunSummary, isStored: Bool) {
    let text = try LocalFile.read(path)
    if let value = try? JSONParser(maximumDepth: 2000).parse(text), value["runId"] != nil, value["models"] != nil {
      guard let run = try? JSONValueDecoder().decode(RunSummary.self, from: value) else {
        throw fault(path, "it is a summary of another version of llmbench: export the run instead")
      }
      return (run, false)
    }
    let imported: ResultsImport.Result
    do throws(ServiceError) {
      imported = try await client.call(ResultsImport.self, .init(text: text))
    } catch {
      guard error.kind == .invalidData else { throw error }
      throw fault(path, "it is no summary of a run, nor an export of one")
    }
    guard imported.runs.count == 1, let only = imported.runs.first else {
      throw fault(path, "it holds \(imported.runs.count) runs: a baseline is one")
    }
    return (try await client.call(ResultsGet.self, .init(runId: only.runId)), true)
  }

  private static func fault(_ path: String, _ problem: String) -> ServiceError {
    ServiceError(.invalidData, "The baseline '\(path)' cannot be used: \(problem).", details: ["path": .string(path)])
  }
}
