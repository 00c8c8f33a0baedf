import Execution
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What becomes of programs when the process that runs them is killed without warning.
@Suite(.timeLimit(.minutes(5)), .needs(.python)) struct EngineDeathTests {
  @Test(arguments: ["session", "run", "session without user namespaces", "run without user namespaces"])
  func `killing the engine kills every program`(way: String) async throws {
    if way.hasSuffix("namespaces"), geteuid() != 0 { return }
    let marker = "victim-\(getpid())-\(UInt32.random(in: 1...UInt32.max))"
    let engine = try Self.startEngine(way: way, marker: marker)
    defer { kill(engine, SIGKILL) }
    #expect(try await Self.waitUntil { !Self.processes(with: marker).isEmpty })
    kill(engine, SIGKILL)
    var status: Int32 = 0
    waitpid(engine, &status, 0)
    #expect(try await Self.waitUntil { Self.processes(with: marker).isEmpty })
  }

  private static func waitUntil(_ holds: () -> Bool) async throws -> Bool {
    for _ in 0..<600 {
      if holds() { return true }
      try await Task.sleep(for: .milliseconds(100))
    }
    return holds()
  }

  /// Runs this very program with the one test above.
  private static func startEngine(way: String, marker: String) throws -> pid_t {
    let arguments = [
      "engine", "--testing-library", "swift-testing", "--filter", "VictimTests",
    ]
    let environment = Machine.environment.map { "\($0.key)=\($0.value)" } + ["\(VictimTests.variable)=\(way)/\(marker)"]
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for pointer in pointers + variables { free(pointer) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var pid: pid_t = 0
    let code = posix_spawn(&pid, "/proc/self/exe", &actions, nil, &pointers, &variables)
    try #require(code == 0)
    return pid
  }

  private static func processes(with marker: String) -> [String] {
    HostileSurroundings.entries("/proc").filter {
      Int($0) != nil && HostileSurroundings.text("/proc/\($0)/cmdline").contains(marker)
    }
  }
}

/// The engine that is killed: runs only in the process that ``EngineDeathTests`` starts.
@Suite struct VictimTests {
  static let variable = "LLMBENCH_TEST_VICTIM"

  /// A program that gets away from its parent, its session and its streams, and can be found by its command line.
  private static func program(_ marker: String) -> String {
    """
    import os, sys, time
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in range(3): os.close(number)
            os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(300)", "\(marker)"])
        os._exit(0)
    time.sleep(300)
    """
  }

  @Test(.enabled(if: getenv(VictimTests.variable) != nil, "for the process that another test kills"))
  func `the engine that is killed`() async throws {
    let words = getenv(Self.variable).map { String(cString: $0) } ?? ""
    let parts = words.split(separator: "/").map(String.init)
    try #require(parts.count == 2)
    let sandbox = try await BubblewrapSandbox.detect(
      environment: Machine.environment, usesUserNamespaces: !parts[0].hasSuffix("namespaces"))
    let executor = CodeExecutor(catalog: try await Machine.executor(.python).catalog, sandbox: sandbox)
    let limits = ExecutionLimits(cpuSeconds: 100, wallSeconds: 100)
    let code = Self.program(parts[1])
    if parts[0].hasPrefix("session") {
      let program = TestProgram(source: code, entry: .standardInput)
      _ = try await executor.withSession(testing: program, limits: limits) { session in
        try await session.run(ProgramTest(.standardInput([])))
      }
    } else {
      _ = try await executor.run(ExecutionRequest(language: .python, code: code, limits: limits))
    }
  }
}
