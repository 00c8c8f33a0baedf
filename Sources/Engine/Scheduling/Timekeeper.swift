/// The time that a run goes by. A test has one of its own.
package struct Timekeeper: Sendable {
  /// Since some moment in the past; never goes back.
  package let now: @Sendable () -> Duration
  /// Throws `CancellationError` when the task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  package static let system: Timekeeper = {
    let clock = ContinuousClock()
    let start = clock.now
    return Timekeeper(now: { start.duration(to: clock.now) }, sleep: { try await clock.sleep(for: $0) })
  }()
}

extension Duration {
  package var inSeconds: Double { self / .seconds(1) }
}
