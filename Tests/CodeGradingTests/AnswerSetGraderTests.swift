import CodeGrading
import CodeProblems
import Execution
import JSON
import Synchronization
import Testing

@Suite struct AnswerSetGraderTests {
  private static func fixture(_ name: String, file: StaticString = #filePath) -> String {
    let parts = "\(file)".split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/Fixtures/code-problems/" + name
  }

  private func results(
    _ answers: [JSONValue], dataset name: String = "lcb.jsonl", extraction: ExtractionRule = .standard
  ) async throws -> [AnswerSetGrader.Result] {
    let dataset = try ProblemDataset.open(Self.fixture(name))
    let executor = FakeExecutor { program, _ in
      TestOutcome(.finished(exitCode: 0), standardOutput: Array(program.source.utf8))
    }
    let grader = AnswerSetGrader(
      dataset: dataset, grader: CodeGrader(executor: executor, options: GradingOptions()), extraction: extraction,
      width: 2)
    let results = Mutex<[AnswerSetGrader.Result]>([])
    try await grader.grade(AnswerFile(answers), problems: Array(dataset.entries.indices)) { result in
      results.withLock { $0.append(result) }
    }
    return results.withLock { $0 }.sorted { ($0.problemID, $0.index) < ($1.problemID, $1.index) }
  }

  @Test func `several answers to a problem are numbered, and each has its code`() async throws {
    let results = try await results([
      ["question_id": "own100_a", "code": "6"], ["question_id": "own100_a", "response": "Hm.\n```python\n0\n```"],
      ["question_id": "own100_a", "response": "I do not know."], ["question_id": "own100_a", "code": "  "],
      ["question_id": "own100_b", "code_list": ["1", "2"]], ["question_id": "nobody", "code": "1"],
    ])
    #expect(results.map(\.problemID) == Array(repeating: "own100_a", count: 4) + ["own100_b", "own100_b"])
    #expect(results.map(\.index) == [0, 1, 2, 3, 0, 1])
    #expect(results[0].grade.firstFailedTest == 1 && results[1].grade.firstFailedTest == 0)
    #expect(results[1].code?.block == 1 && results[1].code?.lines == 3...3)
    #expect(results[2].grade.verdict == .noCode && results[3].grade.verdict == .noCode)
    #expect(results[2].grade.testCount == 4 && results[2].code == nil)
  }

  @Test func `tests that cannot be decoded make the answer's verdict an engine error`() async throws {
    let results = try await results(
      [["question_id": "own200_e", "code": "6"], ["question_id": "own100_a", "code": "6"]], dataset: "lcb-broken.jsonl")
    #expect(results.map(\.grade.verdict) == [.wrongAnswer, .engineError])
    #expect(results[1].grade.detail?.contains("lcb-broken.jsonl:7") == true)
  }

  @Test func `an answer without a problem or a program is refused`() {
    #expect(throws: DatasetError.self) { try AnswerFile([["code": "1"]]) }
    #expect(throws: DatasetError.self) { try AnswerFile([["question_id": "a"]]) }
  }

  @Test func `a file of answers is read with the lines that cannot be`() throws {
    let path = "/tmp/llmbench-answers-\(UInt64.random(in: 0 ... .max)).jsonl"
    #expect(throws: DatasetError.self) { try AnswerFile(path) }
  }

  @Test func `the official record has what LiveCodeBench's scripts read`() async throws {
    let dataset = try ProblemDataset.open(Self.fixture("lcb.jsonl"))
    let results = try await results([
      ["question_id": "own100_a", "code": "6"], ["question_id": "own100_a", "code": ""],
    ])
    let index = try #require(dataset.entries.firstIndex { $0.id == "own100_a" })
    let record = OfficialExport.record(
      dataset.entries[index], text: try dataset.text(at: index), outputs: ["6", ""], results: results)
    #expect(record["question_id"] == "own100_a" && record["contest_date"] == "2024-05-04T21:00:00")
    #expect(record["graded_list"] == [false, false] && record["pass@1"] == 0.0)
    #expect(record["code_list"] == ["6", ""])
    let metadata = (record["metadata"]?.arrayValue ?? []).compactMap(\.stringValue)
    let codes = try metadata.map { try JSONParser().parse($0)["error_code"]?.intValue }
    #expect(codes == [-2, -4])
  }
}
