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
    guard let provider = providers.first(where: { $0.name == reference.provider }) else {
      let known = providers.map(\.name).joined(separator: ", ")
      throw ModelError(.unknownProvider, "there is no provider “\(reference.provider)”; known are: \(known)")
    }
    let context = ModelContext(provider: provider, reference: reference, options: options, environment: environment)
    return try provider.makeClient(context)
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
