package import JSON

/// A run as it stands: what was asked, of which models, and what came of it.
package struct RunSummary: Codable, Sendable, Equatable {
  package var runId: String
  package var suite: String
  package var suiteVersion: String
  package var status: RunStatus
  /// Why it ended early; nil for a run that is complete or under way.
  package var message: String?
  package var startedAt: Timestamp
  package var finishedAt: Timestamp?
  /// Time the run was at work, resumed parts added up, waiting for its user not counted.
  package var durationSeconds: Double
  /// Samples times epochs times models.
  package var plannedSamples: Int
  package var completedSamples: Int
  package var models: [ModelSummary]
  package var request: RunRequest
  /// The seed that the samples were made from.
  package var seed: UInt64?
  package var programVersion: String
  /// Operating system, processor, cores, memory.
  package var machine: JSONObject
  /// What the costs were worked out with, each under its model's name; a model whose price was not known is not there.
  package var prices: [ModelPrice] = []
  /// What its budget counts as spent; nil for a run without a budget in US dollars or tokens.
  package var spent: Spending?
  /// Every time that the answers were judged, oldest first; empty for a run that never was judged again. The last one's
  /// scores are those of `models`.
  package var scorings: [ScoringSummary] = []

  package init(
    runId: String, suite: String, suiteVersion: String, status: RunStatus, startedAt: Timestamp,
    plannedSamples: Int, models: [ModelSummary], request: RunRequest, seed: UInt64?, programVersion: String,
    machine: JSONObject
  ) {
    self.runId = runId
    self.suite = suite
    self.suiteVersion = suiteVersion
    self.status = status
    self.startedAt = startedAt
    self.plannedSamples = plannedSamples
    self.models = models
    self.request = request
    self.seed = seed
    self.programVersion = programVersion
    self.machine = machine
    message = nil
    finishedAt = nil
    durationSeconds = 0
    completedSamples = 0
  }
}

/// What a run has spent at most: calls without an answer that the provider may bill are in it with their worst case, and
/// while it is at work so are the calls under way.
package struct Spending: Codable, Sendable, Equatable {
  /// nil when no model's price is known; models of unknown price are not in it.
  package var usd: Double?
  package var tokens: Int

  package init(usd: Double?, tokens: Int) {
    self.usd = usd
    self.tokens = tokens
  }
}

/// What one model did in a run.
package struct ModelSummary: Codable, Sendable, Equatable {
  package var model: String
  /// Mean score of the scored samples, 0…1; nil before the first.
  package var score: Double?
  /// Ends of the 95 % interval of the score. With truncated answers, the low end is that of all of them counted as
  /// wrong, the high end that of all counted as right.
  package var low: Double?
  package var high: Double?
  /// Score if every truncated answer were wrong, and if every one were right; nil when none was truncated.
  package var scoreIfUnknownWrong: Double?
  package var scoreIfUnknownRight: Double?
  /// Scored samples.
  package var n: Int = 0
  package var passed: Int = 0
  package var failed: Int = 0
  package var partial: Int = 0
  package var truncated: Int = 0
  /// Malformed answers; scored 0.
  package var modelErrors: Int = 0
  /// Samples that the provider or this machine failed; excluded from the score.
  package var errors: Int = 0
  package var cancelled: Int = 0
  /// Samples whose answer was taken from the cache; their tokens and latencies are not in the figures below.
  package var cached: Int = 0
  /// Planned samples without a stored result.
  package var missing: Int = 0
  package var promptTokens: Int = 0
  package var completionTokens: Int = 0
  /// Whether any token count was estimated here instead of reported by the server.
  package var tokensEstimated: Bool = false
  /// nil when the price is unknown.
  package var costUSD: Double?
  /// Time spent on this model's samples, side by side ones counted once.
  package var durationSeconds: Double = 0
  package var meanLatencyMilliseconds: Double?
  package var medianLatencyMilliseconds: Double?
  package var meanTimeToFirstTokenMilliseconds: Double?
  /// Means of the suite's further measures over the scored samples.
  package var metrics: [String: Double] = [:]
  /// The same figures by the suite's dimension, such as the size.
  package var groups: [GroupSummary] = []
  /// Where the pass rate falls as the size grows; nil for a suite without sizes.
  package var cliff: CliffFit?
  /// Most frequent reasons of failure and error, most frequent first; truncated answers are neither.
  package var reasons: [ReasonCount] = []
  /// The score by the reducer that the run asked for; nil where it asked for none.
  package var reduced: ReducedScore?
  /// By what truncated answers were cut off, most frequent first.
  package var truncations: [ReasonCount] = []
  /// What this machine's GPUs did while it answered; nil for a hosted model, and without a GPU.
  package var gpu: GPUSummary?

  package init(model: String) { self.model = model }
}

/// The samples of one model that share a value of the suite's dimension.
package struct GroupSummary: Codable, Sendable, Equatable {
  /// Name of the dimension, such as `size`.
  package var dimension: String
  package var value: JSONValue
  package var score: Double?
  package var low: Double?
  package var high: Double?
  package var n: Int = 0
  package var passed: Int = 0
  /// Score if every truncated answer were wrong, and if every one were right; nil when none was truncated.
  package var scoreIfUnknownWrong: Double?
  package var scoreIfUnknownRight: Double?
  /// Answers cut off: counted 0 in the score, but of unknown worth.
  package var truncated: Int = 0
  package var errors: Int = 0
  package var meanPromptTokens: Double?
  package var meanCompletionTokens: Double?
  package var meanLatencyMilliseconds: Double?
  /// Time of the programs, start to end, for suites that execute generated code.
  package var meanExecutionMilliseconds: Double?
  package var costUSD: Double?
  package var metrics: [String: Double] = [:]

  package init(dimension: String, value: JSONValue) {
    self.dimension = dimension
    self.value = value
  }
}

/// The size at which a logistic curve fitted to the passes crosses a rate, with 95 % intervals.
package struct CliffFit: Codable, Sendable, Equatable {
  /// Size at which half of the samples pass; nil when the sizes tried do not show it.
  package var sizeAt50: Double?
  package var sizeAt50Low: Double?
  package var sizeAt50High: Double?
  /// Size at which 95 % of the samples pass.
  package var sizeAt95: Double?
  package var sizeAt95Low: Double?
  package var sizeAt95High: Double?
  package var n: Int
  /// What the fit could not tell, in words: "every size passed: the cliff lies above 150".
  package var note: String?

  package init(n: Int, note: String? = nil) {
    self.n = n
    self.note = note
  }
}

package struct ReasonCount: Codable, Sendable, Equatable {
  package var reason: String
  package var count: Int

  package init(reason: String, count: Int) {
    self.reason = reason
    self.count = count
  }
}
