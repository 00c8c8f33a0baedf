/// The members of a `$/progress` value that a run adds to the standard ones (`kind`, `title`, `message`,
/// `percentage`).
package struct RunProgress: Codable, Sendable, Equatable {
  package var runId: String
  package var completed: Int
  package var total: Int
  package var passed: Int
  package var errors: Int
  /// Samples a second over the last while; nil at the start.
  package var samplesPerSecond: Double?
  package var remainingSeconds: Double?

  package init(runId: String, completed: Int, total: Int, passed: Int, errors: Int) {
    self.runId = runId
    self.completed = completed
    self.total = total
    self.passed = passed
    self.errors = errors
  }
}
