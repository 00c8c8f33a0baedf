import JSON

extension SampleRecord: Described {
  package static let notes = Notes(
    "One sample's answer and score, as it is stored.",
    [
      "runId": "The run it belongs to.",
      "sequence": Note(
        "Its place in the order that the run's samples were stored, from 1. One asked again gets a new, higher number.",
        .minimum(0)),
      "model": "The model that was asked, `PROVIDER/MODEL`.",
      "sampleId": "The sample's id within the suite, the same in every run with the same options.",
      "epoch": Note("Which time it was asked, from 1.", .minimum(1)),
      "outcome": "How it ended.",
      "score": Note("Its score; null when it was not scored.", .fraction),
      "reason": "Why it failed, in a word or two such as `noCode`; null when it did not.",
      "detail": "Why it failed, in a sentence; null when it did not.",
      "prompt": "What the model was sent.",
      "response": "What the model answered; null when no answer came.",
      "reasoning": "What a reasoning model thought before it answered; null where the provider does not give it.",
      "expected": "The right answer, of the suite's own form.",
      "extracted": "What the scorer understood the answer to be, of the same form; null when it found none.",
      "stopReason": Note(
        "Why the model stopped: `stop`, `length`, `contentFilter`, `toolCalls`, `unknown` or the provider's own word; "
          + "null when no answer came."),
      "latencyMilliseconds": Note("Time of the call in milliseconds; null when unknown.", .minimum(0)),
      "timeToFirstTokenMilliseconds": Note(
        "Time to the first token in milliseconds; null when unknown.", .minimum(0)),
      "promptTokens": Note("Tokens sent; null when unknown.", .minimum(0)),
      "completionTokens": Note("Tokens answered; null when unknown.", .minimum(0)),
      "tokensEstimated": "Whether a token count was estimated instead of reported by the provider.",
      "costUSD": Note("Cost in US dollars; null when the price is unknown.", .minimum(0)),
      "telemetry":
        "What the provider and its server tell of the call, cached or not: cached tokens, speeds; null for nothing.",
      "attempts": Note("Calls made for it, retries included.", .minimum(0)),
      "cached": "Whether the answer was taken from the cache: no call was made, and its cost is 0.",
      "originalLatencyMilliseconds": Note(
        "Of an answer from the cache: time of its call in milliseconds when it was made; null of any other.",
        .minimum(0)),
      "metrics": "The suite's further measures, by name.",
      "parts": "The verdicts that make up the score; empty for a sample judged as a whole.",
      "metadata": "The suite's own facts, such as the size.",
      "scoringRevision": Note("The scoring that the verdict is of: 1 for the run's own.", .minimum(1)),
      "earlierScores": "Verdicts on the same answer by earlier scorings that were others, oldest first.",
      "startedAt": "When it was first sent.",
      "finishedAt": "When it had been judged.",
    ])
}

extension SamplePart: Described {
  package static let notes = Notes(
    "One of several verdicts on a sample, such as generated code on one size of data.",
    [
      "name": "Which part, such as `1k`.",
      "outcome": "How it ended.",
      "score": Note("Its score; null when it was not scored.", .fraction),
      "reason": "Why it failed, in a word or two; null when it did not.",
      "detail": "Why it failed, in a sentence; null when it did not.",
      "executionMilliseconds": Note(
        "Time of the program in milliseconds, its runtime's start and the reading of the data included; null when "
          + "none ran.", .minimum(0)),
      "metadata": "The suite's own facts, such as the size.",
    ])
}

extension Outcome: Described {
  package static let notes = Notes(
    "How a sample ended.",
    [
      "passed": "The answer is right.",
      "failed": "The answer is wrong.",
      "partial": "The answer earned a score between 0 and 1.",
      "truncated":
        "The model could not answer whole: a token limit, no answer after reasoning, a prompt beyond a local context.",
      "modelError": "The answer is malformed in a way that is the model's doing.",
      "infrastructureError":
        "The provider or the server's machine failed: never counted against the model, and can be asked again.",
      "cancelled": "The run ended before the answer came.",
    ])
}
