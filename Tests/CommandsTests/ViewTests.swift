import Commands
import Contract
import JSON
import Testing

@Suite struct RunViewTests {
  private var run: RunSummary {
    var small = GroupSummary(dimension: "size", value: 10)
    small.score = 0.9
    small.low = 0.8
    small.high = 0.95
    small.n = 45
    small.passed = 40
    small.meanPromptTokens = 123.4
    small.meanCompletionTokens = 9.94
    small.meanLatencyMilliseconds = 120
    var large = GroupSummary(dimension: "size", value: 1000)
    large.n = 45
    large.errors = 2
    var model = Sample.model("local/smollm2", score: 0.5, low: 0.4, high: 0.6)
    model.errors = 2
    model.truncated = 1
    model.scoreIfUnknownWrong = 0.45
    model.scoreIfUnknownRight = 0.55
    model.truncations = [ReasonCount(reason: "emptyAfterReasoning", count: 1)]
    model.promptTokens = 12_345
    model.completionTokens = 678
    model.tokensEstimated = true
    model.meanLatencyMilliseconds = 1234
    model.metrics = ["positionsRight": 0.75]
    model.reasons = [ReasonCount(reason: "wrongOrder", count: 44), ReasonCount(reason: "noAnswer", count: 1)]
    model.groups = [small, large]
    var cliff = CliffFit(n: 90, note: nil)
    cliff.sizeAt50 = 23.14
    cliff.sizeAt50Low = 20
    cliff.sizeAt50High = 27.4
    model.cliff = cliff
    return Sample.run(models: [model])
  }

  @Test func `a run shows figures by model and size, and what to know of them`() {
    #expect(
      RunView.lines(run, resumeCommand: "llmbench resume X").text == """
        Run 01JD3Q8ZT4: sorting (version 1), completed
        Started 2026-01-31 08:09 UTC, 12.3 s at work, 90 of 90 samples stored.

        MODEL          SCORE  95 % INTERVAL   N  PASSED  FAILED  TRUNCATED  ERRORS  TOKENS IN  TOKENS OUT  LATENCY  COST
        local/smollm2  0.500    0.400–0.600  90      45      45          1       2    ~12,345        ~678   1.23 s     –

        local/smollm2 by size
         SIZE  SCORE  95 % INTERVAL   N  PASSED  ERRORS  TOKENS IN  TOKENS OUT  LATENCY
           10  0.900    0.800–0.950  45      40       0        123         9.9   120 ms
        1,000      –              –  45       0       2          –           –        –

        local/smollm2: Half of the samples pass at size 23 (95 % interval 20–27).
        local/smollm2: 1 answer was cut off (1 without an answer after reasoning): the score would be 0.450 if all of \
        them were wrong and 0.550 if all were right.
        local/smollm2: Further means: positionsRight 0.750.
        local/smollm2: Reasons: wrongOrder (44), noAnswer (1).
        local/smollm2: Token counts with ~ are estimates: the server did not report them.
        local/smollm2: 2 samples were not answered, through no fault of the model, and not scored. Ask again with: \
        llmbench resume X
        """)
  }

  @Test func `to resume is advised only where it helps`() {
    var model = ModelSummary(model: "replay/a.jsonl")
    model.errors = 3
    model.reasons = [ReasonCount(reason: "recordingMiss", count: 3)]
    let missed = RunView.lines(Sample.run(models: [model]), resumeCommand: "llmbench resume X").text
    #expect(missed.hasSuffix("No recorded answer fits: were the options the same as when it was recorded?"))
    #expect(!missed.contains("llmbench resume X"))
    model.errors = 4
    let mixed = RunView.lines(Sample.run(models: [model]), resumeCommand: "llmbench resume X").text
    #expect(mixed.contains("No recorded answer fits"))
    #expect(mixed.hasSuffix("Ask again with: llmbench resume X"))
  }

  @Test func `a run that has scored nothing has dashes`() {
    var empty = Sample.run(status: .running, models: [ModelSummary(model: "a/b")])
    empty.completedSamples = 0
    #expect(
      RunView.lines(empty).text.hasSuffix(
        """
        MODEL  SCORE  95 % INTERVAL  N  PASSED  FAILED  ERRORS  TOKENS IN  TOKENS OUT  LATENCY  COST
        a/b        –              –  0       0       0       0          0           0        –     –
        """))
  }

  @Test func `a list has a line for each model of each run`() {
    var cancelled = Sample.run("01JD3Q8ZZZ", suite: "events-context", status: .cancelled)
    cancelled.models.append(ModelSummary(model: "openai/gpt-5.1"))
    #expect(
      RunListView.lines([Sample.run(), cancelled]).text == """
        RUN         STARTED (UTC)     SUITE           MODEL           SCORE  95 % INTERVAL   N  STATUS
        01JD3Q8ZT4  2026-01-31 08:09  sorting         local/smollm2   0.500    0.400–0.600  90  completed
        01JD3Q8ZZZ  2026-01-31 08:09  events-context  local/smollm2   0.500    0.400–0.600  90  cancelled
        01JD3Q8ZZZ  2026-01-31 08:09  events-context  openai/gpt-5.1      –              –   0  cancelled
        """)
    #expect(RunListView.lines([]).isEmpty)
  }

  @Test func `long ids are cut where they still differ`() {
    let tail = String(repeating: "0", count: 20)
    #expect(RunListView.shortIDs(["abcdefghi1" + tail, "abcdefghi2" + tail]) == ["abcdefghi1", "abcdefghi2"])
    #expect(RunListView.shortIDs(["a" + tail + tail]) == ["a0000000"])
    #expect(RunListView.shortIDs(["20261121-104543-q49jex"]) == ["20261121-104543-q49jex"])
  }
}

