extension Duration {
  /// In milliseconds, to the microsecond.
  package var milliseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000
  }
}

/// Where a connection gets the time from, so that a test can stand in for the clock.
package struct TimeSource: Sendable {
  /// Time since some fixed moment; never runs backwards.
  package var now: @Sendable () -> Duration
  /// Throws `CancellationError` when the task is cancelled before the time is over.
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) {
    self.now = now
    self.sleep = sleep
  }

  package static let continuous = TimeSource(
    now: { origin.duration(to: .now) }, sleep: { try await ContinuousClock().sleep(for: $0) })

  private static let origin = ContinuousClock.now
}
