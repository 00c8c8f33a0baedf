import JSON

extension ResultsTrends.Params: Described {
  package static let notes = Notes(
    "Which runs to look at.",
    [
      "suite": "Only runs of this suite; null for all.",
      "model": "Only this model, `PROVIDER/MODEL`; null for all.",
      "days": Note("Only runs that began so many days before `until`, or later.", .above(0), .defaultValue(30)),
      "until": "Only runs that began before this time; null for now.",
      "groupBy": Note("Which runs make one series.", .defaultValue("configuration")),
      "alpha": Note("The level at which a change is marked; above 0 and below 1.", .above(0), .defaultValue(0.01)),
      "limit": Note("The most points to look at; the newest are taken.", .range(1, 10_000), .defaultValue(2000)),
    ])
}

extension ResultsTrends.Result: Described {
  package static let notes = Notes(
    "Scores over time.",
    [
      "since": "Where the time asked for begins.",
      "until": "Where it ends.",
      "alpha": Note("The level at which a change is marked.", .above(0)),
      "series": "One for each model and what was asked of it, by suite and model.",
      "isShortened": "Whether older points of that time were left out for `limit`.",
    ])
}

extension TrendGrouping: Described {
  package static let notes = Notes(
    "Which runs make one series.",
    [
      "configuration":
        "Those of one model, suite, suite version, options and model parameters; how many samples, and which, is not looked at.",
      "model": "Those of one model and suite, whatever else they asked.",
    ])
}

extension TrendSeries: Described {
  package static let notes = Notes(
    "The runs of one model that can be put on one line.",
    [
      "suite": "Name of the suite.",
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "suiteVersion": "The suite's version; null where runs of several stand together.",
      "options":
        "The suite's options that the runs share, without those that only choose samples; null where several stand together.",
      "settings":
        "Temperature, token limit, reducer and model options that the runs share, where given; null where several stand together.",
      "points": "The runs, in order of time.",
      "items": Note("Samples of all points together, epochs of a sample counted once.", .minimum(0)),
      "score": Note("Mean of the points by their samples; null without points.", .fraction),
      "slopePerDay":
        "Change of the score in a day, by weighted least squares; null for fewer than three points and for less than a day.",
      "slopeLow": "Low end of its 95 % interval; null for fewer than three points and for less than a day.",
      "slopeHigh": "High end of its 95 % interval; null for fewer than three points and for less than a day.",
      "slopePValue": Note(
        "Chance of a slope at least as steep if there is none; null for fewer than three points and for less than a day.",
        .fraction),
      "changes": "Where the score changed, in order of time; empty where nothing shows that it did.",
      "conclusion": "What the series shows, in a sentence.",
    ])
}

extension TrendPoint: Described {
  package static let notes = Notes(
    "What a model scored in one run.",
    [
      "runId": "The run's id.",
      "startedAt": "When it began.",
      "score": Note("Mean score of the scored samples.", .fraction),
      "low": Note("Low end of the score's 95 % interval; null when unknown.", .fraction),
      "high": Note("High end of the score's 95 % interval; null when unknown.", .fraction),
      "n": Note("Scored samples, each epoch counted.", .minimum(0)),
      "items": Note("`n` over the epochs: the weight of the point.", .minimum(0)),
    ])
}

extension TrendChange: Described {
  package static let notes = Notes(
    "A place where the score changed, with its evidence.",
    [
      "runId": "The first run after it.",
      "startedAt": "When that run began.",
      "before": Note("Score of the runs since the change before.", .fraction),
      "after": Note("Score of the runs from here to the next change.", .fraction),
      "beforeItems": Note("Samples of the runs before.", .minimum(0)),
      "afterItems": Note("Samples of the runs after.", .minimum(0)),
      "difference": "`after` less `before`.",
      "low": "Low end of the difference's 95 % interval.",
      "high": "High end of the difference's 95 % interval.",
      "pValue": Note("Chance of so strong a change anywhere in the series if there is none.", .fraction),
      "dispersion": Note(
        "How much more the runs vary from one to the next than their sizes explain; the evidence is weakened by it.",
        .minimum(1)),
    ])
}
