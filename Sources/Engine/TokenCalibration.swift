import Benchmark
import Contract
import Models

/// Has a model's server count two texts of a suite, so that its samples can be as long as they are meant to be in the
/// model's own tokens. A hosted model is not asked for it: that would cost. Nor is any where every token counts.
struct TokenCalibration: Sendable {
  let client: any ModelClient
  let prepared: PreparedRun

  /// nil for a suite whose samples are the same for every model; an estimate where the server does not count.
  ///
  /// - Throws: `CancellationError`.
  func measure() async throws -> TokenMeasure? {
    guard let texts = prepared.plan.calibrationTexts else { return nil }
    let estimate = TokenMeasure(estimating: texts.long)
    // A recording counts as its model's server did.
    let isAsked = client.isLocal || client.reference.provider == "replay"
    guard isAsked, prepared.request.budget?.tokens == nil else { return estimate }
    guard let short = try await tokens(of: texts.short, "calibration/short"),
      let long = try await tokens(of: texts.long, "calibration/long")
    else { return estimate }
    return TokenMeasure(short: texts.short, tokens: short, long: texts.long, tokens: long) ?? estimate
  }

  private func tokens(of text: String, _ name: String) async throws -> Int? {
    var request = ModelRequest(messages: [ChatMessage(.user, text)], temperature: 0, maximumOutputTokens: 1)
    prepared.request.modelOptions?.apply(to: &request)
    let limit = prepared.request.attemptTimeoutSeconds ?? 300
    do throws(ModelError) {
      let response = try await client.complete(
        request, call: CallIdentity(sampleID: name), timeouts: ModelTimeouts(idle: nil, total: .seconds(limit)))
      return response.usage.isEstimate ? nil : response.usage.promptTokens
    } catch {
      if error.kind == .cancelled || Task.isCancelled { throw CancellationError() }
      // Whatever it is, the samples will meet it and tell.
      return nil
    }
  }
}