@Suite struct SampleViewTests {
  private func sample(_ id: String, _ outcome: Outcome, score: Double?, model: String = "a/b") -> SampleRecord {
    let start = Timestamp(millisecondsSinceEpoch: 0)
    var sample = SampleRecord(
      runId: "r", model: model, sampleId: id, epoch: 1, outcome: outcome, prompt: "Sort 3 1 2.\nAnswer:",
      expected: [1, 2, 3], startedAt: start, finishedAt: start)
    sample.score = score
    return sample
  }

  @Test func `samples are a line each`() {
    var right = sample("10-1", .passed, score: 1)
    right.latencyMilliseconds = 120
    right.promptTokens = 1234
    right.completionTokens = 5
    var wrong = sample("10-2", .infrastructureError, score: nil)
    wrong.reason = "timeout\u{1B}[2J"
    #expect(
      SampleView.lines([right, wrong]).text == """
        SAMPLE  OUTCOME  SCORE  LATENCY  TOKENS IN  TOKENS OUT  REASON
        10-1    passed   1.000   120 ms      1,234           5
        10-2    error        –        –          –           –  timeout\\u{1b}[2J
        """)
  }

  @Test func `models and epochs show when they differ`() {
    var second = sample("10-1", .failed, score: 0, model: "c/d")
    second.epoch = 2
    #expect(
      SampleView.lines([sample("10-1", .passed, score: 1), second]).text == """
        SAMPLE  EPOCH  MODEL  OUTCOME  SCORE  LATENCY  TOKENS IN  TOKENS OUT  REASON
        10-1        1  a/b    passed   1.000        –          –           –
        10-1        2  c/d    failed   0.000        –          –           –
        """)
  }

  @Test func `a sample in full shows hostile text harmlessly`() {
    var hostile = sample("10-1", .failed, score: 0)
    hostile.response = "3\r\n1\u{1B}]0;owned\u{7}\t2"
    hostile.reason = "wrongOrder"
    hostile.detail = "at 1"
    var part = SamplePart(name: "1k", outcome: .passed, score: 1, metadata: [:])
    part.executionMilliseconds = 12
    hostile.parts = [part]
    #expect(
      SampleView.full(hostile).text == """
        10-1 (epoch 1, a/b): failed, score 0.000
        Reason: wrongOrder: at 1
        Latency –, first token –, – tokens in, – out, cost –, calls 0, stop reason –
        Part 1k: passed, score 1.000, ran 12.0 ms
        Prompt:
          Sort 3 1 2.
          Answer:
        Answer:
          3
          1\\u{1b}]0;owned\\u{7} 2
        Expected:
          [1,2,3]

        """)
  }
}

