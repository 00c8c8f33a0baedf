/// How the program ends: its exit code.
package enum ExitStatus: Int32, Sendable {
  /// Done, and above every threshold.
  case success = 0
  case failure = 1
  case wrongUsage = 2
  /// The run stopped at its budget: what it measured is whole, and it can be resumed.
  case budgetExhausted = 3
  /// Below a threshold, or worse than the baseline.
  case belowThreshold = 100
  /// Ended by Ctrl-C or a termination signal.
  case interrupted = 130
}
