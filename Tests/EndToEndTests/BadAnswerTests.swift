import JSON
import TestSupport
import Testing

/// Answers that are no program, or a bad one.
@Suite(.serialized, .timeLimit(.minutes(1))) struct BadAnswerTests {
  /// Runs `events-codegen` with the answer; the one sample's record.
  private func judge(_ answer: String, stop: String = "stop") async throws -> JSONValue {
    try await Workplace.with { place in
      let model = try FakeModel { _, _ in FakeModel.stream(answer, stop: stop) }
      let run = try await place.json(
        ["run", "events-codegen", "--sizes", "10", "--option", "cpuSeconds=1"] + model.options)
      #expect(run["status"]?.stringValue == "completed")
      #expect(run.model?["errors"]?.intValue == 0)
      #expect(try folderEntries(place.folder).allSatisfy { $0.hasPrefix("results.sqlite") })
      return try #require(try await place.json("results", "samples", "latest")["samples"]?[0])
    }
  }

  @Test func `prose around the code does no harm`() async throws {
    let sample = try await judge(
      "Sure! Here is it:\n\n```typescript\n\(FakeModel.program)\n```\n\nIt uses a `Map` for speed. Enjoy!")
    #expect(sample["outcome"]?.stringValue == "passed", "\(sample)")
  }

  @Test(arguments: [
    ("I would rather not.", ""), ("", "emptyAnswer"),
    ("```typescript\nwhile (true) {}\nconst result = [];\n```", "TimeLimit"),
    (
      "```typescript\nconst line = 'x'.repeat(1 << 20);\nfor (let i = 0; i < 1024; i++) console.log(line);\nconst result = [];\n```",
      ""
    ),
    ("```typescript\nconst all = [];\nfor (;;) all.push(new Array(1e6).fill(1));\nconst result = all;\n```", ""),
    ("```typescript\nprocess.exit(0);\nconst result = [];\n```", ""),
    ("```typescript\nconst result = 'x'.repeat(1 << 28);\n```", ""),
    ("```typescript\nconst result = [{ id: 'user1', avg: NaN }];\n```", ""),
  ])
  func `counts against the model and harms nothing`(_ answer: String, _ reason: String) async throws {
    let sample = try await judge(answer)
    #expect(sample["outcome"]?.stringValue == "failed", "\(sample)")
    #expect(sample["reason"]?.stringValue?.isEmpty == false)
    // On a busy machine the limit on wall-clock time may come before the one on CPU time.
    if !reason.isEmpty { #expect(sample["reason"]?.stringValue?.hasSuffix(reason) == true, "\(sample)") }
  }

  @Test func `an answer cut off is truncated, not wrong`() async throws {
    let sample = try await judge("```typescript\nconst sums = new Map(", stop: "length")
    #expect(sample["outcome"]?.stringValue == "truncated")
    #expect(sample["reason"]?.stringValue == "outputLimit")
  }
}
