#if os(Linux)
  /// What a session starts and says first.
  struct SessionPlan: Sendable {
    let program: TestProgram
    let limits: ExecutionLimits
    let sandboxed: SandboxedProgram
    /// The sandbox's way to start it.
    let sandbox: any Sandbox
    let groups: MemoryGroups?
    /// The command that runs the program, for languages that the driver does not run itself.
    var command: [String] = []
    /// Where the program lies in the sandbox, for those languages.
    var mainPath: String?

    /// What the driver and its interpreter need beside the tests, in bytes.
    private static let driverBytes = 48 << 20

    /// The session's place in the kernel's accounts; nil where there are none.
    func makeGroup() -> MemoryGroup? { groups?.make(limitBytes: limits.memoryBytes + Self.driverBytes) }

    /// - Throws: ``ExecutionError`` with `invalidRequest`.
    func start(cancellation: CancellationSignal, group: MemoryGroup?) throws(ExecutionError) -> DriverProcess {
      try DriverProcess(try sandbox.launchPlan(for: sandboxed), group: group, cancellation: cancellation)
    }

    /// The message that makes the program known.
    func introduction(of program: TestProgram, watchesMemory: Bool) -> DriverMessage {
      let (entry, function) =
        switch program.entry {
        case .standardInput: ("standardInput", "")
        // The harness of other languages knows the name, and asks for the program's path.
        case .function(let name): ("function", mainPath ?? name)
        case .script: ("script", mainPath ?? "")
        }
      return DriverMessage(
        fields: [
          ("do", "program"), ("entry", entry), ("function", function), ("dialect", program.dialect.rawValue),
          ("prelude", program.hasPrelude ? "1" : "0"), ("cpu", "\(limits.cpuSeconds)"),
          ("wall", "\(limits.wallSeconds)"), ("output", "\(limits.outputBytes)"),
          ("processes", "\(limits.processes)"), ("scratch", "\(limits.scratchBytes)"),
          ("memory", "\(limits.memoryBytes)"), ("watchesMemory", watchesMemory ? "1" : "0"),
          ("command", Self.hexadecimal(DriverMessage.texts(command))),
        ], body: Array(program.source.utf8))
    }

    /// - Throws: ``ExecutionError`` with `invalidRequest` when the test does not fit the program.
    func request(for test: ProgramTest) throws(ExecutionError) -> DriverMessage {
      let body: [UInt8]
      switch (program.entry, test.input) {
      case (.standardInput, .standardInput(let bytes)): body = bytes
      case (.function, .arguments(let texts)): body = DriverMessage.texts(texts)
      case (.script, .checks(let code)): body = Array(code.utf8)
      default:
        throw ExecutionError(
          .invalidRequest,
          "the test does not fit: standard input goes with a program, arguments with a function, checks with a script")
      }
      let own = ExecutionLimits(
        cpuSeconds: test.cpuSeconds ?? limits.cpuSeconds, wallSeconds: test.wallSeconds ?? limits.wallSeconds)
      return DriverMessage(
        fields: [("do", "test"), ("cpu", "\(own.cpuSeconds)"), ("wall", "\(own.wallSeconds)")], body: body)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
#endif
