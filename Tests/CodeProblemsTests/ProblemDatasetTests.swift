import CodeProblems
import JSON
import Testing

@Suite struct ProblemDatasetTests {
  private func open(_ name: String) throws -> ProblemDataset { try ProblemDataset.open(Fixture.path(name)) }

  private func exchanges(_ dataset: ProblemDataset, _ id: String) throws -> [ProblemTests.Exchange] {
    let index = try #require(dataset.entries.firstIndex { $0.id == id })
    guard case .exchanges(let list) = try dataset.tests(at: index) else { return [] }
    return list
  }

  @Test func `LiveCodeBench's records are read, private tests of every packing too`() throws {
    let dataset = try open("lcb.jsonl")
    #expect(dataset.format == .liveCodeBench && dataset.issues.isEmpty)
    #expect(dataset.entries.map(\.id) == ["2901", "2902", "abc337_e", "own100_a", "own100_b"])
    let sum = try exchanges(dataset, "own100_a")
    #expect(sum.map(\.input) == ["1 2 3\n", "0\n", "-5 5\n", "10 20 30 40\n"])
    #expect(sum.map(\.isPublic) == [true, true, false, false])
    // Protocol 2, protocol 5 with a string beyond 64 KiB, and plain JSON.
    #expect(try exchanges(dataset, "own100_b").map(\.output) == ["0.5\n2.0\n", "3.5", "1.0\n1\n1.50"])
    #expect(try exchanges(dataset, "2901")[2].output.utf8.count > 1 << 17)
    #expect(try exchanges(dataset, "2902").map(\.output) == ["8", "1267650600228229401496703205376", "1"])
    let entry = try #require(dataset.entries.first)
    #expect(entry.kind == .function("runningTotal") && entry.platform == "leetcode" && entry.difficulty == "easy")
    #expect(entry.date?.description == "2024-08-31T19:30:00" && entry.line == 3)
    let text = try dataset.text(at: 0)
    #expect(text.statement.contains("running totals") && text.starterCode.hasPrefix("class Solution:"))
    #expect(text.fingerprint.utf8.count == 64)
    #expect(try dataset.text(at: 1).fingerprint != text.fingerprint)
  }

  @Test func `what is wrong with a file is told with its line, and the rest is used`() throws {
    let dataset = try open("lcb-broken.jsonl")
    #expect(dataset.entries.map(\.id) == ["own100_a", "own200_d", "own200_e", "own200_f", "own200_g", "own200_h"])
    let found = try dataset.check()
    func message(_ line: Int) -> String { found.filter { $0.line == line }.map(\.description).joined(separator: "|") }
    #expect(message(2).contains("stands in line 1 already"))
    #expect(message(3).contains("\"private_test_cases\" is missing"))
    #expect(message(4).contains("ends too early"))
    #expect(message(6).contains("own200_d") && message(6).contains("neither JSON nor base64"))
    #expect(message(7).contains("something else than one string"))
    #expect(message(8).contains("there is no test"))
    #expect(message(9).contains("\"brutal\"") && message(9).contains("\"soon\""))
    #expect(message(10).contains("does not begin with {"))
    #expect(message(11).contains("cannot be decoded"))
    #expect(found.count { $0.severity == .error } == 8 && found.count { $0.severity == .warning } == 2)
    #expect(found.allSatisfy { $0.path.hasSuffix("lcb-broken.jsonl") })
  }

