import Benchmark
import CodeGrading
import CodeProblems
import Contract
import Execution
import JSON
import Models
import Synchronization

/// One sample a problem.
final class CodeProblemsPlan: SuitePlan {
  let sampleIDs: [String]
  var seed: UInt64? { nil }
  private let dataset: ProblemDataset
  private let chosen: ProblemSelection.Outcome
  private let choice: PlanChoice
  private let executor: CodeExecutor
  private let calibration = Mutex<TimeCalibration?>(nil)
  private let positions: [String: Int]

  init(
    dataset: ProblemDataset, chosen: ProblemSelection.Outcome, choice: PlanChoice, executor: CodeExecutor
  ) {
    self.dataset = dataset
    self.chosen = chosen
    self.choice = choice
    self.executor = executor
    sampleIDs = chosen.chosen.map { dataset.entries[$0].id }
    positions = Dictionary(zip(sampleIDs, chosen.chosen), uniquingKeysWith: { first, _ in first })
  }

  /// Measures how fast this machine is, so that limits on time are fair.
  func prepare() async throws {
    do throws(ExecutionError) {
      let measured = try await executor.calibrate(rounds: 3)
      calibration.withLock { $0 = measured }
    } catch {
      if error.code == .cancelled { throw CancellationError() }
      throw ServiceError(.sandboxUnavailable, error.message)
    }
  }

  var facts: JSONObject {
    let measured = calibration.withLock { $0 }
    var facts: JSONObject = [
      "dataset": .string(dataset.path), "format": .string(dataset.format.rawValue),
      "problems": .integer(Int64(chosen.chosen.count)), "promptHash": .string(choice.prompt.hash),
    ]
    for (reason, problems) in excluded { facts[reason.rawValue] = .array(problems.map { .string($0) }) }
    if let measured {
      facts["runtime"] = .string(measured.runtime)
      facts["timeFactor"] = .double(measured.factor)
      facts["calibrationSeconds"] = .double(measured.measuredSeconds)
    }
    let notes = notes(measured)
    if !notes.isEmpty { facts["notes"] = .array(notes.map { .string($0) }) }
    return facts
  }

  private var excluded: [(Erratum.Reason, [String])] {
    Erratum.Reason.allCases.compactMap { reason in chosen.errata[reason].map { (reason, $0.sorted()) } }
  }

  private func notes(_ measured: TimeCalibration?) -> [String] {
    var notes = excluded.map { "Left out, for they \($0.0.phrase): \($0.1.joined(separator: ", "))." }
    let errors = dataset.issues.count { $0.severity == .error }
    if errors > 0 {
      notes.append("\(errors) lines of the dataset could not be used: llmbench data check \(dataset.path)")
    }
    if let measured, measured.factor > 1.05 {
      let percent = Int((measured.factor * 100).rounded())
      notes.append("Limits on time are at \(percent) %: this machine was slow when the run began.")
    }
    return notes
  }

  /// With limits on time that fit this machine.
  private var grader: CodeGrader {
    var options = choice.grading
    if let measured = calibration.withLock({ $0 }) { options.limits = measured.scaled(options.limits) }
    return CodeGrader(executor: executor, options: options)
  }

  // MARK: - Samples

  func sample(at index: Int) throws -> Sample { try sample(ofProblem: chosen.chosen[index]) }

  private func sample(ofProblem index: Int) throws -> Sample {
    let entry = dataset.entries[index]
    do throws(DatasetError) {
      let text = try dataset.text(at: index)
      let solution = try dataset.solutions(at: index).right.first
      return Sample(
        id: entry.id, messages: [ChatMessage(.user, choice.prompt.text(entry, text))],
        expected: solution.map { .string($0.code) } ?? .null, metadata: metadata(entry, text))
    } catch {
      throw ServiceError(error)
    }
  }

  private func metadata(_ entry: ProblemEntry, _ text: ProblemText) -> JSONObject {
    var metadata: JSONObject = ["kind": .string(entry.kind.name)]
    metadata["difficulty"] = entry.difficulty.map { .string($0) }
    metadata["platform"] = entry.platform.map { .string($0) }
    metadata["date"] = entry.date.map { .string($0.description) }
    metadata["month"] = entry.date.map { .string($0.month) }
    metadata["problemHash"] = .string(String(text.fingerprint.prefix(16)))
    metadata["promptHash"] = .string(choice.prompt.hash)
    return metadata
  }

