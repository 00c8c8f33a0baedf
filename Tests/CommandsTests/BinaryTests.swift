import Commands
import Contract
import Glibc
import JSON
import JSONRPC
import TestSupport
import Testing

/// The built program, as a person starts it; what needs an engine asks a server of the test.
@Suite(.serialized, .timeLimit(.minutes(2))) struct BinaryTests {
  /// Answers like an engine whose runs end only when they are cancelled.
  private func listener(_ answer: @escaping FakeService.Answer) throws -> Listener {
    let listener = try Listener(.tcp(host: "127.0.0.1", port: 0))
    let service = FakeService(answer)
    try listener.start { _ in service }
    return listener
  }

  private func endlessRun(ignoresCancellation: Bool = false) throws -> Listener {
    var stored = Sample.run(status: .cancelled)
    stored.completedSamples = 3
    let json = try Sample.json(stored)
    return try listener { request in
      if request.method == "results.get" { return json }
      request.progress.begin(title: "sorting", data: ["runId": "01JD3Q8ZT4"])
      request.progress.report(data: [
        "runId": "01JD3Q8ZT4", "completed": 3, "total": 90, "passed": 1, "errors": 0, "sequence": 0,
      ])
      repeat {
        do {
          try await Task.sleep(for: .seconds(20))
        } catch  where ignoresCancellation {
          await Task { try? await Task.sleep(for: .seconds(20)) }.value
        }
      } while !ignoresCancellation
      return nil
    }
  }

  private static let run = ["run", "sorting", "--model", "local/smollm2"]

  @Test func `help and version`() async throws {
    let help = try await BinaryRunner.run("--help")
    #expect(help.code == 0)
    #expect(help.output.contains("EXIT CODES"))
    #expect(help.errors == "")
    #expect(try await BinaryRunner.run("--version").output == ProgramVersion.current + "\n")
  }

  @Test(arguments: [["--frob"], ["run"], ["results", "show"], ["call", "x", "[1,]"], ["serve", "--tcp", "x"]])
  func `wrong usage ends with 2`(_ arguments: [String]) async throws {
    let ending = try await BinaryRunner(arguments + ["--connect", "tcp://127.0.0.1:1"]).wait()
    #expect(ending.code == 2)
    #expect(ending.output == "")
    #expect(!ending.errors.isEmpty)
  }

  @Test func `a server that is not there is an error`() async throws {
    let ending = try await BinaryRunner.run("suites", "--connect", "unix:///nonexistent/x.sock", "--json")
    #expect(ending.code == 1)
    #expect(try JSONParser().parse(ending.output)["error"]?["reason"] == "notReachable")
  }

  @Test func `a method is called over TCP with parameters from standard input`() async throws {
    let listener = try listener { ["method": .string($0.method), "params": $0.params ?? nil] }
    defer { listener.close() }
    let ending = try await BinaryRunner.run(
      "call", "results.get", "-", "--json", "--connect", "\(listener.address)", input: #"{"runId": "ü"}"#)
    #expect(ending == .init(code: 0, output: #"{"method":"results.get","params":{"runId":"ü"}}"# + "\n", errors: ""))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `one signal stops a run cleanly`(_ signal: Int32) async throws {
    let listener = try endlessRun()
    defer { listener.close() }
    let program = try BinaryRunner(Self.run + ["--connect", "\(listener.address)"])
    try await program.waitForErrors("sorting")
    program.signal(signal)
    let ending = try await program.wait()
    #expect(ending.code == 130)
    #expect(
      ending.errors.hasSuffix(
        "Stopped. 3 of 90 samples are stored. "
          + "Go on with: llmbench resume 01JD3Q8ZT4 --connect \(listener.address)\n"))
  }

  @Test func `two signals end at once`() async throws {
    let listener = try endlessRun(ignoresCancellation: true)
    defer { listener.close() }
    let program = try BinaryRunner(Self.run + ["--connect", "\(listener.address)"])
    try await program.waitForErrors("sorting")
    program.signal(SIGINT)
    try await program.waitForErrors("Stopping")
    program.signal(SIGINT)
    #expect(try await program.wait().code == 130)
  }

  @Test func `a reader who has gone ends nothing badly`() async throws {
    let listener = try listener { request in
      let offset = request.params?["offset"]?.intValue ?? 0
      let records = (offset..<offset + 1000).map { JSONValue.string("record \($0)") }
      return ["schema": "string", "codec": "null", "total": 1_000_000_000, "records": .array(records)]
    }
    defer { listener.close() }
    let program = try BinaryRunner(["data", "show", "x", "--json-lines", "--connect", "\(listener.address)"])
    try await program.waitForOutput("record 1500")
    program.closeOutput()
    let ending = try await program.wait()
    #expect(ending.code == 0)
    #expect(ending.errors == "")
  }

  @Test func `a terminal gets a bar that is cleared, and colour`() async throws {
    let json = try Sample.json(Sample.run())
    let plan = try Sample.json(BenchmarkPlan.Result(suite: "sorting", models: []))
    let listener = try listener { request in
      guard request.method == "benchmark.run" else { return request.method == "benchmark.plan" ? plan : json }
      for completed in 1...3 {
        request.progress.report(
          data: [
            "runId": "r", "completed": .integer(Int64(completed)), "total": 3, "passed": 1, "errors": 0, "sequence": 0,
          ])
        try await Task.sleep(for: .milliseconds(150))
      }
      return json
    }
    defer { listener.close() }
    let arguments = Self.run + ["--connect", "\(listener.address)"]
    let ending = try await BinaryRunner(arguments, environment: ["TERM": "xterm"], streams: .terminal).wait()
    #expect(ending.code == 0)
    #expect(ending.output.contains("\r\u{1B}[K"))
    #expect(ending.output.contains(" of 3, 1 passed\u{1B}[K"))
    #expect(ending.output.contains("\u{1B}[1mRun 01JD3Q8ZT4\u{1B}[0m"))
    let plain = try await BinaryRunner(
      arguments, environment: ["TERM": "xterm", "NO_COLOR": "1"], streams: .terminal
    ).wait()
    #expect(plain.output.contains("Run 01JD3Q8ZT4: sorting"))
    #expect(!plain.output.contains("\u{1B}[1m"))
  }
}
