import Contract
import Execution
import HTTP
import JSON
import ProblemService
import Synchronization
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Real programs in the real sandbox.
@Suite struct GradeTests {
  private let service = ProblemService(
    executor: { () async throws(ExecutionError) in
      try await CodeExecutor.detect(environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    }, http: HTTPClient())

  private func path(_ name: String, file: StaticString = #filePath) -> String {
    "/" + "\(file)".split(separator: "/").dropLast(3).joined(separator: "/") + "/Fixtures/code-problems/" + name
  }

  private func grade(
    _ dataset: String, _ answers: [JSONValue], _ change: (inout CodeGrade.Params) -> Void = { _ in }
  ) async throws -> CodeGrade.Result {
    var params = CodeGrade.Params(dataset: path(dataset), answers: .array(answers))
    change(&params)
    return try await service.grade(params, progress: { _, _, _ in }) { _ in }
  }

  @Test func `answers to LiveCodeBench get their verdicts`() async throws {
    let sum = "print(sum(map(int, input().split())))"
    let result = try await grade(
      "lcb.jsonl",
      [
        ["question_id": "own100_a", "code": .string(sum)], ["question_id": "own100_a", "code": "print(6)"],
        ["question_id": "own100_a", "code": "def f(:"], ["question_id": "own100_a", "response": "No idea."],
        [
          "question_id": "2901",
          "response":
            "```python\nclass Solution:\n    def runningTotal(self, nums: List[int]):\n        return tuple(accumulate(nums))\n```",
        ],
        ["question_id": "2902", "code": "def powerOfTwo(n):\n    return 2.0 ** n"],
        ["question_id": "2902", "code": "def power(n):\n    return 2 ** n"],
        ["question_id": "abc337_e", "code": "print(1)"], ["question_id": "nobody", "code": "print(1)"],
      ]
    ) { params in
      params.cutoff = "2024-09-01"
      params.tests = true
    }
    let verdicts = result.results.map { "\($0.questionId)/\($0.index) \($0.verdict)" }
    #expect(
      verdicts == [
        "2901/0 accepted", "2902/0 accepted", "2902/1 noFunction", "own100_a/0 accepted", "own100_a/1 wrongAnswer",
        "own100_a/2 compileError", "own100_a/3 noCode",
      ])
    let wrong = result.results[4]
    #expect(wrong.firstFailedTest == 1 && wrong.errorType == "wrong_answer" && wrong.officialCode == -2)
    #expect(wrong.testsTotal == 4 && wrong.tests?.count == 4 && wrong.testsPassed == 1)
    #expect(result.results[0].extraction?.block == 1 && result.results[6].extraction == nil)
    let summary = result.summary
    #expect(summary.problems == 4 && summary.unanswered == 1 && summary.answers == 7 && summary.passed == 3)
    #expect(summary.excluded.map(\.problems) == [["abc337_e"]] && summary.unknownProblems == ["nobody"])
    #expect(abs((summary.passAtK.first?.value ?? 0) - (1 + 0.5 + 0.25) / 3) < 1e-12)
    #expect(summary.contamination?.before?.problems == 2 && summary.contamination?.after?.value == 0.5)
    #expect(summary.runtime?.hasPrefix("python") == true)
  }

  @Test func `HumanEval and MBPP pass their own solutions and fail empty bodies`() async throws {
    let right = try await grade(
      "humaneval.jsonl.gz",
      [
        ["task_id": "Own/0", "completion": "    return [2 * n for n in numbers]\n"],
        ["task_id": "Own/1", "response": "```python\ndef is_even_sum(a, b):\n    return is_even(a + b)\n```"],
      ])
    #expect(right.results.map(\.verdict) == ["accepted", "accepted"])
    let empty = try await grade(
      "humaneval.jsonl.gz",
      [["task_id": "Own/0", "completion": "    pass\n"], ["task_id": "Own/1", "code": "import os\nos._exit(0)"]])
    #expect(empty.results.map(\.verdict) == ["wrongAnswer", "runtimeError"])
    let mbpp = try await grade(
      "mbpp.jsonl",
      [
        ["task_id": "MBPP/9001", "code": "def square(n):\n    return n * n"],
        ["task_id": "MBPP/9002", "code": "def backwards(text):\n    return text"],
      ])
    #expect(mbpp.results.map(\.verdict) == ["accepted", "wrongAnswer"])
    #expect(mbpp.results[0].testsTotal == 3 && mbpp.results[1].firstFailedTest == 0)
  }

  @Test func `the strict mode says where LiveCodeBench's own grader would judge otherwise`() async throws {
    let code = "import sys\nfor line in sys.stdin:\n    print(sum(map(int, line.split())))"
    let strict = try await grade("lcb.jsonl", [["question_id": "own100_a", "code": .string(code)]])
    #expect(strict.results.first?.passed == true && strict.results.first?.officialVerdict == "runtimeError")
    #expect(strict.summary.officialDifferences == 1)
    let official = try await grade("lcb.jsonl", [["question_id": "own100_a", "code": .string(code)]]) {
      $0.mode = "official"
    }
    #expect(official.results.first?.passed == false && official.results.first?.officialVerdict == nil)
  }

  @Test func `eval_all.json is written whole`() async throws {
    let path = "\(FileManager.default.temporaryDirectory.path)/llmbench-eval-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try await grade("lcb.jsonl", [["question_id": "own100_a", "response": "```\nprint(6)\n```"]]) {
      $0.export = path
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let list = try JSONParser().parse(text)
    #expect(list[0]?["output_list"] == ["```\nprint(6)\n```"] && list[0]?["code_list"] == ["print(6)"])
    #expect(list[0]?["graded_list"] == [false] && list[1] == nil)
    await #expect(throws: ServiceError.self) {
      try await grade("lcb.jsonl", [["question_id": "own100_a", "code": "print(6)"]]) { $0.export = "/dev/null" }
    }
  }

  @Test(
    arguments: [
      ["mode": "lenient"], ["extraction": "first"], ["cutoff": "soon"], ["answers": 7], ["answers": [["code": "1"]]],
      ["dataset": "/nowhere"], ["answers": "/nowhere"], ["selection": ["from": "yesterday"]],
      ["selection": ["difficulties": ["brutal"]]], ["limits": ["cpuSeconds": 0]],
    ] as [JSONObject])
  func `what cannot be is refused before anything is run`(_ change: JSONObject) async throws {
    var object: JSONObject = [
      "dataset": .string(path("lcb.jsonl")), "answers": [["question_id": "own100_a", "code": "print(6)"]],
    ]
    for (key, value) in change { object[key] = value }
    let params = try JSONValueDecoder().decode(CodeGrade.Params.self, from: .object(object))
    await #expect(throws: (any Error).self) { try await service.grade(params, progress: { _, _, _ in }) { _ in } }
  }

  @Test func `a dataset is looked through`() async throws {
    let broken = try await service.check(.init(path: path("lcb-broken.jsonl"))) { _, _ in }
    #expect(broken.errors == 8 && broken.warnings == 2 && broken.problems == 6)
    #expect(broken.issues.map { $0.line ?? 0 } == broken.issues.map { $0.line ?? 0 }.sorted())
    let folder = try await service.check(.init(path: path("folder"))) { _, _ in }
    #expect(folder.errors == 0 && folder.kinds.count == 2 && folder.firstDate == "2025-02-01")
  }
}
