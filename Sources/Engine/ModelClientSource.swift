package import Contract
package import Models

/// Gives the engine a client for each model reference of a request.
package protocol ModelClientSource: Sendable {
  /// - Throws: ``ServiceError``: unknown provider, missing key, unreadable recording.
  func client(
    for reference: String, request: RunRequest, purpose: ModelClientPurpose
  ) throws(ServiceError) -> any ModelClient
}

/// What a client is wanted for.
package enum ModelClientPurpose: Sendable {
  case asking
  /// Nothing will be sent: no key is needed.
  case planning
}