  // MARK: - Verdicts

  func score(_ answer: String, of sample: Sample) async throws -> Score {
    if let gate = GateProblem.all.first(where: { $0.id == sample.id }) {
      return try await score(answer, kind: gate.kind, tests: gate.tests)
    }
    guard let index = positions[sample.id] else {
      throw ServiceError(.invalidData, "The dataset \(dataset.path) has no problem \(sample.id) any more.")
    }
    do {
      return try await score(answer, kind: dataset.entries[index].kind, tests: dataset.tests(at: index))
    } catch let error as DatasetError {
      throw ServiceError(error)
    }
  }

  private func score(_ answer: String, kind: ProblemKind, tests: ProblemTests) async throws -> Score {
    guard let code = choice.extraction.code(in: answer, function: kind.functionName) else {
      var score = Score(0, reason: GradeVerdict.noCode.rawValue, detail: "The answer holds no program.")
      score.metrics["testsPassed"] = 0
      return score
    }
    let grade = try await grade(ProgramAnswer(code.code), kind: kind, tests: tests)
    guard grade.verdict != .engineError else {
      throw ServiceError(.sandboxUnavailable, grade.detail ?? "The sandbox could not run the program.")
    }
    var score =
      grade.isPassed ? Score(1) : Score(0, reason: grade.verdict.rawValue, detail: Self.detail(grade))
    score.extracted = Self.extracted(code, grade)
    score.metrics["testsPassed"] = Double(grade.passedTests) / Double(max(grade.testCount, 1))
    score.metrics["cpuSeconds"] = grade.cpuSeconds
    if choice.grading.mode == .strict, choice.grading.asksOfficial {
      let official = grade.officialVerdict ?? grade.verdict
      score.metrics["officialPassed"] = official == .accepted ? 1 : 0
    }
    return score
  }

  private func grade(_ answer: ProgramAnswer, kind: ProblemKind, tests: ProblemTests) async throws -> Grade {
    do {
      return try await grader.grade(answer, kind: kind, tests: tests)
    } catch let error as ExecutionError {
      if error.code == .cancelled { throw CancellationError() }
      throw ServiceError(.sandboxUnavailable, error.message)
    }
  }

  private static func detail(_ grade: Grade) -> String? {
    guard grade.testCount > 1, let failed = grade.firstFailedTest else { return grade.detail }
    return "Test \(failed + 1) of \(grade.testCount): \(grade.detail ?? grade.verdict.rawValue)"
  }

  /// The program, where it stood, and the verdict on each test.
  private static func extracted(_ code: ExtractedCode, _ grade: Grade) -> JSONValue {
    var object = code.json.objectValue ?? [:]
    object["tests"] = .array(grade.tests.map { .string($0.verdict.rawValue) })
    object["testCount"] = .integer(Int64(grade.testCount))
    if let official = grade.officialVerdict { object["officialVerdict"] = .string(official.rawValue) }
    return .object(object)
  }

  // MARK: - The gate

  /// Our own small problems of each kind, and solutions of some of the dataset's.
  func referenceAnswers() throws -> [ReferenceAnswer] {
    var answers = GateProblem.all.flatMap { $0.answers(isStrict: choice.grading.mode == .strict) }
    var proved = 0
    for index in spread() where proved < choice.gateProblems {
      let solutions: KnownSolutions
      do throws(DatasetError) { solutions = try dataset.solutions(at: index) } catch { throw ServiceError(error) }
      if solutions.right.isEmpty, solutions.wrong.isEmpty { continue }
      let sample = try sample(ofProblem: index)
      answers += solutions.right.map { .right($0.name, to: sample, GateProblem.fenced($0.code)) }
      answers += solutions.wrong.map { .wrong($0.name, to: sample, GateProblem.fenced($0.code)) }
      proved += 1
    }
    return answers
  }

  /// The chosen problems, evenly spread ones first.
  private func spread() -> [Int] {
    let count = chosen.chosen.count
    guard choice.gateProblems > 0, count > choice.gateProblems else { return chosen.chosen }
    let first = (0..<choice.gateProblems).map { $0 * count / choice.gateProblems }
    let others = Set(0..<count).subtracting(first).sorted()
    return (first + others).map { chosen.chosen[$0] }
  }
}
