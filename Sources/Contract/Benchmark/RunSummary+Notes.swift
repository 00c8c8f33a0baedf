import JSON

extension RunSummary: Described {
  package static let notes = Notes(
    "A run as it stands: what was asked, of which models, and what came of it.",
    [
      "runId": "The run's id. Ids sort by the time their runs began.",
      "suite": "Name of the suite.",
      "suiteVersion": "The suite's version; scores of different versions are not to be compared.",
      "status": "Where it stands.",
      "message": "Why it ended early; null for a run that is complete or under way.",
      "startedAt": "When it began.",
      "finishedAt": "When it last ended; null while it runs.",
      "durationSeconds": Note("Seconds at work, resumed parts added up.", .minimum(0)),
      "plannedSamples": Note("Samples times epochs times models.", .minimum(0)),
      "completedSamples": Note("Samples with a stored result.", .minimum(0)),
      "models": "What each model did, in the order of the request.",
      "request": "What was asked, as it was asked.",
      "seed": "Seed that the samples were made from; null for a suite without.",
      "programVersion": "Version of llmbench that began the run.",
      "machine": Note(
        "The machine that ran it: `system`, `kernel`, `architecture`, `processor`, `cores`, `memoryBytes`; and under "
        + "`suite` what the suite says of its data and of what ran programs, with sentences for people in `notes`."),
      "prices":
        "The prices that its costs were worked out with, each under its model's name; none for a model of unknown price.",
      "spent": "What its budget counts as spent; null for a run without a budget in US dollars or tokens.",
      "scorings": Note(
        "Every time that its answers were judged, oldest first; the last one's scores count. Empty for a run that never "
          + "was judged again."),
    ])
}

extension Spending: Described {
  package static let notes = Notes(
    """
    What a run has spent at most: calls without an answer that the provider may bill are in it with their worst case, and \
    while the run is at work so are the calls under way.
    """,
    [
      "usd": Note("US dollars, for models of known price; null when none is known.", .minimum(0)),
      "tokens": Note("Tokens of prompts and answers together.", .minimum(0)),
    ])
}

extension ModelSummary: Described {
  package static let notes = Notes(
    "What one model did in a run.",
    [
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "score": Note("Mean score of the scored samples; null before the first.", .fraction),
      "low": Note(
        "Low end of the score's 95 % interval, truncated answers counted as wrong; null before the first sample.",
        .fraction),
      "high": Note(
        "High end of the score's 95 % interval, truncated answers counted as right; null before the first sample.",
        .fraction),
      "scoreIfUnknownWrong": Note(
        "Score if every truncated answer were wrong; null when none was truncated.", .fraction),
      "scoreIfUnknownRight": Note(
        "Score if every truncated answer were right; null when none was truncated.", .fraction),
      "n": Note("Scored samples.", .minimum(0)),
      "passed": Note("Samples with a right answer.", .minimum(0)),
      "failed": Note("Samples with a wrong answer.", .minimum(0)),
      "partial": Note("Samples with a score between 0 and 1.", .minimum(0)),
      "truncated": Note("Samples whose answer was cut off, so that its worth is unknown.", .minimum(0)),
      "modelErrors": Note("Samples with a malformed answer, scored 0.", .minimum(0)),
      "errors": Note("Samples that the provider or the server's machine failed; not in the score.", .minimum(0)),
      "cancelled": Note("Samples that the end of the run cut short; not in the score.", .minimum(0)),
      "cached": Note(
        "Samples whose answer was taken from the cache; their tokens and latencies are not in the sums and means.",
        .minimum(0)),
      "missing": Note("Planned samples without a stored result.", .minimum(0)),
      "promptTokens": Note("Tokens sent, over all samples.", .minimum(0)),
      "completionTokens": Note("Tokens answered, over all samples.", .minimum(0)),
      "tokensEstimated": "Whether any token count was estimated instead of reported by the provider.",
      "costUSD": Note("Cost in US dollars; null when the price is unknown.", .minimum(0)),
      "durationSeconds": Note("Seconds spent on its samples, side by side ones counted once.", .minimum(0)),
      "meanLatencyMilliseconds": Note("Mean time of a call in milliseconds; null when unknown.", .minimum(0)),
      "medianLatencyMilliseconds": Note(
        "Median time of a call in milliseconds; null when unknown. Of a run under way with very many samples about that.",
        .minimum(0)),
      "meanTimeToFirstTokenMilliseconds": Note(
        "Mean time to the first token in milliseconds; null when unknown.", .minimum(0)),
      "metrics": "Means of the suite's further measures over the scored samples, by name.",
      "groups": "The same figures by the suite's dimension, such as the size; empty for a suite without.",
      "cliff": "Where the pass rate falls as the size grows; null for a suite without sizes.",
      "reasons": "Why samples failed, most frequent first.",
      "reduced": "The score by the reducer that the run asked for; null where it asked for none.",
      "gpu": "What the server's GPUs did while it answered; null for a hosted model, and without a GPU.",
      "truncations": Note(
        "By what answers were cut off, most frequent first: `outputLimit`, `emptyAfterReasoning`, `promptCut` (a local "
          + "server dropped a part of the prompt) or `contextTooLong` (it refused the prompt)."),
    ])
}

