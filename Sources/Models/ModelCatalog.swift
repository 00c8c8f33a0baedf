/// The providers that this program knows.
package struct ModelCatalog: Sendable {
  package let providers: [ModelProvider]

  package init(_ providers: [ModelProvider]) { self.providers = providers }

  package static let standard = ModelCatalog([
    .openAI,
    .anthropic,
    .google,
    .openAICompatible,
    .local,
    .ollama,
    .replay,
  ])

  /// A client for a model. Nothing is sent yet, but for `replay` the recording is read.
  ///
  /// - Throws: ``ModelError`` of kind `unknownProvider`, `missingAPIKey`, `badRequest` (a base URL that is none) or
  ///   `recordingUnusable`.
  package func client(
    for reference: ModelReference, options: ModelOptions = ModelOptions(), environment: [String: String]
  ) throws(ModelError) -> any ModelClient {
    let provider = try provider(of: reference)
    return try provider.makeClient(
      ModelContext(provider: provider, reference: reference, options: options, environment: environment))
  }

  /// What a model is, from the server that has it.
  ///
  /// - Throws: ``ModelError``: of kind `unsupported` for a provider that tells nothing of its models, `modelNotFound`,
  ///   `network` and whatever else keeps a server from answering.
  package func inspect(
    _ reference: ModelReference, options: ModelOptions = ModelOptions(), environment: [String: String]
  ) async throws(ModelError) -> ModelFacts {
    let provider = try provider(of: reference)
    guard let inspect = provider.inspect else {
      let able = providers.filter { $0.inspect != nil }.map { "\($0.name)/" }.joined(separator: ", ")
      throw ModelError(
        .unsupported, "\(provider.name) tells nothing about its models; models that can be inspected: \(able)")
    }
    return try await inspect(
      ModelContext(provider: provider, reference: reference, options: options, environment: environment))
  }

  private func provider(of reference: ModelReference) throws(ModelError) -> ModelProvider {
    if let provider = providers.first(where: { $0.name == reference.provider }) { return provider }
    let known = providers.map(\.name).joined(separator: ", ")
    throw ModelError(.unknownProvider, "there is no provider “\(reference.provider)”; known are: \(known)")
  }

  /// Models worth naming, with what is needed to ask them.
  package func listings(environment: [String: String]) -> [ModelListing] {
    providers.flatMap { provider in
      provider.exampleModels.map { model in
        ModelListing(
          reference: ModelReference(provider: provider.name, name: model), isLocal: provider.isLocal,
          keyVariable: provider.keyVariable, isKeyRequired: provider.isKeyRequired,
          isKeySet: provider.key(environment) != nil,
          baseURLVariable: provider.baseURLVariable)
      }
    }
  }
}

/// One line of a list of models.
package struct ModelListing: Sendable, Equatable {
  package let reference: ModelReference
  package let isLocal: Bool
  /// nil for a provider without keys.
  package let keyVariable: String?
  package let isKeyRequired: Bool
  package let isKeySet: Bool
  package let baseURLVariable: String?

  /// Whether a call has what it needs, as far as can be told without making one.
  package var isUsable: Bool { isKeySet || !isKeyRequired }
}