@Suite struct OtherViewTests {
  @Test func `processed data shows its first groups`() {
    let groups = (1...12).map { DataProcess.Group(id: "u\($0)", count: $0 * 1000, average: Double($0) * 1.5) }
    let result = DataProcess.Result(
      rows: 1_000_000, groups: groups, readSeconds: 0.0123, processSeconds: 0.1, totalSeconds: 0.11)
    let text = ProcessedDataView.lines(result, all: false).text
    #expect(
      text.hasPrefix(
        """
        1,000,000 rows, 12 groups: read 12.3 ms, processed 100 ms, in all 110 ms.
        ID    COUNT  AVERAGE
        u1    1,000     1.50
        """))
    #expect(text.hasSuffix("u10  10,000    15.00\n… and 2 more; --all shows them."))
    #expect(ProcessedDataView.lines(result, all: true).count == 14)
  }

  @Test func `generated files`() {
    let result = DataGenerate.Result(files: [
      .init(path: "data/events-100.avro", rows: 100, bytes: 2345, seconds: 0.0004),
      .init(path: "data/events-1m.avro", rows: 1_000_000, bytes: 14_200_000, seconds: 0.25),
    ])
    #expect(
      GeneratedFilesView.lines(result).text == """
        FILE                       ROWS     SIZE     TIME
        data/events-100.avro        100   2.3 kB  0.40 ms
        data/events-1m.avro   1,000,000  14.2 MB   250 ms
        """)
  }

  @Test func `records of one shape are a table, others JSON`() {
    let table = DataRecords.Result(
      schema: ["type": "record", "name": "Event"], codec: "null", total: 1000,
      records: [["userId": "u1", "duration": 12], ["userId": nil, "duration": 7, "more": true]])
    #expect(
      RecordsView.lines(table).text == """
        1,000 records of Event, codec null; 2 shown.
        userId  duration
        u1            12
        –              7
        """)
    let plain = DataRecords.Result(schema: "long", codec: "deflate", total: 2, records: [1, ["a"]])
    #expect(RecordsView.lines(plain).text == "2 records, codec deflate; 2 shown.\n1\n[\"a\"]")
  }

  @Test func `a plan`() {
    var priced = BenchmarkPlan.ModelPlan(
      model: "openai/gpt-5.1", samples: 30, promptTokens: 4321, maximumCompletionTokens: 30_000)
    priced.maximumCostUSD = 0.305
    priced.estimatedCompletionTokens = 12_345
    priced.estimatedCostUSD = 0.1289
    priced.estimatedSeconds = 45.67
    let open = BenchmarkPlan.ModelPlan(
      model: "local/smollm2", samples: 30, promptTokens: 4321, maximumCompletionTokens: nil)
    #expect(
      PlanView.lines(.init(suite: "sorting", models: [priced, open])).text == """
        MODEL           SAMPLES  TOKENS IN      OUT  AT MOST OUT      COST  AT MOST COST     TIME
        openai/gpt-5.1       30     ~4,321  ~12,345       30,000  ~$0.1289       $0.3050  ~45.7 s
        local/smollm2        30     ~4,321        –            –         –             –        –
        all                  60                                          –             –        –
        """)
  }

  @Test func `suites, providers and checks`() {
    let suite = SuiteDescriptor(
      name: "sorting", version: "1", summary: "Sorts numbers.",
      options: [
        OptionDescriptor("sizes", .integerList, default: [10, 20], "Numbers to sort."),
        OptionDescriptor("seed", .integer, default: nil, "Seed."),
      ])
    #expect(
      SuitesView.lines([suite]).text == """
        sorting (version 1): Sorts numbers.
          OPTION  DEFAULT  MEANING
          sizes   10,20    Numbers to sort.
          seed    –        Seed.
        """)
    let provider = ModelsList.Provider(
      name: "openai", summary: "OpenAI", keyVariable: "OPENAI_API_KEY", keyIsSet: false,
      baseURLVariable: "OPENAI_BASE_URL", baseURL: "https://api.openai.com/v1")
    #expect(
      ProvidersView.lines([provider]).text == """
        PROVIDER  KEY                        BASE URL                                     WHAT IT IS
        openai    OPENAI_API_KEY is not set  https://api.openai.com/v1 (OPENAI_BASE_URL)  OpenAI
        """)
    let checks = [
      SystemDoctor.Check(name: "node", status: .ok, detail: "20.20.2"),
      SystemDoctor.Check(name: "bwrap", status: .missing, detail: "not found", remedy: "apt install bubblewrap"),
    ]
    #expect(
      DoctorView.lines(checks).text == """
        STATUS   CHECK  DETAIL
        ok       node   20.20.2
        missing  bwrap  not found

        What mends it
        bwrap: apt install bubblewrap
        """)
  }
}
