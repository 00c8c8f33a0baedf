import JSON

extension BenchmarkList.Result: Described {
  package static let notes = Notes("The suites.", ["suites": "Every suite, by name."])
}

extension SuiteDescriptor: Described {
  package static let notes = Notes(
    "What a suite measures and how it can be tuned.",
    [
      "name": "The suite's name, for `benchmark.run`.",
      "version":
        "Changes whenever prompts, data or scoring change: scores of different versions are not to be compared.",
      "summary": "What it measures, in a sentence.",
      "options": "Its options.",
      "dimension": "Key of the samples' `metadata` that results are grouped by, such as `size`; null for none.",
      "executesCode": "Whether it executes generated code, which needs the sandbox.",
    ])
}

extension OptionDescriptor: Described {
  package static let notes = Notes(
    "One option of a suite.",
    [
      "name": "Its name, for `options` of `benchmark.run`.",
      "kind": "What its value is.",
      "defaultValue": "Its value when it is left out, of that kind.",
      "summary": "What it means, in a sentence.",
    ])
}

extension OptionDescriptor.Kind: Described {
  package static let notes = Notes(
    "What an option's value is.",
    [
      "integer": "A whole number.", "number": "A number.", "boolean": "`true` or `false`.", "string": "A string.",
      "integerList": "An array of whole numbers.", "stringList": "An array of strings.",
    ])
}

extension BenchmarkPlan.Result: Described {
  package static let notes = Notes(
    "What a run would send.",
    [
      "suite": "Name of the suite.", "models": "What each model would be sent.",
      "estimatedCostUSD": Note("Of all models; null when that of one is unknown.", .minimum(0)),
      "maximumCostUSD": Note("Of all models; null when that of one is unknown.", .minimum(0)),
      "estimatedSeconds": Note(
        "Hosted models side by side, local ones one after another; null when that of one is unknown.", .minimum(0)),
    ])
}

extension BenchmarkPlan.ModelPlan: Described {
  package static let notes = Notes(
    "What one model would be sent.",
    [
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "samples": Note("Answers: samples times epochs.", .minimum(0)),
      "cachedSamples": Note(
        "How many of them the cache answers, for `cache: \"read\"`; tokens, costs and time are those of the others.",
        .minimum(0)),
      "promptTokens": Note("Estimated tokens of all prompts together.", .minimum(0)),
      "maximumCompletionTokens": Note(
        "The most tokens that all answers together may have; null when the run sets no limit.", .minimum(0)),
      "estimatedCompletionTokens": Note(
        "Tokens of all answers, were they as long as the model's in the suite's last runs; null when it had none.",
        .minimum(0)),
      "estimatedCostUSD": Note(
        "What it would cost with such answers, in US dollars; null when they or the price are unknown.", .minimum(0)),
      "maximumCostUSD": Note(
        """
        The most it may cost in US dollars, without retries; null when the price is unknown or the run sets no limit to \
        the answers.
        """, .minimum(0)),
      "estimatedSeconds": Note(
        "Seconds it would take, were calls as long as in those runs; null when that is unknown.", .minimum(0)),
      "basedOnAnswers": Note("Earlier answers that the estimates rest on.", .minimum(0)),
    ])
}

extension BenchmarkResume.Params: Described {
  package static let notes = Notes(
    "Which run to go on with.",
    [
      "runId": "The run's id, the unique beginning of one, or `latest`.",
      "retryErrors": Note(
        "Whether samples that ended with an infrastructure error are asked again.", .defaultValue(true)),
      "budget":
        "Limits instead of the run's own, for the run as a whole; those that are null stay as they are, null for all.",
      "concurrency": Note(
        "Requests under way at once for each model, from now on; null for what the run asked for.", .range(1, 1000)),
      "requestsPerMinute": Note(
        "Most requests to each model in a minute, from now on; null for what the run asked for.", .above(0)),
      "baseURL": "Where the models are now; null for where they were.",
    ]
  ).adding(ProgressNotes.both)
}

extension BenchmarkAttach.Params: Described {
  package static let notes = Notes(
    "Which run to watch, and from where.",
    [
      "runId": "The run's id, the unique beginning of one, or `latest`.",
      "afterSequence": Note(
        """
        The `sequence` of the last sample that the client knows: those above it are sent. A number beyond the run's last \
        sample means that one: only what comes is sent.
        """, .minimum(0), .defaultValue(0)),
    ]
  ).adding(ProgressNotes.both)
}

extension BenchmarkCancel.Params: Described {
  package static let notes = Notes(
    "Which run to stop.", ["runId": "The run's id, the unique beginning of one, or `latest`."])
}
