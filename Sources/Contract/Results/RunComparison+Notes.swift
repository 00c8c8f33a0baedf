import JSON

extension ResultsCompare.Params: Described {
  package static let notes = Notes(
    "What to compare, and how.",
    [
      "runs": Note(
        "The runs' ids, or unique beginnings of them, or `latest`: several of one suite, or one that asked several models. "
          + "The first is what the others are held against.", .notEmpty),
      "models": "Only these models, `PROVIDER/MODEL`; null for all.",
      "metric": "What is compared; null for the reducer that all of the runs asked for, else `score`.",
      "k": Note(
        "The k of `passAtK` and `passHatK`; null with every other metric, and for the one that the runs asked for.",
        .minimum(1)),
      "alpha": Note(
        "The chance to claim a difference where there is none; above 0 and below 1.", .above(0), .defaultValue(0.05)),
      "difference": Note(
        "The difference for which `itemsNeeded` is given, in the metric's unit; null for the one observed.", .above(0)),
      "pairing":
        "Which sides are compared with which; null for `sameModel` when a model is in several of the runs, else `all`.",
      "limit": Note("The most flipped samples to give for each pair.", .range(0, 1000), .defaultValue(20)),
      "cursor": "`nextCursor` of a pair of the page before; null for the first page.",
    ])
}

extension ComparisonMetric: Described {
  package static let notes = Notes(
    "What is compared.",
    [
      "score": "The score, 0…1.", "passed": "Whether the answer is right.",
      "passAtK":
        "The chance that one of k epochs is right, by the unbiased estimator; samples with fewer are left out.",
      "passHatK":
        "The chance that all of k epochs are right, by the unbiased estimator; samples with fewer are left out.",
      "majority": "Whether most epochs are right: 1, 0, or 0.5 where exactly half are.",
      "latencyMilliseconds": "Time of a call in milliseconds; less is better.",
      "promptTokens": "Tokens sent; less is better.", "completionTokens": "Tokens answered; less is better.",
      "costUSD": "Cost of an answer in US dollars; less is better.",
    ])
}

extension ComparisonPairing: Described {
  package static let notes = Notes(
    "Which sides are compared with which.",
    ["all": "Every side with every other.", "sameModel": "Each model with itself in the other runs."])
}

extension RunComparison: Described {
  package static let notes = Notes(
    "What models did on the same samples, pair by pair.",
    [
      "suite": "Name of the suite.",
      "metric": "What is compared.",
      "k": Note("Of a metric that takes one; null for the others.", .minimum(1)),
      "alpha": Note("The chance to claim a difference where there is none, over all pairs.", .above(0)),
      "sides": "What is compared: each is one model in one run.",
      "pairs": "The comparisons, two sides each.",
      "tiers": Note(
        "Sides that cannot be told apart, best tier first: in the order of their scores, a side joins the tier under way "
          + "when it is told apart from none of it. Empty unless every side was compared with every other."),
      "warnings": "What makes the comparison doubtful, a sentence each.",
      "conclusion": "The answer for people, in a sentence or two.",
    ])
}

extension ComparedSide: Described {
  package static let notes = Notes(
    "One model in one run.",
    [
      "label": "`A`, `B` and so on: how pairs and tiers name it.",
      "runId": "The run's id.",
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "startedAt": "When the run began.",
      "score": Note(
        "Score over all of its scored samples, by the reducer that is compared where the run asked for it, else the mean; "
          + "null before the first.", .fraction),
      "low": Note("Low end of the score's 95 % interval; null when unknown.", .fraction),
      "high": Note("High end of the score's 95 % interval; null when unknown.", .fraction),
      "n": Note("Scored samples.", .minimum(0)),
    ])
}

extension ComparedTier: Described {
  package static let notes = Notes(
    "Sides of which no two were told apart.", ["sides": "Their labels, best first."])
}

