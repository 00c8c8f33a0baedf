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
  let makeClient: @Sendable (ModelContext) throws(ModelError) -> any ModelClient
}

/// What the user may set for a model beside its reference.
package struct ModelOptions: Sendable {
  /// Instead of the provider's own address.
  package var baseURL: String?
  /// To be shared between the clients of a program; nil makes one of its own.
  package var httpClient: HTTPClient?
  /// Counts tokens where a server does not report them.
  package var tokenCounter: any TokenCounter
  /// The longest response that is read, with all that is around the answer.
  package var maximumResponseBytes: Int

  package init(
    baseURL: String? = nil, httpClient: HTTPClient? = nil, tokenCounter: any TokenCounter = TokenEstimator(),
    maximumResponseBytes: Int = 64 << 20
  ) {
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
    let candidates = [options.baseURL, provider.baseURLVariable.flatMap { environment[$0] }, provider.defaultBaseURL]
    for case let url? in candidates where !url.isEmpty { return url }
    let variable = provider.baseURLVariable.map { " or set \($0)" } ?? ""
    throw ModelError(.badRequest, "\(provider.name) needs an address: give --base-url\(variable)")
  }

  /// nil where there is no key and none is required.
  func key() throws(ModelError) -> APIKey? {
    guard let variable = provider.keyVariable else { return nil }
    if let key = APIKey(variable: variable, environment: environment) { return key }
    guard provider.isKeyRequired else { return nil }
    throw ModelError(
      .missingAPIKey, "\(reference) needs a key: set the environment variable \(variable)", variable: variable)
  }
}
