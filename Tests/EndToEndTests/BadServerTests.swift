import JSON
import TestSupport
import Testing

/// Servers that are down, slow, or answer something else than a model's text.
@Suite(.serialized, .timeLimit(.minutes(1))) struct BadServerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reason: String
    var steps: [TestHTTPServer.Step]
    /// What a person must be able to read.
    var says: String
    var retries = 0

    init(
      _ name: String, _ reason: String, says: String, _ steps: [TestHTTPServer.Step]
    ) {
      testDescription = name
      self.reason = reason
      self.says = says
      self.steps = steps
    }
  }

  private static let page = "<html><body>Welcome to the router</body></html>"

  static let cases = [
    Case("401", "authentication", says: "HTTP 401", [.response(#"{"error":{"message":"bad key"}}"#, status: 401)]),
    Case(
      "429", "rateLimited", says: "HTTP 429",
      [.response(#"{"error":{"message":"slow down"}}"#, status: 429, headers: ["Retry-After: 60"])]),
    Case("500", "serverError", says: "HTTP 500", [.response("oops", status: 500, type: "text/plain")]),
    Case("HTML", "malformedResponse", says: "", [.response(page, type: "text/html")]),
    Case("half a stream", "malformedResponse", says: "", [.head(), FakeModel.event(FakeModel.delta("[1, 2")), .close]),
    Case("a reset", "network", says: "", [.head(), FakeModel.event(FakeModel.delta("[1, 2")), .reset]),
    Case("nothing", "network", says: "", [.close]),
    Case("an empty body", "malformedResponse", says: "", [.response("")]),
    Case("a slow server", "timeout", says: "", [.head(), .awaitDisconnect]),
  ]

  @Test(arguments: cases)
  func `is an error of the infrastructure, not of the model`(_ bad: Case) async throws {
    try await Workplace.with { place in
      let model = try FakeModel { _, _ in bad.steps }
      let arguments = ["run", "sorting", "--sizes", "5", "--samples", "1", "--retries", "0", "--timeout", "1"]
      let ending = try await place.run(arguments + model.options + ["--json"])
      let run = try ending.json(code: 1)
      #expect(run.model?["errors"]?.intValue == 1)
      #expect(run.model?["n"]?.intValue == 0)
      #expect(run.model?["score"] == .null)
      #expect(model.requests.count == 1)
      let sample = try #require(try await place.json("results", "samples", "latest")["samples"]?[0])
      #expect(sample["outcome"]?.stringValue == "infrastructureError")
      let reason = sample["reason"]?.stringValue ?? ""
      #expect(bad.reason == reason || (bad.reason != "timeout" && bad.says == "" && reason != "timeout"), "\(sample)")
      #expect(sample["detail"]?.stringValue?.contains(bad.says.isEmpty ? " " : bad.says) == true)
      #expect(ending.errors.contains("error:"))
    }
  }

  @Test func `a server that recovers is asked again, not before it allows it, and resume asks what failed`()
    async throws
  {
    try await Workplace.with { place in
      let model = try FakeModel { prompt, number in
        switch number {
        case 1: [.response("{}", status: 429, headers: ["Retry-After: 1"])]
        case 3: [.response("{}", status: 500)]
        default: FakeModel.stream(FakeModel.rightAnswer(to: prompt))
        }
      }
      let arguments = ["run", "sorting", "--sizes", "5", "--samples", "1"] + model.options
      let start = ContinuousClock.now
      #expect(try await place.json(arguments).model?["passed"]?.intValue == 1)
      #expect(ContinuousClock.now - start >= .seconds(1))
      #expect(model.requests.count == 2)
      let failed = try await place.json(arguments + ["--retries", "0"], code: 1)
      #expect(failed.model?["errors"]?.intValue == 1)
      let resumed = try await place.json("resume", "latest")
      #expect(resumed.model?["passed"]?.intValue == 1)
      #expect(resumed.model?["errors"]?.intValue == 0)
    }
  }

  @Test func `a server that is down is said to be so, with what to do`() async throws {
    try await Workplace.with { place in
      // A port that was free a moment ago.
      let address = try FakeModel().baseURL
      let ending = try await place.run(
        "run", "sorting", "--sizes", "5", "--retries", "0", "--model", "local/x", "--base-url", address)
      #expect(ending.code == 1)
      #expect(ending.errors.contains("no server answers at \(address)") && ending.errors.contains("--base-url"))
    }
  }
}
