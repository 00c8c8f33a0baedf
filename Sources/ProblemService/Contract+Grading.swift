import CodeGrading
import CodeProblems
import Contract
import Statistics

extension GradedAnswer {
  init(_ result: AnswerSetGrader.Result, withTests: Bool) {
    let grade = result.grade
    self.init(
      questionId: result.problemID, index: result.index, passed: grade.isPassed, verdict: grade.verdict.rawValue)
    firstFailedTest = grade.firstFailedTest
    detail = grade.detail
    errorType = grade.verdict.errorType
    officialCode = grade.verdict.officialCode
    officialVerdict = grade.officialVerdict?.rawValue
    testsPassed = grade.passedTests
    testsRun = grade.tests.count
    testsTotal = grade.testCount
    cpuSeconds = grade.cpuSeconds
    wallSeconds = grade.wallSeconds
    peakMemoryBytes = grade.peakMemoryBytes
    extraction = result.code.map {
      CodePlace(block: $0.block, blocks: $0.blocks, firstLine: $0.lines.lowerBound, lastLine: $0.lines.upperBound)
    }
    if withTests { tests = grade.tests.map { GradedTest($0) } }
  }
}

extension GradedTest {
  init(_ test: TestGrade) {
    self.init(
      index: test.index, verdict: test.verdict.rawValue, detail: test.detail, cpuSeconds: test.cpuSeconds,
      wallSeconds: test.wallSeconds)
    peakMemoryBytes = test.peakMemoryBytes
  }
}

extension PassAtK {
  init(_ rate: PassRate) {
    self.init(
      k: rate.k, value: rate.value, low: rate.interval?.low, high: rate.interval?.high, problems: rate.problems)
  }
}

extension PassGroup {
  init(_ group: Breakdown.Group) {
    self.init(
      name: group.name, value: group.rate.value, low: group.rate.interval?.low, high: group.rate.interval?.high,
      problems: group.rate.problems)
  }
}

extension Contamination {
  init(_ view: ContaminationView) {
    self.init(cutoff: view.cutoff.day, undated: view.undated)
    before = view.before.map { PassAtK($0) }
    after = view.after.map { PassAtK($0) }
    difference = view.difference
    differenceLow = view.differenceInterval?.low
    differenceHigh = view.differenceInterval?.high
  }
}

extension DatasetNote {
  init(_ issue: DatasetIssue) {
    self.init(
      severity: issue.severity.rawValue, path: issue.path, line: issue.line, problem: issue.problemID,
      message: issue.message)
  }
}

extension ExcludedProblems {
  static func list(_ errata: [Erratum.Reason: [String]]) -> [ExcludedProblems] {
    Erratum.Reason.allCases.compactMap { reason in
      errata[reason].map { ExcludedProblems(reason: reason.rawValue, problems: $0.sorted()) }
    }
  }
}

extension ReasonCount {
  /// Most frequent first.
  static func list(_ reasons: [String]) -> [ReasonCount] {
    Dictionary(grouping: reasons, by: \.self).map { ReasonCount(reason: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }
}
