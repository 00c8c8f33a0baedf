import Execution
import Testing

/// Programs in JavaScript and TypeScript, by whichever runtime is there.
@Suite(.timeLimit(.minutes(5)), .needs(.python)) struct JavaScriptSessionTests {
  private func test(
    _ name: LanguageRuntime.Name, _ source: String, language: ProgramLanguage = .javascript,
    entry: TestProgram.Entry = .standardInput, _ input: ProgramTest.Input,
    limits: ExecutionLimits = ExecutionLimits(cpuSeconds: 20, wallSeconds: 60)
  ) async throws -> TestOutcome {
    let all = try await Machine.executor()
    let catalog = RuntimeCatalog(runtimes: all.catalog.runtimes.filter { [name, .python].contains($0.name) })
    let program = TestProgram(language: language, source: source, entry: entry)
    return try await CodeExecutor(catalog: catalog, sandbox: all.sandbox).withSession(testing: program, limits: limits)
    {
      #expect($0.runtime.hasPrefix(name.rawValue))
      return try await $0.run(ProgramTest(input))
    }
  }

  private func testAll(_ name: LanguageRuntime.Name) async throws {
    let input = ProgramTest.Input.standardInput(Array("2 3\n".utf8))
    let sum = try await test(
      name,
      "const fs = require('fs')\nconst [a, b] = fs.readFileSync(0, 'utf8').split(' ').map(Number)\nconsole.log(a + b)",
      input)
    #expect(sum.ending == .finished(exitCode: 0), "\(sum.errors)")
    #expect(sum.output == "5\n")
    let method = try await test(
      name,
      "class Solution { pairs(a: number[], b: Map<string, number> | null): any { return [a.length, b, 1.5, 'ü'] } }",
      language: .typescript, entry: .function("pairs"), .arguments(["[1, 2]", "null"]))
    #expect(method.value == .list([.int("2"), .null, .float(1.5), .string("ü")]), "\(method.ending) \(method.errors)")
    let function = try await test(
      name, "var f = function(n) { return { big: 2n ** 70n, set: new Set([n]), map: new Map([[1, true]]), no: NaN } };",
      entry: .function("f"), .arguments(["7"]))
    guard case .dictionary(let pairs) = function.value, pairs.count == 4 else {
      Issue.record("\(function.ending) \(function.errors)")
      return
    }
    #expect(pairs[0].value == .int("1180591620717411303424"))
    #expect(pairs[1].value == .set([.int("7")]))
    #expect(pairs[2].value == .dictionary([(.int("1"), .bool(true))]))
    let raised = try await test(
      name, "function f(x) {\n  return x.y.z\n}", entry: .function("f"), .arguments(["{}"]))
    guard case .exception(let error) = raised.ending else {
      Issue.record("\(raised)")
      return
    }
    #expect(error.className == "TypeError")
    #expect(error.line == 2)
    #expect(error.stage == .run)
    let invalid = try await test(name, "function f(x) {\n  return (\n}", entry: .function("f"), .arguments(["1"]))
    guard case .compileError = invalid.ending else {
      Issue.record("\(invalid) \(invalid.errors)")
      return
    }
    guard case .noFunction = try await test(name, "let g = 1", entry: .function("f"), .arguments([])).ending else {
      Issue.record("there is no f")
      return
    }
    let script = try await test(
      name, "const add = (a, b) => a + b", entry: .script, .checks("if (add(1, 2) !== 3) throw new Error('wrong')"))
    #expect(script.ending == .finished(exitCode: 0), "\(script.errors)")
    let early = try await test(
      name, "const add = (a, b) => { \(name == .deno ? "Deno" : "process").exit(0) }", entry: .script,
      .checks("if (add(1, 2) !== 3) throw new Error('wrong')"))
    #expect(early.ending == .exitedEarly(exitCode: 0), "\(early.errors)")
    let spin = try await test(
      name, "while (true) {}", input, limits: ExecutionLimits(cpuSeconds: 0.5, wallSeconds: 30))
    #expect(spin.ending == .cpuTime)
  }

  @Test(.needs(.node)) func `programs are tested by Node`() async throws { try await testAll(.node) }

  @Test(.needs(.deno)) func `programs are tested by Deno`() async throws { try await testAll(.deno) }

  @Test(.needs(.bun)) func `programs are tested by Bun`() async throws { try await testAll(.bun) }

  @Test(.needs(.node)) func `what stdin programs raise has a name`() async throws {
    let raised = try await test(.node, "const x = null\nx.y()", .standardInput([]))
    guard case .exception(let error) = raised.ending else {
      Issue.record("\(raised)")
      return
    }
    #expect(error.className == "TypeError")
    let invalid = try await test(.node, "const x = (", .standardInput([]))
    guard case .compileError(let error) = invalid.ending else {
      Issue.record("\(invalid)")
      return
    }
    #expect(error.className == "SyntaxError")
    #expect(
      try await test(.node, "process.exit(3)", .standardInput([])).ending == .finished(exitCode: 3))
  }
}
