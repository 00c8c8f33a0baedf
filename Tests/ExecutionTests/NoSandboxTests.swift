import Execution
import Testing

/// What is left when nobody isolates: limits, and order.
@Suite(.timeLimit(.minutes(5)), .needs(.python)) struct NoSandboxTests {
  @Test func `tests run under limits and leave nothing when there is no sandbox`() async throws {
    let executor = CodeExecutor(catalog: try await Machine.executor().catalog, sandbox: NoSandbox())
    #expect(executor.sandbox.description.hasPrefix("NO SANDBOX"))
    let program = TestProgram(
      source: """
        import os
        open('left.txt', 'w').write('x')
        word = input()
        print(os.listdir('.'), os.getcwd() == os.environ['HOME'] != '/tmp')
        if os.fork() == 0:
            os.setsid()
            import time
            time.sleep(300)
        while word == 'spin': pass
        """, entry: .standardInput)
    let before = Set(HostileSurroundings.entries("/tmp"))
    try await executor.withSession(testing: program, limits: ExecutionLimits(cpuSeconds: 0.3, wallSeconds: 60)) {
      for word in ["a", "spin", "b"] {
        let outcome = try await $0.run(ProgramTest(.standardInput(Array(word.utf8))))
        #expect(outcome.ending == (word == "spin" ? .cpuTime : .finished(exitCode: 0)), "\(outcome.errors)")
        if word != "spin" { #expect(outcome.output == "['left.txt'] True\n") }
      }
    }
    let left = Set(HostileSurroundings.entries("/tmp")).subtracting(before).filter { $0.hasPrefix("llmbench-scratch") }
    #expect(left.isEmpty)
  }

  @Test func `whole programs are not run without a sandbox`() async throws {
    let executor = CodeExecutor(catalog: try await Machine.executor().catalog, sandbox: NoSandbox())
    await #expect { try await executor.run(ExecutionRequest(language: .python, code: "")) } throws: {
      ($0 as? ExecutionError)?.code == .sandboxUnavailable
    }
  }
}
