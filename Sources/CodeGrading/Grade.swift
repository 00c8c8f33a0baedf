package import CodeProblems

/// The verdict on one answer, with those on its tests.
package struct Grade: Sendable, Equatable {
  /// That of the first test that failed; `accepted` where none did.
  package var verdict: GradeVerdict
  /// What went wrong, in a sentence; nil for an accepted answer.
  package var detail: String?
  /// Of the tests that were run, in order. Tests after one that failed may not have been.
  package var tests: [TestGrade] = []
  /// How many tests the problem has.
  package var testCount: Int
  /// What LiveCodeBench's own grader would say, where that is another verdict; nil where it is the same, or was not asked.
  package var officialVerdict: GradeVerdict?
  /// Name and version of what ran the program; nil for an answer that was not run.
  package var runtime: String?

  package init(_ verdict: GradeVerdict, detail: String? = nil, testCount: Int) {
    self.verdict = verdict
    self.detail = detail
    self.testCount = testCount
  }

  package var isPassed: Bool { verdict == .accepted }
  /// The position of the first test that failed, from 0.
  package var firstFailedTest: Int? { tests.first { $0.verdict != .accepted }?.index }
  package var passedTests: Int { tests.count { $0.verdict == .accepted } }
  package var cpuSeconds: Double { tests.reduce(0) { $0 + $1.cpuSeconds } }
  package var wallSeconds: Double { tests.reduce(0) { $0 + $1.wallSeconds } }
  package var peakMemoryBytes: Int? { tests.compactMap(\.peakMemoryBytes).max() }
}

/// The verdict on one test.
package struct TestGrade: Sendable, Equatable {
  /// From 0, public tests first.
  package var index: Int
  package var verdict: GradeVerdict
  /// One sentence; nil for an accepted one.
  package var detail: String?
  package var cpuSeconds: Double
  package var wallSeconds: Double
  package var peakMemoryBytes: Int?
}
