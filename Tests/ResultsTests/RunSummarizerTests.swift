import Contract
import JSON
import Results
import Testing

/// What summaries make of samples. Expected intervals: SciPy 1.17 (`binomtest(k, n).proportion_ci(method="wilson")`,
/// `t.interval(.95, n - 1, mean, sem)`) and the cluster-robust formula in NumPy.
@Suite struct RunSummarizerTests {
  private func summary(
    _ samples: [SampleRecord], dimension: String? = nil, planned: Int = 0
  ) throws -> ModelSummary {
    var summarizer = RunSummarizer(models: ["local/a"], dimension: dimension, plannedPerModel: planned)
    for sample in samples { summarizer.add(sample) }
    return try #require(summarizer.summaries().first)
  }

  private func near(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
    value.map { abs($0 - expected) < tolerance } ?? false
  }

  @Test func `nothing is known of no samples`() throws {
    let summary = try summary([], dimension: "size", planned: 7)
    var expected = ModelSummary(model: "local/a")
    expected.missing = 7
    #expect(summary == expected)
  }

  @Test func `each outcome is counted, and only what was answered is scored`() throws {
    let outcomes: [Outcome] = [
      .passed, .passed, .passed, .failed, .truncated, .modelError, .infrastructureError, .infrastructureError,
      .cancelled,
    ]
    let summary = try summary(
      outcomes.enumerated().map { Fixtures.sample("s\($0)", $1, score: $1 == .modelError ? 0.7 : nil) }, planned: 12)
    #expect(summary.n == 6)
    #expect(summary.passed == 3 && summary.failed == 1 && summary.partial == 0)
    #expect(summary.truncated == 1 && summary.modelErrors == 1 && summary.errors == 2 && summary.cancelled == 1)
    #expect(summary.missing == 3)
    #expect(summary.score == 0.5)
    #expect(summary.scoreIfUnknownWrong == 0.5)
    #expect(near(summary.scoreIfUnknownRight, 4.0 / 6))
    // The low end of 3 in 6, the high end of 4 in 6.
    #expect(near(summary.low, 0.18761630648265054) && near(summary.high, 0.9032285888942195))
  }

  @Test func `scores between 0 and 1 get Student's interval, within 0…1`() throws {
    let summary = try summary(
      [0.2, 0.9, 0.5, 1, 0, 0.75, 0.4].enumerated().map { Fixtures.sample("s\($0)", .partial, score: $1) })
    #expect(summary.n == 7 && summary.partial == 7 && summary.scoreIfUnknownWrong == nil)
    #expect(near(summary.score, 0.5357142857142857))
    #expect(near(summary.low, 0.19515594327721825, 1e-9) && near(summary.high, 0.8762726281513531, 1e-9))
    let one = try self.summary([Fixtures.sample("s", .partial, score: 0.5)])
    #expect(one.score == 0.5 && one.low == nil && one.high == nil)
  }

  /// NumPy: e = [sum(c - m) for c in [[1,1,0],[0,0,0],[1,1],[1,0,1,1],[1]]]; G = 5, N = 13.
  @Test func `repeats of a sample are no independent samples`() throws {
    let clusters: [[Double]] = [[1, 1, 0], [0, 0, 0], [1, 1], [1, 0, 1, 1], [1]]
    let samples = clusters.enumerated().flatMap { index, scores in
      scores.enumerated().map { Fixtures.sample("s\(index)", epoch: $0 + 1, $1 == 1 ? .passed : .failed) }
    }
    let summary = try summary(samples)
    #expect(near(summary.score, 8.0 / 13))
    #expect(near(summary.low, 0.11102179338384999, 1e-9))
    #expect(summary.high == 1)
  }

  @Test func `one sample asked often is judged by its own rate`() throws {
    let samples = (1...10).map { Fixtures.sample("only", epoch: $0, $0 <= 8 ? .passed : .failed) }
    let summary = try summary(samples)
    #expect(near(summary.low, 0.4901624715366418) && near(summary.high, 0.9433178485456248))
  }

  @Test func `repeats that all agree still leave doubt`() throws {
    let samples = (0..<10).flatMap { id in (1...3).map { Fixtures.sample("s\(id)", epoch: $0, .passed) } }
    let summary = try summary(samples)
    #expect(summary.n == 30 && summary.score == 1)
    // As of 10 trials, not 30.
    #expect(near(summary.low, 0.7224672001371109) && summary.high == 1)
  }

