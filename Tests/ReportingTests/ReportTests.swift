import Contract
import JSON
import Reporting
import Testing

/// Whole documents of small runs.
@Suite struct ReportTests {
  private var run: RunSummary { Fixtures.run("run-1", "sorting", models: [Fixtures.model()], planned: 5) }

  @Test func `Markdown of one run`() async throws {
    #expect(
      try await render([run], .markdown) == """
        # sorting: openai/gpt-5.1

        Run `run-1` is complete, started 2025-06-15 15:06:40 UTC, at work for 12.3 s: 4 of 5 samples have a result.

        ## What was run

        - Suite: `sorting`, version `3`
        - Models: `openai/gpt-5.1`
        - Option `sizes`: `[10,1000]`
        - Random choice of 4 samples, seed 9
        - Seed of the samples: 7
        - Epochs: 1
        - Budget: $0.50, 20,000 tokens

        ## Results

        | Model            | Score (95 % interval) |   n | Passed | Failed | Errors | Tokens in | Tokens out | \
        Mean latency | Median latency |    Cost |
        | ---------------- | --------------------: | --: | -----: | -----: | -----: | --------: | ---------: | \
        -----------: | -------------: | ------: |
        | `openai/gpt-5.1` |    66.7 % (20.8–93.9) |   3 |      2 |      1 |      1 |    12,345 |        678 | \
               1.2 s |         950 ms | $0.0012 |

        ## Further measures, means of the scored samples

        | Model            | positionsRight |
        | ---------------- | -------------: |
        | `openai/gpt-5.1` |          0.833 |

        ## By size: `openai/gpt-5.1`

        |  Size | Score (95 % interval) |   n | Passed | Errors | Tokens in | Tokens out | Latency |     Cost |
        | ----: | --------------------: | --: | -----: | -----: | --------: | ---------: | ------: | -------: |
        |    10 |  100.0 % (34.2–100.0) |   2 |      2 |      0 |      55.3 |       31.0 |  813 ms | $0.00040 |
        | 1,000 |      0.0 % (0.0–79.4) |   1 |      0 |      1 |     4,013 |          – |   2.1 s |        – |

        The cliff of `openai/gpt-5.1`: Half of the samples pass at size 123 (95 % interval from 8.12 up). \
        Too few samples to bound the 50 % size from above. From a logistic fit to 3 results.

        ## Excluded samples

        Errors are failures of the provider or of this machine. None of these samples counts for or against a model; \
        `llmbench resume run-1` asks them again.

        | Model            | Errors | Cancelled | Missing | Most frequent errors |
        | ---------------- | -----: | --------: | ------: | -------------------- |
        | `openai/gpt-5.1` |      1 |         0 |       0 | `httpStatus (1)`     |

        ## Reasons of failures and errors

        | Model            | Reason       | Samples |
        | ---------------- | ------------ | ------: |
        | `openai/gpt-5.1` | `wrongOrder` |       1 |
        | `openai/gpt-5.1` | `httpStatus` |       1 |

        ## Some failed samples

        ### `s2`, epoch 1, `openai/gpt-5.1`

        - Outcome: failed, score 0
        - Reason: `wrongOrder`
        - Detail: `3 stands before 1`
        - Expected: `[1,3]`
        - Understood as: `[3,1]`

        Prompt:

        ```text
        Sort 3, 1.
        ```

        Answer:

        ```text
        [3, 1]
        ```

        ## Program and machine

        - llmbench `0.1.0`
        - `os`: `Debian 12`
        - `cores`: `2`
        - Ended 2025-06-15 15:06:53 UTC

        """)
  }

  @Test func `what nobody knows is a dash`() async throws {
    var run = Fixtures.run("r", "sorting", models: [ModelSummary(model: "local/a")], planned: 3)
    run.status = .interrupted
    run.message = "the process is gone"
    run.completedSamples = 0
    run.request.options = nil
    run.request.budget = nil
    run.request.sample = nil
    run.seed = nil
    run.finishedAt = nil
    run.machine = [:]
    #expect(
      try await render([run], .markdown, []) == """
        # sorting: local/a

        Run `r` was interrupted, started 2025-06-15 15:06:40 UTC, at work for 12.3 s: 0 of 3 samples have a result. \
        Reason: `the process is gone`

        ## What was run

        - Suite: `sorting`, version `3`
        - Models: `local/a`
        - Epochs: 1

        ## Results

        | Model     | Score (95 % interval) |   n | Passed | Failed | Errors | Tokens in | Tokens out | Mean latency | \
        Median latency | Cost |
        | --------- | --------------------: | --: | -----: | -----: | -----: | --------: | ---------: | -----------: | \
        -------------: | ---: |
        | `local/a` |                     – |   0 |      0 |      0 |      0 |         0 |          0 |            – | \
                     – |    – |

        ## Program and machine

        - llmbench `0.1.0`

        """)
  }

  @Test func `truncated answers and estimated tokens are said`() async throws {
    var model = Fixtures.model()
    model.truncated = 1
    model.scoreIfUnknownWrong = 0.5
    model.scoreIfUnknownRight = 0.75
    model.truncations = [ReasonCount(reason: "outputLimit", count: 1)]
    model.tokensEstimated = true
    model.meanTimeToFirstTokenMilliseconds = 45
    let text = try await render([Fixtures.run("r", "sorting", models: [model], planned: 5)], .markdown, [])
    #expect(text.contains("| Truncated |") && text.contains("| First token |") && text.contains("|  ≈ 12,345 |"))
    #expect(
      text.contains(
        "`openai/gpt-5.1`: 1 of 3 answers were cut off (1 at the token limit). The score is 50.0 % with all "
          + "of them counted as wrong, and would be 75.0 % had all been right. The interval spans both."))
    #expect(text.contains("≈: the server did not report all token counts; some were estimated here."))
  }

  @Test func `cut off answers stand apart from failures, by size too`() async throws {
    var model = Fixtures.model()
    model.groups[1].truncated = 1
    model.groups[1].scoreIfUnknownWrong = 0.25
    model.groups[1].scoreIfUnknownRight = 0.5
    let samples = [Fixtures.sample("s2", .failed), Fixtures.sample("s9", .truncated)]
    let text = try await render([Fixtures.run("run-1", "sorting", models: [model], planned: 5)], .markdown, samples)
    #expect(text.contains("|   n | Passed | Truncated | Score if all those wrong, right | Errors | Tokens in |"))
    #expect(text.contains("25.0 %, 50.0 %"))
    let parts = text.split(separator: "## Some answers cut off", omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    #expect(parts[0].contains("### `s2`") && !parts[0].contains("### `s9`"))
    #expect(parts[1].contains("### `s9`") && !parts[1].contains("### `s2`"))
  }

  @Test func `without a fit none is named`() async throws {
    var model = Fixtures.model()
    model.cliff = CliffFit(n: 2, note: "too few results for a cliff: 2, and it takes 5")
    for format in [ReportFormat.markdown, .html] {
      let text = try await render([Fixtures.run("run-1", "sorting", models: [model], planned: 5)], format)
      #expect(text.contains("Too few results for a cliff: 2, and it takes 5.") && !text.contains("logistic"))
    }
  }

  @Test func `several runs are compared by size and strategy`() async throws {
    var context = ModelSummary(model: "openai/gpt-5.1")
    context.score = 0.5
    context.n = 2
    context.promptTokens = 4100
    context.completionTokens = 90
    context.meanLatencyMilliseconds = 1500
    var small = Fixtures.group(10, score: 1, 0.2065, 1, n: 1, passed: 1)
    small.meanPromptTokens = 100
    small.meanCompletionTokens = 40
    small.meanLatencyMilliseconds = 900
    small.costUSD = 0.002
    var medium = Fixtures.group(1000, score: 0, 0, 0.7935, n: 1, passed: 0)
    medium.meanPromptTokens = 4000
    medium.meanCompletionTokens = 50
    medium.meanLatencyMilliseconds = 2100
    context.groups = [small, medium]
    var codegen = ModelSummary(model: "openai/gpt-5.1")
    codegen.score = 1
    codegen.low = 0.2065
    codegen.high = 1
    codegen.n = 1
    codegen.costUSD = 0.004
    var medium2 = Fixtures.group(1000, score: 1, 0.2065, 1, n: 1, passed: 1)
    medium2.value = 1000.0
    medium2.meanPromptTokens = 300
    medium2.meanCompletionTokens = 200
    medium2.meanLatencyMilliseconds = 4000
    medium2.meanExecutionMilliseconds = 37
    medium2.costUSD = 0.004
    var large = medium2
    large.value = 1_000_000
    large.meanExecutionMilliseconds = 912
    codegen.groups = [medium2, large]
    let text = try await render(
      [
        Fixtures.run("run-1", "events-context", models: [context], planned: 2),
        Fixtures.run("run-2", "events-codegen", models: [codegen], planned: 1),
      ], .markdown, [])
    #expect(
      text.hasPrefix(
        """
        # Comparison of 2 runs: events-context and events-codegen

        ## Side by side

        | Strategy         | Score (95 % interval) |   n | Excluded | Tokens in | Tokens out | Mean latency |    Cost |
        | ---------------- | --------------------: | --: | -------: | --------: | ---------: | -----------: | ------: |
        | `events-context` |                50.0 % |   2 |        0 |     4,100 |         90 |        1.5 s |       – |
        | `events-codegen` |  100.0 % (20.7–100.0) |   1 |        0 |         0 |          0 |            – | $0.0040 |

        ## Strategies by size

        |      Size | Strategy         | Accuracy (95 % interval) |   n | Tokens |   Time |    Cost |
        | --------: | ---------------- | -----------------------: | --: | -----: | -----: | ------: |
        |        10 | `events-context` |     100.0 % (20.7–100.0) |   1 |    140 | 900 ms | $0.0020 |
        |     1,000 | `events-context` |         0.0 % (0.0–79.4) |   1 |  4,050 |  2.1 s |       – |
        |     1,000 | `events-codegen` |     100.0 % (20.7–100.0) |   1 |    500 |  4.0 s | $0.0040 |
        | 1,000,000 | `events-codegen` |     100.0 % (20.7–100.0) |   1 |    500 |  4.9 s | $0.0040 |

        Tokens, time and cost are means for one answer: prompt and answer together; latency, and with it the time \
        that generated code ran.

        ## Run `run-1`: `events-context`

        """))
    #expect(text.contains("\n## Run `run-2`: `events-codegen`\n") && text.contains("\n### Results\n"))
  }

  @Test func `strategies of the same suite and model are told apart by run`() async throws {
    let runs = ["a", "b"].map { Fixtures.run($0, "sorting", models: [Fixtures.model()], planned: 5) }
    let text = try await render(runs, .markdown, [])
    #expect(text.hasPrefix("# Comparison of 2 runs: sorting\n"))
    #expect(text.contains("| `sorting, a` |") && text.contains("| `sorting, b` |"))
  }

  @Test func `CSV has one row a sample`() async throws {
    var failed = Fixtures.samples()[1]
    failed.detail = "3 \"stands\" before 1"
    failed.response = "-3\r\n1"
    let text = try await render([run], .csv, [failed, Fixtures.samples()[3]])
    #expect(
      text == """
        runId,suite,model,sampleId,epoch,outcome,score,reason,detail,expected,extracted,response,stopReason,\
        latencyMilliseconds,timeToFirstTokenMilliseconds,promptTokens,completionTokens,tokensEstimated,costUSD,attempts,\
        startedAt,finishedAt,metrics,metadata,cached,originalLatencyMilliseconds\r
        run-1,sorting,openai/gpt-5.1,s2,1,failed,0.0,wrongOrder,"3 ""stands"" before 1","[1,3]","[3,1]","'-3\r
        1",,1250.0,,20,,false,,0,2025-06-15T15:06:40.500Z,2025-06-15T15:06:41.750Z,\
        "{""positionsRight"":0.0}","{""size"":10}",false,\r
        run-1,sorting,openai/gpt-5.1,s4,1,infrastructureError,,httpStatus,"status 503","[1,3]",,,,,,,,false,,0,\
        2025-06-15T15:06:40.500Z,2025-06-15T15:06:41.750Z,,,false,\r

        """)
  }

  @Test func `JUnit tells failures, errors and skipped samples apart`() async throws {
    #expect(
      try await render([run], .junit) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="llmbench" tests="5" failures="1" errors="1" time="6.250">
          <testsuite name="sorting.openai/gpt-5.1" tests="5" failures="1" errors="1" skipped="1" time="6.250" \
        timestamp="2025-06-15T15:06:40">
            <properties>
              <property name="runId" value="run-1"/>
              <property name="model" value="openai/gpt-5.1"/>
              <property name="suiteVersion" value="3"/>
              <property name="status" value="completed"/>
              <property name="programVersion" value="0.1.0"/>
            </properties>
            <testcase classname="sorting.openai/gpt-5.1" name="s1" time="1.250"/>
            <testcase classname="sorting.openai/gpt-5.1" name="s2" time="1.250">
              <failure type="failed" message="wrongOrder: 3 stands before 1">expected: [1,3]
        answer: [3, 1]</failure>
            </testcase>
            <testcase classname="sorting.openai/gpt-5.1" name="s3" time="1.250"/>
            <testcase classname="sorting.openai/gpt-5.1" name="s4" time="1.250">
              <error type="infrastructureError" message="httpStatus: status 503">expected: [1,3]</error>
            </testcase>
            <testcase classname="sorting.openai/gpt-5.1" name="s5" time="1.250">
              <skipped message="cancelled"/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func `JUnit counts an answer that was cut off as without verdict`() async throws {
    let text = try await render([run], .junit, [Fixtures.sample("s1", .truncated)])
    #expect(text.contains("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""))
    #expect(text.contains("<error type=\"truncated\" message=\"truncated\">"))
  }

  @Test func `JSON holds every summary and sample in full`() async throws {
    let value = try JSONParser().parse(try await render([run], .json))
    let decoder = JSONValueDecoder()
    #expect(try decoder.decode([RunSummary].self, from: value["runs"] ?? .null) == [run])
    #expect(try decoder.decode([SampleRecord].self, from: value["samples"] ?? .null) == Fixtures.samples())
  }

  @Test func `HTML is one page of the same content`() async throws {
    let text = try await render([run], .html)
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    for part in [
      "<title>sorting: openai/gpt-5.1</title>", "<h2>Results</h2>", "<h2>By size: <code>openai/gpt-5.1</code></h2>",
      "<td class=\"number\">66.7 % (20.8–93.9)</td>", "<td class=\"number\">–</td>", "<pre>[3, 1]</pre>",
      "<li>Random choice of 4 samples, seed 9</li>",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    for part in ["<script", "http:", "https:", "src=", "href="] { #expect(!text.contains(part), "\(part)") }
    try expectNested(text, allowing: htmlTags)
  }

  @Test func `a report of nothing is refused`() async throws {
    for format in ReportFormat.allCases {
      let error = await #expect(throws: ServiceError.self) { try await render([], format) }
      #expect(error?.kind == .invalidParams)
    }
  }

  @Test func `a source that fails ends the report`() async throws {
    for format in ReportFormat.allCases {
      await #expect(throws: ServiceError.self) {
        try await render([run], nil, format) { _, _ in
          throw ServiceError(.storeUnavailable, "gone")
        }
      }
    }
  }
}
