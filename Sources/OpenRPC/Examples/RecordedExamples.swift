// Written by scripts/record-examples from Protocol/examples; not to be edited.
// swift-format-ignore-file

/// Exchanges that took place, by method.
enum RecordedExamples {
  static let all: [String: [Example]] = [
    "$/cancelRequest": [
      Example(
        "A request is cancelled",
        params: #"""
          {
           "id": "run"
          }
          """#,
        result: #"null"#),
    ],
    "$/logTrace": [
      Example(
        "A request was answered",
        params: #"""
          {
           "message": "results.query (1) was answered"
          }
          """#,
        result: #"null"#),
      Example(
        "The same, told at length",
        params: #"""
          {
           "message": "results.query (2) was answered",
           "verbose": "queued for 0.065 ms, ran for 1.141 ms, 70 bytes in, 63 bytes out"
          }
          """#,
        result: #"null"#),
    ],
    "$/progress": [
      Example(
        "A run begins",
        params: #"""
          {
           "token": "progress",
           "value": {
            "kind": "begin",
            "title": "sorting on replay/sorting.jsonl",
            "cancellable": true,
            "message": "0 of 4",
            "percentage": 0,
            "runId": "20261121-194553-ttzg99",
            "sequence": 0,
            "completed": 0,
            "total": 4,
            "passed": 0,
            "errors": 0,
            "samplesPerSecond": null,
            "remainingSeconds": null,
            "waiting": null
           }
          }
          """#,
        result: #"null"#),
      Example(
        "A sample has ended",
        params: #"""
          {
           "token": "samples",
           "value": {
            "runId": "20261121-194553-ttzg99",
            "sequence": 1,
            "model": "replay/sorting.jsonl",
            "sampleId": "size=3/1",
            "epoch": 1,
            "outcome": "passed",
            "score": 1.0,
            "reason": null,
            "detail": null,
            "prompt": "Put these 3 integers in ascending order. Keep every number, repeated ones as often as they occur.\nAnswer with the sorted JSON array of integers alone: no explanation, no code.\n\n[4330, 4666, 5633]",
            "response": "[4330, 4666, 5633]",
            "reasoning": null,
            "expected": [
             4330,
             4666,
             5633
            ],
            "extracted": [
             4330,
             4666,
             5633
            ],
            "stopReason": "stop",
            "latencyMilliseconds": 212.0,
            "timeToFirstTokenMilliseconds": 106.0,
            "promptTokens": 52,
            "completionTokens": 9,
            "tokensEstimated": false,
            "costUSD": 0.0,
            "telemetry": {
             "cachedPromptTokens": null,
             "cacheWriteTokens": null,
             "reasoningTokens": null,
             "connectMilliseconds": null,
             "loadMilliseconds": null,
             "promptMilliseconds": null,
             "generationMilliseconds": null,
             "promptTokensPerSecond": null,
             "generationTokensPerSecond": null,
             "servedModel": "small",
             "responseId": null,
             "omittedParameters": null,
             "gpu": null
            },
            "attempts": 1,
            "cached": false,
            "originalLatencyMilliseconds": null,
            "metrics": {
             "positionsRight": 1.0
            },
            "parts": [],
            "metadata": {
             "size": 3
            },
            "scoringRevision": 1,
            "earlierScores": [],
            "startedAt": "2026-11-21T19:45:53.776Z",
            "finishedAt": "2026-11-21T19:45:53.777Z"
           }
          }
          """#,
        result: #"null"#),
    ],
    "$/setTrace": [
      Example(
        "No trace",
        params: #"""
          {
           "value": "off"
          }
          """#,
        result: #"null"#),
    ],
    "benchmark.attach": [
      Example(
        "What a client missed: the samples behind the second",
        params: #"""
          {
           "runId": "20261121-194553-ttzg99",
           "afterSequence": 2,
           "partialResultToken": "rest"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-194553-ttzg99",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T19:45:53.761Z",
           "finishedAt": "2026-11-21T19:45:53.782Z",
           "durationSeconds": 0.006221053,
           "plannedSamples": 4,
           "completedSamples": 4,
           "models": [
            {
             "model": "replay/sorting.jsonl",
             "score": 0.5,
             "low": 0.15003898915214953,
             "high": 0.9544127391902995,
             "scoreIfUnknownWrong": 0.5,
             "scoreIfUnknownRight": 0.75,
             "n": 4,
             "passed": 2,
             "failed": 1,
             "partial": 0,
             "truncated": 1,
             "modelErrors": 0,
             "errors": 0,
             "cancelled": 0,
             "cached": 0,
             "missing": 0,
             "promptTokens": 224,
             "completionTokens": 48,
             "tokensEstimated": false,
             "costUSD": 0.0,
             "durationSeconds": 0.001,
             "meanLatencyMilliseconds": 228.5,
             "medianLatencyMilliseconds": 231.5,
             "meanTimeToFirstTokenMilliseconds": 114.25,
             "metrics": {
              "positionsRight": 0.5833333333333333
             },
             "groups": [
              {
               "dimension": "size",
               "value": 3,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 0.9054687942657693,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": null,
               "scoreIfUnknownRight": null,
               "truncated": 0,
               "errors": 0,
               "meanPromptTokens": 52.0,
               "meanCompletionTokens": 9.0,
               "meanLatencyMilliseconds": 199.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.6666666666666666
               }
              },
              {
               "dimension": "size",
               "value": 5,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 1.0,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": 0.5,
               "scoreIfUnknownRight": 1.0,
               "truncated": 1,
               "errors": 0,
               "meanPromptTokens": 60.0,
               "meanCompletionTokens": 15.0,
               "meanLatencyMilliseconds": 257.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.5
               }
              }
             ],
             "cliff": {
              "sizeAt50": null,
              "sizeAt50Low": null,
              "sizeAt50High": null,
              "sizeAt95": null,
              "sizeAt95Low": null,
              "sizeAt95High": null,
              "n": 3,
              "note": "too few results for a cliff: 3, and it takes 5"
             },
             "reasons": [
              {
               "reason": "wrongOrder",
               "count": 1
              }
             ],
             "reduced": null,
             "truncations": [
              {
               "reason": "outputLimit",
               "count": 1
              }
             ],
             "gpu": null
            }
           ],
           "request": {
            "suite": "sorting",
            "models": [
             "replay/sorting.jsonl"
            ],
            "options": {
             "sizes": [
              3,
              5
             ],
             "samples": 2
            },
            "sample": null,
            "epochs": null,
            "concurrency": 1,
            "requestsPerMinute": null,
            "budget": null,
            "detached": null,
            "temperature": null,
            "maximumOutputTokens": null,
            "modelOptions": null,
            "baseURL": null,
            "record": null,
            "attemptTimeoutSeconds": null,
            "sampleTimeoutSeconds": null,
            "retries": null,
            "prices": null,
            "allowUnknownPrice": null,
            "cache": null,
            "reducer": null,
            "k": null,
            "gpuIntervalSeconds": null
           },
           "seed": 7,
           "programVersion": "0.1.0",
           "machine": {
            "system": "Linux",
            "kernel": "6.18.44-fc-v657",
            "architecture": "x86_64",
            "cores": 2,
            "memoryBytes": 25276510208,
            "processor": "AMD EPYC"
           },
           "prices": [
            {
             "model": "replay/sorting.jsonl",
             "inputUSDPerMillion": 0.0,
             "cachedInputUSDPerMillion": null,
             "cacheWriteUSDPerMillion": null,
             "outputUSDPerMillion": 0.0,
             "longPrompt": null,
             "source": "recorded answers, nothing is sent",
             "asOf": "2026-11-21"
            }
           ],
           "spent": null,
           "scorings": []
          }
          """#),
    ],
    "benchmark.cancel": [
      Example(
        "A run is stopped, whoever started it",
        params: #"""
          {
           "runId": "20261121-194551-jjpq39"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-194551-jjpq39",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "cancelled",
           "message": null,
           "startedAt": "2026-11-21T19:45:51.791Z",
           "finishedAt": "2026-11-21T19:45:51.885Z",
           "durationSeconds": 0.061151945,
           "plannedSamples": 2,
           "completedSamples": 0,
           "models": [
            {
             "model": "local/slow",
             "score": null,
             "low": null,
             "high": null,
             "scoreIfUnknownWrong": null,
             "scoreIfUnknownRight": null,
             "n": 0,
             "passed": 0,
             "failed": 0,
             "partial": 0,
             "truncated": 0,
             "modelErrors": 0,
             "errors": 0,
             "cancelled": 0,
             "cached": 0,
             "missing": 2,
             "promptTokens": 0,
             "completionTokens": 0,
             "tokensEstimated": false,
             "costUSD": null,
             "durationSeconds": 0.0,
             "meanLatencyMilliseconds": null,
             "medianLatencyMilliseconds": null,
             "meanTimeToFirstTokenMilliseconds": null,
             "metrics": {},
             "groups": [],
             "cliff": null,
             "reasons": [],
             "reduced": null,
             "truncations": [],
             "gpu": null
            }
           ],
           "request": {
            "suite": "sorting",
            "models": [
             "local/slow"
            ],
            "options": {
             "sizes": [
              3
             ],
             "samples": 2
            },
            "sample": null,
            "epochs": null,
            "concurrency": 1,
            "requestsPerMinute": null,
            "budget": null,
            "detached": true,
            "temperature": null,
            "maximumOutputTokens": null,
            "modelOptions": null,
            "baseURL": "http://127.0.0.1:50312/v1",
            "record": null,
            "attemptTimeoutSeconds": null,
            "sampleTimeoutSeconds": null,
            "retries": null,
            "prices": null,
            "allowUnknownPrice": null,
            "cache": null,
            "reducer": null,
            "k": null,
            "gpuIntervalSeconds": null
           },
           "seed": 7,
           "programVersion": "0.1.0",
           "machine": {
            "system": "Linux",
            "kernel": "6.18.44-fc-v657",
            "architecture": "x86_64",
            "cores": 2,
            "memoryBytes": 25276510208,
            "processor": "AMD EPYC",
            "gpus": []
           },
           "prices": [
            {
             "model": "local/slow",
             "inputUSDPerMillion": 0.0,
             "cachedInputUSDPerMillion": null,
             "cacheWriteUSDPerMillion": null,
             "outputUSDPerMillion": 0.0,
             "longPrompt": null,
             "source": "on your own machine, nobody bills tokens",
             "asOf": "2026-11-21"
            }
           ],
           "spent": null,
           "scorings": []
          }
          """#),
    ],
    "benchmark.check": [
      Example(
        "A suite's grader, put to the test",
        params: #"""
          {
           "suite": "sorting",
           "options": {
            "sizes": [
             3
            ],
            "samples": 1
           }
          }
          """#,
        result: #"""
          {
           "suite": "sorting",
           "suiteVersion": "1",
           "isSound": true,
           "references": [
            {
             "name": "the sorted list",
             "sampleId": "size=3/1",
             "isRight": true,
             "isAsExpected": true,
             "verdict": {
              "outcome": "passed",
              "score": 1.0,
              "reason": null,
              "detail": null
             }
            },
            {
             "name": "the sorted list in a fence, after a sentence",
             "sampleId": "size=3/1",
             "isRight": true,
             "isAsExpected": true,
             "verdict": {
              "outcome": "passed",
              "score": 1.0,
              "reason": null,
              "detail": null
             }
            }
           ]
          }
          """#),
    ],
    "benchmark.list": [
      Example(
        "All suites",
        params: #"{}"#,
        result: #"""
          {
           "suites": [
            {
             "name": "context-window",
             "version": "1",
             "summary": "Finds one fact, and adds up facts, in texts of growing length, measured in the model's own tokens.",
             "options": [
              {
               "name": "lengths",
               "kind": "integerList",
               "defaultValue": [
                1000,
                4000,
                16000
               ],
               "summary": "Lengths of the whole prompt in tokens, 500 to 2000000."
              },
              {
               "name": "tasks",
               "kind": "stringList",
               "defaultValue": [
                "needle",
                "aggregation"
               ],
               "summary": "needle: one code among others; aggregation: a sum of amounts that lie apart."
              }
             ],
             "dimension": "size",
             "executesCode": false
            },
            {
             "name": "events-codegen",
             "version": "1",
             "summary": "Has a program written that filters, groups and averages events, and runs it on files of growing size.",
             "options": [
              {
               "name": "sizes",
               "kind": "integerList",
               "defaultValue": [
                100,
                1000,
                10000,
                100000,
                1000000
               ],
               "summary": "Events in the files, at most 10000000."
              },
              {
               "name": "language",
               "kind": "string",
               "defaultValue": "typescript",
               "summary": "typescript or javascript."
              }
             ],
             "dimension": "size",
             "executesCode": true
            }
           ]
          }
          """#),
    ],
    "benchmark.plan": [
      Example(
        "What a run on a hosted model would send",
        params: #"""
          {
           "suite": "sorting",
           "models": [
            "openai/gpt-5.1"
           ],
           "options": {
            "sizes": [
             10,
             20
            ],
            "samples": 5
           },
           "maximumOutputTokens": 200
          }
          """#,
        result: #"""
          {
           "suite": "sorting",
           "models": [
            {
             "model": "openai/gpt-5.1",
             "samples": 10,
             "promptTokens": 934,
             "maximumCompletionTokens": 2000,
             "estimatedCompletionTokens": null,
             "estimatedCostUSD": null,
             "maximumCostUSD": 0.02672875,
             "estimatedSeconds": null,
             "basedOnAnswers": 0
            }
           ],
           "estimatedCostUSD": null,
           "maximumCostUSD": 0.02672875,
           "estimatedSeconds": null
          }
          """#),
    ],
    "benchmark.rescore": [
      Example(
        "Stored answers, judged again",
        params: #"""
          {
           "runId": "20261121-194553-ttzg99",
           "dryRun": true
          }
          """#,
        result: #"""
          {
           "runId": "20261121-194553-ttzg99",
           "revision": null,
           "rescored": 4,
           "flipped": 0,
           "flips": [],
           "withoutAnswer": 0,
           "skippedSamples": 0,
           "skipped": [],
           "run": {
            "runId": "20261121-194553-ttzg99",
            "suite": "sorting",
            "suiteVersion": "1",
            "status": "completed",
            "message": null,
            "startedAt": "2026-11-21T19:45:53.761Z",
            "finishedAt": "2026-11-21T19:45:53.782Z",
            "durationSeconds": 0.006221053,
            "plannedSamples": 4,
            "completedSamples": 4,
            "models": [
             {
              "model": "replay/sorting.jsonl",
              "score": 0.5,
              "low": 0.15003898915214953,
              "high": 0.9544127391902995,
              "scoreIfUnknownWrong": 0.5,
              "scoreIfUnknownRight": 0.75,
              "n": 4,
              "passed": 2,
              "failed": 1,
              "partial": 0,
              "truncated": 1,
              "modelErrors": 0,
              "errors": 0,
              "cancelled": 0,
              "cached": 0,
              "missing": 0,
              "promptTokens": 224,
              "completionTokens": 48,
              "tokensEstimated": false,
              "costUSD": 0.0,
              "durationSeconds": 0.001,
              "meanLatencyMilliseconds": 228.5,
              "medianLatencyMilliseconds": 231.5,
              "meanTimeToFirstTokenMilliseconds": 114.25,
              "metrics": {
               "positionsRight": 0.5833333333333333
              },
              "groups": [
               {
                "dimension": "size",
                "value": 3,
                "score": 0.5,
                "low": 0.09453120573423074,
                "high": 0.9054687942657693,
                "n": 2,
                "passed": 1,
                "scoreIfUnknownWrong": null,
                "scoreIfUnknownRight": null,
                "truncated": 0,
                "errors": 0,
                "meanPromptTokens": 52.0,
                "meanCompletionTokens": 9.0,
                "meanLatencyMilliseconds": 199.5,
                "meanExecutionMilliseconds": null,
                "costUSD": 0.0,
                "metrics": {
                 "positionsRight": 0.6666666666666666
                }
               },
               {
                "dimension": "size",
                "value": 5,
                "score": 0.5,
                "low": 0.09453120573423074,
                "high": 1.0,
                "n": 2,
                "passed": 1,
                "scoreIfUnknownWrong": 0.5,
                "scoreIfUnknownRight": 1.0,
                "truncated": 1,
                "errors": 0,
                "meanPromptTokens": 60.0,
                "meanCompletionTokens": 15.0,
                "meanLatencyMilliseconds": 257.5,
                "meanExecutionMilliseconds": null,
                "costUSD": 0.0,
                "metrics": {
                 "positionsRight": 0.5
                }
               }
              ],
              "cliff": {
               "sizeAt50": null,
               "sizeAt50Low": null,
               "sizeAt50High": null,
               "sizeAt95": null,
               "sizeAt95Low": null,
               "sizeAt95High": null,
               "n": 3,
               "note": "too few results for a cliff: 3, and it takes 5"
              },
              "reasons": [
               {
                "reason": "wrongOrder",
                "count": 1
               }
              ],
              "reduced": null,
              "truncations": [
               {
                "reason": "outputLimit",
                "count": 1
               }
              ],
              "gpu": null
             }
            ],
            "request": {
             "suite": "sorting",
             "models": [
              "replay/sorting.jsonl"
             ],
             "options": {
              "sizes": [
               3,
               5
              ],
              "samples": 2
             },
             "sample": null,
             "epochs": null,
             "concurrency": 1,
             "requestsPerMinute": null,
             "budget": null,
             "detached": null,
             "temperature": null,
             "maximumOutputTokens": null,
             "modelOptions": null,
             "baseURL": null,
             "record": null,
             "attemptTimeoutSeconds": null,
             "sampleTimeoutSeconds": null,
             "retries": null,
             "prices": null,
             "allowUnknownPrice": null,
             "cache": null,
             "reducer": null,
             "k": null,
             "gpuIntervalSeconds": null
            },
            "seed": 7,
            "programVersion": "0.1.0",
            "machine": {
             "system": "Linux",
             "kernel": "6.18.44-fc-v657",
             "architecture": "x86_64",
             "cores": 2,
             "memoryBytes": 25276510208,
             "processor": "AMD EPYC"
            },
            "prices": [
             {
              "model": "replay/sorting.jsonl",
              "inputUSDPerMillion": 0.0,
              "cachedInputUSDPerMillion": null,
              "cacheWriteUSDPerMillion": null,
              "outputUSDPerMillion": 0.0,
              "longPrompt": null,
              "source": "recorded answers, nothing is sent",
              "asOf": "2026-11-21"
             }
            ],
            "spent": null,
            "scorings": []
           }
          }
          """#),
    ],
    "benchmark.resume": [
      Example(
        "A run with nothing left to ask",
        params: #"""
          {
           "runId": "20261121-194553-ttzg99"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-194553-ttzg99",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T19:45:53.761Z",
           "finishedAt": "2026-11-21T19:45:53.782Z",
           "durationSeconds": 0.006221053,
           "plannedSamples": 4,
           "completedSamples": 4,
           "models": [
            {
             "model": "replay/sorting.jsonl",
             "score": 0.5,
             "low": 0.15003898915214953,
             "high": 0.9544127391902995,
             "scoreIfUnknownWrong": 0.5,
             "scoreIfUnknownRight": 0.75,
             "n": 4,
             "passed": 2,
             "failed": 1,
             "partial": 0,
             "truncated": 1,
             "modelErrors": 0,
             "errors": 0,
             "cancelled": 0,
             "cached": 0,
             "missing": 0,
             "promptTokens": 224,
             "completionTokens": 48,
             "tokensEstimated": false,
             "costUSD": 0.0,
             "durationSeconds": 0.001,
             "meanLatencyMilliseconds": 228.5,
             "medianLatencyMilliseconds": 231.5,
             "meanTimeToFirstTokenMilliseconds": 114.25,
             "metrics": {
              "positionsRight": 0.5833333333333333
             },
             "groups": [
              {
               "dimension": "size",
               "value": 3,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 0.9054687942657693,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": null,
               "scoreIfUnknownRight": null,
               "truncated": 0,
               "errors": 0,
               "meanPromptTokens": 52.0,
               "meanCompletionTokens": 9.0,
               "meanLatencyMilliseconds": 199.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.6666666666666666
               }
              },
              {
               "dimension": "size",
               "value": 5,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 1.0,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": 0.5,
               "scoreIfUnknownRight": 1.0,
               "truncated": 1,
               "errors": 0,
               "meanPromptTokens": 60.0,
               "meanCompletionTokens": 15.0,
               "meanLatencyMilliseconds": 257.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.5
               }
              }
             ],
             "cliff": {
              "sizeAt50": null,
              "sizeAt50Low": null,
              "sizeAt50High": null,
              "sizeAt95": null,
              "sizeAt95Low": null,
              "sizeAt95High": null,
              "n": 3,
              "note": "too few results for a cliff: 3, and it takes 5"
             },
             "reasons": [
              {
               "reason": "wrongOrder",
               "count": 1
              }
             ],
             "reduced": null,
             "truncations": [
              {
               "reason": "outputLimit",
               "count": 1
              }
             ],
             "gpu": null
            }
           ],
           "request": {
            "suite": "sorting",
            "models": [
             "replay/sorting.jsonl"
            ],
            "options": {
             "sizes": [
              3,
              5
             ],
             "samples": 2
            },
            "sample": null,
            "epochs": null,
            "concurrency": 1,
            "requestsPerMinute": null,
            "budget": null,
            "detached": null,
            "temperature": null,
            "maximumOutputTokens": null,
            "modelOptions": null,
            "baseURL": null,
            "record": null,
            "attemptTimeoutSeconds": null,
            "sampleTimeoutSeconds": null,
            "retries": null,
            "prices": null,
            "allowUnknownPrice": null,
            "cache": null,
            "reducer": null,
            "k": null,
            "gpuIntervalSeconds": null
           },
           "seed": 7,
           "programVersion": "0.1.0",
           "machine": {
            "system": "Linux",
            "kernel": "6.18.44-fc-v657",
            "architecture": "x86_64",
            "cores": 2,
            "memoryBytes": 25276510208,
            "processor": "AMD EPYC"
           },
           "prices": [
            {
             "model": "replay/sorting.jsonl",
             "inputUSDPerMillion": 0.0,
             "cachedInputUSDPerMillion": null,
             "cacheWriteUSDPerMillion": null,
             "outputUSDPerMillion": 0.0,
             "longPrompt": null,
             "source": "recorded answers, nothing is sent",
             "asOf": "2026-11-21"
            }
           ],
           "spent": null,
           "scorings": []
          }
          """#),
    ],
    "benchmark.run": [
      Example(
        "A run that outlives its connection",
        params: #"""
          {
           "suite": "sorting",
           "models": [
            "local/slow"
           ],
           "baseURL": "http://127.0.0.1:50312/v1",
           "options": {
            "sizes": [
             3
            ],
            "samples": 2
           },
           "concurrency": 1,
           "detached": true
          }
          """#,
        result: #"""
          {
           "runId": "20261121-194551-jjpq39",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "running",
           "message": null,
           "startedAt": "2026-11-21T19:45:51.791Z",
           "finishedAt": null,
           "durationSeconds": 0.074,
           "plannedSamples": 2,
           "completedSamples": 0,
           "models": [
            {
             "model": "local/slow",
             "score": null,
             "low": null,
             "high": null,
             "scoreIfUnknownWrong": null,
             "scoreIfUnknownRight": null,
             "n": 0,
             "passed": 0,
             "failed": 0,
             "partial": 0,
             "truncated": 0,
             "modelErrors": 0,
             "errors": 0,
             "cancelled": 0,
             "cached": 0,
             "missing": 2,
             "promptTokens": 0,
             "completionTokens": 0,
             "tokensEstimated": false,
             "costUSD": null,
             "durationSeconds": 0.0,
             "meanLatencyMilliseconds": null,
             "medianLatencyMilliseconds": null,
             "meanTimeToFirstTokenMilliseconds": null,
             "metrics": {},
             "groups": [],
             "cliff": null,
             "reasons": [],
             "reduced": null,
             "truncations": [],
             "gpu": null
            }
           ],
           "request": {
            "suite": "sorting",
            "models": [
             "local/slow"
            ],
            "options": {
             "sizes": [
              3
             ],
             "samples": 2
            },
            "sample": null,
            "epochs": null,
            "concurrency": 1,
            "requestsPerMinute": null,
            "budget": null,
            "detached": true,
            "temperature": null,
            "maximumOutputTokens": null,
            "modelOptions": null,
            "baseURL": "http://127.0.0.1:50312/v1",
            "record": null,
            "attemptTimeoutSeconds": null,
            "sampleTimeoutSeconds": null,
            "retries": null,
            "prices": null,
            "allowUnknownPrice": null,
            "cache": null,
            "reducer": null,
            "k": null,
            "gpuIntervalSeconds": null
           },
           "seed": 7,
           "programVersion": "0.1.0",
           "machine": {
            "system": "Linux",
            "kernel": "6.18.44-fc-v657",
            "architecture": "x86_64",
            "cores": 2,
            "memoryBytes": 25276510208,
            "processor": "AMD EPYC",
            "gpus": []
           },
           "prices": [
            {
             "model": "local/slow",
             "inputUSDPerMillion": 0.0,
             "cachedInputUSDPerMillion": null,
             "cacheWriteUSDPerMillion": null,
             "outputUSDPerMillion": 0.0,
             "longPrompt": null,
             "source": "on your own machine, nobody bills tokens",
             "asOf": "2026-11-21"
            }
           ],
           "spent": null,
           "scorings": []
          }
          """#),
      Example(
        "Lists to sort, answered from a recording",
        params: #"""
          {
           "suite": "sorting",
           "models": [
            "replay/sorting.jsonl"
           ],
           "options": {
            "sizes": [
             3,
             5
            ],
            "samples": 2
           },
           "concurrency": 1,
           "workDoneToken": "progress",
           "partialResultToken": "samples"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-194553-ttzg99",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T19:45:53.761Z",
           "finishedAt": "2026-11-21T19:45:53.782Z",
           "durationSeconds": 0.006221053,
           "plannedSamples": 4,
           "completedSamples": 4,
           "models": [
            {
             "model": "replay/sorting.jsonl",
             "score": 0.5,
             "low": 0.15003898915214953,
             "high": 0.9544127391902995,
             "scoreIfUnknownWrong": 0.5,
             "scoreIfUnknownRight": 0.75,
             "n": 4,
             "passed": 2,
             "failed": 1,
             "partial": 0,
             "truncated": 1,
             "modelErrors": 0,
             "errors": 0,
             "cancelled": 0,
             "cached": 0,
             "missing": 0,
             "promptTokens": 224,
             "completionTokens": 48,
             "tokensEstimated": false,
             "costUSD": 0.0,
             "durationSeconds": 0.001,
             "meanLatencyMilliseconds": 228.5,
             "medianLatencyMilliseconds": 231.5,
             "meanTimeToFirstTokenMilliseconds": 114.25,
             "metrics": {
              "positionsRight": 0.5833333333333333
             },
             "groups": [
              {
               "dimension": "size",
               "value": 3,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 0.9054687942657693,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": null,
               "scoreIfUnknownRight": null,
               "truncated": 0,
               "errors": 0,
               "meanPromptTokens": 52.0,
               "meanCompletionTokens": 9.0,
               "meanLatencyMilliseconds": 199.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.6666666666666666
               }
              },
              {
               "dimension": "size",
               "value": 5,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 1.0,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": 0.5,
               "scoreIfUnknownRight": 1.0,
               "truncated": 1,
               "errors": 0,
               "meanPromptTokens": 60.0,
               "meanCompletionTokens": 15.0,
               "meanLatencyMilliseconds": 257.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.5
               }
              }
             ],
             "cliff": {
              "sizeAt50": null,
              "sizeAt50Low": null,
              "sizeAt50High": null,
              "sizeAt95": null,
              "sizeAt95Low": null,
              "sizeAt95High": null,
              "n": 3,
              "note": "too few results for a cliff: 3, and it takes 5"
             },
             "reasons": [
              {
               "reason": "wrongOrder",
               "count": 1
              }
             ],
             "reduced": null,
             "truncations": [
              {
               "reason": "outputLimit",
               "count": 1
              }
             ],
             "gpu": null
            }
           ],
           "request": {
            "suite": "sorting",
            "models": [
             "replay/sorting.jsonl"
            ],
            "options": {
             "sizes": [
              3,
              5
             ],
             "samples": 2
            },
            "sample": null,
            "epochs": null,
            "concurrency": 1,
            "requestsPerMinute": null,
            "budget": null,
            "detached": null,
            "temperature": null,
            "maximumOutputTokens": null,
            "modelOptions": null,
            "baseURL": null,
            "record": null,
            "attemptTimeoutSeconds": null,
            "sampleTimeoutSeconds": null,
            "retries": null,
            "prices": null,
            "allowUnknownPrice": null,
            "cache": null,
            "reducer": null,
            "k": null,
            "gpuIntervalSeconds": null
           },
           "seed": 7,
           "programVersion": "0.1.0",
           "machine": {
            "system": "Linux",
            "kernel": "6.18.44-fc-v657",
            "architecture": "x86_64",
            "cores": 2,
            "memoryBytes": 25276510208,
            "processor": "AMD EPYC"
           },
           "prices": [
            {
             "model": "replay/sorting.jsonl",
             "inputUSDPerMillion": 0.0,
             "cachedInputUSDPerMillion": null,
             "cacheWriteUSDPerMillion": null,
             "outputUSDPerMillion": 0.0,
             "longPrompt": null,
             "source": "recorded answers, nothing is sent",
             "asOf": "2026-11-21"
            }
           ],
           "spent": null,
           "scorings": []
          }
          """#),
    ],
    "code.execute": [
      Example(
        "A line, backwards",
        params: #"""
          {
           "language": "python",
           "code": "print(input()[::-1])",
           "stdin": "stressed"
          }
          """#,
        result: #"""
          {
           "verdict": "ok",
           "exitCode": 0,
           "signal": null,
           "standardOutput": "desserts\n",
           "standardError": "",
           "cpuSeconds": 0.043536,
           "wallSeconds": 0.23259868899913272,
           "peakMemoryBytes": 7811072,
           "runtime": "python 3.11.7"
          }
          """#),
    ],
    "data.generate": [
      Example(
        "Two files of random events",
        params: #"""
          {
           "sizes": [
            1000,
            20000
           ],
           "output": "data",
           "codec": "deflate",
           "seed": 7
          }
          """#,
        result: #"""
          {
           "files": [
            {
             "path": "data/events-1k.avro",
             "rows": 1000,
             "bytes": 3087,
             "seconds": 0.0031400860000000003
            },
            {
             "path": "data/events-20k.avro",
             "rows": 20000,
             "bytes": 52988,
             "seconds": 0.027976277
            }
           ]
          }
          """#),
    ],
    "data.process": [
      Example(
        "Mean duration of each user, of long events",
        params: #"""
          {
           "path": "data/events-1k.avro",
           "threshold": 195
          }
          """#,
        result: #"""
          {
           "rows": 1000,
           "groups": [
            {
             "id": "user1",
             "count": 2,
             "average": 196.5
            },
            {
             "id": "user12",
             "count": 2,
             "average": 199.0
            }
           ],
           "readSeconds": 0.000424324,
           "processSeconds": 0.000213498,
           "totalSeconds": 0.000666454
          }
          """#),
    ],
    "data.records": [
      Example(
        "Two records from the middle",
        params: #"""
          {
           "path": "data/events-1k.avro",
           "limit": 2,
           "offset": 500
          }
          """#,
        result: #"""
          {
           "schema": {
            "type": "record",
            "name": "Event",
            "namespace": "com.example.events",
            "fields": [
             {
              "name": "userId",
              "type": "string"
             },
             {
              "name": "duration",
              "type": "int"
             }
            ]
           },
           "codec": "deflate",
           "total": 1000,
           "records": [
            {
             "userId": "user9",
             "duration": 155
            },
            {
             "userId": "user2",
             "duration": 68
            }
           ]
          }
          """#),
    ],
    "exit": [
      Example(
        "The editor is gone",
        params: #"{}"#,
        result: #"null"#),
    ],
    "gpu.sample": [
      Example(
        "One reading",
        params: #"{}"#,
        result: #"""
          {
           "source": "amdgpu",
           "devices": [
            {
             "index": 0,
             "name": "AMD Instinct MI210",
             "utilization": 0.94,
             "memoryUsedBytes": 12884901888,
             "memoryTotalBytes": 68702699520,
             "powerWatts": 214.0,
             "temperatureCelsius": 61.0,
             "graphicsClockMegahertz": 1700.0,
             "memoryClockMegahertz": 1600.0,
             "uuid": "3a5c1e7f90b2d468",
             "source": "amdgpu"
            }
           ],
           "takenAt": "2026-11-21T19:45:52.925Z",
           "driver": null,
           "problem": null
          }
          """#),
    ],
    "gpu.watch": [
      Example(
        "Two readings, also as partial results",
        params: #"""
          {
           "intervalMilliseconds": 50,
           "count": 2,
           "partialResultToken": "gpu"
          }
          """#,
        result: #"""
          {
           "readings": 2,
           "last": {
            "source": "amdgpu",
            "devices": [
             {
              "index": 0,
              "name": "AMD Instinct MI210",
              "utilization": 0.94,
              "memoryUsedBytes": 12884901888,
              "memoryTotalBytes": 68702699520,
              "powerWatts": 214.0,
              "temperatureCelsius": 61.0,
              "graphicsClockMegahertz": 1700.0,
              "memoryClockMegahertz": 1600.0,
              "uuid": "3a5c1e7f90b2d468",
              "source": "amdgpu"
             }
            ],
            "takenAt": "2026-11-21T19:45:52.992Z",
            "driver": null,
            "problem": null
           }
          }
          """#),
    ],
    "initialize": [
      Example(
        "An editor opens the conversation",
        params: #"""
          {
           "processId": null,
           "clientInfo": {
            "name": "example-editor",
            "version": "1.0"
           },
           "capabilities": {}
          }
          """#,
        result: #"""
          {
           "serverInfo": {
            "name": "llmbench",
            "version": "0.1.0"
           },
           "capabilities": {
            "methods": [
             "benchmark.attach",
             "benchmark.cancel",
             "benchmark.check",
             "benchmark.list",
             "benchmark.plan",
             "benchmark.rescore",
             "benchmark.resume",
             "benchmark.run",
             "code.execute",
             "data.generate",
             "data.process",
             "data.records",
             "gpu.sample",
             "gpu.watch",
             "initialize",
             "models.inspect",
             "models.list",
             "report.render",
             "results.compare",
             "results.export",
             "results.get",
             "results.import",
             "results.query",
             "results.samples",
             "results.trends",
             "rpc.discover",
             "shutdown",
             "system.doctor"
            ],
            "workDoneProgress": [
             "benchmark.run",
             "benchmark.resume",
             "benchmark.attach",
             "benchmark.rescore",
             "data.generate",
             "data.process",
             "gpu.watch"
            ],
            "partialResults": [
             "benchmark.run",
             "benchmark.resume",
             "benchmark.attach",
             "benchmark.rescore",
             "gpu.watch"
            ],
            "suites": [
             "context-window",
             "events-codegen",
             "events-context",
             "sorting"
            ]
           }
          }
          """#),
    ],
    "initialized": [
      Example(
        "An editor has read the answer",
        params: #"{}"#,
        result: #"null"#),
    ],
    "models.inspect": [
      Example(
        "Whose answers a recording holds",
        params: #"""
          {
           "model": "replay/sorting.jsonl"
          }
          """#,
        result: #"""
          {
           "model": "replay/sorting.jsonl",
           "server": "recording",
           "serverVersion": null,
           "architecture": null,
           "parameters": null,
           "activeParameters": null,
           "quantization": null,
           "contextLength": null,
           "loadedContextLength": null,
           "isMixtureOfExperts": null,
           "experts": null,
           "expertsUsed": null,
           "isLoaded": null,
           "fileBytes": null,
           "gpuMemoryBytes": null,
           "slots": null,
           "capabilities": null,
           "digest": null,
           "recordedModel": "local/small"
          }
          """#),
    ],
    "models.list": [
      Example(
        "All providers",
        params: #"{}"#,
        result: #"""
          {
           "providers": [
            {
             "name": "openai",
             "summary": "OpenAI's chat completions and Responses API",
             "keyVariable": "OPENAI_API_KEY",
             "keyIsSet": false,
             "baseURLVariable": "OPENAI_BASE_URL",
             "baseURL": "https://api.openai.com/v1"
            },
            {
             "name": "anthropic",
             "summary": "Anthropic's Messages API",
             "keyVariable": "ANTHROPIC_API_KEY",
             "keyIsSet": false,
             "baseURLVariable": "ANTHROPIC_BASE_URL",
             "baseURL": "https://api.anthropic.com"
            },
            {
             "name": "google",
             "summary": "Google's Gemini API",
             "keyVariable": "GEMINI_API_KEY",
             "keyIsSet": false,
             "baseURLVariable": "GEMINI_BASE_URL",
             "baseURL": "https://generativelanguage.googleapis.com"
            },
            {
             "name": "openai-compatible",
             "summary": "any server of the chat completions API, at --base-url",
             "keyVariable": "OPENAI_COMPATIBLE_API_KEY",
             "keyIsSet": false,
             "baseURLVariable": "OPENAI_COMPATIBLE_BASE_URL",
             "baseURL": null
            },
            {
             "name": "local",
             "summary": "a server of the chat completions API on this machine",
             "keyVariable": "LOCAL_API_KEY",
             "keyIsSet": false,
             "baseURLVariable": "LLMBENCH_LOCAL_BASE_URL",
             "baseURL": "http://127.0.0.1:8089/v1"
            },
            {
             "name": "ollama",
             "summary": "Ollama's own API, on this machine or at --base-url",
             "keyVariable": "OLLAMA_API_KEY",
             "keyIsSet": false,
             "baseURLVariable": "OLLAMA_BASE_URL",
             "baseURL": "http://127.0.0.1:11434"
            },
            {
             "name": "replay",
             "summary": "answers recorded earlier with --record PATH",
             "keyVariable": null,
             "keyIsSet": null,
             "baseURLVariable": null,
             "baseURL": null
            }
           ]
          }
          """#),
    ],
    "report.render": [
      Example(
        "A report to read",
        params: #"""
          {
           "runIds": [
            "20261121-194553-ttzg99"
           ],
           "format": "markdown"
          }
          """#,
        result: #"""
          {
           "format": "markdown",
           "text": "# sorting: replay/sorting.jsonl\n\nRun `20261121-194553-ttzg99` is complete, started 2026-11-21 19:45:53 UTC, at work for 6.2 ms: 4 of 4 samples have a result.\n\n## What was run\n\n- Suite: `sorting`, version `1`\n- Models: `replay/sorting.jsonl`\n- Option `sizes`: `[3,5]`\n- Option `samples`: `2`\n- Seed of the samples: 7\n- Epochs: 1\n\n## Results\n\n| Model                  | Score (95 % interval) |   n | Pa…"
          }
          """#),
    ],
    "results.compare": [
      Example(
        "Two runs of the same samples",
        params: #"""
          {
           "runs": [
            "20261121-194551-qdm3yb",
            "20261121-194551-facnej"
           ]
          }
          """#,
        result: #"""
          {
           "suite": "sorting",
           "metric": "score",
           "k": null,
           "alpha": 0.05,
           "sides": [
            {
             "label": "A",
             "runId": "20261121-194551-qdm3yb",
             "model": "replay/sorting.jsonl",
             "startedAt": "2026-11-21T19:45:51.239Z",
             "score": 0.5,
             "low": 0.15003898915214953,
             "high": 0.9544127391902995,
             "n": 4
            },
            {
             "label": "B",
             "runId": "20261121-194551-facnej",
             "model": "replay/sorting-better.jsonl",
             "startedAt": "2026-11-21T19:45:51.301Z",
             "score": 0.75,
             "low": 0.30064184258240184,
             "high": 1.0,
             "n": 4
            }
           ],
           "pairs": [
            {
             "first": "A",
             "second": "B",
             "items": 4,
             "n": 4,
             "onlyFirst": 0,
             "onlySecond": 0,
             "otherAnswers": 0,
             "otherPrompts": 0,
             "truncated": 1,
             "bothPassed": 2,
             "onlyFirstPassed": 0,
             "onlySecondPassed": 1,
             "neitherPassed": 1,
             "firstMean": 0.5,
             "secondMean": 0.75,
             "difference": 0.25,
             "low": -0.3195572515133033,
             "high": 0.6552866603491049,
             "test": "mcnemar",
             "pValue": 1.0,
             "midPValue": 0.5,
             "adjustedPValue": 1.0,
             "verdict": "noDifferenceShown",
             "itemsNeeded": 29,
             "neededFor": 0.25,
             "smallestDifference": null,
             "flipped": 1,
             "flips": [
              {
               "sampleId": "size=3/2",
               "epoch": 1,
               "first": "failed",
               "second": "passed",
               "firstScore": 0.0,
               "secondScore": 1.0,
               "reason": "wrongOrder"
              }
             ],
             "nextCursor": null,
             "conclusion": "No difference is shown between A and B: score 0.750 of B against 0.500 of A on 4 samples, a difference of +0.250 (95 % interval −0.320 to +0.655), p = 1.000. To see a difference of 0.250 four times in five takes about 29 samples."
            }
           ],
           "tiers": [
            {
             "sides": [
              "B",
              "A"
             ]
            }
           ],
           "warnings": [
            "In 1 pair an answer was cut off at a token limit and counts 0: raise the limit before you trust a difference that rests on them."
           ],
           "conclusion": "No difference is shown between A and B: score 0.750 of B against 0.500 of A on 4 samples, a difference of +0.250 (95 % interval −0.320 to +0.655), p = 1.000. To see a difference of 0.250 four times in five takes about 29 samples."
          }
          """#),
    ],
    "results.export": [
      Example(
        "A run for another machine",
        params: #"""
          {
           "runIds": [
            "latest"
           ],
           "path": "run.export.jsonl"
          }
          """#,
        result: #"""
          {
           "runs": [
            {
             "runId": "20261121-194553-ttzg99",
             "samples": 4
            }
           ],
           "bytes": 8077,
           "path": "run.export.jsonl",
           "text": null
          }
          """#),
    ],
    "results.get": [
      Example(
        "One run",
        params: #"""
          {
           "runId": "20261121-194553-ttzg99"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-194553-ttzg99",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T19:45:53.761Z",
           "finishedAt": "2026-11-21T19:45:53.782Z",
           "durationSeconds": 0.006221053,
           "plannedSamples": 4,
           "completedSamples": 4,
           "models": [
            {
             "model": "replay/sorting.jsonl",
             "score": 0.5,
             "low": 0.15003898915214953,
             "high": 0.9544127391902995,
             "scoreIfUnknownWrong": 0.5,
             "scoreIfUnknownRight": 0.75,
             "n": 4,
             "passed": 2,
             "failed": 1,
             "partial": 0,
             "truncated": 1,
             "modelErrors": 0,
             "errors": 0,
             "cancelled": 0,
             "cached": 0,
             "missing": 0,
             "promptTokens": 224,
             "completionTokens": 48,
             "tokensEstimated": false,
             "costUSD": 0.0,
             "durationSeconds": 0.001,
             "meanLatencyMilliseconds": 228.5,
             "medianLatencyMilliseconds": 231.5,
             "meanTimeToFirstTokenMilliseconds": 114.25,
             "metrics": {
              "positionsRight": 0.5833333333333333
             },
             "groups": [
              {
               "dimension": "size",
               "value": 3,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 0.9054687942657693,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": null,
               "scoreIfUnknownRight": null,
               "truncated": 0,
               "errors": 0,
               "meanPromptTokens": 52.0,
               "meanCompletionTokens": 9.0,
               "meanLatencyMilliseconds": 199.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.6666666666666666
               }
              },
              {
               "dimension": "size",
               "value": 5,
               "score": 0.5,
               "low": 0.09453120573423074,
               "high": 1.0,
               "n": 2,
               "passed": 1,
               "scoreIfUnknownWrong": 0.5,
               "scoreIfUnknownRight": 1.0,
               "truncated": 1,
               "errors": 0,
               "meanPromptTokens": 60.0,
               "meanCompletionTokens": 15.0,
               "meanLatencyMilliseconds": 257.5,
               "meanExecutionMilliseconds": null,
               "costUSD": 0.0,
               "metrics": {
                "positionsRight": 0.5
               }
              }
             ],
             "cliff": {
              "sizeAt50": null,
              "sizeAt50Low": null,
              "sizeAt50High": null,
              "sizeAt95": null,
              "sizeAt95Low": null,
              "sizeAt95High": null,
              "n": 3,
              "note": "too few results for a cliff: 3, and it takes 5"
             },
             "reasons": [
              {
               "reason": "wrongOrder",
               "count": 1
              }
             ],
             "reduced": null,
             "truncations": [
              {
               "reason": "outputLimit",
               "count": 1
              }
             ],
             "gpu": null
            }
           ],
           "request": {
            "suite": "sorting",
            "models": [
             "replay/sorting.jsonl"
            ],
            "options": {
             "sizes": [
              3,
              5
             ],
             "samples": 2
            },
            "sample": null,
            "epochs": null,
            "concurrency": 1,
            "requestsPerMinute": null,
            "budget": null,
            "detached": null,
            "temperature": null,
            "maximumOutputTokens": null,
            "modelOptions": null,
            "baseURL": null,
            "record": null,
            "attemptTimeoutSeconds": null,
            "sampleTimeoutSeconds": null,
            "retries": null,
            "prices": null,
            "allowUnknownPrice": null,
            "cache": null,
            "reducer": null,
            "k": null,
            "gpuIntervalSeconds": null
           },
           "seed": 7,
           "programVersion": "0.1.0",
           "machine": {
            "system": "Linux",
            "kernel": "6.18.44-fc-v657",
            "architecture": "x86_64",
            "cores": 2,
            "memoryBytes": 25276510208,
            "processor": "AMD EPYC"
           },
           "prices": [
            {
             "model": "replay/sorting.jsonl",
             "inputUSDPerMillion": 0.0,
             "cachedInputUSDPerMillion": null,
             "cacheWriteUSDPerMillion": null,
             "outputUSDPerMillion": 0.0,
             "longPrompt": null,
             "source": "recorded answers, nothing is sent",
             "asOf": "2026-11-21"
            }
           ],
           "spent": null,
           "scorings": []
          }
          """#),
    ],
    "results.import": [
      Example(
        "The results of a tracker",
        params: #"""
          {
           "text": "{\"model_id\":\"claude-opus-4-5-20251101\",\"run_date\":\"2026-01-25T06:00:00Z\",\"sample_size\":2,\"score\":0.5,\"passed_count\":1,\"total_count\":2,\"problems\":[{\"problem_id\":\"abc387_f\",\"passed\":true,\"error_type\":null,\"latency_ms\":1200},{\"problem_id\":\"3774\",\"passed\":false,\"error_type\":\"timeout\",\"latency_ms\":30000}]}"
          }
          """#,
        result: #"""
          {
           "runs": [
            {
             "runId": "tracker-f23cd6023d03",
             "samples": 2,
             "status": "imported"
            }
           ]
          }
          """#),
    ],
    "results.query": [
      Example(
        "The newest run of a suite",
        params: #"""
          {
           "suite": "sorting",
           "limit": 1
          }
          """#,
        result: #"""
          {
           "runs": [
            {
             "runId": "20261121-194553-ttzg99",
             "suite": "sorting",
             "suiteVersion": "1",
             "status": "completed",
             "message": null,
             "startedAt": "2026-11-21T19:45:53.761Z",
             "finishedAt": "2026-11-21T19:45:53.782Z",
             "durationSeconds": 0.006221053,
             "plannedSamples": 4,
             "completedSamples": 4,
             "models": [
              {
               "model": "replay/sorting.jsonl",
               "score": 0.5,
               "low": 0.15003898915214953,
               "high": 0.9544127391902995,
               "scoreIfUnknownWrong": 0.5,
               "scoreIfUnknownRight": 0.75,
               "n": 4,
               "passed": 2,
               "failed": 1,
               "partial": 0,
               "truncated": 1,
               "modelErrors": 0,
               "errors": 0,
               "cancelled": 0,
               "cached": 0,
               "missing": 0,
               "promptTokens": 224,
               "completionTokens": 48,
               "tokensEstimated": false,
               "costUSD": 0.0,
               "durationSeconds": 0.001,
               "meanLatencyMilliseconds": 228.5,
               "medianLatencyMilliseconds": 231.5,
               "meanTimeToFirstTokenMilliseconds": 114.25,
               "metrics": {
                "positionsRight": 0.5833333333333333
               },
               "groups": [
                {
                 "dimension": "size",
                 "value": 3,
                 "score": 0.5,
                 "low": 0.09453120573423074,
                 "high": 0.9054687942657693,
                 "n": 2,
                 "passed": 1,
                 "scoreIfUnknownWrong": null,
                 "scoreIfUnknownRight": null,
                 "truncated": 0,
                 "errors": 0,
                 "meanPromptTokens": 52.0,
                 "meanCompletionTokens": 9.0,
                 "meanLatencyMilliseconds": 199.5,
                 "meanExecutionMilliseconds": null,
                 "costUSD": 0.0,
                 "metrics": {
                  "positionsRight": 0.6666666666666666
                 }
                },
                {
                 "dimension": "size",
                 "value": 5,
                 "score": 0.5,
                 "low": 0.09453120573423074,
                 "high": 1.0,
                 "n": 2,
                 "passed": 1,
                 "scoreIfUnknownWrong": 0.5,
                 "scoreIfUnknownRight": 1.0,
                 "truncated": 1,
                 "errors": 0,
                 "meanPromptTokens": 60.0,
                 "meanCompletionTokens": 15.0,
                 "meanLatencyMilliseconds": 257.5,
                 "meanExecutionMilliseconds": null,
                 "costUSD": 0.0,
                 "metrics": {
                  "positionsRight": 0.5
                 }
                }
               ],
               "cliff": {
                "sizeAt50": null,
                "sizeAt50Low": null,
                "sizeAt50High": null,
                "sizeAt95": null,
                "sizeAt95Low": null,
                "sizeAt95High": null,
                "n": 3,
                "note": "too few results for a cliff: 3, and it takes 5"
               },
               "reasons": [
                {
                 "reason": "wrongOrder",
                 "count": 1
                }
               ],
               "reduced": null,
               "truncations": [
                {
                 "reason": "outputLimit",
                 "count": 1
                }
               ],
               "gpu": null
              }
             ],
             "request": {
              "suite": "sorting",
              "models": [
               "replay/sorting.jsonl"
              ],
              "options": {
               "sizes": [
                3,
                5
               ],
               "samples": 2
              },
              "sample": null,
              "epochs": null,
              "concurrency": 1,
              "requestsPerMinute": null,
              "budget": null,
              "detached": null,
              "temperature": null,
              "maximumOutputTokens": null,
              "modelOptions": null,
              "baseURL": null,
              "record": null,
              "attemptTimeoutSeconds": null,
              "sampleTimeoutSeconds": null,
              "retries": null,
              "prices": null,
              "allowUnknownPrice": null,
              "cache": null,
              "reducer": null,
              "k": null,
              "gpuIntervalSeconds": null
             },
             "seed": 7,
             "programVersion": "0.1.0",
             "machine": {
              "system": "Linux",
              "kernel": "6.18.44-fc-v657",
              "architecture": "x86_64",
              "cores": 2,
              "memoryBytes": 25276510208,
              "processor": "AMD EPYC"
             },
             "prices": [
              {
               "model": "replay/sorting.jsonl",
               "inputUSDPerMillion": 0.0,
               "cachedInputUSDPerMillion": null,
               "cacheWriteUSDPerMillion": null,
               "outputUSDPerMillion": 0.0,
               "longPrompt": null,
               "source": "recorded answers, nothing is sent",
               "asOf": "2026-11-21"
              }
             ],
             "spent": null,
             "scorings": []
            }
           ],
           "nextCursor": null
          }
          """#),
    ],
    "results.samples": [
      Example(
        "The wrong answers of the newest run",
        params: #"""
          {
           "runId": "latest",
           "outcome": "failed"
          }
          """#,
        result: #"""
          {
           "samples": [
            {
             "runId": "20261121-194553-ttzg99",
             "sequence": 2,
             "model": "replay/sorting.jsonl",
             "sampleId": "size=3/2",
             "epoch": 1,
             "outcome": "failed",
             "score": 0.0,
             "reason": "wrongOrder",
             "detail": "1 of 3 positions are right; the answer has 3 numbers.",
             "prompt": "Put these 3 integers in ascending order. Keep every number, repeated ones as often as they occur.\nAnswer with the sorted JSON array of integers alone: no explanation, no code.\n\n[1705, 415, 5553]",
             "response": "[1705, 415, 5553]",
             "reasoning": null,
             "expected": [
              415,
              1705,
              5553
             ],
             "extracted": [
              1705,
              415,
              5553
             ],
             "stopReason": "stop",
             "latencyMilliseconds": 187.0,
             "timeToFirstTokenMilliseconds": 93.0,
             "promptTokens": 52,
             "completionTokens": 9,
             "tokensEstimated": false,
             "costUSD": 0.0,
             "telemetry": {
              "cachedPromptTokens": null,
              "cacheWriteTokens": null,
              "reasoningTokens": null,
              "connectMilliseconds": null,
              "loadMilliseconds": null,
              "promptMilliseconds": null,
              "generationMilliseconds": null,
              "promptTokensPerSecond": null,
              "generationTokensPerSecond": null,
              "servedModel": "small",
              "responseId": null,
              "omittedParameters": null,
              "gpu": null
             },
             "attempts": 1,
             "cached": false,
             "originalLatencyMilliseconds": null,
             "metrics": {
              "positionsRight": 0.3333333333333333
             },
             "parts": [],
             "metadata": {
              "size": 3
             },
             "scoringRevision": 1,
             "earlierScores": [],
             "startedAt": "2026-11-21T19:45:53.778Z",
             "finishedAt": "2026-11-21T19:45:53.778Z"
            }
           ],
           "nextCursor": null
          }
          """#),
    ],
    "results.trends": [
      Example(
        "The last week",
        params: #"""
          {
           "suite": "sorting",
           "days": 7
          }
          """#,
        result: #"""
          {
           "since": "2026-11-14T19:45:51.328Z",
           "until": "2026-11-21T19:45:51.328Z",
           "alpha": 0.01,
           "series": [
            {
             "suite": "sorting",
             "model": "replay/sorting-better.jsonl",
             "suiteVersion": "1",
             "options": {
              "sizes": [
               3,
               5
              ]
             },
             "settings": {},
             "points": [
              {
               "runId": "20261121-194551-facnej",
               "startedAt": "2026-11-21T19:45:51.301Z",
               "score": 0.75,
               "low": 0.30064184258240184,
               "high": 1.0,
               "n": 4,
               "items": 4.0
              }
             ],
             "items": 4.0,
             "score": 0.75,
             "slopePerDay": null,
             "slopeLow": null,
             "slopeHigh": null,
             "slopePValue": null,
             "changes": [],
             "conclusion": "1 run: too few for a trend."
            },
            {
             "suite": "sorting",
             "model": "replay/sorting.jsonl",
             "suiteVersion": "1",
             "options": {
              "sizes": [
               3,
               5
              ]
             },
             "settings": {},
             "points": [
              {
               "runId": "20261121-194551-qdm3yb",
               "startedAt": "2026-11-21T19:45:51.239Z",
               "score": 0.5,
               "low": 0.15003898915214953,
               "high": 0.9544127391902995,
               "n": 4,
               "items": 4.0
              }
             ],
             "items": 4.0,
             "score": 0.5,
             "slopePerDay": null,
             "slopeLow": null,
             "slopeHigh": null,
             "slopePValue": null,
             "changes": [],
             "conclusion": "1 run: too few for a trend."
            }
           ],
           "isShortened": false
          }
          """#),
    ],
    "rpc.discover": [
      Example(
        "This document, all but one of its methods left out",
        params: #"{}"#,
        result: #"""
          {
           "openrpc": "1.4.1",
           "info": {
            "title": "llmbench",
            "version": "0.1.0"
           },
           "methods": [
            {
             "name": "shutdown",
             "summary": "Asks the server to finish; `exit` then ends it.",
             "description": "After it every request is refused with -32600.",
             "tags": [
              {
               "name": "lifecycle"
              }
             ],
             "paramStructure": "by-name",
             "params": [],
             "result": {
              "name": "result",
              "description": "Always null.",
              "schema": {
               "type": "null"
              }
             },
             "errors": [
              {
               "$ref": "#/components/errors/invalidParams"
              }
             ],
             "examples": [
              {
               "name": "The editor closes",
               "params": [],
               "result": {
                "name": "result",
                "value": null
               }
              }
             ],
             "x-progress": false,
             "x-cancellable": false,
             "x-open-params": true
            }
           ]
          }
          """#),
    ],
    "shutdown": [
      Example(
        "The editor closes",
        params: #"{}"#,
        result: #"null"#),
    ],
    "system.doctor": [
      Example(
        "What is there",
        params: #"{}"#,
        result: #"""
          {
           "checks": [
            {
             "name": "sandbox",
             "status": "ok",
             "detail": "bubblewrap 0.8.0 as user 65534, user namespaces",
             "remedy": null
            },
            {
             "name": "typescript",
             "status": "ok",
             "detail": "node 20.20.2",
             "remedy": null
            }
           ]
          }
          """#),
    ],
  ]
}
