import ArgumentParser
import Commands
import Contract
import JSON
import Testing

@Suite struct SizeListTests {
  @Test func `lists of sizes are read`() throws {
    #expect(try SizeNotation.parseList("100,1k, 1m") == [100, 1000, 1_000_000])
    #expect(throws: ValidationError.self) { try SizeNotation.parseList("100,,1k") }
    #expect(throws: ValidationError.self) { try SizeNotation.parseList("") }
  }
}

@Suite struct RunOptionsTests {
  private func request(_ arguments: String...) throws -> RunRequest { try RunOptions.parse(arguments).request() }

  @Test func `options become the request`() throws {
    let request = try request(
      "sorting", "--model", "local/a", "openai/b", "--model", "local/c", "--sizes", "10,1k", "--samples", "5", "--seed",
      "3", "--sample", "7", "--epochs", "2", "--concurrency", "4", "--temperature", "0.5", "--max-tokens", "99",
      "--base-url", "http://x/v1", "--record", "r.jsonl", "--budget-seconds", "2.5", "--budget", "1.25",
      "--budget-tokens", "9", "--allow-unknown-price", "--timeout", "10",
      "--retries", "0")
    var expected = RunRequest(suite: "sorting", models: ["local/a", "openai/b", "local/c"])
    expected.options = ["sizes": [10, 1000], "samples": 5, "seed": 3]
    expected.sample = SampleSelection(count: 7, seed: 3)
    expected.epochs = 2
    expected.concurrency = 4
    expected.temperature = 0.5
    expected.maximumOutputTokens = 99
    expected.baseURL = "http://x/v1"
    expected.record = "r.jsonl"
    expected.budget = Budget(usd: 1.25, tokens: 9, seconds: 2.5)
    expected.allowUnknownPrice = true
    expected.attemptTimeoutSeconds = 10
    expected.retries = 0
    #expect(request == expected)
  }

  @Test func `model options become the request's`() throws {
    let request = try request(
      "sorting", "--model", "ollama/a", "--api", "chat", "--reasoning-effort", "low", "--think", "off",
      "--thinking-tokens", "0", "--num-ctx", "16384", "--keep-alive", "-1", "--top-p", "0.9", "--model-parameter",
      "options={\"top_k\":3}", "--model-parameter", "format=json")
    var expected = ModelSettings()
    expected.api = "chat"
    expected.reasoningEffort = "low"
    expected.think = "off"
    expected.thinkingTokens = 0
    expected.numCtx = 16384
    expected.keepAlive = "-1"
    expected.topP = 0.9
    expected.parameters = ["options": ["top_k": 3], "format": "json"]
    #expect(request.modelOptions == expected)
    for wrong in [["--num-ctx", "0"], ["--top-p", "1.5"], ["--thinking-tokens", "-1"], ["--model-parameter", "x"]] {
      #expect(throws: (any Error).self) { try RunOptions.parse(["sorting", "--model", "a/b"] + wrong) }
    }
  }

  @Test func `nothing given is nothing sent`() throws {
    let request = try request("sorting", "--model", "local/a")
    #expect(try JSONValueEncoder(omitsNil: true).encode(request) == ["suite": "sorting", "models": ["local/a"]])
  }

  @Test func `suite options are JSON or text`() throws {
    let request = try request(
      "s", "--model", "a/b", "--threshold", "50", "--users", "9", "--language", "javascript", "--option", "a=[1,2]",
      "--option", "b=plain text", "--option", "c=true", "--option", "d=", "--option", "e=x=y", "--option", "f=\"7\"")
    #expect(
      request.options
        == [
          "threshold": 50, "users": 9, "language": "javascript", "a": [1, 2], "b": "plain text", "c": true, "d": "",
          "e": "x=y", "f": "7",
        ])
  }

  @Test func `a suite behind the models is found`() throws {
    let request = try request("--model", "local/a", "sorting")
    #expect(request.suite == "sorting")
    #expect(request.models == ["local/a"])
  }

  @Test(arguments: [
    ["--model", "local/a"], ["sorting"], ["sorting", "--model", "nonsense"], ["sorting", "--model"],
    ["s", "--model", "a/b", "--sizes", "ten"], ["s", "--model", "a/b", "--samples", "0"],
    ["s", "--model", "a/b", "--sample", "-1"], ["s", "--model", "a/b", "--epochs", "0"],
    ["s", "--model", "a/b", "--seed", "-1"], ["s", "--model", "a/b", "--seed", "9223372036854775808"],
    ["s", "--model", "a/b", "--temperature", "-1"], ["s", "--model", "a/b", "--temperature", "nan"],
    ["s", "--model", "a/b", "--budget-seconds", "inf"], ["s", "--model", "a/b", "--timeout", "0"],
    ["s", "--model", "a/b", "--retries", "-1"], ["s", "--model", "a/b", "--option", "novalue"],
    ["s", "--model", "a/b", "--option", "=x"], ["s", "--model", "a/b", "--option", "sizes=[1]", "--sizes", "2"],
    ["s", "--model", "a/b", "--option", "x=1", "--option", "x=2"], ["s", "--model", "a/b", "--threshold", "inf"],
    ["s", "--model", "a/b", "--budget", "0"], ["s", "--model", "a/b", "--budget-tokens", "0"],
  ])
  func `wrong usage is refused`(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try RunOptions.parse(arguments) }
  }
}

