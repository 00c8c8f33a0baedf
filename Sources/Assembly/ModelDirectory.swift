import Contract
import Engine
import HTTP
import JSON
import Models

/// Finds the client for a model reference, and lists what there is. One HTTP client serves all models.
struct ModelDirectory: ModelClientSource {
  private let environment: [String: String]
  private let catalog = ModelCatalog.standard
  let http: HTTPClient

  init(environment: [String: String]) {
    self.environment = environment
    http = HTTPClient(HTTPConfiguration(environment: environment))
  }

  func client(
    for reference: String, request: RunRequest, purpose: ModelClientPurpose
  ) throws(ServiceError) -> any ModelClient {
    if request.record != nil, request.models.count > 1 {
      throw ServiceError(.invalidParams, "A recording holds one model: record the models one run at a time.")
    }
    do throws(ModelError) {
      let parsed = try ModelReference(parsing: reference)
      var options = options(for: parsed, baseURL: request.baseURL)
      options.api = request.modelOptions?.api
      let client = try catalog.client(
        for: parsed, options: options, environment: purpose == .asking ? environment : withAnyKey(parsed.provider))
      guard let path = request.record else { return client }
      return try RecordingClient(wrapping: client, path: path, programVersion: ProgramVersion.current)
    } catch {
      throw ServiceError(error, reference: reference)
    }
  }

  func inspect(_ params: ModelsInspect.Params) async throws(ServiceError) -> ModelsInspect.Result {
    do throws(ModelError) {
      let reference = try ModelReference(parsing: params.model)
      let facts = try await catalog.inspect(
        reference, options: options(for: reference, baseURL: params.baseURL), environment: environment)
      return ModelsInspect.Result(facts, of: reference)
    } catch {
      throw ServiceError(error, reference: params.model)
    }
  }

  private func options(for reference: ModelReference, baseURL: String?) -> ModelOptions {
    // A hosted provider's key must not go to another address because one was given for a local model.
    let takesAddress = ["local", "openai-compatible", "ollama"].contains(reference.provider)
    return ModelOptions(baseURL: takesAddress ? baseURL : nil, httpClient: http)
  }

  /// The environment with some key for a provider, for a client that will send nothing.
  private func withAnyKey(_ provider: String) -> [String: String] {
    guard let variable = catalog.providers.first(where: { $0.name == provider })?.keyVariable else {
      return environment
    }
    return environment.merging([variable: "unused"]) { own, _ in own.isEmpty ? "unused" : own }
  }

  /// Asks a server for something small, to see whether it is there.
  func get(_ url: String) async throws(HTTPError) -> HTTPResponse {
    let timeouts = HTTPTimeouts(connect: .seconds(2), total: .seconds(3))
    return try await http.send(HTTPRequest(.get, url, timeouts: timeouts))
  }

  private func baseURL(of provider: ModelProvider) -> String? {
    provider.baseURL(environment)
  }

  /// An address may hold a password, which is nobody's business.
  private static func withoutCredentials(_ address: String) -> String {
    (try? HTTPURL(address))?.displayText ?? "not an address"
  }

  /// The base URL of local models, as it is used.
  var localBaseURL: String {
    catalog.providers.first { $0.name == "local" }.flatMap(baseURL) ?? ""
  }

  var providers: [ModelsList.Provider] {
    catalog.providers.map { provider in
      ModelsList.Provider(
        name: provider.name, summary: provider.summary, keyVariable: provider.keyVariable,
        keyIsSet: provider.keyVariable.map { _ in provider.key(environment) != nil },
        baseURLVariable: provider.baseURLVariable,
        baseURL: baseURL(of: provider).map(Self.withoutCredentials))
    }
  }
}

extension ModelsInspect.Result {
  fileprivate init(_ facts: ModelFacts, of reference: ModelReference) {
    self.init(model: reference.description, server: facts.server)
    serverVersion = facts.serverVersion
    architecture = facts.architecture
    parameters = facts.parameters
    activeParameters = facts.activeParameters
    quantization = facts.quantization
    contextLength = facts.contextLength
    loadedContextLength = facts.loadedContextLength
    isMixtureOfExperts = facts.isMixtureOfExperts
    experts = facts.experts
    expertsUsed = facts.expertsUsed
    isLoaded = facts.isLoaded
    fileBytes = facts.fileBytes
    gpuMemoryBytes = facts.gpuMemoryBytes
    slots = facts.slots
    capabilities = facts.capabilities
    digest = facts.digest
    recordedModel = facts.recordedModel
  }
}

extension ServiceError {
  /// What keeps a model from being asked at all.
  fileprivate init(_ error: ModelError, reference: String) {
    let kind: Kind =
      switch error.kind {
      case .invalidReference, .unknownProvider: .unknownModel
      case .missingAPIKey, .authentication: .missingAPIKey
      case .recordingUnusable: .invalidData
      case .modelNotFound: .unknownModel
      case .unsupported: .unsupported
      case .badRequest: .invalidParams
      default: .modelUnavailable
      }
    var details: JSONObject = ["model": .string(reference)]
    if let variable = error.variable { details["variable"] = .string(variable) }
    self.init(kind, error.message, details: details)
  }
}