  @Test func `tokens, cost, latency and measures add up`() throws {
    var first = Fixtures.sample("s1")
    first.promptTokens = 100
    first.completionTokens = 10
    first.costUSD = 0.25
    first.latencyMilliseconds = 100
    first.timeToFirstTokenMilliseconds = 40
    first.metrics = ["a": 1, "b": 0.5]
    var second = Fixtures.sample("s2", .failed)
    second.promptTokens = 50
    second.tokensEstimated = true
    second.costUSD = 0.5
    second.latencyMilliseconds = 500
    second.metrics = ["a": 0]
    var error = Fixtures.sample("s3", .infrastructureError)
    error.latencyMilliseconds = 900_000
    error.metrics = ["a": 99]
    var third = Fixtures.sample("s4")
    third.costUSD = 0
    third.latencyMilliseconds = 300
    let summary = try summary([first, second, error, third])
    #expect(summary.promptTokens == 150 && summary.completionTokens == 10 && summary.tokensEstimated)
    #expect(summary.costUSD == 0.75)
    #expect(summary.meanLatencyMilliseconds == 300 && summary.medianLatencyMilliseconds == 300)
    #expect(summary.meanTimeToFirstTokenMilliseconds == 40)
    #expect(summary.metrics == ["a": 0.5, "b": 0.5])
  }

  @Test func `one unknown cost makes the cost unknown, unless no answer was paid for`() throws {
    var paid = Fixtures.sample("s1")
    paid.costUSD = 0.25
    #expect(try summary([paid, Fixtures.sample("s2")]).costUSD == nil)
    #expect(try summary([paid, Fixtures.sample("s2", .cancelled)]).costUSD == 0.25)
    var half = Fixtures.sample("s2", .infrastructureError)
    #expect(try summary([paid, half]).costUSD == 0.25)
    half.promptTokens = 10
    #expect(try summary([paid, half]).costUSD == nil)
  }

  @Test func `absurd token counts do not overflow`() throws {
    var huge = Fixtures.sample("s1")
    huge.promptTokens = .max
    var negative = Fixtures.sample("s2")
    negative.promptTokens = .min
    #expect(try summary([huge, huge]).promptTokens == .max)
    #expect(try summary([negative, negative]).promptTokens == .min)
  }

  @Test func `time that samples share is counted once`() throws {
    let samples = [
      Fixtures.sample("s1", at: 0, lasting: 1000), Fixtures.sample("s2", at: 500, lasting: 1000),
      Fixtures.sample("s3", at: 600, lasting: 100), Fixtures.sample("s4", at: 5000, lasting: 250),
      Fixtures.sample("s5", at: 9000, lasting: -50),
    ]
    #expect(try summary(samples.reversed()).durationSeconds == 1.75)
  }

