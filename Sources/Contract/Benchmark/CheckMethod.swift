package import JSON

package enum BenchmarkCheck: Method {
  package static let name = "benchmark.check"
  package static let summary =
    "Has a suite's grader judge the suite's own right and wrong answers, as every run does before it asks a model."
  package static let details = """
    Calls no model and stores nothing. A run of the same suite and options does not begin while `isSound` is false: it is \
    refused with `graderUnsound`.
    """
  package static let errors: [ServiceError.Kind] = [
    .unknownSuite, .invalidOption, .sandboxUnavailable, .runtimeMissing, .fileUnwritable,
  ]

  package struct Params: Codable, Sendable, Equatable {
    /// A suite's name, as `benchmark.list` gives it.
    package var suite: String
    /// The suite's own options.
    package var options: JSONObject?

    package init(suite: String, options: JSONObject? = nil) {
      self.suite = suite
      self.options = options
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var suite: String
    package var suiteVersion: String
    /// Whether every answer was judged as it must be.
    package var isSound: Bool
    package var references: [ReferenceVerdict]

    package init(suite: String, suiteVersion: String, references: [ReferenceVerdict]) {
      self.suite = suite
      self.suiteVersion = suiteVersion
      self.references = references
      isSound = references.allSatisfy(\.isAsExpected)
    }
  }
}

/// What a suite's grader said of an answer whose worth is known.
package struct ReferenceVerdict: Codable, Sendable, Equatable {
  /// What the answer is: "the sorted list", "one number left out".
  package var name: String
  package var sampleId: String
  /// Whether the answer is a right one, which must pass; a wrong one must not.
  package var isRight: Bool
  package var isAsExpected: Bool
  package var verdict: Verdict

  package init(name: String, sampleId: String, isRight: Bool, verdict: Verdict) {
    self.name = name
    self.sampleId = sampleId
    self.isRight = isRight
    self.verdict = verdict
    isAsExpected = verdict.outcome.isScored && (verdict.outcome == .passed) == isRight
  }
}

extension BenchmarkCheck.Params: Described {
  package static let notes = Notes(
    "Which suite to check.",
    [
      "suite": "The suite's name, as `benchmark.list` gives it.",
      "options": "The suite's own options by name; those left out have their defaults.",
    ])
}

extension BenchmarkCheck.Result: Described {
  package static let notes = Notes(
    "Whether a suite's grader can be trusted.",
    [
      "suite": "Name of the suite.",
      "suiteVersion": "The suite's version.",
      "isSound": "Whether every right answer passed and no wrong one did; true of a suite that ships none.",
      "references": "The answers and what was said of them; empty for a suite that ships none.",
    ])
}

extension ReferenceVerdict: Described {
  package static let notes = Notes(
    "What a suite's grader said of an answer whose worth is known.",
    [
      "name": "What the answer is, in words.",
      "sampleId": "The sample that it answers.",
      "isRight": "Whether it is a right answer, which must pass; a wrong one must not.",
      "isAsExpected": "Whether the verdict is the right one.",
      "verdict": "The grader's verdict.",
    ])
}
