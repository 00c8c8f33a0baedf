import Commands
import Contract
import Testing

@Suite struct ScoreGateTests {
  private func run(_ score: Double?, _ low: Double?, _ high: Double?, model: String = "a/b") -> RunSummary {
    Sample.run(models: [Sample.model(model, score: score, low: low, high: high)])
  }

  @Test(arguments: [(0.5, true), (0.499, true), (0.501, false)])
  func `the threshold itself passes`(_ threshold: Double, _ passes: Bool) throws {
    let gate = ScoreGate(failUnder: threshold, baseline: nil)
    #expect(try gate.violations(of: run(0.5, 0.4, 0.6)).isEmpty == passes)
  }

  @Test func `a violation says what was scored and wanted`() throws {
    let gate = ScoreGate(failUnder: 0.9, baseline: nil)
    #expect(try gate.violations(of: run(0.5, 0.4, 0.6)) == ["a/b scored 0.500, below the threshold of 0.900."])
  }

  @Test(arguments: [
    // score and interval now, then score and interval of the baseline, whether that is worse
    (0.5, 0.4, 0.6, 0.7, 0.65, 0.75, true),
    (0.5, 0.4, 0.72, 0.7, 0.65, 0.75, false),
    (0.66, 0.6, 0.69, 0.7, 0.65, 0.75, false),
    (0.8, 0.75, 0.85, 0.7, 0.65, 0.75, false),
    (0.7, 0.65, 0.75, 0.7, 0.65, 0.75, false),
  ])
  func `worse is outside of both intervals`(
    _ score: Double, _ low: Double, _ high: Double, _ old: Double, _ oldLow: Double, _ oldHigh: Double, _ isWorse: Bool
  ) throws {
    let gate = ScoreGate(failUnder: nil, baseline: .init(run(old, oldLow, oldHigh)))
    #expect(try gate.violations(of: run(score, low, high)).isEmpty != isWorse)
  }

  @Test func `scores without intervals are compared as they are`() throws {
    let gate = ScoreGate(failUnder: nil, baseline: .init(run(0.7, nil, nil)))
    #expect(try gate.violations(of: run(0.69, nil, nil)).count == 1)
    #expect(try gate.violations(of: run(nil, nil, nil)).isEmpty)
  }

  @Test func `another model is compared with the only one of the baseline`() throws {
    let gate = ScoreGate(failUnder: nil, baseline: .init(run(0.9, 0.85, 0.95, model: "c/d")))
    #expect(try gate.violations(of: run(0.5, 0.4, 0.6)).count == 1)
  }

  @Test func `a baseline that does not fit is an error`() {
    let two = Sample.run(models: [
      Sample.model("c/d", score: 1, low: 1, high: 1), Sample.model("e/f", score: 1, low: 1, high: 1),
    ])
    #expect(throws: ServiceError.self) {
      try ScoreGate(failUnder: nil, baseline: .init(two)).violations(of: run(0.5, 0.4, 0.6))
    }
    let other = Sample.run(suite: "events-codegen")
    #expect(throws: ServiceError.self) {
      try ScoreGate(failUnder: nil, baseline: .init(other)).violations(of: run(0.5, 0.4, 0.6))
    }
  }

  @Test func `another version of the suite is remarked on`() {
    var old = run(0.5, 0.4, 0.6)
    old.suiteVersion = "0"
    #expect(ScoreGate(failUnder: nil, baseline: .init(old)).remarks(on: run(0.5, 0.4, 0.6)).count == 1)
    #expect(ScoreGate(failUnder: nil, baseline: .init(run(1, 1, 1))).remarks(on: run(0.5, 0.4, 0.6)).isEmpty)
  }
}
