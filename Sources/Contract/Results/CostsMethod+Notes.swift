import JSON

extension ResultsCosts.Params: Described {
  package static let notes = Notes(
    "Which runs to add up.",
    [
      "suite": "Only runs of this suite; null for all.",
      "model": "Only this model, `PROVIDER/MODEL`; null for all.",
      "since": "Only runs that began at this time or later; null for the beginning of the month of `until`.",
      "until": "Only runs that began before this time; null for now.",
    ])
}

extension ResultsCosts.Result: Described {
  package static let notes = Notes(
    "What the runs cost.",
    [
      "since": "Where the time looked at begins.",
      "until": "Where it ends.",
      "totalUSD": Note("US dollars, of all models whose price is known.", .minimum(0)),
      "runs": Note("How many runs there were.", .minimum(0)),
      "unpricedRuns": Note("How many of them asked only models of unknown price.", .minimum(0)),
      "averageUSD": Note("US dollars a run, of those whose price is known; null when there is none.", .minimum(0)),
      "groups": "The same by suite and model, the dearest first.",
      "forecast": "What the month will have cost; null where the time asked for does not end in the present.",
    ])
}

extension CostGroup: Described {
  package static let notes = Notes(
    "What one model cost in one suite.",
    [
      "suite": "Name of the suite.",
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "usd": Note("US dollars; null when the price of none of its runs is known.", .minimum(0)),
      "runs": Note("How many runs there were.", .minimum(0)),
      "unpricedRuns": Note("How many of them without a known price.", .minimum(0)),
      "averageUSD": Note("US dollars a run, of those whose price is known; null when there is none.", .minimum(0)),
    ])
}

extension CostForecast: Described {
  package static let notes = Notes(
    "What the month will have cost at its end.",
    [
      "until": "The end of the month.",
      "usd": Note("US dollars: what is spent, and what the regular runs will add.", .minimum(0)),
      "schedules": "The runs that come regularly, the dearest first.",
    ])
}

extension CostSchedule: Described {
  package static let notes = Notes(
    "Runs that come regularly.",
    [
      "suite": "Name of the suite.",
      "model": "The model's reference, `PROVIDER/MODEL`.",
      "samples": Note("Samples of the last run.", .minimum(0)),
      "everySeconds": Note("Median time between two runs, in seconds.", .above(0)),
      "averageUSD": Note("US dollars a run, of the last five.", .minimum(0)),
      "runsLeft": Note("How many more will begin before the month ends.", .minimum(0)),
      "usd": Note("US dollars that they will cost.", .minimum(0)),
    ])
}
