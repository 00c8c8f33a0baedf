package import JSON

package enum CodeGrade: Method {
  package static let name = "code.grade"
  package static let summary = "Judges answers to coding problems by running their tests in the sandbox; asks no model."
  package static let details = """
    `dataset` is a file or folder of LiveCodeBench, HumanEval or MBPP, or a folder of problems of one's own. An answer \
    names its problem by `question_id` (or `task_id`) and holds `code`, a program; or `response`, a model's answer in \
    which the program is to be found; or `completion`, as HumanEval has it. Several answers to a problem make pass@k. \
    With `partialResultToken` each result is sent as it comes too.
    """
  package static let errors: [ServiceError.Kind] = [
    .fileNotFound, .fileUnreadable, .fileUnwritable, .diskFull, .invalidData, .sandboxUnavailable, .runtimeMissing,
  ]

  package struct Params: Codable, Sendable, Equatable, PartialResultParams {
    package typealias Part = GradedAnswer

    package var dataset: String
    /// A file's path, or a list of answers.
    package var answers: JSONValue
    /// `strict` (default) or `official`.
    package var mode: String?
    /// `default` or `official`.
    package var extraction: String?
    package var selection: ProblemChoice?
    /// The first day that counts as after a model's cut-off.
    package var cutoff: String?
    /// What one test may use.
    package var limits: CodeExecute.Limits?
    /// Whether results hold the verdict on each test. Default false.
    package var tests: Bool?
    /// Whether tests after the first that fails are run too. Default true in the strict mode; never in the official one.
    package var allTests: Bool?
    /// A file to write LiveCodeBench's `eval_all.json` to.
    package var export: String?
    package var workDoneToken: JSONValue?
    package var partialResultToken: JSONValue?

    package init(dataset: String, answers: JSONValue) {
      self.dataset = dataset
      self.answers = answers
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    /// By problem and index.
    package var results: [GradedAnswer]
    package var summary: GradeSummary

    package init(results: [GradedAnswer], summary: GradeSummary) {
      self.results = results
      self.summary = summary
    }
  }
}

/// Which problems of a dataset are meant.
package struct ProblemChoice: Codable, Sendable, Equatable {
  /// `v6`, `v4_v5`, `part3`, `latest`.
  package var release: String?
  /// The first and the last day of the contests.
  package var from: String?
  package var to: String?
  /// `official` (default) or `inclusive`.
  package var dateRule: String?
  package var platforms: [String]?
  package var difficulties: [String]?
  /// Whether problems with known faults are in. Default false.
  package var includeErrata: Bool?

  package init() {}
}

/// The verdict on one answer.
package struct GradedAnswer: Codable, Sendable, Equatable {
  package var questionId: String
  /// The position among the answers to its problem, from 0.
  package var index: Int
  package var passed: Bool
  package var verdict: String
  /// The position of the first test that failed, from 0, public tests first; nil where none did or none was run.
  package var firstFailedTest: Int?
  /// One sentence.
  package var detail: String?
  /// `syntax`, `runtime`, `wrong_answer` or `timeout`.
  package var errorType: String?
  /// LiveCodeBench's code.
  package var officialCode: Int?
  /// What LiveCodeBench's own grader would say, where that is something else.
  package var officialVerdict: String?
  package var testsPassed: Int
  package var testsRun: Int
  package var testsTotal: Int
  package var cpuSeconds: Double
  package var wallSeconds: Double
  package var peakMemoryBytes: Int?
  /// Where in the answer the program stood; nil for an answer without one.
  package var extraction: CodePlace?
  /// nil unless asked for.
  package var tests: [GradedTest]?

  package init(questionId: String, index: Int, passed: Bool, verdict: String) {
    self.questionId = questionId
    self.index = index
    self.passed = passed
    self.verdict = verdict
    testsPassed = 0
    testsRun = 0
    testsTotal = 0
    cpuSeconds = 0
    wallSeconds = 0
  }
}

/// The verdict on one test.
package struct GradedTest: Codable, Sendable, Equatable {
  package var index: Int
  package var verdict: String
  package var detail: String?
  package var cpuSeconds: Double
  package var wallSeconds: Double
  package var peakMemoryBytes: Int?

  package init(index: Int, verdict: String, detail: String?, cpuSeconds: Double, wallSeconds: Double) {
    self.index = index
    self.verdict = verdict
    self.detail = detail
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
  }
}

/// Where a program stood in an answer.
package struct CodePlace: Codable, Sendable, Equatable {
  /// The block that was taken, from 1; nil where the whole answer was.
  package var block: Int?
  package var blocks: Int
  /// Lines of the answer, from 1.
  package var firstLine: Int
  package var lastLine: Int

  package init(block: Int?, blocks: Int, firstLine: Int, lastLine: Int) {
    self.block = block
    self.blocks = blocks
    self.firstLine = firstLine
    self.lastLine = lastLine
  }
}
