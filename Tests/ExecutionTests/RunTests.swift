import Execution
import Testing

@Suite(.timeLimit(.minutes(5))) struct RunTests {
  @Test(.needs(.python)) func `a Python program reads input and arguments and writes both streams`() async throws {
    let result = try await Machine.executor(.python).run(
      ExecutionRequest(
        language: .python,
        code: """
          import sys
          print(sys.stdin.read()[::-1], sys.argv[1:])
          print("å∑😀", file=sys.stderr)
          """,
        standardInput: Array("olleh".utf8), arguments: ["a b", "'\"$(x)", ""]))
    #expect(result.verdict == .ok)
    #expect(result.exitCode == 0)
    #expect(result.output == "hello ['a b', '\\'\"$(x)', '']\n")
    #expect(result.errors == "å∑😀\n")
    #expect(result.runtime.hasPrefix("python 3."))
    #expect(result.cpuSeconds > 0)
    #expect(result.wallSeconds > 0)
  }

  @Test(.needs(.node)) func `JavaScript runs on Node`() async throws { try await runJavaScript(.node) }

  @Test(.needs(.deno)) func `JavaScript runs on Deno`() async throws { try await runJavaScript(.deno) }

  @Test(.needs(.bun)) func `JavaScript runs on Bun`() async throws { try await runJavaScript(.bun) }

  private func runJavaScript(_ name: LanguageRuntime.Name) async throws {
    let result = try await Machine.javaScript(
      name,
      """
      import { readFileSync } from "node:fs";
      const text = readFileSync(\(name == .deno ? "0" : "'/dev/stdin'"), "utf8");
      await new Promise((resolve) => setTimeout(resolve, 1));
      console.log(text.toUpperCase());
      """, input: Array("straße".utf8))
    #expect(result.output == "STRASSE\n", "\(result.errors)")
    #expect(result.verdict == .ok)
    #expect(result.runtime.hasPrefix(name.rawValue))
  }

  @Test(.needs(.node)) func `a program that requires modules the old way runs`() async throws {
    let result = try await Machine.javaScript(
      .node, "const fs = require('fs');\nconsole.log(typeof fs.readFileSync, fs.readFileSync(0, 'utf8'))",
      input: Array("in".utf8))
    #expect(result.output == "function in\n")
  }

  @Test(.needs(.python)) func `an exit code is reported`() async throws {
    let result = try await Machine.python("import sys; sys.exit(3)")
    #expect(result.verdict == .nonZeroExit)
    #expect(result.exitCode == 3)
    #expect(result.signal == nil)
  }

  @Test(.needs(.python)) func `a crash is reported with its signal and no words of the sandbox`() async throws {
    let result = try await Machine.python("import os; os.abort()")
    #expect(result.verdict == .signaled)
    #expect(result.signal == 6)
    #expect(result.exitCode == nil)
    #expect(result.errors == "")
    let killed = try await Machine.python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    #expect(killed.verdict == .signaled)
    #expect(killed.signal == 9)
  }

  @Test(.needs(.python)) func `output of any bytes comes through`() async throws {
    let result = try await Machine.python("import sys; sys.stdout.buffer.write(bytes(range(256)) * 1000)")
    #expect(result.standardOutput == (0..<1000).flatMap { _ in (0...255).map(UInt8.init) })
  }

  @Test(.needs(.python)) func `input larger than a pipe comes through`() async throws {
    let input = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let result = try await Machine.python(
      "import sys, hashlib; print(hashlib.sha1(sys.stdin.buffer.read()).hexdigest())", input: input)
    let again = try await Machine.python(
      "import hashlib; print(hashlib.sha1(bytes((i * 31) & 255 for i in range(5000000))).hexdigest())")
    #expect(result.output == again.output)
    #expect(result.verdict == .ok)
  }

  @Test(.needs(.python)) func `a program that closes its input or its output ends as usual`() async throws {
    let input = [UInt8](repeating: 65, count: 1 << 20)
    let closesInput = try await Machine.python("import os; os.close(0); print('done')", input: input)
    #expect(closesInput.output == "done\n")
    let closesOutput = try await Machine.python("import os; os.close(1); os.close(2); os._exit(4)", input: input)
    #expect(closesOutput.exitCode == 4)
  }

  @Test(.needs(.python)) func `an input file is bound at its path and cannot be changed`() async throws {
    let result = try await Machine.python(
      """
      print(open("/input/a/b.txt").read(), open("/input/passwd").read(4))
      for path in ["/input/a/b.txt", "/input/new", "/program/main.py"]:
          try:
              open(path, "w")
              print("written", path)
          except OSError as error:
              print(type(error).__name__)
      """,
      inputs: [
        InputFile(.bytes(Array("text".utf8)), at: "/input/a/b.txt"),
        InputFile(.hostFile("/etc/passwd"), at: "/input/passwd"),
      ])
    #expect(result.output.hasPrefix("text root\n"), "\(result.errors)")
    #expect(!result.output.contains("written"))
  }

  @Test(arguments: ["/etc/passwd", "/input", "/input/../x", "/input//x", "/input/./x", "input/x", "/input/\0"])
  func `an input file anywhere else is refused`(path: String) async throws {
    let executor = try await Machine.executor()
    await #expect { try await executor.run(request(InputFile(.bytes([]), at: path))) } throws: {
      ($0 as? ExecutionError)?.code == .invalidRequest
    }
  }

  @Test func `an input file that is missing or a folder is refused`() async throws {
    let executor = try await Machine.executor()
    for path in ["/nonexistent/file", "/usr"] {
      await #expect { try await executor.run(request(InputFile(.hostFile(path), at: "/input/x"))) } throws: {
        ($0 as? ExecutionError)?.code == .invalidRequest
      }
    }
  }

  @Test func `a NUL character in an argument is refused`() async throws {
    let executor = try await Machine.executor()
    await #expect {
      try await executor.run(ExecutionRequest(language: .python, code: "", arguments: ["a\0b"]))
    } throws: {
      ($0 as? ExecutionError)?.code == .invalidRequest
    }
  }

  @Test func `without a runtime the error says what to install`() async throws {
    let executor = CodeExecutor(
      catalog: RuntimeCatalog(runtimes: []), sandbox: try await Machine.executor().sandbox)
    await #expect { try await executor.run(ExecutionRequest(language: .typescript, code: "")) } throws: {
      guard let error = $0 as? ExecutionError else { return false }
      return error.code == .runtimeMissing && error.message.contains("install Node")
    }
  }

  @Test func `a hundred runs at once all end well`() async throws {
    let all = try await Machine.executor()
    let executor = CodeExecutor(
      catalog: all.catalog.only(.python), sandbox: all.sandbox, maximumConcurrentRuns: 100)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask {
          let result = try await executor.run(
            ExecutionRequest(
              language: .python, code: "print(\(number) * 2)",
              limits: ExecutionLimits(cpuSeconds: 20, wallSeconds: 200)))
          return result.verdict == .ok && result.output == "\(number * 2)\n"
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  private func request(_ input: InputFile) -> ExecutionRequest {
    ExecutionRequest(language: .python, code: "", inputs: [input])
  }
}
