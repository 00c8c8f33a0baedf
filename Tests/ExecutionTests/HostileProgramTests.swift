import Execution
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Programs that mean harm. Each runs in a sandbox in which an honest test must pass afterwards; after the whole set
/// nothing of any of them is left on this machine.
@Suite(.timeLimit(.minutes(10)), .needs(.python), .leavesNothing) struct HostileProgramTests {
  @Test(arguments: HostileProgram.all) func `a hostile program ends as it should`(_ program: HostileProgram)
    async throws
  {
    let source = (program.isProgram ? HostileProgram.preface : "") + program.source
    let limits = ExecutionLimits(
      cpuSeconds: 0.3, wallSeconds: program.isSlow ? 0.5 : 20, memoryBytes: 96 << 20, outputBytes: 1 << 20,
      processes: 16,
      scratchBytes: 16 << 20)
    let executor = try await Machine.executor(.python)
    let session = try await executor.openSession(
      testing: TestProgram(source: HostileSurroundings.shared.fill(in: source), entry: .standardInput), limits: limits)
    let outcome = try await session.run(ProgramTest(.standardInput(Array("hostile\n".utf8))))
    #expect(program.judge(outcome), "\(outcome.ending) \(outcome.output.prefix(300)) \(outcome.errors.suffix(500))")
    if program.isProgram {
      let honest = try await session.run(
        ProgramTest(.standardInput(Array("honest\n".utf8)), cpuSeconds: 20, wallSeconds: 60))
      #expect(honest.output == "honest [] []\n", "\(honest.ending) \(honest.errors.suffix(500))")
    }
    await session.close()
  }

  @Test func `there are at least sixty of them`() {
    #expect(HostileProgram.all.count >= 60)
    #expect(Set(HostileProgram.all.map(\.name)).count == HostileProgram.all.count)
  }

  @Test(arguments: [
    "import builtins\nfor name in ('isinstance', 'len', 'type', 'list', 'bytes', 'str', 'int'): setattr(builtins, name, None)",
    "import os, marshal, json\nos.write = os._exit = os.getpid = marshal.loads = json.loads = None",
    "import sys\nsys.stdout = sys.stderr = None\nsys.modules.clear()",
  ])
  func `what a function returns cannot be bent by replaced functions`(damage: String) async throws {
    let outcome = try await Machine.test(
      "def f():\n" + damage.split(separator: "\n").map { "  \($0)\n" }.joined() + "  return [1, 'x', {2: 3.5}]",
      entry: .function("f"), .arguments([]))
    #expect(
      outcome.value == .list([.int("1"), .string("x"), .dictionary([(.int("2"), .float(3.5))])]),
      "\(outcome.ending) \(outcome.errors)")
  }

  @Test func `a script's end cannot be claimed by writing everywhere`() async throws {
    let source = """
      import os
      def add(a, b):
          for descriptor in range(3, 1024):
              for data in (b'F', b'V', b'S1:x'):
                  try: os.write(descriptor, bytes(16) + len(data).to_bytes(4, 'big') + data)
                  except OSError: pass
          os._exit(0)
      """
    let outcome = try await Machine.test(source, entry: .script, .checks("assert add(1, 2) == 3"))
    #expect(outcome.ending == .exitedEarly(exitCode: 0))
  }
}

/// What the hostile programs go for: a listener, sockets, a secret, and a name by which their traces would be found.
final class HostileSurroundings: Sendable {
  static let shared = HostileSurroundings()

  let marker = "llmbench-hostile-\(getpid())-\(UInt32.random(in: 1...UInt32.max))"
  private let project: String
  private let listeners: [Int32]
  private let port: UInt16

  private init() {
    let here = getcwd(nil, 0)
    project = here.map { String(cString: $0) } ?? "/"
    free(here)
    setenv("LLMBENCH_TEST_SECRET", "SECRET-\(marker)", 1)
    let (network, port) = Self.listenOnLoopback()
    self.port = port
    listeners = [network, Self.listen(atPath: "\0\(marker)"), Self.listen(atPath: "/tmp/\(marker).socket")]
  }

  func fill(in source: String) -> String {
    source.replacing("MARKER", with: marker).replacing("PORT", with: "\(port)").replacing("PROJECT", with: project)
      .replacing("SOCKET", with: "/tmp/\(marker).socket")
  }

  /// What the programs have left; empty when all is well.
  func traces() -> [String] {
    unlink("/tmp/\(marker).socket")
    var traces: [String] = []
    for folder in ["/", "/tmp", "/usr", "/dev/shm", "/var/tmp", "/root", project] {
      traces += Self.entries(folder).filter { $0.contains(marker) || $0 == "hard" || $0 == "disk" }.map {
        "\(folder)/\($0)"
      }
    }
    for (index, listener) in listeners.enumerated() {
      var wait = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      if listener >= 0, poll(&wait, 1, 0) > 0 { traces.append("a connection to listener \(index)") }
    }
    return traces
  }

  static func entries(_ folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }

  /// The start of a small file; empty when it cannot be read.
  static func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 13)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static func listenOnLoopback() -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = Glibc.bind(listener, $0, length)
        _ = Glibc.listen(listener, 5)
        _ = getsockname(listener, $0, &length)
      }
    }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private static func listen(atPath path: String) -> Int32 {
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(100)) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = Glibc.bind(listener, $0, length) }
    }
    _ = Glibc.listen(listener, 5)
    return listener
  }
}

/// Looks, when all tests of a suite are over, for what they have left behind.
struct LeavesNothingTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    #expect(HostileSurroundings.shared.traces().isEmpty)
    let left = HostileSurroundings.entries("/proc").filter { pid in
      let lines = HostileSurroundings.text("/proc/\(pid)/status").split(separator: "\n")
      // A process of a sandbox that has lost the sandbox.
      return lines.contains("PPid:\t1")
        && lines.contains { $0.hasPrefix("NSpid:") && $0.split(separator: "\t").count > 2 }
    }
    #expect(left.isEmpty)
    #expect(try await Machine.test("print(input())", input: "honest").output == "honest\n")
  }
}

extension Trait where Self == LeavesNothingTrait {
  static var leavesNothing: Self { LeavesNothingTrait() }
}
