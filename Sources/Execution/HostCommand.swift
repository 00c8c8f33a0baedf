#if os(Linux)
  /// Runs a program of this machine that is trusted, to ask it something. Blocks: for threads of ``RunThread``.
  enum HostCommand {
    /// Returns what the command wrote to standard output; empty when it failed, took longer than ten seconds or wrote
    /// more than `outputBytes`.
    static func run(
      _ executable: String, _ arguments: [String], environment: [String: String], outputBytes: Int = 1 << 16
    ) throws(ExecutionError) -> String {
      var plan = LaunchPlan(executable: executable, arguments: [executable] + arguments)
      plan.environment = environment.map { "\($0.key)=\($0.value)" }
      let limits = ExecutionLimits(cpuSeconds: 10, wallSeconds: 10, outputBytes: outputBytes)
      let outcome = try ProgramRun.perform(
        plan, standardInput: [], limits: limits, group: nil, cancellation: try CancellationSignal())
      guard outcome.stopReason == nil, outcome.ending?.exitCode == 0 else { return "" }
      return String(decoding: outcome.standardOutput, as: UTF8.self)
    }
  }
#endif