extension GroupSummary: Described {
  package static let notes = Notes(
    "The samples of one model that share a value of the suite's dimension.",
    [
      "dimension": "Name of the dimension, such as `size`.",
      "value": "The value they share, as in the samples' `metadata`.",
      "score": Note("Mean score of the scored samples; null before the first.", .fraction),
      "low": Note("Low end of the score's 95 % interval; null before the first sample.", .fraction),
      "high": Note("High end of the score's 95 % interval; null before the first sample.", .fraction),
      "n": Note("Scored samples.", .minimum(0)),
      "passed": Note("Samples with a right answer.", .minimum(0)),
      "scoreIfUnknownWrong": Note(
        "Score if every truncated answer were wrong; null when none was truncated.", .fraction),
      "scoreIfUnknownRight": Note(
        "Score if every truncated answer were right; null when none was truncated.", .fraction),
      "truncated": Note("Samples whose answer was cut off: 0 in the score, of unknown worth.", .minimum(0)),
      "errors": Note("Samples that the provider or the server's machine failed; not in the score.", .minimum(0)),
      "meanPromptTokens": Note("Mean tokens sent; null when unknown.", .minimum(0)),
      "meanCompletionTokens": Note("Mean tokens answered; null when unknown.", .minimum(0)),
      "meanLatencyMilliseconds": Note("Mean time of a call in milliseconds; null when unknown.", .minimum(0)),
      "meanExecutionMilliseconds": Note(
        "Mean time of the generated programs in milliseconds; null for a suite that runs none.", .minimum(0)),
      "costUSD": Note("Cost in US dollars; null when the price is unknown.", .minimum(0)),
      "metrics": "Means of the suite's further measures over the scored samples, by name.",
    ])
}

extension CliffFit: Described {
  package static let notes = Notes(
    "The size at which a logistic curve fitted to the passes crosses a rate, with 95 % intervals.",
    [
      "sizeAt50": Note(
        "Size at which half of the samples pass; null when the sizes tried do not show it.", .minimum(0)),
      "sizeAt50Low": Note("Low end of its interval; null when unknown.", .minimum(0)),
      "sizeAt50High": Note("High end of its interval; null when unknown.", .minimum(0)),
      "sizeAt95": Note(
        "Size at which 95 % of the samples pass; null when the sizes tried do not show it.", .minimum(0)),
      "sizeAt95Low": Note("Low end of its interval; null when unknown.", .minimum(0)),
      "sizeAt95High": Note("High end of its interval; null when unknown.", .minimum(0)),
      "n": Note("Samples that the fit rests on.", .minimum(0)),
      "note": "What the fit could not tell, in words; null when it could.",
    ])
}

extension ReasonCount: Described {
  package static let notes = Notes(
    "How often samples failed for one reason.",
    [
      "reason": "The reason, in a word or two such as `wrongOrder`.",
      "count": Note("Samples that failed for it.", .minimum(1)),
    ])
}