@Suite struct ParsingTests {
  @Test(arguments: [
    ["frob"], ["run", "--frob"], ["serve", "--stdio", "--tcp", "127.0.0.1:1"],
    ["serve", "--tcp", "nonsense"], ["serve", "--tcp", "unix:///x"], ["serve", "--port-file", "x"],
    ["serve", "--connect", "tcp://127.0.0.1:1"], ["serve", "--clientProcessId", "0"],
    ["suites", "--connect", "http://x"], ["suites", "--connect", "tcp://127.0.0.1:1", "--database", "x"],
    ["call"], ["call", "x", "{"], ["results", "samples"], ["results", "samples", "r", "--limit", "0"],
    ["results", "samples", "r", "--limit", "1", "--all"], ["results", "samples", "r", "--outcome", "odd"],
    ["results", "list", "--since", "yesterday"], ["results", "list", "--limit", "1001"],
    ["data", "generate"], ["data", "generate", "--sizes", "0"], ["data", "process"],
    ["data", "show", "x", "--limit", "0"],
    ["report"], ["report", "r", "--format", "pdf"],
    ["run", "s", "--model", "a/b", "--fail-under", "1.5"], ["run", "s", "--model", "a/b", "--report", "x.pdf"],
  ])
  func `wrong usage ends with 2 and a word to say why`(_ arguments: [String]) async {
    let test = TestProgram()
    #expect(await test.program.run(arguments) == 2)
    #expect(test.output.text == "")
    #expect(!test.errors.text.isEmpty)
    let json = TestProgram()
    #expect(await json.program.run(arguments + ["--json"]) == 2)
    let value = try? JSONParser().parse(json.output.text)
    #expect(value?["error"]?["kind"] == "usage")
    #expect(value?["error"]?["message"]?.stringValue?.isEmpty == false)
  }

  @Test func `an unknown command is named`() async {
    let test = TestProgram()
    #expect(await test.run("frob", "--loud") == 2)
    #expect(test.errors.text.hasPrefix("error: 'frob' is not a command."))
  }

  @Test func `one form of JSON at a time`() async {
    #expect(await TestProgram().run("data", "show", "x", "--json", "--json-lines") == 2)
  }

  @Test func `a colon in a path is no address`() async {
    let test = TestProgram()
    #expect(await test.run("suites", "--connect", "ftp://x:1") == 2)
    #expect(test.errors.text.contains("tcp://HOST:PORT or unix://PATH"))
  }
}

@Suite struct HelpTests {
  static let commands: [[String]] = [
    [], ["suites"], ["plan"], ["run"], ["resume"], ["models"], ["models", "list"], ["doctor"], ["results"],
    ["results", "list"], ["results", "show"], ["results", "samples"], ["report"], ["data"], ["data", "generate"],
    ["data", "process"], ["data", "show"], ["serve"], ["call"],
  ]

  @Test(arguments: commands)
  func `every command teaches itself`(_ command: [String]) async {
    let test = TestProgram()
    #expect(await test.program.run(command + ["--help"]) == 0)
    let text = test.output.text
    #expect(text.contains("EXAMPLES\n  llmbench") || text.contains("\n  llmbench \(command.joined(separator: " "))"))
    #expect(test.errors.text == "")
    for line in text.split(separator: "\n") where line.contains("  llmbench ") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func `the root names exit codes, storage and variables`() async {
    let test = TestProgram()
    #expect(await test.run() == 0)
    for word in ["EXIT CODES", "130", "STORAGE", "--database", "LLMBENCH_DATABASE", "OPENAI_API_KEY", "NO_COLOR"] {
      #expect(test.output.text.contains(word), "\(word)")
    }
  }

  @Test func `the version is the program's`() async {
    let test = TestProgram()
    #expect(await test.run("--version") == 0)
    #expect(test.output.text == ProgramVersion.current + "\n")
  }
}
