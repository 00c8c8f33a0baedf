package import Contract
package import Models

/// Gives the engine a client for each model reference of a request.
package protocol ModelClientSource: Sendable {
  /// - Throws: ``ServiceError``: unknown provider, missing key, unreadable recording.
  func client(for reference: String, request: RunRequest) throws(ServiceError) -> any ModelClient
}
