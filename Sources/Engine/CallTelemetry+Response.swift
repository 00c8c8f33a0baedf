import Contract
import Models

extension CallTelemetry {
  /// nil where nothing was told.
  init?(_ response: ModelResponse) {
    self.init()
    let timings = response.timings
    cachedPromptTokens = response.usage.cachedPromptTokens
    cacheWriteTokens = response.usage.cacheWriteTokens
    reasoningTokens = response.usage.reasoningTokens
    connectMilliseconds = timings.connectSeconds.map { $0 * 1000 }
    loadMilliseconds = timings.loadSeconds.map { $0 * 1000 }
    promptMilliseconds = timings.promptSeconds.map { $0 * 1000 }
    generationMilliseconds = timings.generationSeconds.map { $0 * 1000 }
    promptTokensPerSecond = timings.promptTokensPerSecond
    generationTokensPerSecond = timings.generationTokensPerSecond
    servedModel = response.servedModel
    responseId = response.responseID
    omittedParameters = response.omittedParameters.isEmpty ? nil : response.omittedParameters
    if self == CallTelemetry() { return nil }
  }
}
