/// What one run may use. Each limit is enforced by the operating system or by a reading every 20 ms or faster, never
/// by trust in the program.
package struct ExecutionLimits: Sendable, Equatable {
  /// Processor time of all the program's processes together, user and system, in seconds. This is the limit that a
  /// program's speed is judged by: a busy machine does not change it.
  package var cpuSeconds: Double
  /// Time on the clock, in seconds: the backstop for a program that sleeps.
  package var wallSeconds: Double
  /// Memory of all processes together with what they keep in the scratch folder, in bytes.
  package var memoryBytes: Int
  /// The most that is kept of standard output, and the same again of standard error, in bytes. One byte more ends
  /// the run.
  package var outputBytes: Int
  /// Processes and threads at one time. JavaScript runtimes start a dozen threads of their own.
  package var processes: Int
  /// The size of the scratch folder and of the largest file in it, in bytes.
  package var scratchBytes: Int

  /// Values outside what makes sense are brought to the nearest that does: no limit can be turned off.
  package init(
    cpuSeconds: Double = 10, wallSeconds: Double = 30, memoryBytes: Int = 512 << 20, outputBytes: Int = 4 << 20,
    processes: Int = 64, scratchBytes: Int = 64 << 20
  ) {
    self.cpuSeconds = Self.bounded(cpuSeconds, 0.01...86_400)
    self.wallSeconds = Self.bounded(wallSeconds, 0.01...86_400)
    self.memoryBytes = min(max(memoryBytes, 16 << 20), 1 << 42)
    self.outputBytes = min(max(outputBytes, 0), 1 << 30)
    self.processes = min(max(processes, 1), 10_000)
    self.scratchBytes = min(max(scratchBytes, 1 << 16), 1 << 40)
  }

  private static func bounded(_ seconds: Double, _ range: ClosedRange<Double>) -> Double {
    seconds.isNaN ? range.lowerBound : min(max(seconds, range.lowerBound), range.upperBound)
  }
}
