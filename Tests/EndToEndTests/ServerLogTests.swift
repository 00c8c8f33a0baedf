import Glibc
import JSON
import TestSupport
import Testing

/// What a server writes to standard error, and that nobody has to read it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ServerLogTests {
  private static let key = "sk-marker-77aa01"

  /// TIME LEVEL COMPONENT MESSAGE KEY=VALUE …, as the protocol's page has it.
  private func isWellFormed(_ line: some StringProtocol) -> Bool {
    let form =
      /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (error|warning|info|debug) (server|rpc|trace) ([^="]+?)(( \w+=([^ "=\\]+|"([^"\\]|\\.)*"))*)/
    return (try? form.wholeMatch(in: String(line))) != nil
  }

  private func runParams(_ model: FakeModel) -> JSONValue {
    [
      "suite": "sorting", "models": ["openai/gpt-5.1"], "options": ["sizes": [5], "samples": 2], "workDoneToken": "t",
      "partialResultToken": "p",
    ]
  }

  @Test(arguments: ["info", "debug"])
  func `no key, prompt or answer is in the log at any level`(_ level: String) async throws {
    try await Workplace.with { plain in
      let model = try FakeModel { prompt, _ in
        FakeModel.stream("An answer-marker: " + FakeModel.rightAnswer(to: prompt))
      }
      var place = plain
      place.environment["OPENAI_API_KEY"] = Self.key
      place.environment["OPENAI_BASE_URL"] = model.baseURL
      let peer = try RawPeer(place, .headers, ["serve", "--log-level", level])
      peer.request(1, "initialize", ["capabilities": [:], "clientInfo": ["name": "params-marker"]])
      _ = try await peer.answer(1)
      peer.request(2, "benchmark.run", runParams(model))
      let run = try await peer.answer(2)
      #expect(run["result"]?["completedSamples"]?.intValue == 2)
      peer.request(3, "results.samples", ["runId": "latest"])
      let samples = "\(try await peer.answer(3))"
      #expect(samples.contains("answer-marker"))
      peer.program.send("Content-Length: 11\r\n\r\n{\"params-marker\"")
      peer.request(4, "results.get", ["runId": "params-marker"])
      peer.program.endInput()
      let log = try await peer.program.wait().errors
      let prompts = model.prompts
      #expect(prompts.count == 2)
      for secret in [Self.key, "-marker"] + prompts { #expect(!log.contains(secret)) }
      let lines = log.split(separator: "\n")
      for line in lines where !isWellFormed(line) { Issue.record("\(line)") }
      #expect(lines.contains { $0.contains(" info rpc Connection opened connection=1 peer=stdio") })
      #expect(lines.contains { $0.contains(" rpc Connection closed connection=1 reason=") })
      let requests = lines.filter { $0.contains(" debug rpc Request ") }
      #expect(requests.count == (level == "debug" ? 3 : 0))
      if level == "debug" { checkRequest(String(requests.first { $0.contains(" id=2 ") } ?? "")) }
    }
  }

  private func checkRequest(_ line: String) {
    let pairs = line.split(separator: " ").compactMap { word -> (String, String)? in
      let parts = word.split(separator: "=", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
    let fields = Dictionary(pairs) { first, _ in first }
    #expect(fields["connection"] == "1" && fields["method"] == "benchmark.run" && fields["outcome"] == "ok")
    for name in ["queuedMs", "runMs"] { #expect(fields[name].flatMap { Double($0) } != nil) }
    for name in ["bytesIn", "bytesOut"] { #expect(fields[name].flatMap { Int($0) } ?? 0 > 100) }
  }

  @Test func `each level holds what it should`() async throws {
    try await Workplace.with { place in
      func log(_ arguments: String...) async throws -> String {
        let ending = try await place.start(["serve"] + arguments, input: OddInput.call("1") + "\n[]\n").wait()
        #expect(ending.code == 0)
        return ending.errors
      }
      #expect(try await log("--log-level", "error") == "")
      #expect(try await log("--quiet") == "")
      #expect(try await log("--log-level", "warning") == "")
      // There are peers that take standard error for the wire.
      #expect(try await log() == "")
      let info = try await log("--log-level", "info")
      #expect(info.contains(" info server Starting version=") && info.contains(" info server Stopped"))
      #expect(!info.contains(" debug "))
      #expect(try await log("--quiet", "--log-level", "debug").contains(" debug rpc Message refused "))
    }
  }

  @Test func `what a peer chooses cannot forge a line`() async throws {
    try await Workplace.with { place in
      let method = #"x\n2026-01-31T08:09:10.123Z error server Forged\u001b[2J a=\"b\""#
      let line = #"{"jsonrpc":"2.0","id":"i\nj","method":"\#(method)"}"#
      let log = try await place.start(["serve", "--log-level", "debug"], input: line + "\n").wait().errors
      let lines = log.split(separator: "\n")
      for line in lines where !isWellFormed(line) { Issue.record("\(line)") }
      #expect(!log.contains("\u{1B}"))
      #expect(lines.count { $0.contains(" error ") && !$0.contains(" debug rpc Request ") } == 0)
    }
  }

  @Test func `a client that does not read the log is served, and learns how much it missed`() async throws {
    try await Workplace.with { place in
      let count = 6000
      let program = try place.start(["serve", "--log-level", "debug"], input: nil, readsErrors: false)
      for id in 1...count {
        program.send(OddInput.call("\(id)", "no.such") + "\n")
        // Not more at a time than may be in flight.
        if id.isMultiple(of: 200) { try await program.waitForOutput(#""id":\#(id),"#) }
      }
      try await program.waitUntil("all answers") { program.outputText.split(separator: "\n").count == count }
      program.readErrors()
      try await program.waitForErrors("Log lines were left out count=")
      program.endInput()
      let ending = try await program.wait()
      #expect(ending.code == 0)
      #expect(!ending.output.contains(#""code":1001"#))
      let lines = ending.errors.split(separator: "\n")
      #expect(lines.count { $0.contains(" debug rpc Request ") } < count)
      #expect(lines.last?.hasSuffix(" info server Stopped") == true)
      for line in lines where !isWellFormed(line) { Issue.record("\(line)") }
    }
  }

  @Test func `a log that nobody reads does not keep the server from ending`() async throws {
    try await Workplace.with { place in
      let program = try place.start(["serve", "--log-level", "debug"], input: nil, readsErrors: false)
      for id in 1...2000 { program.send(OddInput.call("\(id)", "no.such") + "\n") }
      program.endInput()
      // The end of output is the end of the program: nobody else has it.
      try await program.waitUntil("the end") { kill(program.processID, 0) == 0 && program.outputIsAtEnd }
      program.readErrors()
      #expect(try await program.wait().code == 0)
    }
  }
}
