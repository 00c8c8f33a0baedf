import JSON
import TestSupport
import Testing

/// The cache and the reducers, with the built program.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CacheAndReducerTests {
  private func run(_ model: FakeModel, _ more: String...) -> [String] {
    ["run", "sorting", "--sizes", "5", "--samples", "3"] + model.options + more
  }

  @Test func `a second run with the cache asks nothing`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let first = try await place.json(run(model, "--cache", "read"))
      #expect(first.model?["cached"]?.intValue == 0 && model.requests.count == 3)
      let second = try await place.json(run(model, "--cache", "read"))
      #expect(second.model?["cached"]?.intValue == 3 && second.model?["passed"]?.intValue == 3)
      #expect(second.model?["costUSD"]?.doubleValue == 0)
      #expect(model.requests.count == 3)
      let samples = try await place.json("results", "samples", "latest")
      #expect(samples["samples"]?[0]?["cached"]?.boolValue == true)
      #expect(samples["samples"]?[0]?["latencyMilliseconds"] == .null)
      #expect(samples["samples"]?[0]?["originalLatencyMilliseconds"]?.doubleValue ?? 0 > 0)
      let text = try await place.run("results", "show", "latest")
      #expect(text.output.contains("3 answers are from the cache, at no cost"))
      #expect(try await place.run("results", "samples", "latest").output.contains("cached"))
      #expect(try await place.run("report", "latest").output.contains("answers are from the cache"))
      // A server at another address is another model, whatever it is called.
      let other = try FakeModel()
      _ = try await place.json(run(other, "--cache", "read"))
      #expect(other.requests.count == 3)
      #expect(try await place.run(run(model, "--cache", "always")).code == 2)
    }
  }

  @Test func `pass@k is told beside the score, and a threshold looks at it`() async throws {
    try await Workplace.with { place in
      // Each sample is right in one of its two epochs.
      let model = try FakeModel { prompt, number in
        FakeModel.stream(number.isMultiple(of: 2) ? "[1]" : FakeModel.rightAnswer(to: prompt))
      }
      let arguments = run(model, "--epochs", "2", "--concurrency", "1", "--reducer", "passAtK", "--k", "2")
      let result = try await place.json(arguments + ["--fail-under", "0.9"])
      #expect(result.model?["score"]?.doubleValue == 0.5)
      #expect(result.model?["reduced"]?["score"]?.doubleValue == 1)
      #expect(result.model?["reduced"]?["reducer"]?.stringValue == "passAtK")
      let text = try await place.run("results", "show", "latest")
      #expect(text.output.contains("pass@2 1.000 (95 % interval"))
      #expect(try await place.run("report", "latest").output.contains("pass@2 is 100.0 %"))
      let hat = try await place.run(
        run(model, "--epochs", "2", "--concurrency", "1", "--reducer", "passHatK", "--k", "2", "--fail-under", "0.9"))
      #expect(hat.code == 100 && hat.errors.contains("pass^2"))
      #expect(try await place.run(run(model, "--reducer", "best")).code == 2)
      let refused = try await place.json(run(model, "--reducer", "passAtK"), code: 2)
      #expect(refused["error"]?["message"]?.stringValue?.contains("needs a k") == true)
    }
  }
}
