import JSON

extension RunRequest: Described {
  package static let notes = Notes(
    "What to run.",
    [
      "suite": "The suite's name, as `benchmark.list` gives it.",
      "models": Note(
        "The models to ask, each once, as `PROVIDER/MODEL`; `models.list` names the providers.", .notEmpty,
        .elements([.notEmpty])),
      "options":
        "The suite's own options by name; `benchmark.list` describes them. Those left out have their defaults.",
      "sample": "A random part of the samples; null for all.",
      "epochs": Note("How often each sample is asked.", .range(1, 10_000), .defaultValue(1)),
      "concurrency": Note(
        """
        Requests under way at once for each model; null for 1 of a local model. Of a hosted one null begins with a few and \
        adds one by one up to 100, and a fifth less whenever the provider limits the rate.
        """, .range(1, 1000)),
      "requestsPerMinute": Note(
        "The most requests to each model in a minute, evenly spread, retries included; null for no limit.", .above(0),
        .maximum(1_000_000)),
      "budget": "Limits of the whole run; null for none.",
      "detached": Note(
        "Whether the request is answered at once and the run goes on without the connection.",
        .defaultValue(false)),
      "temperature": Note("Sampling temperature; null for 0.", .range(0, 2)),
      "maximumOutputTokens": Note(
        "The most tokens that one answer may have; null for the model's own limit.", .range(1, 10_000_000)),
      "modelOptions":
        "How models are asked beyond that: reasoning, context, the provider's API; null for their defaults.",
      "baseURL":
        "Base URL for models of `local/`, `ollama/` and `openai-compatible/`, without password; null for the configured.",
      "record": "File that every answer is recorded to, for `replay/PATH`; null for none. Only with one model.",
      "attemptTimeoutSeconds": Note(
        "Seconds that one attempt may take; null for 300.", .above(0), .maximum(86_400)),
      "sampleTimeoutSeconds": Note(
        "Seconds that one sample may take with its retries, waiting for its turn not counted; null for 900.",
        .above(0), .maximum(86_400)),
      "cache": Note("Whether answers come from the store instead of from the model.", .defaultValue("off")),
      "reducer": "How the epochs of a sample become one score, told as `reduced`; null for none beside the mean.",
      "k": Note("The `k` of `passAtK` and `passHatK`: 1 to `epochs`; null for other reducers.", .range(1, 10_000)),
      "gpuIntervalSeconds": Note(
        "Seconds between readings of the server's GPUs while a local model answers: 0 for none, else at least 0.02.",
        .range(0, 3600), .defaultValue(0.5)),
      "retries": Note(
        """
        How often a call that failed for a passing reason is tried again, and ten times as often where the provider limits \
        the rate; null for 3. A lost network is waited for, and takes none of them.
        """, .range(0, 20)),
      "prices": "Prices that count instead of the server's, for the models that they name; null for the server's.",
      "allowUnknownPrice": Note(
        "Whether models of unknown price may be asked though the budget has US dollars, which then do not hold them.",
        .defaultValue(false)),
    ])
}

extension TrackedRunRequest: Described {
  package static let notes = RunRequest.notes.adding(ProgressNotes.both)
}

/// Words for the tokens that many methods take.
enum ProgressNotes {
  static let workDone = Notes(
    "", ["workDoneToken": Note("Asks for `$/progress` under this token; null for none.", .token)])
  static let both = workDone.adding(
    Notes(
      "",
      [
        "partialResultToken": Note(
          "Asks for each part of the result as a `$/progress` under this token; null for none.", .token)
      ]))
}

extension SampleSelection: Described {
  package static let notes = Notes(
    "A seeded random choice of samples: the same on every machine.",
    [
      "count": Note("How many samples; all when there are no more.", .minimum(1)),
      "seed": "Seed of the choice, below 2^63; null for 0.",
    ])
}

extension Budget: Described {
  package static let notes = Notes(
    "Limits that a run does not overstep, resumed parts added up.",
    [
      "usd": Note(
        "US dollars. The worst case of each call is reserved before it is sent, so `maximumOutputTokens` is needed; null "
          + "for no limit.", .above(0), .maximum(1_000_000)),
      "tokens": Note(
        "Tokens of prompts and answers together, reserved in the same way; null for no limit.",
        .range(1, 1_000_000_000_000_000)),
      "seconds": Note("Seconds at work; null for no limit.", .above(0), .maximum(31_536_000)),
    ])
}

extension RunStatus: Described {
  package static let notes = Notes(
    "Where a run stands.",
    [
      "running": "It is at work.",
      "completed": "Every sample was asked and stored.",
      "cancelled": "Its user stopped it; `benchmark.resume` does the rest.",
      "interrupted":
        "The process that ran it is gone, or there was no way to a provider for too long; `benchmark.resume` does the rest.",
      "failed": "It could not go on; `message` says why.",
      "budgetExhausted": "It would have overstepped its budget; `benchmark.resume` goes on with a larger one.",
    ])
}

extension RunProgress: Described {
  package static let notes = Notes(
    "What the progress of a run says of it.",
    [
      "runId": "The run's id. Absent of what is no run, as are the members below.",
      "sequence": Note(
        "Up to which sample this client has been told of the run: `afterSequence` for `benchmark.attach`.", .minimum(0)),
      "completed": Note("Samples with a stored result.", .minimum(0)),
      "total": Note("Samples planned: samples times epochs times models.", .minimum(0)),
      "passed": Note("Samples that passed.", .minimum(0)),
      "errors": Note("Samples that the provider or the server's machine failed.", .minimum(0)),
      "samplesPerSecond": Note("Samples a second over the last while; null at the start.", .minimum(0)),
      "remainingSeconds": Note("Estimated seconds to the end; null at the start.", .minimum(0)),
      "waiting":
        "Why calls wait, for people: for a lost network, or a provider that asks to wait; null while they go on.",
    ])
}
