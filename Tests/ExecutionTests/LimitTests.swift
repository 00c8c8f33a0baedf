import Execution
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite(.timeLimit(.minutes(5)), .needs(.python)) struct LimitTests {
  @Test func `a loop that never ends is stopped by its processor time`() async throws {
    let limits = ExecutionLimits(cpuSeconds: 0.5, wallSeconds: 60)
    let result = try await Machine.python("while True: pass", limits: limits)
    #expect(result.verdict == .cpuTimeLimit)
    #expect(result.cpuSeconds >= 0.5)
    #expect(result.exitCode == nil)
    #expect(result.signal == 9)
  }

  @Test func `processor time of children counts, also of those that have ended`() async throws {
    let code = """
      import os
      while True:
          if os.fork() == 0:
              for _ in range(3_000_000): pass
              os._exit(0)
          os.wait()
      """
    let limits = ExecutionLimits(cpuSeconds: 0.7, wallSeconds: 60)
    #expect(try await Machine.python(code, limits: limits).verdict == .cpuTimeLimit)
  }

  @Test func `a program that ignores the warning is stopped all the same`() async throws {
    let code = "import signal\nfor n in (1, 2, 15, 24): signal.signal(n, signal.SIG_IGN)\nwhile True: pass"
    let limits = ExecutionLimits(cpuSeconds: 0.5, wallSeconds: 60)
    #expect(try await Machine.python(code, limits: limits).verdict == .cpuTimeLimit)
  }

  @Test func `a program that sleeps is stopped by the clock, with little time used`() async throws {
    let limits = ExecutionLimits(cpuSeconds: 10, wallSeconds: 0.6)
    let result = try await Machine.python("print('before', flush=True)\nimport time; time.sleep(1000)", limits: limits)
    #expect(result.verdict == .wallTimeLimit)
    #expect(result.output == "before\n")
    #expect(result.wallSeconds >= 0.6)
    #expect(result.cpuSeconds < 5)
  }

  @Test(.needs(.node)) func `typed arrays outside the heap of Node count`() async throws {
    try await fillTypedArrays(.node)
  }

  @Test(.needs(.deno)) func `typed arrays outside the heap of Deno count`() async throws {
    try await fillTypedArrays(.deno)
  }

  @Test(.needs(.bun)) func `typed arrays outside the heap of Bun count`() async throws {
    try await fillTypedArrays(.bun)
  }

  private func fillTypedArrays(_ name: LanguageRuntime.Name) async throws {
    let result = try await Machine.javaScript(
      name,
      """
      const kept = [];
      for (let i = 0; i < 400; i++) { const block = new Uint8Array(16 << 20); block.fill(i + 1); kept.push(block); }
      console.log("SURVIVED", kept.length);
      """,
      limits: ExecutionLimits(cpuSeconds: 60, wallSeconds: 120, memoryBytes: 256 << 20))
    #expect(result.verdict == .memoryLimit, "\(result.output)\(result.errors)")
    #expect(!result.output.contains("SURVIVED"))
  }

  @Test func `memory of all processes together counts`() async throws {
    let code = """
      import os, time
      for _ in range(8):
          if os.fork() == 0:
              block = bytearray(os.urandom(1 << 20)) * 60
              time.sleep(30)
      time.sleep(30)
      """
    let limits = ExecutionLimits(cpuSeconds: 60, wallSeconds: 60, memoryBytes: 200 << 20)
    #expect(try await Machine.python(code, limits: limits).verdict == .memoryLimit)
  }

  @Test func `a Python list that grows for ever hits the memory limit`() async throws {
    let limits = ExecutionLimits(cpuSeconds: 60, wallSeconds: 60, memoryBytes: 128 << 20)
    let result = try await Machine.python("x = []\nwhile True: x.append([0] * 10000)", limits: limits)
    #expect(result.verdict == .memoryLimit)
    #expect((result.peakMemoryBytes ?? 0) > 64 << 20)
  }

  @Test func `memory within the limit is no offence`() async throws {
    let limits = ExecutionLimits(cpuSeconds: 60, wallSeconds: 60, memoryBytes: 256 << 20)
    let result = try await Machine.python(
      "x = bytearray(b'x' * (100 << 20)); import time; time.sleep(0.1)", limits: limits)
    #expect(result.verdict == .ok)
    #expect((result.peakMemoryBytes ?? 0) > 100 << 20)
  }

  @Test(arguments: [1, 2]) func `a gigabyte of output is cut off`(stream: Int) async throws {
    let limits = ExecutionLimits(cpuSeconds: 60, wallSeconds: 60, outputBytes: 100_000)
    let result = try await Machine.python(
      "import os\nfor _ in range(1000): os.write(\(stream), b'x' * (1 << 20))\nopen('/tmp/end', 'w')", limits: limits)
    #expect(result.verdict == .outputLimit)
    #expect(result.outputTruncated)
    #expect((stream == 1 ? result.standardOutput : result.standardError) == [UInt8](repeating: 120, count: 100_000))
  }

  @Test func `output of exactly the limit is kept whole and one byte more is not`() async throws {
    let limits = ExecutionLimits(cpuSeconds: 60, wallSeconds: 60, outputBytes: 100_000)
    let exact = try await Machine.python("print('x' * 99999)", limits: limits)
    #expect(exact.verdict == .ok)
    #expect(!exact.outputTruncated)
    #expect(exact.standardOutput.count == 100_000)
    let over = try await Machine.python("print('x' * 100000)", limits: limits)
    #expect(over.verdict == .outputLimit)
    #expect(over.outputTruncated)
  }

  @Test func `a fork bomb finds an end`() async throws {
    let code = """
      import os, time
      count = 0
      try:
          while count < 3000:
              if os.fork() == 0:
                  time.sleep(60)
                  os._exit(0)
              count += 1
      except OSError as error:
          print("forks", count, error.errno)
      """
    let limits = ExecutionLimits(cpuSeconds: 30, wallSeconds: 60, processes: 20)
    let result = try await Machine.python(code, limits: limits)
    #expect(result.verdict == .ok)
    let words = result.output.split(separator: " ")
    #expect(words.count == 3 && words[2] == "11\n", "\(result.output)")
    #expect(words.count == 3 && (15...20).contains(Int(words[1]) ?? 0), "\(result.output)")
  }

  @Test func `a fork bomb that doubles itself is ended by a limit`() async throws {
    let code = "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass"
    let limits = ExecutionLimits(cpuSeconds: 1, wallSeconds: 60, processes: 30)
    #expect(try await Machine.python(code, limits: limits).verdict == .cpuTimeLimit)
    #expect(try await Machine.python("print(1)").output == "1\n")
  }

  @Test func `nothing outlives its run`() async throws {
    let marker = "\(getpid()).\(UInt32.random(in: 1...UInt32.max))"
    let code = """
      import os, sys, time
      if os.fork() == 0:
          os.setsid()
          if os.fork() == 0:
              for number in range(3): os.close(number)
              os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(300)", "\(marker)"])
          os._exit(0)
      def lives(pid):
          try: return "\(marker)" in open(f"/proc/{pid}/cmdline").read()
          except OSError: return False
      while not any(lives(pid) for pid in os.listdir("/proc") if pid.isdigit()): time.sleep(0.01)
      print("lives", flush=True)
      """
    let finished = try await Machine.python(code)
    #expect(finished.verdict == .ok)
    #expect(finished.output == "lives\n")
    #expect(commandLines(containing: marker).isEmpty)
    let limits = ExecutionLimits(cpuSeconds: 10, wallSeconds: 3)
    let stopped = try await Machine.python(code + "\ntime.sleep(300)", limits: limits)
    #expect(stopped.verdict == .wallTimeLimit)
    #expect(stopped.output == "lives\n")
    #expect(commandLines(containing: marker).isEmpty)
  }

  @Test func `cancelling the task ends the run`() async throws {
    let marker = "\(getpid()).\(UInt32.random(in: 1...UInt32.max))"
    let executor = try await Machine.executor(.python)
    let run = Task {
      try await executor.run(
        ExecutionRequest(
          language: .python, code: "import time; time.sleep(300)", arguments: [marker],
          limits: ExecutionLimits(cpuSeconds: 300, wallSeconds: 300)))
    }
    while commandLines(containing: marker).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    run.cancel()
    await #expect { try await run.value } throws: { ($0 as? ExecutionError)?.code == .cancelled }
    #expect(commandLines(containing: marker).isEmpty)
  }

  @Test func `cancelling at any moment ends the run, also while it waits for its turn`() async throws {
    let all = try await Machine.executor()
    let executor = CodeExecutor(catalog: all.catalog, sandbox: all.sandbox, maximumConcurrentRuns: 2)
    let marker = "\(getpid()).\(UInt32.random(in: 1...UInt32.max))"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for delay in 0..<30 {
        group.addTask {
          let run = Task {
            try await executor.run(
              ExecutionRequest(
                language: .python, code: "import time; time.sleep(300)", arguments: [marker],
                limits: ExecutionLimits(cpuSeconds: 300, wallSeconds: 300)))
          }
          try await Task.sleep(for: .milliseconds(delay))
          run.cancel()
          await #expect { try await run.value } throws: { ($0 as? ExecutionError)?.code == .cancelled }
        }
      }
      try await group.waitForAll()
    }
    #expect(commandLines(containing: marker).isEmpty)
    #expect(
      try await executor.run(ExecutionRequest(language: .python, code: "print(1)")).output == "1\n")
  }

  @Test func `runs leave no descriptor, no zombie and no control group behind`() async throws {
    _ = try await Machine.python("print(1)")
    let before = Self.entries("/proc/self/fd").count
    for _ in 0..<20 { _ = try await Machine.python("print(1)") }
    _ = try await Machine.python("while True: pass", limits: ExecutionLimits(cpuSeconds: 0.1, wallSeconds: 10))
    // Tests beside this one hold descriptors of their own for a moment.
    var after = Self.entries("/proc/self/fd").count
    for _ in 0..<200 where after > before + 10 {
      try await Task.sleep(for: .milliseconds(50))
      after = Self.entries("/proc/self/fd").count
    }
    #expect(after <= before + 10)
    // Runs of other tests come and go; whatever there is now must be gone after a while.
    let zombies = Self.zombies()
    let groups = Self.groups()
    for _ in 0..<1200 where !zombies.isDisjoint(with: Self.zombies()) || !groups.isDisjoint(with: Self.groups()) {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(zombies.isDisjoint(with: Self.zombies()))
    #expect(groups.isDisjoint(with: Self.groups()))
  }

  @Test(.enabled("control groups are root's here") { try await Machine.executor().enforcesMemoryInKernel })
  func `each run has a control group of its own while it lasts`() async throws {
    let executors = [try await Machine.executor(.python), try await Machine.executor(.python)]
    let limits = ExecutionLimits(cpuSeconds: 20, wallSeconds: 1)
    async let first = executors[0].run(
      ExecutionRequest(language: .python, code: "import time; time.sleep(60)", limits: limits))
    async let second = executors[1].run(
      ExecutionRequest(language: .python, code: "import time; time.sleep(60)", limits: limits))
    var most = 0
    for _ in 0..<40 {
      most = max(most, Self.groups().count)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await (first.verdict, second.verdict) == (.wallTimeLimit, .wallTimeLimit))
    #expect(most >= 2)
  }

  /// Children of this process that have ended and were not collected.
  private static func zombies() -> Set<String> {
    Set(
      entries("/proc").filter { pid in
        guard Int(pid) != nil, let file = fopen("/proc/\(pid)/stat", "r") else { return false }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        let fields = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: ")").last?.split(
          separator: " ")
        return fields?.first == "Z" && fields?.dropFirst().first == "\(getpid())"
      })
  }

  private static func groups() -> Set<String> {
    let folders = ["/sys/fs/cgroup/memory", "/sys/fs/cgroup"]
    return Set(folders.flatMap { entries($0) }.filter { $0.hasPrefix("llmbench-\(getpid())-") })
  }

  private func commandLines(containing marker: String) -> [String] {
    Self.entries("/proc").filter { Int($0) != nil && Int32($0) != getpid() }.compactMap { pid in
      let file = fopen("/proc/\(pid)/cmdline", "r")
      guard let file else { return nil }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = fread(&bytes, 1, bytes.count, file)
      let line = String(decoding: bytes.prefix(count), as: UTF8.self)
      return line.contains(marker) ? line : nil
    }
  }

  private static func entries(_ folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }
}
