/// Where a run stands.
package enum RunStatus: String, Codable, Sendable, CaseIterable {
  case running
  /// Every sample was asked and stored.
  case completed
  /// Stopped by its user; `benchmark.resume` does the rest.
  case cancelled
  /// The process that ran it is gone, or there was no way to a provider for too long; `benchmark.resume` does the rest.
  case interrupted
  /// It could not go on; the summary's `message` says why.
  case failed
  /// It would have overstepped its budget.
  case budgetExhausted
}
