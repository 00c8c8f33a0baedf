import JSON
import TestSupport
import Testing

/// Whole runs against a server that answers right.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RunTests {
  private static let suites: [[String]] = [
    ["sorting", "--sizes", "5,10", "--samples", "3"],
    ["events-context", "--sizes", "10,100"],
    ["events-codegen", "--sizes", "100,1k"],
  ]

  @Test(arguments: suites)
  func `right answers pass, are stored, and replay the same`(_ suite: [String]) async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let run = try await place.json(["run"] + suite + model.options + ["--record", "answers.jsonl"])
      try checkPassed(run)
      #expect(run.model?["model"]?.stringValue == "local/fake")
      #expect(run.model?["completionTokens"]?.intValue == 20 * model.requests.count)
      let id = try #require(run["runId"]?.stringValue)
      let listed = try await place.json("results", "list")
      #expect(listed["runs"]?.arrayValue?.compactMap { $0["runId"]?.stringValue } == [id])
      #expect(try await place.json("results", "show", id) == run)
      try await checkSamples(place, id, model)
      let replay = try await place.json(["run"] + suite + ["--model", "replay/answers.jsonl"])
      try checkPassed(replay)
      for field in ["score", "low", "high", "n", "passed", "promptTokens", "completionTokens"] {
        #expect(replay.model?[field] == run.model?[field], "\(field)")
      }
    }
  }

  private func checkPassed(_ run: JSONValue) throws {
    #expect(run["status"]?.stringValue == "completed")
    let planned = try #require(run["plannedSamples"]?.intValue)
    #expect(run["completedSamples"]?.intValue == planned)
    #expect(run["models"]?.arrayValue?.count == 1)
    #expect(run.model?["n"]?.intValue == planned)
    #expect(run.model?["passed"]?.intValue == planned, "\(run)")
    #expect(run.model?["score"]?.doubleValue == 1)
    for field in ["failed", "truncated", "errors"] { #expect(run.model?[field]?.intValue == 0) }
    for field in ["low", "high", "promptTokens", "completionTokens", "durationSeconds"] {
      #expect(run.model?[field]?.doubleValue != nil, "\(field)")
    }
  }

  private func checkSamples(_ place: Workplace, _ id: String, _ model: FakeModel) async throws {
    let samples = try #require(try await place.json("results", "samples", id)["samples"]?.arrayValue)
    #expect(samples.count == model.requests.count)
    #expect(Set(samples.compactMap { $0["prompt"]?.stringValue }) == Set(model.prompts))
    for sample in samples {
      #expect(sample["outcome"]?.stringValue == "passed")
      #expect(sample["score"]?.doubleValue == 1)
      #expect(sample["epoch"]?.intValue == 1)
      #expect(sample["response"]?.stringValue == FakeModel.rightAnswer(to: sample["prompt"]?.stringValue ?? ""))
      #expect(sample["sampleId"]?.stringValue != nil && sample["expected"] != .null)
      #expect(sample["latencyMilliseconds"]?.doubleValue ?? 0 > 0)
    }
  }

  @Test func `people get text, a report in every format, and the answers in full`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let run = try await place.run(
        ["run", "sorting", "--sizes", "5", "--samples", "2", "--report", "now.html"] + model.options)
      #expect(run.code == 0)
      #expect(run.output.contains("local/fake"))
      #expect(String(decoding: try readFile(place.path("now.html")), as: UTF8.self).contains("<html"))
      let beginnings = ["markdown": "#", "html": "<!DOCTYPE html>", "csv": "", "junit": "<?xml", "json": "{"]
      for (format, beginning) in beginnings {
        let report = try await place.run("report", "latest", "--format", format)
        #expect(report.code == 0, "\(report)")
        #expect(report.output.contains("local/fake") && report.output.hasPrefix(beginning), "\(format)")
        let file = try await place.run("report", "latest", "--format", format, "--output", "report.\(format)")
        #expect(file.code == 0 && file.output == "")
        #expect(String(decoding: try readFile(place.path("report.\(format)")), as: UTF8.self) == report.output)
        let json = try await place.json("report", "latest", "--format", format)
        #expect(json["format"]?.stringValue == format && json["text"]?.stringValue == report.output)
      }
      let samples = try await place.run("results", "samples", "latest", "--full")
      #expect(samples.output.contains("ascending order"))
      #expect(try await place.run("results", "list").output.contains("sorting"))
      #expect(try await place.run("results", "show", "latest").output.contains("local/fake"))
    }
  }

  @Test func `two strategies stand in one report`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      var ids: [String] = []
      for suite in Self.suites.dropFirst() {
        let run = try await place.json(["run"] + suite + model.options)
        ids.append(try #require(run["runId"]?.stringValue))
      }
      let report = try await place.run(["report"] + ids)
      #expect(report.code == 0)
      #expect(report.output.contains("events-context") && report.output.contains("events-codegen"))
    }
  }

  @Test func `below a threshold the code is 100 and the JSON still comes`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel { prompt, number in
        FakeModel.stream(number.isMultiple(of: 2) ? "[1]" : FakeModel.rightAnswer(to: prompt))
      }
      let arguments = ["run", "sorting", "--sizes", "5", "--samples", "4"] + model.options
      let run = try await place.json(arguments + ["--fail-under", "0.8"], code: 100)
      #expect(run["status"]?.stringValue == "completed")
      #expect(run.model?["score"]?.doubleValue == 0.5)
      #expect(run.model?["failed"]?.intValue == 2)
      let text = try await place.run(arguments + ["--fail-under", "0.8"])
      #expect(text.code == 100)
      #expect(text.errors.contains("0.8"))
      #expect(try await place.run(arguments + ["--fail-under", "0.4"]).code == 0)
    }
  }

  @Test func `a plan asks nothing`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let plan = try await place.json(
        ["plan", "sorting", "--sizes", "5,10", "--samples", "3", "--record", "answers.jsonl"] + model.options)
      #expect(plan.model?["samples"]?.intValue == 6)
      #expect(try folderEntries(place.folder).allSatisfy { $0 != "answers.jsonl" })
      #expect(model.requests.isEmpty)
    }
  }

  @Test func `another threshold, seed and language change the task, and epochs repeat it`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let arguments = ["run", "sorting", "--sizes", "6", "--samples", "2", "--epochs", "3"] + model.options
      let first = try await place.json(arguments)
      #expect(first.model?["n"]?.intValue == 6)
      #expect(Set(model.prompts).count == 2)
      _ = try await place.json(arguments + ["--seed", "99"])
      #expect(Set(model.prompts).count == 4)
    }
  }
}
