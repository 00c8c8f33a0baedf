import JSON

extension CodeGrade.Params: Described {
  package static let notes = Notes(
    "Which answers to judge, and how.",
    [
      "dataset": "The problems: a file or a folder, relative to the server's folder.",
      "answers": Note(
        "The answers: the path of a file of JSON lines, or a list of objects.",
        .schema(["type": ["string", "array"], "items": ["type": "object"]])),
      "mode": Note(
        "Whose verdicts are wanted: `strict` judges what is right; `official` judges as LiveCodeBench's own grader does, "
          + "its known faults included.", .oneOf(["strict", "official"]), .defaultValue("strict")),
      "extraction": Note(
        "How the program is found in a response: `default` takes the last block of Python, one that defines the wanted "
          + "function before others; `official` what stands between the last two fences.",
        .oneOf(["default", "official"]), .defaultValue("default")),
      "selection": "Which problems are meant; null for all without known faults.",
      "cutoff": "The first day, such as 2024-09-01, that counts as after a model's cut-off; null for no such view.",
      "limits": "What one test may use; null for 6 seconds of processor time, 30 on the clock and 1 GiB of memory.",
      "tests": Note("Whether results hold the verdict on each test.", .defaultValue(false)),
      "allTests": Note(
        "Whether tests after the first that fails are run too; the official mode never does.", .defaultValue(true)),
      "export": "A file to write LiveCodeBench's `eval_all.json` to; null for none.",
    ]
  ).adding(ProgressNotes.both)
}

extension ProblemChoice: Described {
  package static let notes = Notes(
    "Which problems of a dataset are meant. What is null does not choose.",
    [
      "release":
        "LiveCodeBench's release: `v6` is all parts up to the sixth, `v4_v5` two parts, `part3` one, `latest` all.",
      "from": "The first day of the contests, such as 2024-08-01.",
      "to": "The last day of the contests.",
      "dateRule": Note(
        "Whether the last day is in: by the `official` rule a contest that begins after its midnight is not, by the "
          + "`inclusive` rule it is.", .oneOf(["official", "inclusive"]), .defaultValue("official")),
      "platforms": "Where problems come from, such as `leetcode`, `atcoder`, `codeforces`.",
      "difficulties": "How hard they are, such as `easy`, `medium`, `hard`.",
      "includeErrata": Note(
        "Whether problems that no right answer, or not every right answer, can pass are in.", .defaultValue(false)),
    ])
}

extension CodeGrade.Result: Described {
  package static let notes = Notes(
    "What came of the answers.",
    ["results": "The verdict on each answer, by problem and index.", "summary": "All of them together."])
}

/// The verdicts there are.
private let verdicts = [
  "accepted", "wrongAnswer", "compileError", "noFunction", "runtimeError", "cpuTimeLimit", "wallTimeLimit",
  "memoryLimit",
  "outputLimit", "noCode", "engineError",
]

extension GradedAnswer: Described {
  package static let notes = Notes(
    "The verdict on one answer.",
    [
      "questionId": "The problem's id.",
      "index": Note("The position among the answers to its problem, from 0.", .minimum(0)),
      "passed": "Whether it passed every test.",
      "verdict": Note(
        "What came of it; `engineError` says that it could not be judged, and nothing about it.", .oneOf(verdicts)),
      "firstFailedTest": Note(
        "Position of the first test that failed, from 0, public tests first; null where none did or none was run.",
        .minimum(0)),
      "detail": "What went wrong, in a sentence; null for an answer that passed.",
      "errorType": Note(
        "The same as trackers of LiveCodeBench have it; null for an answer that passed or could not be judged.",
        .oneOf(["syntax", "runtime", "wrong_answer", "timeout"])),
      "officialCode": "LiveCodeBench's code, -5…-2; null for an answer that passed.",
      "officialVerdict": Note(
        "What LiveCodeBench's own grader would say, where that is something else; null where it is not.",
        .oneOf(verdicts)),
      "testsPassed": Note("Tests that passed.", .minimum(0)),
      "testsRun": Note("Tests that were run.", .minimum(0)),
      "testsTotal": Note("Tests of the problem.", .minimum(0)),
      "cpuSeconds": Note("Seconds of processor time of all tests.", .minimum(0)),
      "wallSeconds": Note("Seconds on the clock of all tests.", .minimum(0)),
      "peakMemoryBytes": Note("The most memory that a test used, in bytes; null when unknown.", .minimum(0)),
      "extraction": "Where the program stood in the answer; null for an answer without one.",
      "tests": "The verdict on each test that was run; null unless asked for.",
    ])
}

extension GradedTest: Described {
  package static let notes = Notes(
    "The verdict on one test.",
    [
      "index": Note("Its position, from 0.", .minimum(0)),
      "verdict": Note("What came of it.", .oneOf(verdicts)),
      "detail": "What went wrong, in a sentence; null for a test that passed.",
      "cpuSeconds": Note("Seconds of processor time.", .minimum(0)),
      "wallSeconds": Note("Seconds on the clock.", .minimum(0)),
      "peakMemoryBytes": Note("The most memory that it used, in bytes; null when unknown.", .minimum(0)),
    ])
}

