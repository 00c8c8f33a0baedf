import Commands
import Contract
import Foundation
import Glibc
import JSON
import JSONRPC
import Testing

/// Commands from their words to their output, on a fake service in this process.
@Suite(.timeLimit(.minutes(1))) struct ProgramTests {
  /// A service that answers `benchmark.run` with a run, and `results.get` with another.
  ///
  /// - Parameters:
  ///   - isReal: whether the baseline is found to be better than the run.
  ///   - hasEarlier: whether there is a run before this one.
  private func service(
    run: RunSummary, baseline: RunSummary? = nil, isReal: Bool = true, hasEarlier: Bool = true
  ) throws -> FakeService {
    let run = try Sample.json(run)
    let stored = try Sample.json(baseline ?? Sample.run("stored"))
    let comparison = try JSONValueEncoder().encode(
      Sample.comparison(baseline ?? Sample.run("stored"), Sample.run(), isReal: isReal))
    return FakeService { request in
      switch request.method {
      case "results.query": ["runs": hasEarlier ? [stored] : [], "nextCursor": nil]
      case "results.compare": comparison
      case "benchmark.run", "benchmark.resume": run
      case "results.get": stored
      case "results.samples":
        ["samples": [try Sample.json(Sample.unanswered("Nobody listens."))], "nextCursor": nil]
      case "report.render":
        ["format": request.params?["format"] ?? "markdown", "bytes": 10, "path": nil, "text": "# Report\u{1B}\n"]
      default: throw RPCError.methodNotFound(request.method)
      }
    }
  }

  private static let runArguments = ["run", "sorting", "--model", "local/smollm2", "--sizes", "10"]

  @Test func `a run prints its figures, and where its answers are`() async throws {
    let test = TestProgram(try service(run: Sample.run()))
    #expect(await test.program.run(Self.runArguments) == 0)
    #expect(test.output.text.hasPrefix("Run 01JD3Q8ZT4: sorting (version 1), completed\n"))
    #expect(test.errors.text == "Answers: llmbench results samples 01JD3Q8ZT4\n")
  }

  @Test func `JSON is exactly one value`() async throws {
    let test = TestProgram(try service(run: Sample.run()))
    #expect(await test.program.run(Self.runArguments + ["--json"]) == 0)
    #expect(try JSONParser().parse(test.output.text) == Sample.json(Sample.run()))
    #expect(test.output.text.hasSuffix("}\n"))
  }

  @Test func `the request arrives with a token for progress and none for samples`() async throws {
    let service = try service(run: Sample.run())
    let test = TestProgram(service)
    _ = await test.program.run(Self.runArguments + ["--database", "/tmp/x.sqlite", "--quiet"])
    let params = try #require(service.requests.first?.params)
    #expect(params["suite"] == "sorting")
    #expect(params["options"] == ["sizes": [10]])
    #expect(params["workDoneToken"] != nil)
    #expect(params["partialResultToken"] == nil)
    #expect(test.settings.all.map(\.databasePath) == ["/tmp/x.sqlite"])
    #expect(test.errors.text == "")
  }

  @Test func `a score below the threshold ends with 100`() async throws {
    let test = TestProgram(try service(run: Sample.run()))
    #expect(await test.program.run(Self.runArguments + ["--fail-under", "0.51"]) == 100)
    #expect(test.errors.text.contains("below: local/smollm2 scored 0.500, below the threshold of 0.510."))
    let passing = TestProgram(try service(run: Sample.run()))
    #expect(await passing.program.run(Self.runArguments + ["--fail-under", "0.5"]) == 0)
  }

  @Test func `a run worse than its baseline ends with 100`() async throws {
    let better = Sample.run("old", models: [Sample.model("local/smollm2", score: 0.9, low: 0.85, high: 0.95)])
    let service = try service(run: Sample.run(), baseline: better)
    let test = TestProgram(service)
    #expect(await test.program.run(Self.runArguments + ["--baseline", "old"]) == 100)
    #expect(service.requests.map(\.method) == ["results.get", "benchmark.run", "results.compare"])
    let compared = try #require(service.requests.last?.params)
    #expect(compared["runs"] == ["old", "01JD3Q8ZT4"] && compared["pairing"] == "sameModel")
    #expect(
      test.errors.text.contains(
        "worse than 0.900 (0.850–0.950) in the baseline old (p = 0.012 on the same 100 samples)."))
  }

  @Test(arguments: [
    // arguments, whether the difference is real, the exit code
    ([], true, 100), ([], false, 0), (["--max-drop", "0.3"], false, 100), (["--max-drop", "0.4"], true, 0),
    (["--max-drop", "0.3", "--significant"], false, 0), (["--max-drop", "0.3", "--significant"], true, 100),
    (["--significant"], false, 0),
  ])
  func `a drop counts as far as was asked for`(_ arguments: [String], _ isReal: Bool, _ code: Int32) async throws {
    let better = Sample.run("old", models: [Sample.model("local/smollm2", score: 0.9, low: 0.85, high: 0.95)])
    let test = TestProgram(try service(run: Sample.run(), baseline: better, isReal: isReal))
    #expect(await test.program.run(Self.runArguments + ["--baseline", "latest"] + arguments) == code)
    #expect(test.errors.text.contains("below: ") == (code == 100))
    #expect(
      test.errors.text.contains("Not worse than the baseline old: local/smollm2 0.500 against 0.900.") == (code == 0))
  }

  @Test func `a run that has no scores is nobody's baseline`() async throws {
    let failed = Sample.run("old", models: [Sample.model("local/smollm2", score: nil, low: nil, high: nil, n: 0)])
    let test = TestProgram(try service(run: Sample.run(), baseline: failed))
    #expect(await test.program.run(Self.runArguments + ["--baseline", "latest"]) == 0)
    #expect(test.errors.text.contains("There is no earlier run of sorting to compare with"))
  }

  @Test func `runs without a sample in common are compared as wholes`() async throws {
    let (run, better) = (
      try Sample.json(Sample.run()),
      try Sample.json(Sample.run("old", models: [Sample.model("local/smollm2", score: 0.9, low: 0.85, high: 0.95)]))
    )
    let test = TestProgram(
      FakeService { request in
        switch request.method {
        case "benchmark.run": run
        case "results.get": better
        default: throw ServiceError(.invalidParams, "These runs have no sample in common.")
        }
      })
    #expect(await test.program.run(Self.runArguments + ["--baseline", "old"]) == 100)
    #expect(test.errors.text.contains("no samples in common"))
    #expect(test.errors.text.contains("worse than 0.900 (0.850–0.950) in the baseline old."))
  }

  @Test func `the first run of a schedule has nothing to be compared with and passes`() async throws {
    let test = TestProgram(try service(run: Sample.run(), hasEarlier: false))
    #expect(await test.program.run(Self.runArguments + ["--baseline", "latest", "--max-drop", "0"]) == 0)
    #expect(test.errors.text.contains("There is no earlier run of sorting to compare with"))
  }

  @Test func `a summary in a file is a baseline by its scores`() async throws {
    let path = NSTemporaryDirectory() + "llmbench-baseline-\(getpid()).json"
    defer { unlink(path) }
    let better = Sample.run("old", models: [Sample.model("local/smollm2", score: 0.9, low: 0.85, high: 0.95)])
    try LocalFile.write(JSONWriter.string(try Sample.json(better)), to: path)
    let service = try service(run: Sample.run())
    let test = TestProgram(service)
    #expect(await test.program.run(Self.runArguments + ["--baseline", path]) == 100)
    #expect(service.requests.map(\.method) == ["benchmark.run"])
    let missing = TestProgram(try self.service(run: Sample.run()))
    #expect(await missing.program.run(Self.runArguments + ["--baseline", "./none.json"]) == 1)
    #expect(missing.errors.text.contains("none.json"))
  }

  @Test func `a workflow is told in its own way`() async throws {
    let test = TestProgram(environment: ["GITHUB_ACTIONS": "true"], try service(run: Sample.run()))
    #expect(await test.program.run(Self.runArguments + ["--fail-under", "0.51"]) == 100)
    #expect(test.errors.text.contains("\n::error title=llmbench::local/smollm2 scored 0.500, below"))
  }

  @Test func `a baseline of another suite costs no run`() async throws {
    let service = try service(run: Sample.run(), baseline: Sample.run("old", suite: "events-codegen"))
    #expect(await TestProgram(service).program.run(Self.runArguments + ["--baseline", "old"]) == 2)
    #expect(service.requests.map(\.method) == ["results.get"])
  }

  @Test func `a model that answered nothing is an error, not a score`() async throws {
    var model = ModelSummary(model: "local/smollm2")
    model.errors = 3
    model.reasons = [ReasonCount(reason: "connectionRefused", count: 3)]
    let test = TestProgram(try service(run: Sample.run(models: [model])))
    #expect(await test.program.run(Self.runArguments + ["--fail-under", "0.5"]) == 1)
    #expect(
      test.errors.text.contains("error: local/smollm2 answered none of 3 samples (connectionRefused): Nobody listens."))
  }

  @Test func `a budget that ran out has an exit code of its own, below a threshold`() async throws {
    var run = Sample.run(status: .budgetExhausted)
    run.message = "Only $0.10 is left."
    let test = TestProgram(try service(run: run))
    #expect(await test.program.run(Self.runArguments) == 3)
    #expect(test.errors.text.contains("stopped: Only $0.10 is left.\n"))
    #expect(test.errors.text.contains("--budget…"))
    #expect(await TestProgram(try service(run: run)).program.run(Self.runArguments + ["--fail-under", "0.51"]) == 100)
  }

  @Test func `a negative number where an option's value belongs is explained`() async {
    let test = TestProgram()
    #expect(await test.run("run", "sorting", "--model", "a/b", "--threshold", "-5") == 2)
    #expect(test.errors.text.contains("A value that begins with '-' is written with '=': --threshold=-5"))
  }

  @Test(arguments: [
    ["results", "list"], ["results", "show", "latest"], ["results", "samples", "latest"], ["results", "trends"],
    ["results", "compare", "latest"], ["results", "export", "latest"], ["report", "latest"], ["resume", "latest"],
    ["rescore", "latest"],
  ])
  func `a wrong database is named, not made`(_ arguments: [String]) async throws {
    let service = FakeService { _ in nil }
    let test = TestProgram(service)
    #expect(await test.program.run(arguments + ["--database", "/nowhere/results.sqlite"]) == 1)
    #expect(test.errors.text.contains("error: There is no results database '/nowhere/results.sqlite'"))
    #expect(service.requests.isEmpty)
  }

  @Test func `a report's format is not guessed from a strange ending`() async {
    let test = TestProgram()
    #expect(await test.run("report", "latest", "--output", "x.zzz") == 2)
    #expect(test.errors.text.contains("The ending of 'x.zzz' says nothing of a format"))
  }

  @Test(arguments: [RunStatus.failed, .cancelled])
  func `a run that ended early is an error`(_ status: RunStatus) async throws {
    var run = Sample.run(status: status)
    run.message = "Because."
    let test = TestProgram(try service(run: run))
    #expect(await test.program.run(Self.runArguments) == 1)
    #expect(test.errors.text.contains("error: Because.\n"))
  }

  @Test func `an error of the service is told on both outputs`() async throws {
    let error = ServiceError(.unknownSuite, "No suite x.", details: ["known": ["sorting"]])
    let test = TestProgram(FakeService { _ in throw error })
    #expect(await test.run("run", "x", "--model", "a/b", "--json") == 2)
    #expect(
      test.output.text == #"{"error":{"kind":"unknownSuite","message":"No suite x.","known":["sorting"]}}"# + "\n")
    #expect(test.errors.text == "error: No suite x.\n")
    let plain = TestProgram(FakeService { _ in throw error })
    #expect(await plain.run("run", "x", "--model", "a/b") == 2)
    #expect(plain.output.text == "")
  }

  @Test func `an engine that cannot start is an error`() async {
    let test = TestProgram()
    let factory = ServiceFactory { _ throws in throw ServiceError(.storeTooNew, "The database is newer.") }
    let program = Program(
      console: Console(output: test.output, errorOutput: test.errors), environment: [:], factory: factory)
    #expect(await program.run(["suites", "--json"]) == 1)
    #expect(test.output.text.contains(#""kind":"storeTooNew""#))
  }

  @Test func `a report is written in the format of its name`() async throws {
    let folder = try TemporaryFolder()
    let service = try service(run: Sample.run())
    let test = TestProgram(service)
    #expect(await test.program.run(Self.runArguments + ["--report", folder.file("r.html")]) == 0)
    // The engine of this process may write by itself; this one gives the text.
    #expect(
      service.requests.last?.params == [
        "runIds": ["01JD3Q8ZT4"], "format": "html", "path": .string(folder.file("r.html")),
      ])
    #expect(try LocalFile.read(folder.file("r.html")) == "# Report\u{1B}\n")
    #expect(folder.names == ["r.html"])
  }

  @Test(arguments: [["run", "sorting", "--model", "a/b"], ["resume", "latest"]])
  func `a report that cannot be written costs no run`(_ arguments: [String]) async throws {
    let folder = try TemporaryFolder()
    try LocalFile.write("", to: folder.file("file"))
    for path in ["missing/r.md", "file/r.md"] {
      let service = try service(run: Sample.run())
      let test = TestProgram(service)
      #expect(await test.program.run(arguments + ["--report", folder.file(path), "--json"]) == 1)
      #expect(try JSONParser().parse(test.output.text)["error"]?["kind"] == "fileUnwritable")
      #expect(service.requests.isEmpty)
    }
  }

  @Test func `a whole run has nothing left to ask`() async throws {
    let service = try service(run: Sample.run("stored"))
    let test = TestProgram(service)
    #expect(await test.run("resume", "latest") == 0)
    #expect(service.requests.map(\.method) == ["results.get", "benchmark.resume"])
    #expect(service.requests.last?.params?["runId"] == "stored")
    #expect(test.errors.text.hasPrefix("Nothing was left to ask.\n"))
    let other = TestProgram(
      try self.service(run: Sample.run("stored"), baseline: Sample.run("stored", status: .failed)))
    #expect(await other.run("resume", "latest") == 0)
    #expect(!other.errors.text.contains("Nothing was left"))
  }

  @Test func `a resumed run is called by its suite and id`() async throws {
    let stored = try Sample.json(Sample.run("stored", status: .cancelled))
    let run = try Sample.json(Sample.run("stored"))
    let test = TestProgram(
      FakeService { request in
        guard request.method == "benchmark.resume" else { return stored }
        request.progress.begin(
          title: "Resuming stored",
          data: ["runId": "stored", "completed": 1, "total": 3, "passed": 1, "errors": 0, "sequence": 0])
        return run
      })
    #expect(await test.run("resume", "latest") == 0)
    #expect(test.errors.text.hasPrefix("Resuming sorting stored, 1 of 3, 1 passed\n"))
  }

  @Test(arguments: [("ok", 0), ("warning", 0), ("missing", 1)])
  func `the doctor fails when something is missing`(_ status: String, _ code: Int32) async {
    let test = TestProgram(
      FakeService { _ in ["checks": [["name": "node", "status": .string(status), "detail": "", "remedy": nil]]] })
    #expect(await test.run("doctor", "--json") == code)
  }

  @Test func `JSON is one value also when the report fails after the run`() async throws {
    let run = try Sample.json(Sample.run())
    let test = TestProgram(
      FakeService { request in
        guard request.method == "benchmark.run" else { throw ServiceError(.requestFailed, "No report.") }
        return run
      })
    let folder = try TemporaryFolder()
    #expect(await test.program.run(Self.runArguments + ["--json", "--report", folder.file("r.md")]) == 1)
    #expect(try JSONParser().parse(test.output.text) == run)
    #expect(test.errors.text.contains("error: The report is missing: No report.\n"))
  }

  @Test func `JSON is one value also when the baseline has another model`() async throws {
    let other = ["x/y", "x/z"].map { Sample.model($0, score: 0.5, low: 0.4, high: 0.6) }
    let test = TestProgram(try service(run: Sample.run(), baseline: Sample.run("old", models: other)))
    #expect(await test.program.run(Self.runArguments + ["--json", "--baseline", "old"]) == 1)
    #expect(try JSONParser().parse(test.output.text) == Sample.json(Sample.run()))
    #expect(test.errors.text.contains("error: The baseline old has no result of local/smollm2"))
  }

  @Test func `a report that cannot be written is an error`() async throws {
    let test = TestProgram(try service(run: Sample.run()))
    #expect(await test.run("report", "latest", "--output", "/dev/null/r.md", "--json") == 1)
    #expect(test.output.text.contains(#""kind":"fileUnwritable""#))
    let full = TestProgram(try service(run: Sample.run()))
    #expect(await full.run("report", "latest", "--output", "/dev/full", "--json") == 1)
    #expect(full.output.text.contains(#""kind":"diskFull""#))
  }

  @Test func `a reader who has gone ends nothing badly`() async throws {
    let test = TestProgram(output: BufferSink(failing: .brokenPipe), try service(run: Sample.run()))
    #expect(await test.run("results", "show", "latest") == 0)
    #expect(test.errors.text == "")
  }

  @Test func `output that cannot be written is an error`() async throws {
    let full = BufferSink(failing: .failed(ENOSPC))
    let test = TestProgram(output: full, try service(run: Sample.run()))
    #expect(await test.run("results", "show", "latest") == 1)
    #expect(test.errors.text == "error: Standard output cannot be written: No space left on device.\n")
  }

  @Test func `hostile text in JSON is escaped`() async throws {
    let test = TestProgram(FakeService { _ in ["a": "\u{9B}2J\u{7F}\u{202E}\u{E0041}é"] })
    #expect(await test.run("call", "x", "--json") == 0)
    #expect(test.output.text == #"{"a":"\u009b2J\u007f\u202e\udb40\udc41é"}"# + "\n")
    #expect(try JSONParser().parse(test.output.text) == ["a": "\u{9B}2J\u{7F}\u{202E}\u{E0041}é"])
  }
}

