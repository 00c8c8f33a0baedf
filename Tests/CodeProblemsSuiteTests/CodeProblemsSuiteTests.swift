import Benchmark
import CodeProblemsSuite
import Contract
import Execution
import JSON
import Testing

@Suite struct CodeProblemsSuiteTests {
  private let suite = CodeProblemsSuite { () async throws(ExecutionError) in
    try await CodeExecutor.detect(environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
  }

  private static func path(_ name: String, file: StaticString = #filePath) -> String {
    "/" + "\(file)".split(separator: "/").dropLast(3).joined(separator: "/") + "/Fixtures/code-problems/" + name
  }

  private func plan(_ dataset: String, _ options: JSONObject = [:]) async throws -> any SuitePlan {
    var options = options
    options["dataset"] = .string(Self.path(dataset))
    return try await suite.plan(options: SuiteOptions(options, for: suite.descriptor))
  }

  private func score(_ plan: any SuitePlan, _ id: String, _ answer: String) async throws -> Score {
    let index = try #require(plan.sampleIDs.list.firstIndex(of: id))
    return try await plan.score(answer, of: plan.sample(at: index))
  }

  @Test func `each problem is a sample, faulty ones left out, with what results are grouped by`() async throws {
    let plan = try await plan("lcb.jsonl")
    #expect(plan.sampleIDs.list == ["2901", "2902", "own100_a", "own100_b"])
    let sample = try plan.sample(at: 2)
    #expect(sample.metadata["difficulty"] == "easy" && sample.metadata["month"] == "2024-05")
    #expect(sample.metadata["platform"] == "atcoder" && sample.metadata["promptHash"]?.stringValue?.utf8.count == 16)
    #expect(sample.promptText.contains("print their sum"))
    // What tests expect is not in the prompt.
    #expect(!sample.promptText.contains("100"))
    let narrow: JSONObject = ["difficulties": ["easy"], "platforms": ["leetcode"], "from": "2024-08-01"]
    let chosen = try await self.plan("lcb.jsonl", narrow)
    #expect(chosen.sampleIDs.list == ["2901"])
    let all = try await self.plan("lcb.jsonl", ["includeErrata": true])
    #expect(all.sampleIDs.list.contains("abc337_e"))
  }

  @Test func `answers are judged, and what was judged is kept`() async throws {
    let plan = try await plan("lcb.jsonl")
    let right = try await score(plan, "own100_a", "```python\nprint(sum(map(int, input().split())))\n```")
    #expect(right.outcome == .passed && right.metrics["testsPassed"] == 1 && right.metrics["officialPassed"] == 1)
    #expect(right.extracted?["block"] == 1 && right.extracted?["tests"]?.arrayValue?.count == 4)
    let wrong = try await score(plan, "own100_a", "```python\nprint(6)\n```")
    #expect(wrong.outcome == .failed && wrong.reason == "wrongAnswer" && wrong.metrics["testsPassed"] == 0.25)
    #expect(wrong.detail == "Test 2 of 4: Line 1 is \"6\", expected \"0\".")
    let none = try await score(plan, "own100_a", "It cannot be done.")
    #expect(none.outcome == .failed && none.reason == "noCode")
    let hidden = try await score(
      plan, "own100_a", "```python\nfor line in open(0):\n    print(sum(map(int, line.split())))\n```")
    #expect(hidden.outcome == .passed && hidden.metrics["officialPassed"] == 0)
  }

  @Test func `an answer that is hostile to the grader is an answer that failed`() async throws {
    let plan = try await plan("lcb.jsonl", ["cpuSeconds": 1, "memoryMegabytes": 128])
    for (code, reason) in [
      ("while True: pass", "cpuTimeLimit"), ("import os\nos._exit(0)", "wrongAnswer"),
      ("import sys\nsys.exit(3)", "runtimeError"), ("print('6')\nraise SystemError", "runtimeError"),
      ("x = 'a' * (4 << 30)", "memoryLimit"),
    ] {
      let score = try await score(plan, "own100_a", "```python\n\(code)\n```")
      #expect(score.outcome == .failed && score.reason == reason, "\(code): \(score.reason ?? "")")
    }
  }

  @Test(
    arguments: [
      ("lcb.jsonl", [:]), ("humaneval.jsonl.gz", [:]), ("mbpp.jsonl", [:]), ("folder", [:]),
      ("folder", ["mode": "official", "extraction": "official"]),
    ] as [(String, JSONObject)])
  func `every reference answer is judged as it must be`(_ dataset: String, _ options: JSONObject) async throws {
    let plan = try await plan(dataset, options)
    let references = try plan.referenceAnswers()
    #expect(references.count { $0.isRight } >= 4 && references.count { !$0.isRight } >= 7)
    for reference in references {
      let score = try await plan.score(reference)
      #expect((score.outcome == .passed) == reference.isRight, "\(reference.name): \(score.detail ?? "")")
    }
  }

  @Test func `what was left out and what ran the programs is told of the run`() async throws {
    let plan = try await plan("lcb.jsonl")
    try await plan.prepare()
    #expect(plan.facts["interactive"] == ["abc337_e"] && plan.facts["problems"] == 4)
    #expect((plan.facts["timeFactor"]?.doubleValue ?? 0) >= 1)
    #expect(plan.facts["runtime"]?.stringValue?.hasPrefix("python") == true)
    #expect(plan.facts["notes"]?[0]?.stringValue == "Left out, for they are interactive: abc337_e.")
  }

  @Test func `a prompt of one's own is taken`() async throws {
    let plan = try await plan("lcb.jsonl", ["prompt": .string(Self.path("template.txt"))])
    #expect(
      try plan.sample(at: 2).promptText == "Task (standardInput): Given whole numbers on one line, print their sum.\n")
  }

  @Test(
    arguments: [
      [:], ["dataset": "/nowhere.jsonl"], ["mode": "lenient"], ["release": "v9"], ["from": "soon"], ["release": "v1"],
      ["difficulties": ["brutal"]], ["prompt": "/nowhere.txt"], ["cpuSeconds": 0], ["dateRule": "loose"],
    ] as [JSONObject])
  func `options that do not fit are refused`(_ options: JSONObject) async throws {
    var options = options
    if options["dataset"] == nil, !options.isEmpty { options["dataset"] = .string(Self.path("lcb.jsonl")) }
    let given = options
    await #expect(throws: ServiceError.self) {
      try await suite.plan(options: SuiteOptions(given, for: suite.descriptor))
    }
  }
}
