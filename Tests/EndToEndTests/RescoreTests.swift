import GRDB
import Glibc
import JSON
import TestSupport
import Testing

/// Stored answers through the grader again, with the built program.
@Suite(.serialized, .timeLimit(.minutes(2))) struct RescoreTests {
  /// Changes or reads the store behind the program's back, as another version of the grader would have left it.
  @discardableResult private func sql(_ place: Workplace, _ sql: String) throws -> Int {
    let queue = try DatabaseQueue(path: place.path("results.sqlite"))
    defer { try? queue.close() }
    return try queue.write { database in
      if sql.hasPrefix("SELECT") { return try Int.fetchOne(database, sql: sql) ?? -1 }
      try database.execute(sql: sql)
      return database.changesCount
    }
  }

  private func sortingRun(_ place: Workplace, _ model: FakeModel) async throws -> String {
    let run = try await place.json(["run", "sorting", "--sizes", "5", "--samples", "4"] + model.options)
    #expect(run.model?["passed"]?.intValue == 4)
    return try #require(run["runId"]?.stringValue)
  }

  @Test func `flips are listed for people and programs, and no model is called`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel()
      let id = try await sortingRun(place, model)
      // The grader of then was too strict with one answer, and the summary is that of then.
      try sql(
        place,
        """
        UPDATE problem_results SET outcome = 'failed', score = 0, error_type = 'wrongOrder' WHERE problem_id = 'size=5/2'
        """)
      try sql(place, "UPDATE benchmark_runs SET summarized_result_id = NULL")
      let before = try await place.json("results", "show", id)
      #expect(before.model?["passed"]?.intValue == 3)
      let dry = try await place.json("rescore", id, "--dry-run")
      #expect(dry["revision"] == .null && dry["flipped"]?.intValue == 1)
      #expect(try await place.json("results", "show", id) == before)

      let text = try await place.run("rescore", id)
      #expect(text.code == 0, "\(text)")
      for part in ["4 answers judged again", "1 verdict flipped", "size=5/2", "wrongOrder", "passed", "before 0.750"] {
        #expect(text.output.contains(part), "\(part) in \(text.output)")
      }
      let json = try await place.json("rescore", id)
      #expect(json["flipped"]?.intValue == 0 && json["rescored"]?.intValue == 4 && json["revision"]?.intValue == 3)
      let after = try await place.json("results", "show", id)
      #expect(after == json["run"])
      #expect(after.model?["passed"]?.intValue == 4)
      let scores = after["scorings"]?.arrayValue?.map { $0["models"]?[0]?["score"]?.doubleValue }
      #expect(scores == [0.75, 1, 1])
      let samples = try await place.json("results", "samples", id)
      let flipped = samples["samples"]?.arrayValue?.first { $0["sampleId"]?.stringValue == "size=5/2" }
      #expect(flipped?["earlierScores"]?[0]?["reason"]?.stringValue == "wrongOrder")
      #expect(flipped?["scoringRevision"]?.intValue == 3)
      let shown = try await place.run("results", "show", id)
      #expect(shown.output.contains("Scored again") && shown.output.contains("Scoring 1"))
      #expect(try await place.run("results", "samples", id, "--full").output.contains("Scoring 1 said: failed"))
      #expect(try await place.run("report", id).output.contains("Scored again"))
      #expect(model.requests.count == 4)
    }
  }

  @Test func `flips come as partial results, with progress`() async throws {
    try await Workplace.with { place in
      let id = try await sortingRun(place, try FakeModel())
      try sql(place, "UPDATE problem_results SET outcome = 'failed', score = 0 WHERE epoch = 1")
      let request = """
        {"jsonrpc":"2.0","id":1,"method":"benchmark.rescore","params":{"runId":"\(id)","workDoneToken":"w","partialResultToken":"p"}}

        """
      let ending = try await place.start(["serve", "--stdio"], input: request).wait()
      let messages = try ending.output.split(separator: "\n").map { try JSONParser().parse(String($0)) }
      let parts = messages.filter { $0["params"]?["token"]?.stringValue == "p" }.compactMap { $0["params"]?["value"] }
      #expect(parts.compactMap { $0["sequence"]?.intValue } == [1, 2, 3, 4])
      #expect(parts.first?["before"]?["outcome"]?.stringValue == "failed")
      let kinds = messages.filter { $0["params"]?["token"]?.stringValue == "w" }
        .compactMap { $0["params"]?["value"]?["kind"]?.stringValue }
      #expect(kinds.first == "begin" && kinds.last == "end")
      let result = messages.first { $0["id"] == 1 }?["result"]
      #expect(result?["flips"]?.arrayValue == parts)
    }
  }

  @Test func `a run under way is refused`() async throws {
    try await Workplace.with { place in
      let model = try FakeModel { _, _ in [.head(), .awaitDisconnect] }
      let program = try place.start(["run", "sorting", "--sizes", "5"] + model.options)
      try await program.waitUntil("the request") { model.requests.count == 1 }
      let refused = try await place.json("rescore", "latest", code: 1)
      #expect(refused["error"]?["kind"]?.stringValue == "serverBusy")
      #expect(refused["error"]?["message"]?.stringValue?.contains("under way in process \(program.processID)") == true)
      program.signal(SIGINT)
      #expect(try await program.wait().code == 130)
      #expect(try await place.json("rescore", "nope", code: 1)["error"]?["kind"]?.stringValue == "runNotFound")
    }
  }

  @Test func `killed in its midst it changes nothing, and the next one does all`() async throws {
    try await Workplace.with { place in
      // A program that never ends is judged for as long as its CPU time lasts.
      let model = try FakeModel { _, _ in
        FakeModel.stream("```typescript\nconst result = [];\nwhile (events.length > 0) {}\n```")
      }
      let run = try await place.json(
        ["run", "events-codegen", "--sizes", "10", "--epochs", "4", "--concurrency", "4", "--option", "cpuSeconds=1"]
          + model.options)
      let id = try #require(run["runId"]?.stringValue)
      #expect(run.model?["failed"]?.intValue == 4)
      try sql(place, "UPDATE problem_results SET outcome = 'partial', score = 0.5")
      try sql(place, "UPDATE benchmark_runs SET summarized_result_id = NULL")
      let before = try await place.json("results", "show", id)
      #expect(before.model?["score"]?.doubleValue == 0.5)

      let program = try place.start(["rescore", id])
      try await program.waitUntil("the judging to begin") {
        ((try? sql(place, "SELECT count(*) FROM scorings WHERE revision IS NULL")) ?? 0) == 1
      }
      let busy = try await place.json("rescore", id, code: 1)
      #expect(busy["error"]?["kind"]?.stringValue == "serverBusy")
      program.signal(SIGKILL)
      #expect(try await program.wait().code == 128 + SIGKILL)
      #expect(try await place.json("results", "show", id) == before)
      #expect(try await place.json("results", "samples", id)["samples"]?[0]?["scoringRevision"]?.intValue == 1)

      let result = try await place.json("rescore", id)
      #expect(result["flipped"]?.intValue == 4 && result["revision"]?.intValue == 2)
      #expect(result["run"]?.model?["score"]?.doubleValue == 0)
      #expect(try sql(place, "SELECT count(*) FROM pending_scores") == 0)
      #expect(try sql(place, "SELECT count(*) FROM scorings") == 2)
      #expect(try sql(place, "SELECT count(*) FROM earlier_scores") == 4)
      #expect(model.requests.count == 4)
    }
  }

  @Test(arguments: ["sorting", "events-context", "events-codegen"])
  func `the suites' own graders are sound, and anyone can see that`(_ suite: String) async throws {
    try await Workplace.with { place in
      let check = try await place.json("suites", "check", suite)
      #expect(check["isSound"]?.boolValue == true)
      let references = check["references"]?.arrayValue ?? []
      #expect(references.contains { $0["isRight"]?.boolValue == true })
      #expect(references.count { $0["isRight"]?.boolValue == false } >= 4)
      let text = try await place.run("suites", "check", suite)
      #expect(text.code == 0 && text.output.contains("judged all \(references.count) answers"))
      #expect(try folderEntries(place.folder).allSatisfy { $0.hasPrefix("results.sqlite") })
    }
    #expect(try await BinaryRunner.run("suites", "check", "nope").code == 2)
  }
}
