import Synchronization

/// Counts what each client asked in the last minute.
final class RateLimiter: Sendable {
  private let limit: Int
  private let window: Duration
  private let calls = Mutex<[String: [ContinuousClock.Instant]]>([:])

  init(limit: Int = 10, window: Duration = .seconds(60)) {
    self.limit = limit
    self.window = window
  }

  /// - Returns: nil when the client may go on; otherwise after how many seconds it may.
  func admit(_ client: String, now: ContinuousClock.Instant = .now) -> Int? {
    calls.withLock { calls in
      if calls.count > 10_000 { calls = calls.filter { $0.value.contains { now - $0 < window } } }
      let recent = (calls[client] ?? []).filter { now - $0 < window }
      if recent.count >= limit, let oldest = recent.first {
        calls[client] = recent
        return max(1, Int((window - (now - oldest)).components.seconds) + 1)
      }
      calls[client] = recent + [now]
      return nil
    }
  }
}
