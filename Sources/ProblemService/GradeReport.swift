import CodeGrading
import CodeProblems
import Contract
import Execution
import JSON

/// Gathers results into what `code.grade` answers.
struct GradeReport {
  private let request: GradeRequest
  private var summary: GradeSummary
  private var results: [GradedAnswer] = []
  /// With their programs, for the export alone.
  private var exported: [AnswerSetGrader.Result] = []
  private var tallies: [String: ProblemTally] = [:]
  private var entries: [String: ProblemEntry] = [:]
  /// Answers to the problems that are meant.
  let expected: Int

  private static let listed = 100

  init(dataset: ProblemDataset, chosen: ProblemSelection.Outcome, answers: AnswerFile, request: GradeRequest) {
    self.request = request
    summary = GradeSummary(
      dataset: request.params.dataset, format: dataset.format.rawValue, mode: request.options.mode.rawValue)
    for index in chosen.chosen { entries[dataset.entries[index].id] = dataset.entries[index] }
    let answered = Set(answers.entries.map(\.problemID))
    let known = Set(entries.keys)
    let excluded = Set(chosen.errata.values.joined())
    expected = answers.entries.count { known.contains($0.problemID) }
    summary.problems = entries.count
    summary.unanswered = known.subtracting(answered).count
    summary.excluded = ExcludedProblems.list(chosen.errata)
    summary.unknownProblems = Array(answered.subtracting(known).subtracting(excluded).sorted().prefix(Self.listed))
    summary.issues = (dataset.issues + answers.issues).prefix(Self.listed).map { DatasetNote($0) }
  }

  var judged: Int { results.count }
  var passed: Int { summary.passed }

  mutating func calibrate(_ calibration: TimeCalibration) {
    summary.timeFactor = calibration.factor
    summary.runtime = calibration.runtime
  }

  mutating func add(_ result: AnswerSetGrader.Result) -> GradedAnswer {
    let answer = GradedAnswer(result, withTests: request.params.tests ?? false)
    results.append(answer)
    if request.params.export != nil { exported.append(result) }
    if answer.officialVerdict != nil { summary.officialDifferences += 1 }
    if result.grade.verdict == .engineError {
      summary.errors += 1
      return answer
    }
    if answer.passed { summary.passed += 1 } else { summary.failed += 1 }
    if let entry = entries[result.problemID] {
      tallies[entry.id, default: ProblemTally(entry)].add(passed: answer.passed)
    }
    return answer
  }

  func result(seconds: Double) -> CodeGrade.Result {
    var summary = summary
    summary.answers = results.count
    summary.durationSeconds = seconds
    let tallies = self.tallies.values.sorted { $0.problemID < $1.problemID }
    let breakdown = Breakdown(tallies)
    summary.passAtK = PassRate.all(tallies).map { PassAtK($0) }
    summary.byDifficulty = breakdown.difficulty.map { PassGroup($0) }
    summary.byPlatform = breakdown.platform.map { PassGroup($0) }
    summary.byMonth = breakdown.month.map { PassGroup($0) }
    summary.verdicts = ReasonCount.list(results.map(\.verdict))
    summary.errorTypes = ReasonCount.list(results.compactMap(\.errorType))
    summary.contamination = request.cutoff.map { Contamination(ContaminationView(tallies, cutoff: $0)) }
    return CodeGrade.Result(
      results: results.sorted { ($0.questionId, $0.index) < ($1.questionId, $1.index) }, summary: summary)
  }

  /// Writes `eval_all.json`, if it was asked for: one record a problem, in the order of ids.
  ///
  /// - Throws: ``ServiceError`` where it cannot be written; ``DatasetError``.
  func export(_ dataset: ProblemDataset, _ answers: AnswerFile) throws {
    guard let path = request.params.export else { return }
    let file = try WholeFile(path)
    let byProblem = Dictionary(grouping: exported, by: \.problemID)
    let given = Dictionary(grouping: answers.entries, by: \.problemID)
    var separator = "[\n"
    for (index, entry) in dataset.entries.enumerated() {
      guard let results = byProblem[entry.id]?.sorted(by: { $0.index < $1.index }) else { continue }
      var outputs: [String] = []
      for answer in given[entry.id] ?? [] {
        switch try answers.content(of: answer) {
        case .code(let text), .response(let text), .completion(let text): outputs.append(text)
        }
      }
      let record = OfficialExport.record(entry, text: try dataset.text(at: index), outputs: outputs, results: results)
      try file.write(Array(separator.utf8) + JSONWriter.data(record))
      separator = ",\n"
    }
    try file.write(Array((separator == "[\n" ? "[]\n" : "\n]\n").utf8))
    try file.finish()
  }
}
