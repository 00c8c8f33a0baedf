#if os(Linux)
  import Glibc

  extension ExecutionResult {
    /// Judges how a sandboxed process ended.
    init(_ outcome: ProgramRun.Outcome, runtime: LanguageRuntime) {
      let ending = Self.ending(outcome, runtime)
      self.init(
        verdict: ending.verdict, exitCode: ending.exitCode, signal: ending.signal,
        standardOutput: outcome.standardOutput, standardError: outcome.standardError,
        outputTruncated: outcome.outputTruncated, cpuSeconds: outcome.cpuSeconds, wallSeconds: outcome.wallSeconds,
        peakMemoryBytes: outcome.peakMemoryBytes, runtime: runtime.description)
    }

    private typealias Ending = (verdict: ExecutionVerdict, exitCode: Int?, signal: Int?)

    private static func ending(_ outcome: ProgramRun.Outcome, _ runtime: LanguageRuntime) -> Ending {
      let killed = Int(SIGKILL)
      switch outcome.stopReason {
      case .cpuTime: return (.cpuTimeLimit, nil, killed)
      case .wallTime: return (.wallTimeLimit, nil, killed)
      case .memory: return (.memoryLimit, nil, killed)
      case .output: return (.outputLimit, nil, killed)
      case .processes, .cancelled: return (.signaled, nil, killed)
      case nil: break
      }
      if outcome.memoryKills > 0 { return (.memoryLimit, outcome.reportedExitCode.flatMap(ordinary), killed) }
      guard let code = outcome.reportedExitCode else {
        return (.sandboxFailure, outcome.ending?.exitCode, outcome.ending?.signal)
      }
      if let signal = signal(code) {
        return (signal == Int(SIGXCPU) ? .cpuTimeLimit : .signaled, nil, signal)
      }
      if code != 0, runtime.name == .python, endsWithMemoryError(outcome.standardError) {
        return (.memoryLimit, code, nil)
      }
      return (code == 0 ? .ok : .nonZeroExit, code, nil)
    }

    /// The signal in the exit code that a shell makes of one.
    private static func signal(_ code: Int) -> Int? { (129...192).contains(code) ? code - 128 : nil }

    private static func ordinary(_ code: Int) -> Int? { signal(code) == nil ? code : nil }

    private static func endsWithMemoryError(_ bytes: [UInt8]) -> Bool {
      let lines = String(decoding: bytes.suffix(500), as: UTF8.self).split(separator: "\n")
      return lines.last?.hasPrefix("MemoryError") ?? false
    }
  }
#endif
