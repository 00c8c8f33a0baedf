import Benchmark
import Contract
import JSON
import Models
import Prices

/// A request that was checked: its suite, samples and model clients are at hand, and nothing was sent yet.
struct PreparedRun: Sendable {
  let request: RunRequest
  let suite: any Suite
  let plan: any SuitePlan
  let models: [any ModelClient]
  let chosen: SampleChoice
  let epochs: Int
  /// By model reference; none for a model whose price is not known.
  let prices: [String: ModelPrice]
  private let rates: [String: TokenRates]

  init(
    _ request: RunRequest, suite: any Suite, clients: any ModelClientSource, purpose: ModelClientPurpose,
    prices book: PriceBook
  ) async throws {
    try Self.check(request)
    self.request = request
    self.suite = suite
    models = try request.models.map { try clients.client(for: $0, request: request, purpose: purpose) }
    try Self.check(request.modelOptions, for: models)
    plan = try await suite.plan(options: SuiteOptions(request.options, for: suite.descriptor))
    chosen = SampleChoice(request.sample, of: plan.sampleIDs.count)
    epochs = request.epochs ?? 1
    let references = models.map(\.reference.description)
    let known = references.compactMap { name in book.price(of: name).map { (name, $0) } }
    prices = Dictionary(known, uniquingKeysWith: { first, _ in first })
    rates = prices.mapValues(TokenRates.init)
    try BudgetCheck(request: request, rates: rates).check()
  }

  /// What a model's tokens cost; nil when that is not known.
  func rates(of model: ModelReference) -> TokenRates? { rates[model.description] }

  var plannedSamples: Int { chosen.count * epochs * models.count }

  private static func check(_ request: RunRequest) throws {
    func refuse(_ parameter: String, _ problem: String) -> ServiceError {
      .invalidParameter("/" + parameter.replacing(".", with: "/"), "\(parameter) \(problem)")
    }
    if request.models.isEmpty {
      throw ServiceError.invalidParameter("/models", "Name at least one model, such as local/smollm2.")
    }
    if Set(request.models).count != request.models.count {
      throw ServiceError.invalidParameter("/models", "A model is named twice.")
    }
    if let epochs = request.epochs, !(1...10_000).contains(epochs) { throw refuse("epochs", "is 1…10000.") }
    if let count = request.sample?.count, count < 1 { throw refuse("sample.count", "is 1 or more.") }
    try checkWay(
      concurrency: request.concurrency, requestsPerMinute: request.requestsPerMinute, baseURL: request.baseURL)
    if let retries = request.retries, !(0...20).contains(retries) { throw refuse("retries", "is 0…20.") }
    if let limit = request.maximumOutputTokens, !(1...10_000_000).contains(limit) {
      throw refuse("maximumOutputTokens", "is 1…10000000.")
    }
    if let seed = request.sample?.seed, seed > UInt64(Int64.max) {
      throw refuse("sample.seed", "is at most \(Int64.max).")
    }
    if let problem = request.modelOptions?.problem { throw refuse("modelOptions", "cannot be: \(problem).") }
    if let temperature = request.temperature, !(0...2).contains(temperature) {
      throw refuse("temperature", "is 0…2.")
    }
    for (name, seconds) in [
      ("attemptTimeoutSeconds", request.attemptTimeoutSeconds), ("sampleTimeoutSeconds", request.sampleTimeoutSeconds),
    ] where seconds.map({ !($0 > 0 && $0 <= 86_400) }) ?? false {
      throw refuse(name, "is above 0 and at most 86400.")
    }
    if let interval = request.gpuIntervalSeconds, interval != 0, !(0.02...3600).contains(interval) {
      throw refuse("gpuIntervalSeconds", "is 0 for no readings, or 0.02…3600.")
    }
    try checkReducer(request)
    if request.record != nil, request.cache == .read {
      throw ServiceError.invalidParameter(
        "/record", "A recording would lack what comes from the cache: record with cache \"refresh\", or without.")
    }
    if let problem = request.prices?.lazy.compactMap(\.problem).first {
      throw refuse("prices", "cannot be: \(problem).")
    }
    try check(request.budget)
  }

