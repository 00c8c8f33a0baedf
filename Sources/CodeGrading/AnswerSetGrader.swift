package import CodeProblems
import Execution

/// Judges a file of answers: problem by problem, several at a time, so that the tests of few problems lie in memory.
package struct AnswerSetGrader: Sendable {
  /// One answer with its verdict.
  package struct Result: Sendable {
    package var problemID: String
    /// The position among the answers to its problem, from 0.
    package var index: Int
    package var grade: Grade
    /// The program, and where it stood; nil for an answer without one.
    package var code: ExtractedCode?
  }

  private let dataset: ProblemDataset
  private let grader: CodeGrader
  private let extraction: ExtractionRule
  /// Problems at work at once.
  private let width: Int

  package init(dataset: ProblemDataset, grader: CodeGrader, extraction: ExtractionRule, width: Int) {
    self.dataset = dataset
    self.grader = grader
    self.extraction = extraction
    self.width = max(width, 1)
  }

  /// - Parameters:
  ///   - problems: positions of the problems whose answers are meant.
  ///   - each: told every result, those of one problem in their order; problems as they are done.
  /// - Throws: ``DatasetError``, `ExecutionError`, `CancellationError`.
  package func grade(
    _ answers: AnswerFile, problems: [Int], _ each: @escaping @Sendable (Result) async throws -> Void
  ) async throws {
    let byProblem = Dictionary(grouping: answers.entries, by: \.problemID)
    let work = problems.compactMap { index in byProblem[dataset.entries[index].id].map { (index, $0) } }
    try await withThrowingTaskGroup(of: [Result].self) { group in
      var next = work.makeIterator()
      func start() {
        guard let (index, entries) = next.next() else { return }
        group.addTask { try await grade(entries, of: index, answers) }
      }
      for _ in 0..<width { start() }
      while let results = try await group.next() {
        for result in results { try await each(result) }
        start()
      }
    }
  }

  private func grade(_ entries: [AnswerEntry], of index: Int, _ answers: AnswerFile) async throws -> [Result] {
    let tests: ProblemTests
    do throws(DatasetError) {
      tests = try dataset.tests(at: index)
    } catch {
      // The answers to it cannot be judged; those to others can.
      return entries.map {
        Result(problemID: $0.problemID, index: $0.index, grade: Grade(.engineError, detail: "\(error)", testCount: 0))
      }
    }
    var results: [Result] = []
    for entry in entries {
      results.append(try await grade(entry, try answers.content(of: entry), kind: dataset.entries[index].kind, tests))
    }
    return results
  }

  private func grade(
    _ entry: AnswerEntry, _ content: AnswerContent, kind: ProblemKind, _ tests: ProblemTests
  ) async throws -> Result {
    var result = Result(
      problemID: entry.problemID, index: entry.index,
      grade: Grade(.noCode, detail: "The answer holds no program.", testCount: tests.count))
    var answer = ProgramAnswer("")
    switch content {
    case .code(let code): answer.code = code
    case .completion(let code): (answer.code, answer.isCompletion) = (code, true)
    case .response(let text):
      result.code = extraction.code(in: text, function: kind.functionName)
      answer.code = result.code?.code ?? ""
    }
    if result.code == nil, !answer.code.allSatisfy(\.isWhitespace) {
      let lines = answer.code.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
      result.code = ExtractedCode(code: answer.code, block: nil, blocks: 0, lines: 1...max(lines, 1))
    }
    guard result.code != nil || answer.isCompletion else { return result }
    result.grade = try await grader.grade(answer, kind: kind, tests: tests)
    return result
  }
}
