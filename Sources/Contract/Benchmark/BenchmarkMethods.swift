package import JSON

package enum BenchmarkList: Method {
  package static let name = "benchmark.list"
  package static let summary = "Lists the suites with their options."
  package typealias Params = Empty

  package struct Result: Codable, Sendable, Equatable {
    package var suites: [SuiteDescriptor]

    package init(suites: [SuiteDescriptor]) { self.suites = suites }
  }
}

package enum BenchmarkPlan: Method {
  package static let name = "benchmark.plan"
  package static let summary = "Says what a run would send, without calling a model."
  package static let details = "Nothing is sent and nothing is stored; no key is needed."
  package static let errors = ServiceError.Kind.ofRequest
  package typealias Params = RunRequest

  package struct Result: Codable, Sendable, Equatable {
    package var suite: String
    package var models: [ModelPlan]
    /// Of all models together; nil when that of one is unknown.
    package var estimatedCostUSD: Double?
    package var maximumCostUSD: Double?
    package var estimatedSeconds: Double?

    /// - Parameter seconds: as the models are asked, side by side or one after another.
    package init(suite: String, models: [ModelPlan], seconds: Double? = nil) {
      self.suite = suite
      self.models = models
      estimatedSeconds = seconds
      func sum(_ costs: [Double?]) -> Double? {
        costs.contains { $0 == nil } ? nil : costs.compactMap { $0 }.reduce(0, +)
      }
      estimatedCostUSD = sum(models.map(\.estimatedCostUSD))
      maximumCostUSD = sum(models.map(\.maximumCostUSD))
    }
  }

  package struct ModelPlan: Codable, Sendable, Equatable {
    package var model: String
    /// Samples times epochs.
    package var samples: Int
    /// Of ``samples``, those whose answer is in the cache, for a request that reads it: no call is made for them. Tokens,
    /// costs and time are those of the others.
    package var cachedSamples: Int = 0
    /// Estimated before anything is sent.
    package var promptTokens: Int
    /// The most the model may answer with, over all samples; nil when the run sets no limit.
    package var maximumCompletionTokens: Int?
    /// As long as the same model's answers were in the suite's last runs; nil when there were none.
    package var estimatedCompletionTokens: Int?
    /// With answers of that length; nil when they or the price are unknown.
    package var estimatedCostUSD: Double?
    /// Without retries: prompts of as many tokens as they can have, answers as long as they may be. nil when the price is
    /// unknown or the run sets no limit.
    package var maximumCostUSD: Double?
    /// With calls as long as they took then; nil when that is unknown.
    package var estimatedSeconds: Double?
    /// Earlier answers that the estimates rest on.
    package var basedOnAnswers: Int = 0

    package init(model: String, samples: Int, promptTokens: Int, maximumCompletionTokens: Int?) {
      self.model = model
      self.samples = samples
      self.promptTokens = promptTokens
      self.maximumCompletionTokens = maximumCompletionTokens
    }
  }
}

package enum BenchmarkRun: Method {
  package static let name = "benchmark.run"
  package static let summary = "Runs a suite on one or more models and stores every answer."
  package static let details = """
    A run that its request's cancellation ended is answered with -32800, whose data name the run. A run that ended \
    early for another reason is a result: `status` says how, `message` why.

    With `detached: true` the answer comes at once, with status `running`, and the run goes on without the \
    connection; it ends with the server at the latest.
    """
  package static let errors: [ServiceError.Kind] =
    ServiceError.Kind.ofRequest + [.missingAPIKey, .modelUnavailable, .fileUnwritable, .graderUnsound]
    + ServiceError.Kind.ofStore
  package typealias Params = TrackedRunRequest
  package typealias Result = RunSummary
}

package enum BenchmarkResume: Method {
  package static let name = "benchmark.resume"
  package static let summary = "Finishes a run that was cancelled or interrupted; stored answers are kept."
  package static let details = "A run that has nothing left to ask is given as it is."
  package static let errors: [ServiceError.Kind] =
    [.runNotFound, .serverBusy, .requestFailed] + BenchmarkRun.errors
  package typealias Result = RunSummary

  package struct Params: Codable, Sendable, Equatable, PartialResultParams {
    package typealias Part = SampleRecord

    package var runId: String
    /// Whether samples that ended with an infrastructure error are asked again. Default true.
    package var retryErrors: Bool?
    /// Limits instead of the run's own, for the run as a whole; those that are nil stay as they are.
    package var budget: Budget?
    /// How the rest is asked, instead of the run's own; the questions stay the same. nil leaves each as it is.
    package var concurrency: Int?
    package var requestsPerMinute: Double?
    package var baseURL: String?
    package var workDoneToken: JSONValue?
    package var partialResultToken: JSONValue?

    package init(runId: String, retryErrors: Bool? = nil) {
      self.runId = runId
      self.retryErrors = retryErrors
    }
  }
}

/// A run request with the tokens that ask for progress and for each sample as it ends.
package struct TrackedRunRequest: Codable, Sendable, Equatable, PartialResultParams {
  package typealias Part = SampleRecord

  package var request: RunRequest
  package var workDoneToken: JSONValue?
  package var partialResultToken: JSONValue?

  package init(_ request: RunRequest) { self.request = request }

  private enum CodingKeys: String, CodingKey { case workDoneToken, partialResultToken }

  package init(from decoder: any Decoder) throws {
    request = try RunRequest(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    workDoneToken = try container.decodeIfPresent(JSONValue.self, forKey: .workDoneToken)
    partialResultToken = try container.decodeIfPresent(JSONValue.self, forKey: .partialResultToken)
  }

  /// The request's members and the tokens stand side by side.
  package func encode(to encoder: any Encoder) throws {
    try request.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(workDoneToken, forKey: .workDoneToken)
    try container.encodeIfPresent(partialResultToken, forKey: .partialResultToken)
  }
}
