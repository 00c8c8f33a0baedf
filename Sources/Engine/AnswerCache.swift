import Contract
import Hashing
import JSON
import Models
import Results

/// Answers that are kept in the store, by the model, the whole request, the sample and the epoch.
struct AnswerCache: Sendable {
  let mode: CacheMode
  let suite: String
  let client: any ModelClient
  let store: ResultStore

  /// The answer that was kept to this request; nil where it has to be asked.
  ///
  /// - Throws: ``ServiceError`` of the store.
  func answer(to request: ModelRequest, _ call: CallIdentity) async throws(ServiceError) -> CachedAnswer? {
    guard mode == .read else { return nil }
    return try await store.cachedAnswer(key(request, call))
  }

  /// What is to be kept of an answer that came; nil where nothing is.
  func entry(
    for response: ModelResponse, to request: ModelRequest, _ call: CallIdentity, cut: AnswerCut?
  ) -> CachedAnswer? {
    guard mode != .off else { return nil }
    return CachedAnswer(
      key: key(request, call), model: client.reference.description, response: response.text,
      reasoning: response.reasoning, stopReason: response.stopReason.rawValue,
      latencyMilliseconds: response.timings.latencySeconds * 1000, promptTokens: response.usage.promptTokens,
      completionTokens: response.usage.completionTokens, tokensEstimated: response.usage.isEstimate,
      telemetry: CallTelemetry(response), truncation: cut?.reason)
  }

  /// SHA-256 of all that an answer may depend on, as JSON. Ids of samples are of their suite.
  private func key(_ request: ModelRequest, _ call: CallIdentity) -> String {
    let parts: JSONObject = [
      "model": .string(client.reference.description), "address": client.address.map { .string($0) } ?? .null,
      "request": .object(request.canonicalObject), "suite": .string(suite), "sample": .string(call.sampleID),
      "epoch": .integer(Int64(call.epoch)),
    ]
    return SHA256.hex(JSONWriter.data(.object(parts)))
  }
}
