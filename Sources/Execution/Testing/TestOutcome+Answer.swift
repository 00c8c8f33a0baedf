#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension TestOutcome {
  /// Puts together what the driver saw, what the test's process said, and what the kernel counted.
  ///
  /// - Parameter memoryKills: how many processes the kernel has killed during the test because of the memory limit.
  init(_ answer: DriverAnswer, program: TestProgram, limits: ExecutionLimits, memoryKills: Int) {
    let entry = program.entry
    let cpuSeconds = answer["cpu"].flatMap(Double.init) ?? 0
    let report = answer.parts.dropFirst(2).first.flatMap { ChildReport($0) }
    let words = answer["ending"] ?? ""
    let code = answer["exitCode"].flatMap { Int($0) } ?? -1
    var value: PlainValue?
    var ending: Ending
    if memoryKills > 0 {
      ending = .memory
    } else if let limit = Self.limit(words) {
      ending = limit
    } else if words.hasPrefix("signal"), let number = Int(words.dropFirst("signal".count)) {
      ending = Self.signal(number, cpuSeconds, limits)
    } else if !words.isEmpty {
      ending = .engineError("the driver reported \(words)")
    } else {
      (ending, value) = Self.judge(report, entry: entry, exitCode: code)
    }
    if program.language != .python, ending == .finished(exitCode: 1),
      let printed = PrintedError(standardError: answer.parts.dropFirst().first.map(Array.init) ?? [])
    {
      ending = printed.error.stage == .load ? .compileError(printed.error) : .exception(printed.error)
    }
    self.init(
      ending, standardOutput: answer.parts.first.map(Array.init) ?? [],
      standardError: answer.parts.dropFirst().first.map(Array.init) ?? [], value: value, cpuSeconds: cpuSeconds,
      wallSeconds: answer["wall"].flatMap(Double.init) ?? 0,
      peakMemoryBytes: answer["peak"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil })
  }

  private static func limit(_ words: String) -> Ending? {
    switch words {
    case "cpuTime": .cpuTime
    case "wallTime": .wallTime
    case "memory": .memory
    case "outputLimit": .outputLimit
    default: nil
    }
  }

  /// The kernel's own limit on time is a second above ours and ends a process that ours has missed.
  private static func signal(_ number: Int, _ cpuSeconds: Double, _ limits: ExecutionLimits) -> Ending {
    if number == Int(SIGXCPU) || (number == Int(SIGKILL) && cpuSeconds > limits.cpuSeconds) { return .cpuTime }
    return .signal(number)
  }

  private static func judge(
    _ report: ChildReport?, entry: TestProgram.Entry, exitCode: Int
  ) -> (Ending, PlainValue?) {
    switch report?.content {
    case .raised(let error, let inCompiler):
      if error.className == "MemoryError" { return (.memory, nil) }
      return (inCompiler ? .compileError(error) : .exception(error), nil)
    case .unprepared(let reason): return (.engineError(reason), nil)
    case .value(let value):
      guard case .function = entry else { return (.exitedEarly(exitCode: exitCode), nil) }
      return (.finished(exitCode: 0), value)
    case .reachedEnd:
      return (entry == .script ? .finished(exitCode: 0) : .exitedEarly(exitCode: exitCode), nil)
    case .printed: return (.finished(exitCode: 0), nil)
    case .noFunction(let text): return (.noFunction(text), nil)
    case .exited(let code): return (.exitedEarly(exitCode: code), nil)
    case .tooLarge: return (.outputLimit, nil)
    case nil:
      return (entry == .standardInput ? .finished(exitCode: exitCode) : .exitedEarly(exitCode: exitCode), nil)
    }
  }
}
