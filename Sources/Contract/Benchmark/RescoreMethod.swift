package import JSON

package enum BenchmarkRescore: Method {
  package static let name = "benchmark.rescore"
  package static let summary =
    "Judges a run's stored answers with today's grader, without a call to a model, and keeps the earlier scores."
  package static let details = """
    All or nothing: until the last answer is judged, and where the request is cancelled or the server dies, the run keeps \
    the scores that it had. Samples without an answer stay as they are. Those that cannot be judged again, because the \
    suite no longer makes them or makes them with another prompt, are named in `skipped` and stay as they are too. Each \
    flip is sent under the `partialResultToken` when it is found.

    A run that is under way, or is being judged again elsewhere, is refused with `serverBusy`.
    """
  package static let errors: [ServiceError.Kind] =
    [.runNotFound, .serverBusy, .graderUnsound] + BenchmarkCheck.errors + ServiceError.Kind.ofStore

  package struct Params: Codable, Sendable, Equatable, PartialResultParams {
    package typealias Part = ScoreFlip

    /// A run's id, the start of one that no other shares, or `latest`.
    package var runId: String
    /// Whether only to say what would flip, and to store nothing. Default false.
    package var dryRun: Bool?
    package var workDoneToken: JSONValue?
    package var partialResultToken: JSONValue?

    package init(runId: String, dryRun: Bool? = nil) {
      self.runId = runId
      self.dryRun = dryRun
    }
  }

  package struct Result: Codable, Sendable, Equatable {
    package var runId: String
    /// Of the scores that were made; nil when nothing was stored.
    package var revision: Int?
    /// Answers that were judged.
    package var rescored: Int
    /// Verdicts or scores that are others now.
    package var flipped: Int
    /// The first 1000 of them, in the order of `sequence`.
    package var flips: [ScoreFlip]
    /// Samples without an answer.
    package var withoutAnswer: Int
    /// Answers that could not be judged.
    package var skippedSamples: Int
    /// The first 1000 of them.
    package var skipped: [SkippedSample]
    /// The run with the scores that count now.
    package var run: RunSummary

    package init(runId: String, revision: Int?, run: RunSummary) {
      self.runId = runId
      self.revision = revision
      self.run = run
      rescored = 0
      flipped = 0
      flips = []
      withoutAnswer = 0
      skippedSamples = 0
      skipped = []
    }
  }
}

/// What a grader said of one answer.
package struct Verdict: Codable, Sendable, Equatable {
  package var outcome: Outcome
  package var score: Double?
  /// Why it is not right, in a word or two and in a sentence.
  package var reason: String?
  package var detail: String?

  package init(outcome: Outcome, score: Double?, reason: String?, detail: String?) {
    self.outcome = outcome
    self.score = score
    self.reason = reason
    self.detail = detail
  }
}

/// An answer whose outcome or score is another one since it was judged again.
package struct ScoreFlip: Codable, Sendable, Equatable {
  package var model: String
  package var sampleId: String
  package var epoch: Int
  package var sequence: Int
  package var before: Verdict
  package var after: Verdict

  package init(model: String, sampleId: String, epoch: Int, sequence: Int, before: Verdict, after: Verdict) {
    self.model = model
    self.sampleId = sampleId
    self.epoch = epoch
    self.sequence = sequence
    self.before = before
    self.after = after
  }
}

/// A stored answer that could not be judged again.
package struct SkippedSample: Codable, Sendable, Equatable {
  package enum Reason: String, Codable, Sendable, CaseIterable {
    /// The suite makes no sample of that id any more.
    case sampleGone
    /// The suite's prompt is another one: the answer is to another question.
    case promptChanged
    /// The sample could not be made.
    case sampleFailed
    /// This machine could not judge the answer.
    case scoringFailed
  }

  package var model: String
  package var sampleId: String
  package var epoch: Int
  package var reason: Reason
  package var detail: String

  package init(model: String, sampleId: String, epoch: Int, reason: Reason, detail: String) {
    self.model = model
    self.sampleId = sampleId
    self.epoch = epoch
    self.reason = reason
    self.detail = detail
  }
}

/// One time that a run's answers were judged.
package struct ScoringSummary: Codable, Sendable, Equatable {
  /// 1 for the scores that the run itself made.
  package var revision: Int
  package var scoredAt: Timestamp
  package var programVersion: String
  /// Of the suite whose grader judged.
  package var suiteVersion: String
  /// Answers judged, flipped and passed over; nil of revision 1.
  package var rescored: Int?
  package var flipped: Int?
  package var skipped: Int?
  package var models: [ScoringModel]

  package init(
    revision: Int, scoredAt: Timestamp, programVersion: String, suiteVersion: String, models: [ScoringModel]
  ) {
    self.revision = revision
    self.scoredAt = scoredAt
    self.programVersion = programVersion
    self.suiteVersion = suiteVersion
    self.models = models
  }
}

/// What a model's score was by one scoring.
package struct ScoringModel: Codable, Sendable, Equatable {
  package var model: String
  package var score: Double?
  package var low: Double?
  package var high: Double?
  package var n: Int
  package var passed: Int

  package init(_ summary: ModelSummary) {
    model = summary.model
    score = summary.score
    low = summary.low
    high = summary.high
    n = summary.n
    passed = summary.passed
  }
}

/// A verdict that counts no more.
package struct EarlierScore: Codable, Sendable, Equatable {
  /// The last scoring that came to this verdict.
  package var revision: Int
  package var outcome: Outcome
  package var score: Double?
  package var reason: String?
  package var detail: String?
  package var extracted: JSONValue?

  package init(revision: Int, outcome: Outcome, score: Double?, reason: String?, detail: String?, extracted: JSONValue?)
  {
    self.revision = revision
    self.outcome = outcome
    self.score = score
    self.reason = reason
    self.detail = detail
    self.extracted = extracted
  }
}

extension SampleRecord {
  package var verdict: Verdict { Verdict(outcome: outcome, score: score, reason: reason, detail: detail) }
}
