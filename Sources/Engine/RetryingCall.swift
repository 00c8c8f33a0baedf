import Contract
import Models

/// One sample's calls: tried again a bounded number of times, with growing, jittered pauses, for failures that can
/// heal, within a deadline for the attempt and one for all attempts together.
struct RetryingCall {
  private let client: any ModelClient
  private let retries: Int
  private let attemptSeconds: Double
  private let sampleSeconds: Double
  private(set) var attempts = 0

  init(client: any ModelClient, request: RunRequest) {
    self.client = client
    retries = request.retries ?? 3
    attemptSeconds = request.attemptTimeoutSeconds ?? 300
    sampleSeconds = request.sampleTimeoutSeconds ?? 900
  }

  mutating func complete(_ request: ModelRequest, identity: CallIdentity) async throws(ModelError) -> ModelResponse {
    let start = ContinuousClock.now
    while true {
      let remaining = sampleSeconds - (ContinuousClock.now - start) / .seconds(1)
      attempts += 1
      do throws(ModelError) {
        let seconds = max(0.001, min(attemptSeconds, remaining))
        let timeouts = ModelTimeouts(idle: nil, total: .seconds(seconds))
        return try await client.complete(request, call: identity, timeouts: timeouts)
      } catch {
        let pause = Self.pause(afterAttempt: attempts, serverAsksFor: error.retryAfterSeconds)
        let left = sampleSeconds - (ContinuousClock.now - start) / .seconds(1)
        guard error.isRetryable, attempts <= retries, pause < left, !Task.isCancelled else { throw error }
        // A cancelled sleep shows in the next attempt, which ends at once.
        try? await Task.sleep(for: .seconds(pause))
        if Task.isCancelled { throw error }
      }
    }
  }

  /// Seconds: 1, 2, 4… up to 60, of which a random half is taken off, so that clients do not return in step; never
  /// less than the server asked for.
  static func pause(afterAttempt attempt: Int, serverAsksFor asked: Double?) -> Double {
    let base = min(60, Double(1 << min(attempt - 1, 6)))
    return max(base * Double.random(in: 0.5...1), asked ?? 0)
  }
}
