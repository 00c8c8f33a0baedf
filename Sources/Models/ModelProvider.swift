package import HTTP

/// A way to reach models: what its references are called, where its key comes from, and how a client is made.
///
/// A new provider is one file with such a constant, and one line in ``ModelCatalog/standard``.
package struct ModelProvider: Sendable {
  /// The part of a reference before the slash.
  package let name: String
  package let summary: String
  /// The variable that holds the key; nil for a provider that knows none.
  package let keyVariable: String?
  package let isKeyRequired: Bool
  /// The variable that holds the base URL; nil for a provider that has none.
  package let baseURLVariable: String?
  /// nil where the user has to give one.
  package let defaultBaseURL: String?
  /// Whether its models run on this machine, as a rule.
  package let isLocal: Bool
  /// Model names to show in a list; others work as well.
  package let exampleModels: [String]
  /// A second variable that may hold the key; ``keyVariable`` goes before it.
  package var otherKeyVariable: String?
  /// The base URL that the environment gives in a form of the provider's own; ``baseURLVariable`` goes before it.
  var otherBaseURL: @Sendable ([String: String]) -> String? = { _ in nil }
  /// Says what a model is; nil where the provider tells nothing.
  var inspect: (@Sendable (ModelContext) async throws(ModelError) -> ModelFacts)?
  let makeClient: @Sendable (ModelContext) throws(ModelError) -> any ModelClient
}

extension ModelProvider {
  /// The address that the environment sets, else the provider's own.
  package func baseURL(_ environment: [String: String]) -> String? {
    let given = baseURLVariable.flatMap { environment[$0] }
    return given.flatMap { $0.isEmpty ? nil : $0 } ?? otherBaseURL(environment) ?? defaultBaseURL
  }

  package func key(_ environment: [String: String]) -> APIKey? {
    for case let variable? in [keyVariable, otherKeyVariable] {
      if let key = APIKey(variable: variable, environment: environment) { return key }
    }
    return nil
  }
}

/// What the user may set for a model beside its reference.
package struct ModelOptions: Sendable {
  /// Instead of the provider's own address.
  package var baseURL: String?
  /// Which of a provider's APIs to use: "chat", "responses", "messages"; nil for the usual one of the model.
  package var api: String?
  /// To be shared between the clients of a program; nil makes one of its own.
  package var httpClient: HTTPClient?
  /// Counts tokens where a server does not report them; nil for what suits the model.
  package var tokenCounter: (any TokenCounter)?
  /// The longest response that is read, with all that is around the answer.
  package var maximumResponseBytes: Int

  package init(
    baseURL: String? = nil, api: String? = nil, httpClient: HTTPClient? = nil,
    tokenCounter: (any TokenCounter)? = nil, maximumResponseBytes: Int = 64 << 20
  ) {
    self.api = api
    self.maximumResponseBytes = maximumResponseBytes
    self.baseURL = baseURL
    self.httpClient = httpClient
    self.tokenCounter = tokenCounter
  }
}

/// What a provider makes a client from.
struct ModelContext: Sendable {
  let provider: ModelProvider
  let reference: ModelReference
  let options: ModelOptions
  let environment: [String: String]

  var http: HTTPClient { options.httpClient ?? HTTPClient(HTTPConfiguration(environment: environment)) }

  /// The option, else the variable, else the provider's own.
  func baseURL() throws(ModelError) -> String {
    if let url = options.baseURL ?? provider.baseURL(environment), !url.isEmpty { return url }
    let variable = provider.baseURLVariable.map { " or set \($0)" } ?? ""
    throw ModelError(.badRequest, "\(provider.name) needs an address: give --base-url\(variable)")
  }

  /// nil where there is no key and none is required.
  func key() throws(ModelError) -> APIKey? {
    guard let variable = provider.keyVariable else { return nil }
    if let key = provider.key(environment) { return key }
    guard provider.isKeyRequired else { return nil }
    throw ModelError(
      .missingAPIKey, "\(reference) needs a key: set the environment variable \(variable)", variable: variable)
  }

  /// The API that the user chose; nil where nothing was said.
  ///
  /// - Throws: ``ModelError`` of kind `badRequest` for one that is not among the known.
  @discardableResult
  func checkAPI(_ known: String...) throws(ModelError) -> String? {
    guard let api = options.api else { return nil }
    if known.contains(api) { return api }
    let names = known.map { "“\($0)”" }.joined(separator: ", ")
    throw ModelError(
      .badRequest, "\(provider.name) has no API “\(api.prefix(40))”; it has \(names)")
  }
}
