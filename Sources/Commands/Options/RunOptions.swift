package import ArgumentParser
package import Contract
import JSON

/// What `run` and `plan` ask for.
package struct RunOptions: ParsableArguments {
  @Argument(help: "The suite, as 'llmbench suites' lists it.")
  package var suite: String?

  @Option(
    name: .customLong("model"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Models to ask, as PROVIDER/MODEL.", discussion: "Several in a row, or the option again.", valueName: "ref"))
  package var models: [String] = []

  @Option(
    help: ArgumentHelp("Sizes of the data, such as 100,1k,10k,1m.", valueName: "list"),
    transform: SizeNotation.parseList)
  package var sizes: [Int]?

  @Option(
    help: ArgumentHelp("Lengths of the prompts in the model's tokens, such as 1k,4k,16k,64k.", valueName: "list"),
    transform: SizeNotation.parseList)
  package var lengths: [Int]?

  @Option(help: ArgumentHelp("Samples of each size.", valueName: "n"))
  package var samples: Int?

  @Option(help: ArgumentHelp("Ask only so many samples, chosen at random by the seed.", valueName: "n"))
  package var sample: Int?

  @Option(help: ArgumentHelp("Seed of all random choices; the same seed gives the same samples.", valueName: "n"))
  package var seed: UInt64?

  @Option(help: ArgumentHelp("Smallest value of the events that count.", valueName: "x"))
  package var threshold: Double?

  @Option(help: ArgumentHelp("Users in the events.", valueName: "n"))
  package var users: Int?

  @Option(help: ArgumentHelp("Language of the generated code: typescript or javascript.", valueName: "name"))
  package var language: String?

  @Option(
    name: .customLong("fixture"),
    help: ArgumentHelp(
      "Tasks of the suite vue, by name.", discussion: "Several with commas, or the option again.", valueName: "names"))
  package var fixtures: [String] = []

  @Option(
    name: .customLong("option"),
    help: ArgumentHelp("Any other option of the suite; the value is JSON or text.", valueName: "key=value"),
    transform: KeyValue.parse)
  package var extraOptions: [KeyValue] = []

  @Option(
    help: ArgumentHelp(
      "How the epochs of a sample become one score: mean, passAtK, passHatK or majority.",
      discussion: "Told beside the score; --fail-under then looks at it.", valueName: "name"))
  package var reducer: ScoreReducer?

  @Option(name: .customLong("k"), help: ArgumentHelp("The k of passAtK and passHatK.", valueName: "n"))
  package var k: Int?

  @Option(
    help: ArgumentHelp(
      "Answers from the store: off, read (what was answered before is not asked) or refresh (all are asked and kept).",
      discussion: "Default off.", valueName: "mode"))
  package var cache: CacheMode?

  @Option(
    name: [.customLong("epochs"), .customLong("runs")],
    help: ArgumentHelp("Ask each sample so often. Default 1.", valueName: "n"))
  package var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Requests under way at once for each model.",
      discussion: "Default: 1 for a local model; for a hosted one as many as go well, up to 100.", valueName: "n"))
  package var concurrency: Int?

  @Option(help: ArgumentHelp("Most requests to each model in a minute, retries included.", valueName: "n"))
  package var requestsPerMinute: Double?

  @Option(help: ArgumentHelp("Sampling temperature. Default 0.", valueName: "x"))
  package var temperature: Double?

  @Option(
    help: ArgumentHelp(
      "Most tokens of one answer.", discussion: "Default: 2048 for local/ models, else the provider's.", valueName: "n")
  )
  package var maxTokens: Int?

  @Option(
    help: ArgumentHelp(
      "Address of local/, ollama/ and openai-compatible/ models.",
      discussion: "Default for local/: http://127.0.0.1:8089/v1.",
      valueName: "url"))
  package var baseURL: String?

  @Option(help: ArgumentHelp("Write every answer to a file, for replay/PATH.", valueName: "path"), completion: .file())
  package var record: String?

  @OptionGroup(title: "Budget") package var budget: BudgetOptions

  @Flag(help: "Ask models of unknown price though --budget is given, which does not hold them then.")
  package var allowUnknownPrice = false

  @Option(help: ArgumentHelp("Seconds one attempt may take. Default 300.", valueName: "s"))
  package var timeout: Double?

  @Option(help: ArgumentHelp("Seconds one sample may take with its retries. Default 900.", valueName: "s"))
  package var sampleTimeout: Double?

  @Option(help: ArgumentHelp("Tries after a passing failure. Default 3.", valueName: "n"))
  package var retries: Int?

  @Option(
    help: ArgumentHelp(
      "File of prices that count instead of the built-in ones.",
      discussion:
        "JSON: {\"prices\": [{\"model\": \"openai/…\", \"inputUSDPerMillion\": …, \"outputUSDPerMillion\": …}]}.",
      valueName: "path"), completion: .file())
  package var prices: String?

  @Option(
    help: ArgumentHelp(
      "Time between readings of this machine's GPUs while a local model answers, such as 500ms.",
      discussion: "Default 500ms; 0 for none.", valueName: "time"), transform: TimeSpan.parse)
  package var gpuInterval: TimeSpan?

  @OptionGroup(title: "Model options") package var model: ModelSettingOptions
  @OptionGroup(title: "Coding problems") package var problems: ProblemRunOptions

  package init() {}

  package mutating func validate() throws {
    takeSuiteFromModels()
    if suite == nil { throw ValidationError("Name a suite; 'llmbench suites' lists them.") }
    if models.isEmpty { throw ValidationError("Name a model with --model PROVIDER/MODEL.") }
    for model in models where !model.contains("/") {
      throw ValidationError("'\(model)' is not a model reference such as local/smollm2 or openai/gpt-5.1.")
    }
    try validateNumbers()
    _ = try suiteOptions()
  }

  /// In `--model REF SUITE` the option swallows the suite. Only model references have a slash.
  private mutating func takeSuiteFromModels() {
    guard suite == nil, models.count > 1, let last = models.last, !last.contains("/") else { return }
    suite = models.removeLast()
  }

  private func validateNumbers() throws {
    let counts = [
      ("--samples", samples), ("--sample", sample), ("--users", users), ("--epochs", epochs),
      ("--concurrency", concurrency), ("--max-tokens", maxTokens),
    ]
    for case (let name, let value?) in counts where value < 1 {
      throw ValidationError("\(name) must be 1 or more.")
    }
    if let retries, retries < 0 { throw ValidationError("--retries must be 0 or more.") }
    if let temperature, !(temperature >= 0 && temperature.isFinite) {
      throw ValidationError("--temperature must be 0 or more.")
    }
    let times = [
      ("--timeout", timeout), ("--sample-timeout", sampleTimeout), ("--requests-per-minute", requestsPerMinute),
    ]
    for case (let name, let value?) in times where !(value > 0 && value.isFinite) {
      throw ValidationError("\(name) must be more than 0.")
    }
    if let gpuInterval, gpuInterval.seconds != 0, !(0.02...3600).contains(gpuInterval.seconds) {
      throw ValidationError("--gpu-interval is 20ms to 1h, or 0 for no readings.")
    }
    if let threshold, !threshold.isFinite { throw ValidationError("--threshold must be a number.") }
    if let seed, seed > UInt64(Int64.max) { throw ValidationError("--seed must be at most 2^63-1.") }
  }

  /// The members of the request's `options`.
  private func suiteOptions(path: (String) -> String = { $0 }) throws -> JSONObject? {
    let named: [(String, JSONValue?)] =
      [
        ("sizes", sizes.map { .array($0.map { .integer(Int64($0)) }) }),
        ("lengths", lengths.map { .array($0.map { .integer(Int64($0)) }) }),
        ("samples", samples.map { .integer(Int64($0)) }),
        ("seed", seed.flatMap { Int64(exactly: $0) }.map { .integer($0) }),
        ("threshold", threshold.map { Self.number($0) }),
        ("users", users.map { .integer(Int64($0)) }),
        ("language", language.map { .string($0) }),
        (
          "fixture",
          fixtures.isEmpty ? nil : .array(fixtures.flatMap { $0.split(separator: ",") }.map { .string(String($0)) })
        ),
      ] + problems.suiteOptions(path: path)
    var options = JSONObject()
    for case (let key, let value?) in named { options[key] = value }
    for option in extraOptions {
      if options[option.key] != nil { throw ValidationError("The option '\(option.key)' is given twice.") }
      options[option.key] = option.value
    }
    return options.isEmpty ? nil : options
  }

  private static func number(_ value: Double) -> JSONValue {
    Int64(exactly: value).map { .integer($0) } ?? .double(value)
  }

  /// The request that these options make.
  ///
  /// - Parameter path: turns a path as it was typed into one that the engine understands.
  package func request(path: (String) -> String = { $0 }) throws -> RunRequest {
    let models = models.map { model in
      model.hasPrefix("replay/") ? "replay/" + path(String(model.dropFirst("replay/".count))) : model
    }
    var request = RunRequest(suite: suite ?? "", models: models, options: try suiteOptions(path: path))
    request.sample = sample.map { SampleSelection(count: $0, seed: seed) }
    request.epochs = epochs
    request.reducer = reducer
    request.k = k
    request.cache = cache
    request.concurrency = concurrency
    request.requestsPerMinute = requestsPerMinute
    request.temperature = temperature
    request.maximumOutputTokens = maxTokens
    request.modelOptions = model.settings
    request.baseURL = baseURL
    request.record = record.map(path)
    request.budget = budget.budget
    request.allowUnknownPrice = allowUnknownPrice ? true : nil
    request.attemptTimeoutSeconds = timeout
    request.sampleTimeoutSeconds = sampleTimeout
    request.retries = retries
    request.gpuIntervalSeconds = gpuInterval?.seconds
    request.prices = try prices.map { try PriceFile.prices(LocalFile.read($0), name: $0) }
    return request
  }
}

extension ScoreReducer: ExpressibleByArgument {}
extension CacheMode: ExpressibleByArgument {}