extension PairComparison: Described {
  package static let notes = Notes(
    "Two sides on the samples that both have.",
    [
      "first": "Label of the one side.",
      "second": "Label of the other side.",
      "items": Note("Samples compared.", .minimum(0)),
      "n": Note("Pairs of answers compared: samples times epochs.", .minimum(0)),
      "onlyFirst": Note("Scored answers of the first side without a scored counterpart.", .minimum(0)),
      "onlySecond": Note("Scored answers of the second side without a scored counterpart.", .minimum(0)),
      "otherAnswers": Note(
        "Pairs left out, since the two sides were asked for different answers, as with another seed.", .minimum(0)),
      "otherPrompts": Note("Pairs compared although their prompts differ.", .minimum(0)),
      "truncated": Note("Pairs in which an answer hit a token limit: it counts 0, of unknown worth.", .minimum(0)),
      "bothPassed": Note("Pairs that both sides passed.", .minimum(0)),
      "onlyFirstPassed": Note("Pairs that only the first side passed.", .minimum(0)),
      "onlySecondPassed": Note("Pairs that only the second side passed.", .minimum(0)),
      "neitherPassed": Note("Pairs that neither side passed.", .minimum(0)),
      "firstMean": "Mean of the first side over the samples compared, in the metric's unit; null without any.",
      "secondMean": "Mean of the second side over the samples compared, in the metric's unit; null without any.",
      "difference": "`secondMean` less `firstMean`; null without a pair.",
      "low": "Low end of the difference's 95 % interval, for this pair alone; null when the samples do not tell.",
      "high": "High end of the difference's 95 % interval, for this pair alone; null when the samples do not tell.",
      "test": "The test behind the p-value.",
      "pValue": Note(
        "Chance of a difference at least as large if there is none; null without a pair.", .fraction),
      "midPValue": Note("The less cautious mid-p value of McNemar's test; null with another test.", .fraction),
      "adjustedPValue": Note(
        "`pValue` by Holm's correction for all pairs: what is held against `alpha`; null without a pair.", .fraction),
      "verdict": "What it shows.",
      "itemsNeeded": Note(
        "Samples that it takes to see `neededFor` four times in five, on both sides; null when no number would.",
        .minimum(1)),
      "neededFor": "The difference that `itemsNeeded` is for: the request's, else the one observed; null without any.",
      "smallestDifference": Note(
        "The least difference that as many samples as these show four times in five; null when there is none.",
        .minimum(0)),
      "flipped": Note("Pairs of which one side passed and the other did not.", .minimum(0)),
      "flips": "Those pairs, in the order of their ids; a page of them.",
      "nextCursor": "Asks for the pair's next page of `flips` as `cursor`; null on the last page.",
      "conclusion": "The answer for people, in a sentence or two.",
    ])
}

extension ComparisonTest: Described {
  package static let notes = Notes(
    "The test behind a p-value, always two-sided.",
    [
      "mcnemar": "McNemar's exact test.",
      "signFlip":
        "The sign-flip test of the samples' differences: exact where they lie on a grid, else of 19 999 draws.",
    ])
}

extension ComparisonVerdict: Described {
  package static let notes = Notes(
    "What a comparison shows at the level asked for.",
    [
      "firstIsBetter": "The first side is better.", "secondIsBetter": "The second side is better.",
      "noDifferenceShown": "The samples do not show which is better; that does not make the two the same.",
    ])
}

extension FlippedSample: Described {
  package static let notes = Notes(
    "A sample that passed on one side only.",
    [
      "sampleId": "The sample's id.",
      "epoch": Note("Which time it was asked.", .minimum(1)),
      "first": "How it ended on the first side.",
      "second": "How it ended on the second side.",
      "firstScore": Note("Its score on the first side; null when not scored.", .fraction),
      "secondScore": Note("Its score on the second side; null when not scored.", .fraction),
      "reason": "Why it failed, on the side where it did, in a word or two; null when unknown.",
    ])
}
