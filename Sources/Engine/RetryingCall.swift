import Contract
import Models

/// One sample's calls: tried again a bounded number of times, with growing, jittered pauses, for failures that can
/// heal, within a deadline for the attempt and one for all attempts together.
struct RetryingCall {
  private let client: any ModelClient
  private let retries: Int
  private let attemptSeconds: Double
  private let sampleSeconds: Double
  private let budget: CallBudget?
  private(set) var attempts = 0

  /// - Parameter budget: nil for a run without one.
  init(client: any ModelClient, request: RunRequest, budget: CallBudget?) {
    self.client = client
    self.budget = budget
    retries = request.retries ?? 3
    attemptSeconds = request.attemptTimeoutSeconds ?? 300
    sampleSeconds = request.sampleTimeoutSeconds ?? 900
  }

  /// - Throws: ``Models/ModelError`` of the last attempt; ``BudgetExhausted``, `CancellationError`, or what keeps the
  ///   budget from being written.
  mutating func complete(_ request: ModelRequest, identity: CallIdentity) async throws -> ModelResponse {
    let start = ContinuousClock.now
    while true {
      let remaining = sampleSeconds - (ContinuousClock.now - start) / .seconds(1)
      attempts += 1
      do {
        let seconds = max(0.001, min(attemptSeconds, remaining))
        let timeouts = ModelTimeouts(idle: nil, total: .seconds(seconds))
        return try await attempt(request, identity, timeouts)
      } catch let error as ModelError {
        let pause = Self.pause(afterAttempt: attempts, serverAsksFor: error.retryAfterSeconds)
        let left = sampleSeconds - (ContinuousClock.now - start) / .seconds(1)
        guard error.isRetryable, attempts <= retries, pause < left, !Task.isCancelled else { throw error }
        // A cancelled sleep shows in the next attempt, which ends at once.
        try? await Task.sleep(for: .seconds(pause))
        if Task.isCancelled { throw error }
      }
    }
  }

  private func attempt(
    _ request: ModelRequest, _ identity: CallIdentity, _ timeouts: ModelTimeouts
  ) async throws -> ModelResponse {
    let send = { () async throws(ModelError) in
      try await client.complete(request, call: identity, timeouts: timeouts)
    }
    guard let budget else { return try await send() }
    return try await budget.attempt(request, send)
  }

  /// Seconds: 1, 2, 4… up to 60, of which a random half is taken off, so that clients do not return in step; never
  /// less than the server asked for.
  static func pause(afterAttempt attempt: Int, serverAsksFor asked: Double?) -> Double {
    let base = min(60, Double(1 << min(attempt - 1, 6)))
    return max(base * Double.random(in: 0.5...1), asked ?? 0)
  }
}