  /// Checks how the questions are asked, which a run that is resumed may change.
  ///
  /// - Throws: ``ServiceError`` of kind `invalidParams` for what is out of range.
  static func checkWay(concurrency: Int?, requestsPerMinute: Double?, baseURL: String?) throws(ServiceError) {
    if let concurrency, !(1...1000).contains(concurrency) {
      throw .invalidParameter("/concurrency", "concurrency is 1…1000.")
    }
    if let requestsPerMinute, !(requestsPerMinute > 0 && requestsPerMinute <= 1_000_000) {
      throw .invalidParameter("/requestsPerMinute", "requestsPerMinute is above 0 and at most 1000000.")
    }
    if let baseURL, baseURL.contains(where: { "@?#".contains($0) }) {
      throw .invalidParameter(
        "/baseURL",
        "baseURL is stored with the run, so it may hold no password and no query: set LLMBENCH_LOCAL_BASE_URL instead.")
    }
  }

  /// - Throws: ``ServiceError`` of kind `invalidParams` for a limit out of range.
  static func check(_ budget: Budget?) throws(ServiceError) {
    func refuse(_ name: String, _ range: String) -> ServiceError {
      .invalidParameter("/budget/\(name)", "budget.\(name) is \(range).")
    }
    if let usd = budget?.usd, !(usd > 0 && usd <= 1_000_000) { throw refuse("usd", "above 0 and at most 1000000") }
    if let tokens = budget?.tokens, !(1...1_000_000_000_000_000).contains(tokens) {
      throw refuse("tokens", "1…10^15")
    }
    if let seconds = budget?.seconds, !(seconds > 0 && seconds <= 31_536_000) {
      throw refuse("seconds", "above 0 and at most a year")
    }
  }

  private static func check(_ settings: ModelSettings?, for models: [any ModelClient]) throws {
    guard let unknown = settings?.unknown(to: models), !unknown.isEmpty else { return }
    let names = unknown.map { "modelOptions.\($0)" }.joined(separator: ", ")
    throw ServiceError(
      .invalidParams, "No model of this run knows \(names): leave it out, or ask a model that does.")
  }

  private static func checkReducer(_ request: RunRequest) throws {
    guard let reducer = request.reducer, reducer.takesK else {
      if request.k != nil {
        throw ServiceError.invalidParameter("/k", "k goes with the reducers passAtK and passHatK: leave it out.")
      }
      return
    }
    let epochs = request.epochs ?? 1
    guard let k = request.k, (1...epochs).contains(k) else {
      throw ServiceError.invalidParameter(
        "/k",
        "\(reducer.rawValue) needs a k from 1 to the number of epochs, which is \(epochs): give k, or more epochs.")
    }
  }

  func initialSummary() -> RunSummary {
    var summary = RunSummary(
      runId: RunID.make(), suite: suite.descriptor.name, suiteVersion: suite.descriptor.version, status: .running,
      startedAt: .now(), plannedSamples: plannedSamples,
      models: models.map { ModelSummary(model: $0.reference.description) }, request: request, seed: plan.seed,
      programVersion: ProgramVersion.current, machine: MachineFacts.current)
    summary.prices = models.compactMap { prices[$0.reference.description] }
    return summary
  }

  /// Runs something with this and closes the plan whatever happens.
  func closingPlan<Value>(_ body: (PreparedRun) async throws -> Value) async throws -> Value {
    let value = try await closingPlanOnError { try await body(self) }
    await plan.close()
    return value
  }

  /// Prepares further and closes the plan where that fails; else the run at work does.
  func closingPlanOnError<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch {
      await plan.close()
      throw error
    }
  }

  func modelRequest(for sample: Sample) -> ModelRequest {
    var modelRequest = ModelRequest(
      messages: sample.messages, temperature: request.temperature ?? 0,
      maximumOutputTokens: request.maximumOutputTokens)
    request.modelOptions?.apply(to: &modelRequest)
    return modelRequest
  }
}
