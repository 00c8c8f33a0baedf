package import JSON

/// What to run. Stored with the run, so that it can be resumed and repeated.
package struct RunRequest: Codable, Sendable, Equatable {
  /// A suite's name, as `benchmark.list` gives it.
  package var suite: String
  /// Model references, `PROVIDER/MODEL`.
  package var models: [String]
  /// The suite's own options; `benchmark.list` describes them.
  package var options: JSONObject?
  /// A random part of the samples; all when absent.
  package var sample: SampleSelection?
  /// How often each sample is asked, 1 or more. Default 1.
  package var epochs: Int?
  /// Requests under way at once for each model. Default: 1 for a local model; for a hosted one as many as go well.
  package var concurrency: Int?
  /// The most requests to each model in a minute, evenly spread; retries are requests too.
  package var requestsPerMinute: Double?
  /// Hard limits for the whole run.
  package var budget: Budget?
  /// Whether the run is answered at once and outlives the connection that started it. It ends with the server at the
  /// latest: `benchmark.attach` watches it, `benchmark.cancel` stops it.
  package var detached: Bool?
  /// Sampling temperature; the suite's own when absent.
  package var temperature: Double?
  /// The most tokens a model may answer with; the suite's own when absent.
  package var maximumOutputTokens: Int?
  /// What else models are told.
  package var modelOptions: ModelSettings?
  /// Base URL for models of the providers `local`, `ollama` and `openai-compatible`. Stored with the run: without
  /// password or query.
  package var baseURL: String?
  /// A file that every answer is recorded to, for `replay/PATH`.
  package var record: String?
  /// Seconds that one attempt may take. Default 300.
  package var attemptTimeoutSeconds: Double?
  /// Seconds that one sample may take with its retries; waiting for its turn is not counted. Default 900.
  package var sampleTimeoutSeconds: Double?
  /// How often a call that failed for a passing reason is tried again. Default 3.
  package var retries: Int?
  /// Prices that count instead of those that come with the program, for the models that they name.
  package var prices: [ModelPrice]?
  /// Whether models whose price is not known may be asked though the budget has US dollars. Default false.
  package var allowUnknownPrice: Bool?
  /// Whether answers come from the store instead of from the model. Default `off`.
  package var cache: CacheMode?
  /// How the epochs of a sample become one score; `reduced` of the summary has what comes of it.
  package var reducer: ScoreReducer?
  /// The `k` of a reducer that takes one, 1…epochs.
  package var k: Int?
  /// Seconds between readings of this machine's GPUs while a local model answers; 0 for none. Default 0.5.
  package var gpuIntervalSeconds: Double?

  package init(suite: String, models: [String], options: JSONObject? = nil) {
    self.suite = suite
    self.models = models
    self.options = options
  }
}

/// A seeded random choice of samples: the same everywhere.
package struct SampleSelection: Codable, Sendable, Equatable {
  package var count: Int
  package var seed: UInt64?

  package init(count: Int, seed: UInt64? = nil) {
    self.count = count
    self.seed = seed
  }
}

/// Limits that a run never oversteps, from its beginning to its end, also where it is resumed in between.
package struct Budget: Codable, Sendable, Equatable {
  package var usd: Double?
  /// Of prompts and answers together.
  package var tokens: Int?
  /// Of work.
  package var seconds: Double?

  package init(usd: Double? = nil, tokens: Int? = nil, seconds: Double? = nil) {
    self.usd = usd
    self.tokens = tokens
    self.seconds = seconds
  }
}
