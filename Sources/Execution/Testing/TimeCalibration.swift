/// How fast this machine runs programs at the moment, against the machine that time limits are meant for. Measured at
/// the start of a run and stored with it.
package struct TimeCalibration: Sendable, Equatable {
  /// Processor time of the fixed work on the reference machine, in seconds.
  package static let referenceSeconds = 0.1

  /// Processor time of the same work here: the median of several rounds, in seconds.
  package var measuredSeconds: Double
  /// Name and version of what ran it.
  package var runtime: String

  package init(measuredSeconds: Double, runtime: String) {
    self.measuredSeconds = measuredSeconds
    self.runtime = runtime
  }

  /// What a limit on processor time is multiplied with: 1 on a machine as fast as the reference machine or faster, at
  /// most 20.
  package var factor: Double {
    guard measuredSeconds.isFinite else { return 1 }
    return min(max(measuredSeconds / Self.referenceSeconds, 1), 20)
  }

  /// The limits for this machine. The clock is only a backstop: it gets the same factor.
  package func scaled(_ limits: ExecutionLimits) -> ExecutionLimits {
    var limits = limits
    limits.cpuSeconds *= factor
    limits.wallSeconds *= factor
    return limits
  }
}
