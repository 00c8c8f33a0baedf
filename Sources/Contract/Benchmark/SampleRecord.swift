package import JSON

/// One sample's answer and score, as it is stored.
package struct SampleRecord: Codable, Sendable, Equatable {
  package var runId: String
  /// Its place in the order that the run's samples were stored, from 1. A sample that is asked again gets a new number,
  /// higher than all before, and its old one is gone. 0 in a sample that is not stored yet.
  package var sequence: Int = 0
  package var model: String
  package var sampleId: String
  /// 1…epochs.
  package var epoch: Int
  package var outcome: Outcome
  /// 0…1; nil when the sample was not scored.
  package var score: Double?
  /// Why it failed, in a word or two such as `noCode`, and in a sentence.
  package var reason: String?
  package var detail: String?
  package var prompt: String
  /// nil when no answer came.
  package var response: String?
  /// What a reasoning model thought before it answered, where the provider gives it.
  package var reasoning: String?
  package var expected: JSONValue
  /// What the scorer understood the answer to be.
  package var extracted: JSONValue?
  package var stopReason: String?
  package var latencyMilliseconds: Double?
  package var timeToFirstTokenMilliseconds: Double?
  package var promptTokens: Int?
  package var completionTokens: Int?
  package var tokensEstimated: Bool = false
  package var costUSD: Double?
  /// What else was told of the call; nil where there was nothing. Of an answer from the cache it is that of the call that
  /// brought it.
  package var telemetry: CallTelemetry?
  /// Calls made for it, retries included.
  package var attempts: Int = 0
  /// Whether the answer was taken from the cache: no call was made, and nothing was paid.
  package var cached: Bool = false
  /// Of an answer from the cache: how long its call took when it was made. `latencyMilliseconds` then is nil.
  package var originalLatencyMilliseconds: Double?
  package var metrics: [String: Double] = [:]
  /// The verdicts that make up the score, for a sample judged in several parts.
  package var parts: [SamplePart] = []
  /// The suite's own facts, such as the size.
  package var metadata: JSONObject = [:]
  /// The scoring that the verdict is of; 1 for the run's own.
  package var scoringRevision: Int = 1
  /// Verdicts of earlier scorings that were others, oldest first.
  package var earlierScores: [EarlierScore] = []
  package var startedAt: Timestamp
  package var finishedAt: Timestamp

  package init(
    runId: String, model: String, sampleId: String, epoch: Int, outcome: Outcome, prompt: String,
    expected: JSONValue, startedAt: Timestamp, finishedAt: Timestamp
  ) {
    self.runId = runId
    self.model = model
    self.sampleId = sampleId
    self.epoch = epoch
    self.outcome = outcome
    self.prompt = prompt
    self.expected = expected
    self.startedAt = startedAt
    self.finishedAt = finishedAt
  }
}

/// One of several verdicts on a sample, such as generated code on one data size.
package struct SamplePart: Codable, Sendable, Equatable {
  package var name: String
  package var outcome: Outcome
  package var score: Double?
  package var reason: String?
  package var detail: String?
  /// From the start of the program to its end; of generated code with the runtime's own start and the reading of the
  /// data.
  package var executionMilliseconds: Double?
  package var metadata: JSONObject

  package init(name: String, outcome: Outcome, score: Double?, metadata: JSONObject) {
    self.name = name
    self.outcome = outcome
    self.score = score
    self.metadata = metadata
  }
}
