/// The members of a `$/progress` value that a run adds to the standard ones (`kind`, `title`, `message`,
/// `percentage`).
package struct RunProgress: Codable, Sendable, Equatable {
  package var runId: String
  /// Up to which sample this client has been told of the run: what `afterSequence` of `benchmark.attach` takes after
  /// a lost connection. With partial results the last one sent, otherwise the last one stored.
  package var sequence: Int = 0
  /// Samples with a stored result.
  package var completed: Int
  /// Samples planned.
  package var total: Int
  package var passed: Int
  /// Samples that failed through no fault of the model.
  package var errors: Int
  /// Samples a second over the last while; nil at the start.
  package var samplesPerSecond: Double?
  /// Until the end at this rate; nil when it cannot be told.
  package var remainingSeconds: Double?
  /// Why calls wait, for people; nil while they go on.
  package var waiting: String?

  package init(runId: String, completed: Int, total: Int, passed: Int, errors: Int) {
    self.runId = runId
    self.completed = completed
    self.total = total
    self.passed = passed
    self.errors = errors
  }
}
