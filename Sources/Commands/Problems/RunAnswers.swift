import Client
import Contract
import JSON

/// The answers of a stored run of coding problems, to be judged by themselves.
struct RunAnswers: Sendable {
  let dataset: String
  private(set) var list: [JSONValue] = []

  /// - Throws: ``ServiceError`` for a run of another suite, and for one of several models where none is named.
  init(of run: String, model: String?, _ client: ServiceClient) async throws {
    let summary = try await client.call(ResultsGet.self, ResultsGet.Params(runId: run))
    guard summary.suite == "code-problems", let path = summary.request.options?["dataset"]?.stringValue else {
      throw ServiceError(
        .invalidParams, "The run \(summary.runId) is of the suite \(summary.suite), not of code-problems.")
    }
    dataset = path
    let models = summary.models.map(\.model)
    guard let model = model ?? (models.count == 1 ? models.first : nil), models.contains(model) else {
      throw ServiceError(
        .invalidParams, "Name one model of the run with --model: \(models.joined(separator: ", ")).")
    }
    var params = ResultsSamples.Params(runId: summary.runId)
    params.model = model
    params.limit = 500
    repeat {
      let page = try await client.call(ResultsSamples.self, params)
      for sample in page.samples {
        guard let response = sample.response else { continue }
        list.append(["question_id": .string(sample.sampleId), "response": .string(response)])
      }
      params.cursor = page.nextCursor
    } while params.cursor != nil
    if list.isEmpty { throw ServiceError(.invalidData, "The run \(summary.runId) has no answers of \(model).") }
  }
}
