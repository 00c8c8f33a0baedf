/// How a run ended.
package enum ExecutionVerdict: String, Codable, Sendable {
  /// Ended by itself with exit code 0.
  case ok
  /// Ended by itself with another exit code.
  case nonZeroExit
  /// Ended by a signal that no limit of ours sent. A program that exits with 128 + n of its own will is counted as
  /// ended by signal n, as shells do.
  case signaled
  case cpuTimeLimit
  case wallTimeLimit
  case memoryLimit
  case outputLimit
  /// The sandbox could not be set up; the program did not run. Standard error says why.
  case sandboxFailure
}

/// What a run did.
package struct ExecutionResult: Sendable {
  package var verdict: ExecutionVerdict
  /// nil when a signal or a limit ended the program.
  package var exitCode: Int?
  /// The signal that ended the program, also the one that a limit sent.
  package var signal: Int?
  /// At most ``ExecutionLimits/outputBytes``, any bytes at all.
  package var standardOutput: [UInt8]
  package var standardError: [UInt8]
  /// Whether a stream had more than was kept.
  package var outputTruncated: Bool
  /// Processor time of all its processes, with the start of sandbox and runtime.
  package var cpuSeconds: Double
  package var wallSeconds: Double
  /// The most memory that all processes had together; nil when the run was over before the first reading.
  package var peakMemoryBytes: Int?
  /// Name and version of what ran it: "node 20.20.2".
  package var runtime: String

  package init(
    verdict: ExecutionVerdict, exitCode: Int?, signal: Int?, standardOutput: [UInt8], standardError: [UInt8],
    outputTruncated: Bool, cpuSeconds: Double, wallSeconds: Double, peakMemoryBytes: Int?, runtime: String
  ) {
    self.verdict = verdict
    self.exitCode = exitCode
    self.signal = signal
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.outputTruncated = outputTruncated
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.peakMemoryBytes = peakMemoryBytes
    self.runtime = runtime
  }
}
