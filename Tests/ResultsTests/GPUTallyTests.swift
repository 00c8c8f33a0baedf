import Contract
import JSON
import Results
import Testing

@Suite struct GPUTallyTests {
  private func record(_ latency: Double, _ gpu: GPUTelemetry?, tokens: Int = 10) -> SampleRecord {
    var record = SampleRecord(
      runId: "r", model: "local/a", sampleId: "s\(latency)", epoch: 1, outcome: .passed, prompt: "", expected: .null,
      startedAt: Timestamp(millisecondsSinceEpoch: 0), finishedAt: Timestamp(millisecondsSinceEpoch: 1))
    record.latencyMilliseconds = latency
    record.completionTokens = tokens
    record.telemetry = CallTelemetry()
    record.telemetry?.gpu = gpu
    return record
  }

  private func use(_ mean: Double?, joules: Double?, memory: Int? = nil) -> GPUTelemetry {
    var use = GPUTelemetry(source: "nvml", readings: 1)
    use.meanUtilization = mean
    use.peakUtilization = mean
    use.energyJoules = joules
    use.peakMemoryUsedBytes = memory
    return use
  }

  private func total(_ records: SampleRecord...) -> GPUSummary? {
    var summarizer = RunSummarizer(models: ["local/a"], dimension: nil, plannedPerModel: records.count)
    for record in records { summarizer.add(record) }
    return summarizer.summaries().first?.gpu
  }

  @Test func `a sample counts as long as its call took`() throws {
    let summary = try #require(total(record(3000, use(1, joules: 30)), record(1000, use(0.2, joules: 10, memory: 5))))
    #expect(summary.meanUtilization == 0.8)
    #expect(!summary.isUnderused)
    #expect(summary.peakUtilization == 1)
    #expect(summary.energyJoules == 40)
    #expect(summary.tokensPerJoule == 0.5)
    #expect(summary.peakMemoryUsedBytes == 5)
    #expect(summary.samples == 2)
  }

  @Test func `what no device tells stays unknown`() throws {
    let summary = try #require(total(record(1000, use(nil, joules: nil))))
    #expect(summary.meanUtilization == nil)
    #expect(summary.energyJoules == nil)
    #expect(summary.tokensPerJoule == nil)
    #expect(!summary.isUnderused)
  }

  @Test func `samples without readings take no part`() throws {
    let summary = try #require(total(record(1000, nil, tokens: 900), record(1000, use(0.5, joules: 5))))
    #expect(summary.samples == 1)
    #expect(summary.tokensPerJoule == 2)
    #expect(summary.isUnderused)
  }

  @Test func `an answer from the cache took nothing`() {
    var cached = record(1000, use(0.5, joules: 5))
    cached.cached = true
    #expect(total(cached) == nil)
  }
}
