import CodeProblems
import Statistics
import Testing

@Suite struct MeasureTests {
  private func tally(_ id: String, _ passes: Int, of attempts: Int, difficulty: String, date: String?) throws
    -> ProblemTally
  {
    let dataset = try ProblemDataset.open(Fixture.path("folder"))
    var entry = try #require(dataset.entries.first)
    (entry.difficulty, entry.date, entry.platform) = (difficulty, date.flatMap { ContestDate($0) }, "own")
    var tally = ProblemTally(entry)
    tally.problemID = id
    for attempt in 0..<attempts { tally.add(passed: attempt < passes) }
    return tally
  }

  @Test func `pass@k is the mean over problems of the unbiased estimate`() throws {
    let tallies = [
      try tally("a", 3, of: 10, difficulty: "easy", date: nil),
      try tally("b", 6, of: 10, difficulty: "hard", date: nil),
    ]
    let rates = PassRate.all(tallies)
    #expect(rates.map(\.k) == [1, 5, 10])
    // The reference's figures for (10, 3) and (10, 6).
    #expect(abs(rates[0].value - (0.3 + 0.6) / 2) < 1e-12 && abs(rates[1].value - (0.9166666667 + 1) / 2) < 1e-9)
    #expect(rates[2].value == 1 && rates[0].problems == 2 && rates[0].interval != nil)
  }

  @Test func `k is reported where every problem has as many answers`() throws {
    let tallies = [
      try tally("a", 1, of: 20, difficulty: "easy", date: nil), try tally("b", 1, of: 4, difficulty: "easy", date: nil),
    ]
    #expect(PassRate.all(tallies).map(\.k) == [1])
    #expect(PassRate.all([]).isEmpty)
  }

  @Test func `groups are by difficulty in its order, by platform and by month`() throws {
    let tallies = [
      try tally("a", 1, of: 1, difficulty: "hard", date: "2024-09-07"),
      try tally("b", 0, of: 1, difficulty: "easy", date: "2024-09-30"),
      try tally("c", 1, of: 1, difficulty: "medium", date: nil),
    ]
    let breakdown = Breakdown(tallies)
    #expect(breakdown.difficulty.map(\.name) == ["easy", "medium", "hard"])
    #expect(breakdown.difficulty.map(\.rate.value) == [0, 1, 1])
    #expect(breakdown.month.map(\.name) == ["2024-09"] && breakdown.month.first?.rate.value == 0.5)
    #expect(breakdown.platform.first?.rate.problems == 3)
  }

  @Test func `the contamination view splits at the cut-off day`() throws {
    let cutoff = try #require(ContestDate("2024-09-01"))
    var tallies = try (0..<20).map { try tally("old\($0)", 1, of: 1, difficulty: "easy", date: "2024-08-31T22:00:00") }
    tallies += try (0..<20).map {
      try tally("new\($0)", $0 % 4 == 0 ? 1 : 0, of: 1, difficulty: "easy", date: "2024-09-01")
    }
    tallies.append(try tally("undated", 1, of: 1, difficulty: "easy", date: nil))
    let view = ContaminationView(tallies, cutoff: cutoff)
    #expect(view.before?.value == 1 && view.after?.value == 0.25 && view.difference == -0.75 && view.undated == 1)
    let interval = try #require(view.differenceInterval)
    #expect(interval.low < -0.75 && interval.high > -0.75 && interval.high < 0)
    let late = ContaminationView(tallies, cutoff: try #require(ContestDate("2030-01-01")))
    #expect(late.after == nil && late.difference == nil && late.before?.problems == 40)
  }

  @Test func `verdicts map to the trackers' names and the official codes`() {
    let names = Set(GradeVerdict.allCases.compactMap(\.errorType))
    #expect(names == ["syntax", "runtime", "wrong_answer", "timeout"])
    #expect(GradeVerdict.accepted.officialCode == nil && GradeVerdict.wrongAnswer.officialCode == -2)
    #expect(GradeVerdict.cpuTimeLimit.officialCode == -3 && GradeVerdict.noCode.officialCode == -4)
    #expect(GradeVerdict.engineError.officialCode == -5)
  }
}