@Suite(.timeLimit(.minutes(1))) struct CallCommandTests {
  private let echo = FakeService { ["method": .string($0.method), "params": $0.params ?? nil] }

  @Test func `parameters are JSON or a file that holds it`() async throws {
    let folder = try TemporaryFolder()
    try LocalFile.write(#"{"b": [1]}"#, to: folder.file("p.json"))
    let test = TestProgram(echo)
    #expect(await test.run("call", "m", #"{"a":1}"#, "--json") == 0)
    #expect(await test.run("call", "m", "@" + folder.file("p.json"), "--json") == 0)
    #expect(await test.run("call", "m", "--json") == 0)
    #expect(
      test.output.text == """
        {"method":"m","params":{"a":1}}
        {"method":"m","params":{"b":[1]}}
        {"method":"m","params":null}

        """)
  }

  @Test func `people get it indented`() async {
    let test = TestProgram(FakeService { _ in ["a": [1]] })
    #expect(await test.run("call", "m") == 0)
    #expect(test.output.text == "{\n  \"a\": [\n    1\n  ]\n}\n")
  }

  @Test func `only methods that know progress are asked for it`() async {
    let test = TestProgram(echo)
    _ = await test.run("call", "results.query", "{}")
    _ = await test.run("call", "data.process", #"{"path":"x"}"#)
    _ = await test.run("call", "data.process", #"{"path":"x","workDoneToken":"mine"}"#)
    let tokens = echo.requests.map { $0.params?["workDoneToken"] }
    #expect(tokens[0] == nil)
    #expect(tokens[1] != nil)
    #expect(tokens[2] == "mine")
  }

  @Test func `a detached run needs a server`() async throws {
    let test = TestProgram(echo)
    let params = #"{"suite":"sorting","models":["a/b"],"detached":true}"#
    #expect(await test.run("call", "benchmark.run", params, "--json") == 1)
    #expect(try JSONParser().parse(test.output.text)["error"]?["kind"] == "unsupported")
    #expect(test.errors.text.contains("--connect"))
    #expect(echo.requests.isEmpty)
    let attached = params.replacing("true", with: "false")
    #expect(await TestProgram(echo).run("call", "benchmark.run", attached, "--json") == 0)
  }

  @Test func `a file that is not there is an error`() async {
    let test = TestProgram(echo)
    #expect(await test.run("call", "m", "@/missing/p.json", "--json") == 1)
    #expect(test.output.text.contains(#""kind":"fileNotFound""#))
  }

  @Test func `an unknown method is an error with its code`() async {
    let test = TestProgram(FakeService { throw RPCError.methodNotFound($0.method) })
    #expect(await test.run("call", "frob", "--json") == 1)
    #expect(test.output.text.contains(#""kind":"unsupported""#))
    #expect(test.output.text.contains(#""code":-32601"#))
  }
}
