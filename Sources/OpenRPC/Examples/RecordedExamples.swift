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
           "verbose": "queued for 0.064 ms, ran for 0.813 ms, 70 bytes in, 63 bytes out"
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
            "runId": "20261121-204929-es6nyc",
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
            "runId": "20261121-204929-es6nyc",
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
            "startedAt": "2026-11-21T20:49:29.895Z",
            "finishedAt": "2026-11-21T20:49:29.897Z"
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
           "runId": "20261121-204929-es6nyc",
           "afterSequence": 2,
           "partialResultToken": "rest"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-204929-es6nyc",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T20:49:29.891Z",
           "finishedAt": "2026-11-21T20:49:29.906Z",
           "durationSeconds": 0.010710001,
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
             "durationSeconds": 0.003,
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
           "runId": "20261121-204928-k84nhe"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-204928-k84nhe",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "cancelled",
           "message": null,
           "startedAt": "2026-11-21T20:49:28.853Z",
           "finishedAt": "2026-11-21T20:49:28.863Z",
           "durationSeconds": 0.007461154,
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
             "name": "code-problems",
             "version": "1",
             "summary": "Has programs written for the problems of a dataset (LiveCodeBench, HumanEval, MBPP, one's own) and tests them in the sandbox.",
             "options": [
              {
               "name": "dataset",
               "kind": "string",
               "defaultValue": "",
               "summary": "The dataset's file or folder: LiveCodeBench, HumanEval, MBPP, or one's own."
              },
              {
               "name": "mode",
               "kind": "string",
               "defaultValue": "strict",
               "summary": "Whose verdicts count: strict, or official as LiveCodeBench's own grader."
              }
             ],
             "dimension": "difficulty",
             "executesCode": true
            },
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
             "cachedSamples": 0,
             "promptTokens": 1024,
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
           "runId": "20261121-204929-es6nyc",
           "dryRun": true
          }
          """#,
        result: #"""
          {
           "runId": "20261121-204929-es6nyc",
           "revision": null,
           "rescored": 4,
           "flipped": 0,
           "flips": [],
           "withoutAnswer": 0,
           "skippedSamples": 0,
           "skipped": [],
           "run": {
            "runId": "20261121-204929-es6nyc",
            "suite": "sorting",
            "suiteVersion": "1",
            "status": "completed",
            "message": null,
            "startedAt": "2026-11-21T20:49:29.891Z",
            "finishedAt": "2026-11-21T20:49:29.906Z",
            "durationSeconds": 0.010710001,
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
              "durationSeconds": 0.003,
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
           "runId": "20261121-204929-es6nyc"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-204929-es6nyc",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T20:49:29.891Z",
           "finishedAt": "2026-11-21T20:49:29.906Z",
           "durationSeconds": 0.010710001,
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
             "durationSeconds": 0.003,
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
           "runId": "20261121-204928-k84nhe",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "running",
           "message": null,
           "startedAt": "2026-11-21T20:49:28.853Z",
           "finishedAt": null,
           "durationSeconds": 0.005,
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
           "runId": "20261121-204929-es6nyc",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T20:49:29.891Z",
           "finishedAt": "2026-11-21T20:49:29.906Z",
           "durationSeconds": 0.010710001,
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
             "durationSeconds": 0.003,
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
           "cpuSeconds": 0.03576,
           "wallSeconds": 0.03751505299442215,
           "peakMemoryBytes": 8036352,
           "runtime": "python 3.11.7"
          }
          """#),
    ],
    "code.grade": [
      Example(
        "A right answer, a wrong one, and one without a program",
        params: #"""
          {
           "dataset": "problems.jsonl",
           "answers": [
            {
             "question_id": "own100_a",
             "code": "print(sum(map(int, input().split())))"
            },
            {
             "question_id": "own100_a",
             "response": "Like this:\n\n```python\nprint(input().split()[0])\n```\n"
            }
           ],
           "cutoff": "2024-10-01"
          }
          """#,
        result: #"""
          {
           "results": [
            {
             "questionId": "2902",
             "index": 0,
             "passed": false,
             "verdict": "noCode",
             "firstFailedTest": null,
             "detail": "The answer holds no program.",
             "errorType": "syntax",
             "officialCode": -4,
             "officialVerdict": null,
             "testsPassed": 0,
             "testsRun": 0,
             "testsTotal": 3,
             "cpuSeconds": 0.0,
             "wallSeconds": 0.0,
             "peakMemoryBytes": null,
             "extraction": null,
             "tests": null
            },
            {
             "questionId": "own100_a",
             "index": 0,
             "passed": true,
             "verdict": "accepted",
             "firstFailedTest": null,
             "detail": null,
             "errorType": null,
             "officialCode": null,
             "officialVerdict": null,
             "testsPassed": 4,
             "testsRun": 4,
             "testsTotal": 4,
             "cpuSeconds": 0.0076100000000000004,
             "wallSeconds": 0.01113,
             "peakMemoryBytes": 9990144,
             "extraction": {
              "block": null,
              "blocks": 0,
              "firstLine": 1,
              "lastLine": 1
             },
             "tests": null
            }
           ],
           "summary": {
            "dataset": "problems.jsonl",
            "format": "livecodebench",
            "mode": "strict",
            "problems": 2,
            "unanswered": 0,
            "answers": 3,
            "passed": 1,
            "failed": 2,
            "errors": 0,
            "passAtK": [
             {
              "k": 1,
              "value": 0.25,
              "low": 0.0,
              "high": 1.0,
              "problems": 2
             }
            ],
            "byDifficulty": [
             {
              "name": "easy",
              "value": 0.5,
              "low": null,
              "high": null,
              "problems": 1
             },
             {
              "name": "hard",
              "value": 0.0,
              "low": null,
              "high": null,
              "problems": 1
             }
            ],
            "byPlatform": [
             {
              "name": "atcoder",
              "value": 0.5,
              "low": null,
              "high": null,
              "problems": 1
             },
             {
              "name": "leetcode",
              "value": 0.0,
              "low": null,
              "high": null,
              "problems": 1
             }
            ],
            "byMonth": [
             {
              "name": "2024-05",
              "value": 0.5,
              "low": null,
              "high": null,
              "problems": 1
             },
             {
              "name": "2025-01",
              "value": 0.0,
              "low": null,
              "high": null,
              "problems": 1
             }
            ],
            "verdicts": [
             {
              "reason": "accepted",
              "count": 1
             },
             {
              "reason": "noCode",
              "count": 1
             }
            ],
            "errorTypes": [
             {
              "reason": "syntax",
              "count": 1
             },
             {
              "reason": "wrong_answer",
              "count": 1
             }
            ],
            "officialDifferences": 0,
            "contamination": {
             "cutoff": "2024-10-01",
             "before": {
              "k": 1,
              "value": 0.5,
              "low": null,
              "high": null,
              "problems": 1
             },
             "after": {
              "k": 1,
              "value": 0.0,
              "low": null,
              "high": null,
              "problems": 1
             },
             "difference": -0.5,
             "differenceLow": null,
             "differenceHigh": null,
             "undated": 0
            },
            "excluded": [
             {
              "reason": "interactive",
              "problems": [
               "abc337_e"
              ]
             }
            ],
            "unknownProblems": [],
            "issues": [],
            "runtime": "python 3.11.7",
            "timeFactor": 1.0,
            "durationSeconds": 0.444635362
           }
          }
          """#),
    ],
    "data.check": [
      Example(
        "What a dataset holds",
        params: #"""
          {
           "path": "problems.jsonl"
          }
          """#,
        result: #"""
          {
           "path": "problems.jsonl",
           "format": "livecodebench",
           "problems": 3,
           "kinds": [
            {
             "reason": "standardInput",
             "count": 2
            },
            {
             "reason": "function",
             "count": 1
            }
           ],
           "firstDate": "2024-01-20",
           "lastDate": "2025-01-12",
           "excluded": [
            {
             "reason": "interactive",
             "problems": [
              "abc337_e"
             ]
            }
           ],
           "errors": 0,
           "warnings": 0,
           "issues": []
          }
          """#),
    ],
    "data.dataset": [
      Example(
        "Orders and questions about them",
        params: #"""
          {
           "name": "nested",
           "rows": 2,
           "seed": 12345
          }
          """#,
        result: #"""
          {
           "dataset": {
            "name": "nested",
            "title": "Orders with a customer and a list of items each",
            "rows": 2,
            "structure": "nested",
            "tabularEligibility": 0.6666666666666666,
            "tabularValues": 0.5,
            "csvSupported": false,
            "seed": 12345,
            "questions": 20,
            "questionTypes": [
             {
              "type": "field-retrieval",
              "count": 2
             },
             {
              "type": "aggregation",
              "count": 11
             }
            ]
           },
           "value": {
            "orders": [
             {
              "orderId": "ORD-0001",
              "customer": {
               "id": 1,
               "name": "Ulla Moreau",
               "email": "ulla.moreau@example.com",
               "phone": "+1-555-0807"
              },
              "items": [
               {
                "sku": "SKU-8B25KP",
                "name": "Travel Mug",
                "quantity": 4,
                "price": 65.17
               },
               {
                "sku": "SKU-CTEL3V",
                "name": "Backpack",
                "quantity": 2,
                "price": 71.33
               }
              ],
              "subtotal": 1205.88,
              "tax": 96.47,
              "total": 1302.35,
              "status": "pending",
              "orderDate": "2025-04-14"
             },
             {
              "orderId": "ORD-0002",
              "customer": {
               "id": 2,
               "name": "Kofi Tanaka",
               "email": "kofi.tanaka@example.com",
               "phone": "+1-555-0298"
              },
              "items": [
               {
                "sku": "SKU-A9MXVK",
                "name": "Desk Lamp",
                "quantity": 5,
                "price": 106.18
               }
              ],
              "subtotal": 530.9,
              "tax": 42.47,
              "total": 573.37,
              "status": "processing",
              "orderDate": "2025-05-02"
             }
            ]
           },
           "questions": [
            {
             "id": "nested/field-retrieval/1",
             "type": "field-retrieval",
             "question": "What is the customer id of order ORD-0002?",
             "expected": 2,
             "kind": "integer",
             "options": {
              "tolerance": 1e-06,
              "decimalPlaces": null,
              "caseSensitive": false,
              "allowCurrency": true,
              "allowPercent": true
             }
            },
            {
             "id": "nested/field-retrieval/2",
             "type": "field-retrieval",
             "question": "What is the customer name of order ORD-0001?",
             "expected": "Ulla Moreau",
             "kind": "string",
             "options": {
              "tolerance": 1e-06,
              "decimalPlaces": null,
              "caseSensitive": false,
              "allowCurrency": true,
              "allowPercent": true
             }
            }
           ]
          }
          """#),
    ],
    "data.datasets": [
      Example(
        "What can be asked about",
        params: #"{}"#,
        result: #"""
          {
           "datasets": [
            {
             "name": "tabular",
             "title": "Employees, all with the same plain fields",
             "rows": 100,
             "structure": "uniform",
             "tabularEligibility": 1.0,
             "tabularValues": 1.0,
             "csvSupported": true,
             "seed": 12345,
             "questions": 39,
             "questionTypes": [
              {
               "type": "field-retrieval",
               "count": 13
              },
              {
               "type": "aggregation",
               "count": 11
              }
             ]
            },
            {
             "name": "nested",
             "title": "Orders with a customer and a list of items each",
             "rows": 50,
             "structure": "nested",
             "tabularEligibility": 0.9803921568627451,
             "tabularValues": 0.5229007633587787,
             "csvSupported": false,
             "seed": 12345,
             "questions": 39,
             "questionTypes": [
              {
               "type": "field-retrieval",
               "count": 13
              },
              {
               "type": "aggregation",
               "count": 11
              }
             ]
            }
           ]
          }
          """#),
    ],
    "data.decode": [
      Example(
        "The file as JSON",
        params: #"""
          {
           "path": "staff.csv"
          }
          """#,
        result: #"""
          {
           "value": {
            "staff": [
             {
              "id": 1,
              "name": "Ada"
             },
             {
              "id": 2,
              "name": "Bob"
             }
            ]
           },
           "readSeconds": 0.00017737500000000002
          }
          """#),
      Example(
        "TOON as JSON, read leniently",
        params: #"""
          {
           "format": "toon",
           "text": "staff[3]{id,name}:\n  1,Ada\n  2,Bob",
           "strict": false
          }
          """#,
        result: #"""
          {
           "value": {
            "staff": [
             {
              "id": 1,
              "name": "Ada"
             },
             {
              "id": 2,
              "name": "Bob"
             }
            ]
           },
           "readSeconds": 0.00023508
          }
          """#),
    ],
    "data.encode": [
      Example(
        "A value as TOON",
        params: #"""
          {
           "format": "toon",
           "value": {
            "orders": [
             {
              "id": 1,
              "customer": {
               "name": "Ada",
               "country": "DK"
              },
              "total": 99.5
             },
             {
              "id": 2,
              "customer": {
               "name": "Bob, Jr.",
               "country": "UK"
              },
              "total": 149
             }
            ]
           }
          }
          """#,
        result: #"""
          {
           "format": "toon",
           "bytes": 81,
           "text": "orders[2]{id,customer{name,country},total}:\n  1,Ada,DK,99.5\n  2,\"Bob, Jr.\",UK,149",
           "path": null,
           "readSeconds": 5.01e-07,
           "writeSeconds": 0.0004927050000000001
          }
          """#),
      Example(
        "YAML into a file with CSV",
        params: #"""
          {
           "format": "csv",
           "text": "staff:\n  - id: 1\n    name: Ada\n  - id: 2\n    name: Bob\n",
           "from": "yaml",
           "output": "staff.csv"
          }
          """#,
        result: #"""
          {
           "format": "csv",
           "bytes": 28,
           "text": null,
           "path": "staff.csv",
           "readSeconds": 0.000566325,
           "writeSeconds": 5.0485e-05
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
             "seconds": 0.001493689
            },
            {
             "path": "data/events-20k.avro",
             "rows": 20000,
             "bytes": 52988,
             "seconds": 0.007258963
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
           "readSeconds": 0.00045322600000000004,
           "processSeconds": 0.000216292,
           "totalSeconds": 0.000691201
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
           "takenAt": "2026-11-21T20:49:29.137Z",
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
            "takenAt": "2026-11-21T20:49:29.189Z",
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
             "code.grade",
             "data.check",
             "data.dataset",
             "data.datasets",
             "data.decode",
             "data.encode",
             "data.fetch",
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
             "results.costs",
             "results.export",
             "results.get",
             "results.import",
             "results.models",
             "results.query",
             "results.revision",
             "results.samples",
             "results.trends",
             "rpc.discover",
             "shutdown",
             "system.doctor",
             "tokens.count",
             "validate.answer",
             "validate.vue"
            ],
            "workDoneProgress": [
             "benchmark.run",
             "benchmark.resume",
             "benchmark.attach",
             "benchmark.rescore",
             "data.generate",
             "data.process",
             "data.check",
             "data.fetch",
             "tokens.count",
             "code.grade",
             "gpu.watch"
            ],
            "partialResults": [
             "benchmark.run",
             "benchmark.resume",
             "benchmark.attach",
             "benchmark.rescore",
             "code.grade",
             "gpu.watch"
            ],
            "suites": [
             "code-problems",
             "context-window",
             "events-codegen",
             "events-context",
             "sorting",
             "vue"
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
            "20261121-204929-es6nyc"
           ],
           "format": "markdown"
          }
          """#,
        result: #"""
          {
           "format": "markdown",
           "bytes": 3476,
           "path": null,
           "text": "# sorting: replay/sorting.jsonl\n\nRun `20261121-204929-es6nyc` is complete, started 2026-11-21 20:49:29 UTC, at work for 11 ms: 4 of 4 samples have a result.\n\n## What was run\n\n- Suite: `sorting`, version `1`\n- Models: `replay/sorting.jsonl`\n- Option `sizes`: `[3,5]`\n- Option `samples`: `2`\n- Seed of the samples: 7\n- Epochs: 1\n\n## Results\n\n| Model                  | Score (95 % interval) |   n | Pas…"
          }
          """#),
    ],
    "results.compare": [
      Example(
        "Two runs of the same samples",
        params: #"""
          {
           "runs": [
            "20261121-204928-fsgpmr",
            "20261121-204928-52mmpc"
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
             "runId": "20261121-204928-fsgpmr",
             "model": "replay/sorting.jsonl",
             "startedAt": "2026-11-21T20:49:28.599Z",
             "score": 0.5,
             "low": 0.15003898915214953,
             "high": 0.9544127391902995,
             "n": 4
            },
            {
             "label": "B",
             "runId": "20261121-204928-52mmpc",
             "model": "replay/sorting-better.jsonl",
             "startedAt": "2026-11-21T20:49:28.613Z",
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
    "results.costs": [
      Example(
        "What this month cost",
        params: #"""
          {
           "suite": "sorting"
          }
          """#,
        result: #"""
          {
           "since": "2026-11-01T00:00:00.000Z",
           "until": "2026-11-21T20:49:28.628Z",
           "totalUSD": 0.0,
           "runs": 2,
           "unpricedRuns": 0,
           "averageUSD": 0.0,
           "groups": [
            {
             "suite": "sorting",
             "model": "replay/sorting-better.jsonl",
             "usd": 0.0,
             "runs": 1,
             "unpricedRuns": 0,
             "averageUSD": 0.0
            },
            {
             "suite": "sorting",
             "model": "replay/sorting.jsonl",
             "usd": 0.0,
             "runs": 1,
             "unpricedRuns": 0,
             "averageUSD": 0.0
            }
           ],
           "forecast": {
            "until": "2026-12-01T00:00:00.000Z",
            "usd": 0.0,
            "schedules": []
           }
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
             "runId": "20261121-204929-es6nyc",
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
           "runId": "20261121-204929-es6nyc"
          }
          """#,
        result: #"""
          {
           "runId": "20261121-204929-es6nyc",
           "suite": "sorting",
           "suiteVersion": "1",
           "status": "completed",
           "message": null,
           "startedAt": "2026-11-21T20:49:29.891Z",
           "finishedAt": "2026-11-21T20:49:29.906Z",
           "durationSeconds": 0.010710001,
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
             "durationSeconds": 0.003,
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
    "results.models": [
      Example(
        "Models of stored runs",
        params: #"{}"#,
        result: #"""
          {
           "models": [
            {
             "model": "replay/sorting-better.jsonl",
             "provider": "replay",
             "runs": 1,
             "suites": [
              "sorting"
             ],
             "lastRunAt": "2026-11-21T20:49:28.613Z",
             "costUSD": 0.0
            },
            {
             "model": "replay/sorting.jsonl",
             "provider": "replay",
             "runs": 1,
             "suites": [
              "sorting"
             ],
             "lastRunAt": "2026-11-21T20:49:28.599Z",
             "costUSD": 0.0
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
             "runId": "20261121-204929-es6nyc",
             "suite": "sorting",
             "suiteVersion": "1",
             "status": "completed",
             "message": null,
             "startedAt": "2026-11-21T20:49:29.891Z",
             "finishedAt": "2026-11-21T20:49:29.906Z",
             "durationSeconds": 0.010710001,
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
               "durationSeconds": 0.003,
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
    "results.revision": [
      Example(
        "Whether anything changed",
        params: #"{}"#,
        result: #"""
          {
           "revision": "2"
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
             "runId": "20261121-204929-es6nyc",
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
             "startedAt": "2026-11-21T20:49:29.899Z",
             "finishedAt": "2026-11-21T20:49:29.899Z"
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
           "since": "2026-11-14T20:49:28.626Z",
           "until": "2026-11-21T20:49:28.626Z",
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
               "runId": "20261121-204928-52mmpc",
               "startedAt": "2026-11-21T20:49:28.613Z",
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
               "runId": "20261121-204928-fsgpmr",
               "startedAt": "2026-11-21T20:49:28.599Z",
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
             "name": "sandbox memory limit",
             "status": "ok",
             "detail": "The kernel holds all processes of a program together to it (control group).",
             "remedy": null
            }
           ]
          }
          """#),
    ],
    "tokens.count": [
      Example(
        "A text and its tokens",
        params: #"""
          {
           "text": "Hello, world!",
           "includeTokenIds": true
          }
          """#,
        result: #"""
          {
           "tokens": 4,
           "encoding": "o200k_base",
           "isEstimate": false,
           "bytes": 13,
           "replacedParts": 0,
           "tokenIds": [
            13225,
            11,
            2375,
            0
           ]
          }
          """#),
      Example(
        "A conversation for a model whose encoding is not public",
        params: #"""
          {
           "messages": [
            {
             "role": "system",
             "content": "Be brief."
            },
            {
             "role": "user",
             "content": "What is a token?"
            }
           ],
           "model": "anthropic/claude-opus-4-8"
          }
          """#,
        result: #"""
          {
           "tokens": 19,
           "encoding": "o200k_base",
           "isEstimate": true,
           "bytes": 25,
           "replacedParts": 0,
           "tokenIds": null
          }
          """#),
    ],
    "validate.answer": [
      Example(
        "A number in a sentence",
        params: #"""
          {
           "kind": "integer",
           "expected": 5,
           "actual": "Of 5 orders 3 are open."
          }
          """#,
        result: #"""
          {
           "match": false,
           "reason": "severalValues",
           "detail": "\"Of 5 orders 3 are open\" states several numbers.",
           "understood": null
          }
          """#),
      Example(
        "The same, as the reference benchmark judges it",
        params: #"""
          {
           "kind": "integer",
           "expected": 5,
           "actual": "Of 5 orders 3 are open.",
           "mode": "lenient"
          }
          """#,
        result: #"""
          {
           "match": true,
           "reason": null,
           "detail": null,
           "understood": 5
          }
          """#),
    ],
    "validate.vue": [
      Example(
        "A name that the template does not have",
        params: #"""
          {
           "source": "<script setup lang=\"ts\">\ndefineProps<{ count: number }>()\n</script>\n\n<template>\n  <p>{{ cuont }}</p>\n</template>\n"
          }
          """#,
        result: #"""
          {
           "status": "failed",
           "reason": null,
           "compiles": false,
           "diagnostics": [
            {
             "stage": "type",
             "code": "TS2551",
             "message": "Property 'cuont' does not exist on type '{ count: number; $props: VNodeProps & AllowedComponentProps & ComponentCustomProps & Readonly<{ count: number; }> & {}; ... 13 more ...; $slots: Readonly<...>; }'. Did you mean 'count'?",
             "file": "Component.vue",
             "line": 6,
             "column": 9,
             "endLine": 6,
             "endColumn": 14,
             "severity": "error",
             "own": true
            }
           ],
           "diagnosticsTruncated": false,
           "checks": [],
           "checkScore": null,
           "score": 0.0,
           "template": null,
           "naming": {
            "names": 0,
            "violations": []
           },
           "stubbedModules": [],
           "extraction": null,
           "engine": {
            "backend": "ts-worker",
            "typescript": "5.9.2",
            "typescriptPath": "/usr/share/nodejs/typescript/lib/typescript.js",
            "vueTypes": "ambient",
            "runtime": "node 20.20.2",
            "degraded": []
           },
           "durations": {
            "queueSeconds": 0.000177114,
            "checkSeconds": 0.077803813,
            "totalSeconds": 0.679713038,
            "cold": true
           }
          }
          """#),
    ],
  ]
}
