/// What came of many answers.
package struct GradeSummary: Codable, Sendable, Equatable {
  package var dataset: String
  /// `livecodebench`, `humaneval`, `mbpp` or `folder`.
  package var format: String
  package var mode: String
  /// Problems that were meant.
  package var problems: Int = 0
  /// Those of them that have no answer.
  package var unanswered: Int = 0
  /// Answers that were judged, and how they came out. Answers that could not be judged are `errors` and in no rate.
  package var answers: Int = 0
  package var passed: Int = 0
  package var failed: Int = 0
  package var errors: Int = 0
  package var passAtK: [PassAtK] = []
  package var byDifficulty: [PassGroup] = []
  package var byPlatform: [PassGroup] = []
  package var byMonth: [PassGroup] = []
  /// How often each verdict came, most frequent first.
  package var verdicts: [ReasonCount] = []
  /// The same by the names `syntax`, `runtime`, `wrong_answer` and `timeout`.
  package var errorTypes: [ReasonCount] = []
  /// Answers on which LiveCodeBench's own grader would say something else.
  package var officialDifferences: Int = 0
  /// nil unless asked for.
  package var contamination: Contamination?
  /// Problems left out for a known fault.
  package var excluded: [ExcludedProblems] = []
  /// Problems that answers name and the dataset, or the choice, does not have; at most 100.
  package var unknownProblems: [String] = []
  package var issues: [DatasetNote] = []
  /// What ran the programs; nil where none was run.
  package var runtime: String?
  /// What limits on time were multiplied with on this machine.
  package var timeFactor: Double = 1
  package var durationSeconds: Double = 0

  package init(dataset: String, format: String, mode: String) {
    self.dataset = dataset
    self.format = format
    self.mode = mode
  }
}

/// pass@k by the unbiased estimator.
package struct PassAtK: Codable, Sendable, Equatable {
  package var k: Int
  package var value: Double
  /// Ends of the 95 % interval; nil for fewer than two problems.
  package var low: Double?
  package var high: Double?
  package var problems: Int

  package init(k: Int, value: Double, low: Double?, high: Double?, problems: Int) {
    self.k = k
    self.value = value
    self.low = low
    self.high = high
    self.problems = problems
  }
}

/// pass@1 of the problems that have something in common.
package struct PassGroup: Codable, Sendable, Equatable {
  package var name: String
  package var value: Double
  package var low: Double?
  package var high: Double?
  package var problems: Int

  package init(name: String, value: Double, low: Double?, high: Double?, problems: Int) {
    self.name = name
    self.value = value
    self.low = low
    self.high = high
    self.problems = problems
  }
}

/// pass@1 before and after a cut-off date.
package struct Contamination: Codable, Sendable, Equatable {
  package var cutoff: String
  package var before: PassAtK?
  package var after: PassAtK?
  /// After less before.
  package var difference: Double?
  package var differenceLow: Double?
  package var differenceHigh: Double?
  package var undated: Int

  package init(cutoff: String, undated: Int) {
    self.cutoff = cutoff
    self.undated = undated
  }
}

/// Problems that were left out.
package struct ExcludedProblems: Codable, Sendable, Equatable {
  /// `severalOutputs`, `interactive` or `wrongTests`.
  package var reason: String
  package var problems: [String]

  package init(reason: String, problems: [String]) {
    self.reason = reason
    self.problems = problems
  }
}

/// Something about a file that its user should know.
package struct DatasetNote: Codable, Sendable, Equatable {
  /// `error` or `warning`.
  package var severity: String
  package var path: String
  /// From 1.
  package var line: Int?
  package var problem: String?
  package var message: String

  package init(severity: String, path: String, line: Int?, problem: String?, message: String) {
    self.severity = severity
    self.path = path
    self.line = line
    self.problem = problem
    self.message = message
  }
}