  @Test func `HumanEval is read packed, with its solutions`() throws {
    let dataset = try open("humaneval.jsonl.gz")
    #expect(dataset.format == .humanEval && dataset.entries.map(\.id) == ["Own/0", "Own/1"])
    #expect(try dataset.check().isEmpty)
    let solutions = try dataset.solutions(at: 1)
    #expect(solutions.right.count == 1 && solutions.wrong.count == 3)
    guard case .script(let script) = try dataset.tests(at: 1) else { return #expect(Bool(false)) }
    #expect(script.entryPoint == "is_even_sum" && script.checks.first?.hasSuffix("check(is_even_sum)\n") == true)
    // The helper above the signature is kept for an answer that has the function alone.
    let whole = script.program(answer: "def is_even_sum(a, b):\n    return is_even(a + b)")
    #expect(whole.contains("def is_even(n") && whole.components(of: "def is_even_sum") == 1)
    // A body is put under the signature, indented or not.
    for body in ["    return True", "return True"] {
      let program = script.program(answer: body)
      #expect(program.contains("by is_even. \"\"\"\n    return True\n"))
    }
  }

  @Test func `MBPP is read as lines and as a list`() throws {
    for (name, count) in [("mbpp.jsonl", 2), ("mbpp-sanitized.json", 1)] {
      let dataset = try open(name)
      #expect(dataset.format == .mbpp && dataset.entries.count == count)
      #expect(dataset.entries.first?.id == "MBPP/9001")
      guard case .script(let script) = try dataset.tests(at: 0) else { return #expect(Bool(false)) }
      #expect(script.checks.count == 3 && script.checks.allSatisfy { $0.hasPrefix("import math\nassert ") })
      #expect(script.entryPoint == "square")
      #expect(try dataset.text(at: 0).statement.contains("assert square(3) == 9"))
      #expect(try dataset.check().isEmpty)
    }
  }

  @Test func `a folder of one's own is read, public tests first`() throws {
    let dataset = try open("folder")
    #expect(dataset.format == .folder && dataset.entries.map(\.id) == ["greatest", "swap"])
    #expect(try dataset.check().isEmpty)
    let tests = try exchanges(dataset, "greatest")
    #expect(tests.map(\.output) == ["3\n", "-1\n"] && tests.map(\.isPublic) == [true, false])
    #expect(dataset.entries[1].kind == .function("swap"))
    let solutions = try dataset.solutions(at: 0)
    #expect(solutions.right.map(\.name) == ["right/max.py"] && solutions.wrong.count == 2)
    #expect(try dataset.text(at: 1).starterCode.hasPrefix("def swap"))
  }

  @Test(arguments: [("nothing-here.jsonl", DatasetError.Code.fileNotFound), ("generate.py", .invalidData)])
  func `what is no dataset is refused in words`(_ name: String, _ code: DatasetError.Code) {
    #expect { try open(name) } throws: { ($0 as? DatasetError)?.code == code }
  }

  private func chosen(_ change: (inout ProblemSelection) -> Void) throws -> [String] {
    var selection = ProblemSelection()
    change(&selection)
    let dataset = try open("lcb.jsonl")
    return try selection.choose(from: dataset).chosen.map { dataset.entries[$0].id }
  }

  @Test func `windows, platforms and difficulties choose`() throws {
    #expect(try chosen { _ in } == ["2901", "2902", "own100_a", "own100_b"])
    #expect(try chosen { $0.includesErrata = true }.count == 5)
    #expect(try chosen { $0.from = ContestDate("2024-08-01") } == ["2901", "2902", "own100_b"])
    // A contest in the evening of the last day is in by one rule only; one at midnight by both.
    #expect(try chosen { $0.to = ContestDate("2024-08-31") } == ["own100_a", "own100_b"])
    #expect(
      try chosen { ($0.to, $0.dateRule) = (ContestDate("2024-08-31"), .inclusive) } == ["2901", "own100_a", "own100_b"])
    #expect(try chosen { $0.to = ContestDate("2024-08-01") } == ["own100_a", "own100_b"])
    #expect(try chosen { $0.difficulties = ["hard"] } == ["2902"])
    #expect(
      try chosen { ($0.platforms, $0.difficulties) = (["leetcode", "atcoder"], ["easy"]) } == ["2901", "own100_a"])
    #expect(throws: DatasetError.self) { try chosen { $0.platforms = ["topcoder"] } }
    #expect(throws: DatasetError.self) { try chosen { $0.from = ContestDate("2030-01-01") } }
    #expect(throws: DatasetError.self) { try chosen { $0.parts = 1...1 } }
    let outcome = try ProblemSelection().choose(from: open("lcb.jsonl"))
    #expect(outcome.errata == [.interactive: ["abc337_e"]])
  }

  @Test(arguments: [
    ("v1", 1...1), ("v6", 1...6), ("release_v3", 1...3), ("v4_v5", 4...5), ("part3", 3...3), ("latest", 1...6),
  ])
  func `releases are parts`(_ name: String, _ parts: ClosedRange<Int>) throws {
    #expect(try Release.parts(name) == parts)
  }

  @Test(arguments: ["", "v7", "v0", "v5_v4", "6", "part9", "release_v1_v2"])
  func `what is no release is refused`(_ name: String) {
    #expect(throws: DatasetError.self) { try Release.parts(name) }
  }

  @Test(arguments: [
    ("2024-09-07", "2024-09-07T00:00:00"), ("2024-09-07T19:30:00", "2024-09-07T19:30:00"),
    ("2024-02-29 01:02", "2024-02-29T01:02:00"), ("2024-09-07T19:30:05.25+00:00", "2024-09-07T19:30:05"),
    ("2023-02-29", nil), ("2024-13-01", nil), ("2024-9-7", nil), ("2024-09-07T25:00", nil), ("soon", nil), ("", nil),
  ])
  func `dates are read or refused`(_ text: String, _ date: String?) {
    #expect(ContestDate(text)?.description == date)
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
