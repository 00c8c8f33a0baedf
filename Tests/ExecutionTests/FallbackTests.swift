import Execution
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The sandbox on machines that lack something.
@Suite(.timeLimit(.minutes(5))) struct FallbackTests {
  @Test(.needs(.python), .enabled("only root can do without user namespaces") { geteuid() == 0 })
  func `root isolates without user namespaces too`() async throws {
    let sandbox = try await BubblewrapSandbox.detect(environment: Machine.environment, usesUserNamespaces: false)
    #expect(sandbox.description.contains("without user namespaces"))
    let executor = CodeExecutor(
      catalog: try await Machine.executor().catalog.only(.python), sandbox: sandbox, maximumConcurrentRuns: 8)
    let code = """
      import ctypes, os
      caps = [line.split()[1] for line in open('/proc/self/status') if line.startswith('Cap')]
      print(set(caps), os.getuid() > 1000000, os.getgroups(), os.path.exists('/etc/shadow'), open('/dev/stdin').read())
      print(ctypes.CDLL(None).mount(None, b'/usr', None, 4128, None), open('/tmp/x', 'w').write('x'))
      for path in ['/x', '/program/main.py', '/usr/x']:
          try: print(open(path, 'w'))
          except OSError: pass
      children = 0
      try:
          while children < 500:
              if os.fork() == 0:
                  import time; time.sleep(20); os._exit(0)
              children += 1
      except OSError: print(10 < children < 21)
      """
    try await withThrowingTaskGroup(of: ExecutionResult.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await executor.run(
            ExecutionRequest(
              language: .python, code: code, standardInput: Array("in".utf8),
              limits: ExecutionLimits(cpuSeconds: 20, wallSeconds: 60, processes: 20)))
        }
      }
      for try await result in group {
        #expect(result.output == "{'0000000000000000'} True [] False in\n-1 1\nTrue\n", "\(result.errors)")
        #expect(result.verdict == .ok)
      }
    }
  }

  @Test(.needs(.python), .enabled("only root can do without user namespaces") { geteuid() == 0 })
  func `tests are isolated without user namespaces too`() async throws {
    let executor = CodeExecutor(
      catalog: try await Machine.executor().catalog.only(.python),
      sandbox: try await BubblewrapSandbox.detect(environment: Machine.environment, usesUserNamespaces: false))
    let program = TestProgram(
      source: """
        import os
        number = int(input())
        caps = [line.split()[1] for line in open('/proc/self/status') if line.startswith('Cap')]
        print(set(caps), os.getuid() > 1000000, os.path.exists('/etc/shadow'), os.listdir('/tmp'))
        open('/tmp/x', 'w').write('x')
        for path in ['/proc/1/mem', '/proc/1/environ']:
            try: print(open(path))
            except OSError: pass
        for signal in range(1, 65): os.kill(1, signal)
        if number == 1:
            if os.fork() == 0: os.setsid()
            while True: pass
        """, entry: .standardInput)
    let limits = ExecutionLimits(cpuSeconds: 0.3, wallSeconds: 20, processes: 10)
    try await executor.withSession(testing: program, limits: limits) { session in
      for (input, ending) in [
        ("0", TestOutcome.Ending.finished(exitCode: 0)), ("1", .cpuTime), ("2", .finished(exitCode: 0)),
      ] {
        let outcome = try await session.run(ProgramTest(.standardInput(Array(input.utf8))))
        #expect(outcome.ending == ending, "\(outcome.errors)")
        if input != "1" { #expect(outcome.output == "{'0000000000000000'} True False []\n") }
      }
    }
  }

  @Test func `without bubblewrap the error says what to install`() async throws {
    await #expect { try await BubblewrapSandbox.detect(environment: ["PATH": "/nonexistent"]) } throws: {
      guard let error = $0 as? ExecutionError else { return false }
      return error.code == .sandboxUnavailable && error.message.contains("install bubblewrap")
    }
  }

  @Test func `a bubblewrap that does not work is refused with what it said`() async throws {
    let folder = "/tmp/llmbench-bwrap-\(getpid())"
    mkdir(folder, 0o755)
    let script = "#!/bin/sh\ncase \"$1\" in --version) echo bubblewrap 0.8.0;; *) echo 'no way' >&2; exit 1;; esac\n"
    let path = "\(folder)/bwrap"
    defer {
      unlink(path)
      rmdir(folder)
    }
    for (text, words) in [(script, "no way"), ("#!/bin/sh\necho bubblewrap 0.4.1\n", "0.6.0 or later")] {
      let file = try #require(fopen(path, "w"))
      fputs(text, file)
      fclose(file)
      chmod(path, 0o755)
      await #expect { try await BubblewrapSandbox.detect(environment: ["PATH": folder]) } throws: {
        guard let error = $0 as? ExecutionError else { return false }
        return error.code == .sandboxUnavailable && error.message.contains(words)
      }
    }
  }

  @Test(.needs(.node)) func `TypeScript runs on a Node that knows nothing of types`() async throws {
    let all = try await Machine.executor()
    var old = try #require(all.catalog.runtime(named: .node))
    old.version = "20.0.0"
    let executor = CodeExecutor(catalog: RuntimeCatalog(runtimes: [old]), sandbox: all.sandbox)
    let code = """
      interface Point { x: number }
      const points: Point[] = [{ x: 1 }, { x: 2 }];
      class Sum<T extends Point> { constructor(private readonly points: T[]) {} get value(): number { return this.points.reduce((a, p) => a + p.x, 0) } }
      console.log(new Sum<Point>(points).value as number);
      """
    let result = try await executor.run(ExecutionRequest(language: .typescript, code: code))
    #expect(result.output == "3\n", "\(result.errors)")
    let broken = try await executor.run(ExecutionRequest(language: .typescript, code: "let x: = (1;"))
    #expect(broken.verdict == .nonZeroExit)
    #expect(broken.errors.contains("SyntaxError"))
    await #expect { try await executor.run(ExecutionRequest(language: .typescript, code: "enum A { B }")) } throws: {
      guard let error = $0 as? ExecutionError else { return false }
      return error.code == .unsupportedLanguage && error.message.contains("line 1, column 1")
    }
  }

  @Test func `a language without a runtime has none in the catalog`() {
    let catalog = RuntimeCatalog(runtimes: [
      LanguageRuntime(name: .deno, version: "2.0.0", executable: "/x/deno", paths: ["/x/deno"]),
      LanguageRuntime(name: .node, version: "20.0.0", executable: "/x/node", paths: ["/x/node"]),
    ])
    #expect(catalog.runtime(for: .typescript)?.name == .deno)
    #expect(catalog.only(.node).runtime(for: .javascript)?.description == "node 20.0.0")
    #expect(catalog.runtime(for: .python) == nil)
  }
}