  @Test func `reasons are counted, most frequent first`() throws {
    func sample(_ id: Int, _ outcome: Outcome, _ reason: String?) -> SampleRecord {
      var sample = Fixtures.sample("s\(id)", outcome)
      sample.reason = reason
      return sample
    }
    var parted = sample(9, .partial, nil)
    parted.parts = [
      SamplePart(name: "1", outcome: .passed, score: 1, metadata: [:]),
      SamplePart(name: "2", outcome: .failed, score: 0, metadata: [:]),
    ]
    parted.parts[1].reason = "timeout"
    let summary = try summary([
      sample(1, .failed, "b"), sample(2, .failed, "a"), sample(3, .infrastructureError, "timeout"),
      sample(4, .truncated, nil), sample(5, .passed, "not counted"), sample(6, .cancelled, "not counted"), parted,
    ])
    #expect(
      summary.reasons == [
        ReasonCount(reason: "timeout", count: 2), ReasonCount(reason: "a", count: 1),
        ReasonCount(reason: "b", count: 1),
      ])
  }

  // MARK: - Truncated answers

  private func sized(_ counts: [(size: Int64, passed: Int, failed: Int, truncated: Int)]) -> [SampleRecord] {
    counts.flatMap { count in
      let outcomes =
        Array(repeating: Outcome.passed, count: count.passed) + Array(repeating: .failed, count: count.failed)
        + Array(repeating: .truncated, count: count.truncated)
      return outcomes.enumerated().map { index, outcome in
        var sample = Fixtures.sample("\(count.size)-\(index)", outcome)
        sample.metadata = ["size": .integer(count.size)]
        return sample
      }
    }
  }

  @Test func `the interval spans truncated answers all wrong and all right`() throws {
    let summary = try summary(sized([(10, 1, 1, 2), (20, 0, 0, 4)]), dimension: "size")
    #expect(summary.score == 0.125 && summary.truncated == 6 && summary.scoreIfUnknownRight == 0.875)
    let groups = summary.groups
    #expect(groups.map(\.truncated) == [2, 4] && groups.map(\.score) == [0.25, 0])
    #expect(groups.map(\.scoreIfUnknownWrong) == [0.25, 0] && groups.map(\.scoreIfUnknownRight) == [0.75, 1])
    #expect(near(groups[0].low, 0.04558726080970055) && near(groups[0].high, 0.9544127391902995))
    #expect(groups[1].low == 0 && groups[1].high == 1)
    #expect(try self.summary(sized([(10, 0, 0, 1)])).high == 1)
  }

  @Test func `truncated repeats widen the interval of their sample`() throws {
    let samples = (0..<4).flatMap { id in
      (1...2).map { Fixtures.sample("s\(id)", epoch: $0, $0 == 1 ? .passed : id == 0 ? .truncated : .failed) }
    }
    func judged(_ unknown: Outcome) throws -> ModelSummary {
      try summary(
        samples.map { Fixtures.sample($0.sampleId, epoch: $0.epoch, $0.outcome == .truncated ? unknown : $0.outcome) })
    }
    let wrong = try judged(.failed)
    let right = try judged(.passed)
    let both = try summary(samples)
    #expect(both.score == wrong.score && both.low == min(wrong.low ?? 2, right.low ?? 2))
    #expect(both.high == max(wrong.high ?? -1, right.high ?? -1) && both.high != wrong.high)
  }

  @Test func `the cliff leaves truncated answers out`() throws {
    let counts: [(size: Int64, passed: Int, failed: Int, truncated: Int)] = [
      (10, 3, 0, 0), (20, 3, 0, 1), (40, 2, 0, 4),
    ]
    let fit = try summary(sized(counts), dimension: "size").cliff
    #expect(fit?.n == 8 && fit?.note == "every sample passed: the cliff lies above 40")
    let few = try summary(sized([(10, 1, 0, 8), (20, 0, 1, 8)]), dimension: "size").cliff
    #expect(few?.n == 2 && few?.note == "too few results for a cliff: 2, and it takes 5")
    #expect(try summary(sized([(10, 0, 0, 9), (20, 0, 9, 0)]), dimension: "size").cliff == nil)
  }

  // MARK: - Groups

  @Test func `groups come from the samples' metadata, by size`() throws {
    var samples: [SampleRecord] = []
    for (index, size) in [(0, 100), (1, 20), (2, 20), (3, 100), (4, 20)] {
      var sample = Fixtures.sample("s\(index)", index == 2 || size == 100 ? .failed : .passed)
      sample.metadata = ["size": .integer(Int64(size))]
      sample.promptTokens = size
      sample.completionTokens = index
      sample.latencyMilliseconds = Double(10 * index)
      sample.costUSD = 0.5
      sample.metrics = ["m": Double(index)]
      samples.append(sample)
    }
    samples[4].metadata = ["size": 20.0]
    var error = Fixtures.sample("e", .infrastructureError)
    error.metadata = ["size": 100]
    let summary = try summary(samples + [error, Fixtures.sample("without")], dimension: "size")
    #expect(summary.groups.map(\.value) == [20, 100])
    let small = summary.groups[0]
    #expect(small.dimension == "size" && small.n == 3 && small.passed == 2 && small.errors == 0)
    #expect(near(small.score, 2.0 / 3) && near(small.low, 0.2076597, 1e-6) && near(small.high, 0.9385081, 1e-6))
    #expect(small.meanPromptTokens == 20 && near(small.meanCompletionTokens, 7.0 / 3))
    #expect(near(small.meanLatencyMilliseconds, 70.0 / 3) && small.costUSD == 1.5)
    #expect(small.meanExecutionMilliseconds == nil && near(small.metrics["m"], 7.0 / 3))
    #expect(summary.groups[1].errors == 1 && summary.groups[1].n == 2 && summary.groups[1].score == 0)
    #expect(summary.cliff?.n == 5)
  }

  @Test func `parts of a sample fall into groups by their own metadata and verdict`() throws {
    func sample(_ epoch: Int, _ outcomes: [(Int64, Outcome, Double?)]) -> SampleRecord {
      var sample = Fixtures.sample("gen", epoch: epoch, .partial, score: 0.5)
      sample.promptTokens = 300
      sample.latencyMilliseconds = 4000
      sample.costUSD = 0.01
      sample.metadata = ["size": 5]
      sample.parts = outcomes.map { size, outcome, milliseconds in
        var part = SamplePart(
          name: "\(size)", outcome: outcome, score: outcome == .passed ? 1 : 0, metadata: ["size": .integer(size)])
        part.executionMilliseconds = milliseconds
        return part
      }
      return sample
    }
    let summary = try summary(
      [
        sample(1, [(100, .passed, 30), (1000, .failed, 50)]),
        sample(2, [(100, .passed, 40), (1000, .infrastructureError, nil)]),
      ], dimension: "size")
    #expect(summary.n == 2 && summary.score == 0.5)
    #expect(summary.groups.map(\.value) == [100, 1000])
    let small = summary.groups[0]
    #expect(small.n == 2 && small.passed == 2 && small.score == 1 && small.meanExecutionMilliseconds == 35)
    #expect(small.meanPromptTokens == 300 && small.meanLatencyMilliseconds == 4000 && small.costUSD == 0.02)
    let large = summary.groups[1]
    #expect(large.n == 1 && large.passed == 0 && large.errors == 1 && large.meanExecutionMilliseconds == 50)
    #expect(summary.cliff?.n == 3)
  }

  @Test func `parts of a truncated answer are unknown unless they passed`() throws {
    var sample = Fixtures.sample("gen", .truncated)
    let outcomes: [Outcome] = [.passed, .failed, .modelError, .infrastructureError]
    sample.parts = outcomes.enumerated().map { index, outcome in
      SamplePart(name: "\(index)", outcome: outcome, score: 0, metadata: ["size": .integer(Int64(index + 1))])
    }
    let groups = try summary([sample], dimension: "size").groups
    #expect(groups.map(\.truncated) == [0, 1, 1, 0])
    #expect(groups.map(\.passed) == [1, 0, 0, 0] && groups.map(\.errors) == [0, 0, 0, 1])
  }

  @Test func `values of other kinds are groups too, without a cliff`() throws {
    let values: [JSONValue] = ["toon", "json", nil, true, 3, "json"]
    let samples = values.enumerated().map { index, value in
      var sample = Fixtures.sample("s\(index)")
      sample.metadata = ["format": value]
      return sample
    }
    let summary = try summary(samples, dimension: "format")
    #expect(summary.groups.map(\.value) == [3, "json", "toon", nil, true])
    #expect(summary.groups.map(\.n) == [1, 2, 1, 1, 1])
    #expect(summary.cliff == nil)
  }

  @Test func `the cliff is the fit of Statistics`() throws {
    var samples: [SampleRecord] = []
    for (size, passes) in [(10, 10), (20, 9), (40, 6), (80, 3), (160, 0)] {
      for index in 0..<10 {
        var sample = Fixtures.sample("\(size)-\(index)", index < passes ? .passed : .failed)
        sample.metadata = ["size": .integer(Int64(size))]
        samples.append(sample)
      }
    }
    let cliff = try #require(try summary(samples, dimension: "size").cliff)
    #expect(near(cliff.sizeAt50, 49.408637, 1e-3) && near(cliff.sizeAt50Low, 34.994897, 1e-3))
    #expect(near(cliff.sizeAt50High, 70.488129, 1e-3) && near(cliff.sizeAt95, 14.668481, 1e-3))
    #expect(cliff.n == 50 && cliff.note == nil)
    #expect(try summary(Array(samples.prefix(10)), dimension: "size").cliff == nil)
    #expect(try summary(samples, dimension: "other").cliff == nil)
  }

  @Test func `models stand in the run's order, others after them`() {
    var summarizer = RunSummarizer(models: ["b", "a", "b"], dimension: nil, plannedPerModel: 2)
    for model in ["c", "a"] { summarizer.add(Fixtures.sample(model: model)) }
    #expect(summarizer.summaries().map(\.model) == ["b", "a", "c"])
    #expect(summarizer.summaries().map(\.missing) == [2, 1, 1])
  }
}