extension CodePlace: Described {
  package static let notes = Notes(
    "Where a program stood in an answer.",
    [
      "block": Note("The fenced block that was taken, from 1; null where the whole answer was.", .minimum(1)),
      "blocks": Note("Fenced blocks in the answer.", .minimum(0)),
      "firstLine": Note("The answer's line that it begins in, from 1.", .minimum(1)),
      "lastLine": Note("The answer's line that it ends in.", .minimum(1)),
    ])
}

extension GradeSummary: Described {
  package static let notes = Notes(
    "What came of many answers.",
    [
      "dataset": "The dataset's path.",
      "format": Note("What it is.", .oneOf(["livecodebench", "humaneval", "mbpp", "folder"])),
      "mode": Note("Whose verdicts these are.", .oneOf(["strict", "official"])),
      "problems": Note("Problems that were meant.", .minimum(0)),
      "unanswered": Note("Problems of these without an answer; they are in no rate.", .minimum(0)),
      "answers": Note("Answers to these problems.", .minimum(0)),
      "passed": Note("Answers that passed.", .minimum(0)),
      "failed": Note("Answers that did not.", .minimum(0)),
      "errors": Note("Answers that could not be judged; they are in no rate.", .minimum(0)),
      "passAtK": "pass@k for each usual k that every answered problem has enough answers for.",
      "byDifficulty": "pass@1 by difficulty.",
      "byPlatform": "pass@1 by platform.",
      "byMonth": "pass@1 by month of the contest.",
      "verdicts": "How often each verdict came, most frequent first.",
      "errorTypes": "The same by the names that trackers of LiveCodeBench have.",
      "officialDifferences": Note(
        "Answers on which LiveCodeBench's own grader would say something else.", .minimum(0)),
      "contamination": "pass@1 before and after the cut-off; null where none was given.",
      "excluded": "Problems that were left out for a known fault.",
      "unknownProblems": "Problems that answers name and that are not among those meant; at most 100.",
      "issues": "What is wrong with the dataset and the answers; at most 100.",
      "runtime": "What ran the programs, such as `python 3.11.7`; null when unknown.",
      "timeFactor": Note("What limits on time were multiplied with, for a slow machine.", .minimum(1)),
      "durationSeconds": Note("Seconds it all took.", .minimum(0)),
    ])
}

extension PassAtK: Described {
  package static let notes = Notes(
    "pass@k: the chance that one of k answers to a problem passes, by the unbiased estimator, averaged over problems.",
    [
      "k": Note("How many answers.", .minimum(1)),
      "value": Note("The mean over problems.", .fraction),
      "low": Note("Low end of the 95 % interval, from resampling problems; null for fewer than two.", .fraction),
      "high": Note("High end of it.", .fraction),
      "problems": Note("Problems with an answer that was judged.", .minimum(0)),
    ])
}

extension PassGroup: Described {
  package static let notes = Notes(
    "pass@1 of problems that have something in common.",
    [
      "name": "What they have in common.",
      "value": Note("The mean over problems.", .fraction),
      "low": Note("Low end of the 95 % interval; null for fewer than two problems.", .fraction),
      "high": Note("High end of it.", .fraction),
      "problems": Note("Problems.", .minimum(0)),
    ])
}

extension Contamination: Described {
  package static let notes = Notes(
    "pass@1 on problems from before and after a day: a model that remembers problems is better on the former.",
    [
      "cutoff": "The first day that counts as after.",
      "before": "Of earlier problems; null where there are none.",
      "after": "Of problems of that day and later; null where there are none.",
      "difference": Note("After less before, -1…1; null where one is missing.", .range(-1, 1)),
      "differenceLow": "Low end of its 95 % interval; null where one of the two has none.",
      "differenceHigh": "High end of it.",
      "undated": Note("Problems without a date, which are in neither.", .minimum(0)),
    ])
}

extension ExcludedProblems: Described {
  package static let notes = Notes(
    "Problems that were left out.",
    [
      "reason": Note(
        "Why: they accept several outputs and their tests know one, they need a judge to talk with, or their tests are "
          + "wrong.", .oneOf(["severalOutputs", "interactive", "wrongTests"])),
      "problems": "Their ids.",
    ])
}

extension DatasetNote: Described {
  package static let notes = Notes(
    "Something about a file that its user should know.",
    [
      "severity": Note("Whether what it says keeps something from being used.", .oneOf(["error", "warning"])),
      "path": "The file or folder.",
      "line": Note("The line, from 1; null where all of it is meant.", .minimum(1)),
      "problem": "The problem's id; null where it is not known.",
      "message": "What is wrong.",
    ])
}
