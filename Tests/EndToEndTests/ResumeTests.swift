import Glibc
import JSON
import TestSupport
import Testing

/// Runs that are stopped or killed, and what `resume` makes of them.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ResumeTests {
  private static let samples = 6

  /// Answers a few requests at once; later ones wait until the client goes or `isSlow` ends.
  private func model(answering count: Int) throws -> FakeModel {
    try FakeModel { prompt, number in
      let answer = FakeModel.stream(FakeModel.rightAnswer(to: prompt))
      return number == count + 1 ? [.head(), .awaitDisconnect] : answer
    }
  }

  private func arguments(_ model: FakeModel) -> [String] {
    ["run", "sorting", "--sizes", "5", "--samples", "\(Self.samples)", "--concurrency", "1"] + model.options
  }

  /// Starts a run and waits until the model has been asked the request that hangs.
  private func hangingRun(_ place: Workplace, _ model: FakeModel, _ more: [String] = []) async throws -> BinaryRunner {
    let program = try place.start(arguments(model) + more)
    try await program.waitUntil("the fourth request") { model.requests.count == 4 }
    return program
  }

  /// Resumes and checks that every sample was asked once, but for the one that hung.
  private func checkResume(_ place: Workplace, _ model: FakeModel, _ id: String) async throws {
    let run = try await place.json("resume", id)
    #expect(run["runId"]?.stringValue == id)
    #expect(run["status"]?.stringValue == "completed")
    #expect(run.model?["passed"]?.intValue == Self.samples)
    #expect(model.requests.count == Self.samples + 1)
    #expect(Set(model.prompts).count == Self.samples)
    #expect(model.prompts[3] == model.prompts[4])
    let again = try await place.json("resume", id)
    #expect(again["status"]?.stringValue == "completed")
    #expect(model.requests.count == Self.samples + 1)
  }

  @Test func `Ctrl-C stops cleanly, says how to go on, and nothing is asked twice`() async throws {
    try await Workplace.with { place in
      let model = try model(answering: 3)
      let program = try await hangingRun(place, model, ["--record", "answers.jsonl"])
      program.signal(SIGINT)
      let ending = try await program.wait()
      #expect(ending.code == 130)
      #expect(await model.sawDisconnects(1))
      let stopped = try await place.json("results", "show", "latest")
      let id = try #require(stopped["runId"]?.stringValue)
      #expect(ending.errors.contains("3 of 6 samples are stored"))
      #expect(ending.errors.contains("llmbench resume \(id)"))
      #expect(stopped["status"]?.stringValue == "cancelled")
      #expect(stopped["completedSamples"]?.intValue == 3)
      #expect(stopped.model?["passed"]?.intValue == 3)
      try await checkResume(place, model, id)
      let replay = try await place.json(
        "run", "sorting", "--sizes", "5", "--samples", "6", "--model", "replay/answers.jsonl")
      #expect(replay.model?["passed"]?.intValue == Self.samples)
    }
  }

  @Test func `with JSON an interrupted run is one value too`() async throws {
    try await Workplace.with { place in
      let program = try await hangingRun(place, try model(answering: 3), ["--json"])
      program.signal(SIGTERM)
      let run = try await program.wait().json(code: 130)
      #expect(run["status"]?.stringValue == "cancelled")
      #expect(run["completedSamples"]?.intValue == 3)
    }
  }

  @Test func `Ctrl-C twice ends at once and loses nothing`() async throws {
    try await Workplace.with { place in
      let model = try model(answering: 3)
      let program = try await hangingRun(place, model)
      program.signal(SIGINT)
      program.signal(SIGINT)
      #expect(try await program.wait(seconds: 5).code == 130)
      let run = try await place.json("results", "show", "latest")
      #expect(["cancelled", "interrupted"].contains(run["status"]?.stringValue ?? ""))
      #expect(run["completedSamples"]?.intValue == 3)
      try await checkResume(place, model, try #require(run["runId"]?.stringValue))
    }
  }

  @Test func `a killed run says so and is finished by resume`() async throws {
    try await Workplace.with { place in
      let model = try model(answering: 3)
      let program = try await hangingRun(place, model)
      let during = try await place.json("results", "show", "latest")
      #expect(during["status"]?.stringValue == "running")
      let id = try #require(during["runId"]?.stringValue)
      let refused = try await place.json("resume", id, code: 1)
      #expect(refused["error"]?["message"]?.stringValue?.contains("under way") == true)
      program.signal(SIGKILL)
      #expect(try await program.wait().code == 128 + SIGKILL)
      let list = try await place.json("results", "list", "--status", "interrupted")
      #expect(list["runs"]?.arrayValue?.compactMap { $0["runId"]?.stringValue } == [id])
      #expect(list["runs"]?[0]?["completedSamples"]?.intValue == 3)
      try await checkResume(place, model, id)
    }
  }

  @Test func `a run whose generated program is executing stops at once, and nothing stays behind`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel { _, _ in FakeModel.stream("```typescript\nwhile (true) {}\nconst result = [];\n```") }
      let program = try place.start(["run", "events-codegen", "--sizes", "10"] + model.options)
      try await program.waitUntil("the request") { model.requests.count == 1 }
      try await Task.sleep(for: .milliseconds(700))
      let start = ContinuousClock.now
      program.signal(SIGINT)
      #expect(try await program.wait(seconds: 10).code == 130)
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(try folderEntries(place.folder).allSatisfy { $0.hasPrefix("results.sqlite") })
    }
  }
}
