/// What a program did in one test. Whether that is right is for the caller to say.
package struct TestOutcome: Sendable, Equatable {
  package enum Ending: Sendable, Equatable {
    /// It came to its end: for a function, it returned; for a script, the last line of the test's code was reached
    /// (exit code 0 in both); for a program on standard input, it exited with this code.
    case finished(exitCode: Int)
    /// It exited before the function returned or the script's end was reached.
    case exitedEarly(exitCode: Int)
    /// A signal ended it that no limit of ours sent.
    case signal(Int)
    /// It raised something that nobody caught.
    case exception(RaisedException)
    /// The source is not a valid program.
    case compileError(RaisedException)
    /// It ran, but there is no function by that name in it.
    case noFunction(String)
    case cpuTime
    case wallTime
    case memory
    case outputLimit
    /// The sandbox failed: says nothing about the program. The text says what went wrong.
    case engineError(String)
  }

  package var ending: Ending
  /// What it printed, at most ``ExecutionLimits/outputBytes``; any bytes at all.
  package var standardOutput: [UInt8]
  /// The last 8 KiB of what it wrote to standard error.
  package var standardError: [UInt8]
  /// What the function returned; nil for other programs and where it did not return.
  package var value: PlainValue?
  /// Processor time of the test's processes, without the start of sandbox and interpreter where they were shared.
  package var cpuSeconds: Double
  package var wallSeconds: Double
  /// The most memory that its largest process had resident; nil when unknown.
  package var peakMemoryBytes: Int?

  package init(
    _ ending: Ending, standardOutput: [UInt8] = [], standardError: [UInt8] = [], value: PlainValue? = nil,
    cpuSeconds: Double = 0, wallSeconds: Double = 0, peakMemoryBytes: Int? = nil
  ) {
    self.ending = ending
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.value = value
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.peakMemoryBytes = peakMemoryBytes
  }
}

/// An error that a program raised, in its own words: not to be trusted further than what the program prints.
package struct RaisedException: Sendable, Equatable {
  /// What the program was doing.
  package enum Stage: String, Sendable {
    /// Its source was read, or its statements outside the function that is tested were run.
    case load
    /// The tested function, the program on standard input, or the test's code was run.
    case run
  }

  /// `ValueError`, `TypeError`…
  package var className: String
  /// At most 1000 characters.
  package var message: String
  /// The innermost line of the program's source, counted from 1; nil when none was on the stack.
  package var line: Int?
  package var stage: Stage

  package init(className: String, message: String, line: Int? = nil, stage: Stage = .run) {
    self.className = className
    self.message = message
    self.line = line
    self.stage = stage
  }
}
