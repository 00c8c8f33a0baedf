import JSON

extension BenchmarkRescore.Params: Described {
  package static let notes = Notes(
    "Which run to judge again.",
    [
      "runId": "The run's id, the unique beginning of one, or `latest`.",
      "dryRun": Note("Whether only to say what would flip, and to store nothing.", .defaultValue(false)),
    ]
  ).adding(ProgressNotes.both)
}

extension BenchmarkRescore.Result: Described {
  package static let notes = Notes(
    "What judging again came to.",
    [
      "runId": "The run.",
      "revision": Note("Number of the scores that were made; null for a dry run.", .minimum(2)),
      "rescored": Note("Answers that were judged.", .minimum(0)),
      "flipped": Note("Answers whose outcome or score is another one now.", .minimum(0)),
      "flips": "The first 1000 of them, in the order of `sequence`.",
      "withoutAnswer": Note("Samples that have no answer; they stay as they are.", .minimum(0)),
      "skippedSamples": Note("Answers that could not be judged again; they keep their score.", .minimum(0)),
      "skipped": "The first 1000 of them, each with the reason.",
      "run": "The run with the scores that count now; of a dry run those that it has.",
    ])
}

extension Verdict: Described {
  package static let notes = Notes(
    "What a grader said of one answer.",
    [
      "outcome": "How the sample ended.",
      "score": Note("Its score; null when it was not scored.", .fraction),
      "reason": "Why it failed, in a word or two; null when it did not.",
      "detail": "Why it failed, in a sentence; null when it did not.",
    ])
}

extension ScoreFlip: Described {
  package static let notes = Notes(
    "An answer whose outcome or score is another one since it was judged again.",
    [
      "model": "The model that answered, `PROVIDER/MODEL`.",
      "sampleId": "The sample's id.",
      "epoch": Note("Which time it was asked, from 1.", .minimum(1)),
      "sequence": Note("The sample's place in the run.", .minimum(1)),
      "before": "The verdict that counted before.",
      "after": "Today's verdict.",
    ])
}

extension SkippedSample: Described {
  package static let notes = Notes(
    "A stored answer that could not be judged again.",
    [
      "model": "The model that answered, `PROVIDER/MODEL`.",
      "sampleId": "The sample's id.",
      "epoch": Note("Which time it was asked, from 1.", .minimum(1)),
      "reason": "Why not.",
      "detail": "The same in a sentence.",
    ])
}

extension SkippedSample.Reason: Described {
  package static let notes = Notes(
    "Why a stored answer could not be judged again.",
    [
      "sampleGone": "The suite makes no sample of that id any more.",
      "promptChanged": "The suite's prompt is another one: the answer is to another question.",
      "sampleFailed": "The sample could not be made.",
      "scoringFailed": "The server's machine could not judge the answer.",
    ])
}

extension ScoringSummary: Described {
  package static let notes = Notes(
    "One time that a run's answers were judged.",
    [
      "revision": Note("Its number: 1 for the scores that the run itself made.", .minimum(1)),
      "scoredAt": "When; of revision 1 when the run began.",
      "programVersion": "Version of llmbench that judged.",
      "suiteVersion": "Version of the suite whose grader judged.",
      "rescored": Note("Answers that were judged; null of revision 1.", .minimum(0)),
      "flipped": Note("Answers whose outcome or score changed with it; null of revision 1.", .minimum(0)),
      "skipped": Note("Answers that could not be judged; null of revision 1.", .minimum(0)),
      "models": "The models' scores by it.",
    ])
}

extension ScoringModel: Described {
  package static let notes = Notes(
    "What a model's score was by one scoring.",
    [
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "score": Note("Mean score of the scored samples; null without any.", .fraction),
      "low": Note("Low end of the score's 95 % interval; null without any.", .fraction),
      "high": Note("High end of the score's 95 % interval; null without any.", .fraction),
      "n": Note("Scored samples.", .minimum(0)),
      "passed": Note("Samples with a right answer.", .minimum(0)),
    ])
}

extension EarlierScore: Described {
  package static let notes = Notes(
    "A verdict on the same answer that counts no more.",
    [
      "revision": Note("The last scoring that came to it; `scorings` of the run says when that was.", .minimum(1)),
      "outcome": "How the sample ended by it.",
      "score": Note("The score; null when it was not scored.", .fraction),
      "reason": "Why it failed, in a word or two; null when it did not.",
      "detail": "Why it failed, in a sentence; null when it did not.",
      "extracted": "What the scorer understood the answer to be; null when it found none.",
    ])
}
