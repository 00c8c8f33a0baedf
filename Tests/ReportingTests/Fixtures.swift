import Contract
import JSON
import Reporting
import Synchronization

enum Fixtures {
  static func run(_ id: String, _ suite: String, models: [ModelSummary], planned: Int) -> RunSummary {
    var request = RunRequest(suite: suite, models: models.map(\.model), options: ["sizes": [10, 1000]])
    request.sample = SampleSelection(count: 4, seed: 9)
    request.budget = Budget(usd: 0.5, tokens: 20_000)
    var run = RunSummary(
      runId: id, suite: suite, suiteVersion: "3", status: .completed,
      startedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_000_123), plannedSamples: planned, models: models,
      request: request, seed: 7, programVersion: "0.1.0", machine: ["os": "Debian 12", "cores": 2])
    run.durationSeconds = 12.34
    run.completedSamples = planned - 1
    run.finishedAt = Timestamp(millisecondsSinceEpoch: 1_750_000_013_000)
    return run
  }

  static func group(_ size: Int64, score: Double?, _ low: Double?, _ high: Double?, n: Int, passed: Int) -> GroupSummary
  {
    var group = GroupSummary(dimension: "size", value: .integer(size))
    group.score = score
    group.low = low
    group.high = high
    group.n = n
    group.passed = passed
    return group
  }

  static func model() -> ModelSummary {
    var model = ModelSummary(model: "openai/gpt-5.1")
    model.score = 2.0 / 3
    model.low = 0.2077
    model.high = 0.9385
    model.n = 3
    model.passed = 2
    model.failed = 1
    model.errors = 1
    model.promptTokens = 12_345
    model.completionTokens = 678
    model.costUSD = 0.00123
    model.meanLatencyMilliseconds = 1234.4
    model.medianLatencyMilliseconds = 950
    model.metrics = ["positionsRight": 0.8333333]
    model.reasons = [ReasonCount(reason: "wrongOrder", count: 1), ReasonCount(reason: "httpStatus", count: 1)]
    var small = group(10, score: 1, 0.3424, 1, n: 2, passed: 2)
    small.meanPromptTokens = 55.25
    small.meanCompletionTokens = 31
    small.meanLatencyMilliseconds = 812.6
    small.costUSD = 0.0004
    var large = group(1000, score: 0, 0, 0.7935, n: 1, passed: 0)
    large.errors = 1
    large.meanPromptTokens = 4012.5
    large.meanLatencyMilliseconds = 2078
    model.groups = [small, large]
    var cliff = CliffFit(n: 3, note: "too few samples to bound the 50 % size from above")
    cliff.sizeAt50 = 123.4
    cliff.sizeAt50Low = 8.123
    model.cliff = cliff
    return model
  }

  static func sample(_ id: String, _ outcome: Outcome, run: String = "run-1") -> SampleRecord {
    var sample = SampleRecord(
      runId: run, model: "openai/gpt-5.1", sampleId: id, epoch: 1, outcome: outcome, prompt: "Sort 3, 1.",
      expected: [1, 3], startedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_000_500),
      finishedAt: Timestamp(millisecondsSinceEpoch: 1_750_000_001_750))
    sample.score = outcome.isScored ? (outcome == .passed ? 1 : 0) : nil
    sample.response = outcome.isScored ? "[3, 1]" : nil
    return sample
  }

  static func samples() -> [SampleRecord] {
    var failed = sample("s2", .failed)
    failed.reason = "wrongOrder"
    failed.detail = "3 stands before 1"
    failed.extracted = [3, 1]
    failed.latencyMilliseconds = 1250
    failed.promptTokens = 20
    failed.metrics = ["positionsRight": 0]
    failed.metadata = ["size": 10]
    var error = sample("s4", .infrastructureError)
    error.reason = "httpStatus"
    error.detail = "status 503"
    return [sample("s1", .passed), failed, sample("s3", .passed), error, sample("s5", .cancelled)]
  }

  /// Text that breaks out of cells, code, markup, XML and spreadsheets.
  static let hostile = """
    =HYPERLINK("http://x")|a\\|b`c``d```\n# Heading\r\n<script>alert(1)</script>&amp;]]>\u{0}\u{1B}[31m\u{202E}\u{FFFE}\
    |\u{301}<!--'"--> ![x](http://x) \u{200B}</pre></code>
    ````
    | a | b |
    """

  /// The same as a member's name, which a JSON parser takes without NUL only.
  static var hostileKey: String { hostile.filter { $0 != "\0" } }
}

func render(
  _ runs: [RunSummary], _ format: ReportFormat, _ samples: [SampleRecord] = Fixtures.samples()
) async throws -> String {
  try await render(runs, nil, format) { id, visit in
    for sample in samples where sample.runId == id { try visit(sample) }
  }
}

func render(
  _ runs: [RunSummary], _ comparison: RunComparison?, _ format: ReportFormat,
  _ samples: ReportRenderer.SampleSource
) async throws -> String {
  let output = Pieces()
  try await ReportRenderer.render(
    runs: runs, comparison: comparison, format: format, to: output, samples: samples)
  return output.text.withLock { $0 }
}

private final class Pieces: ReportOutput {
  let text = Mutex("")
  func write(_ piece: String) { text.withLock { $0 += piece } }
}
