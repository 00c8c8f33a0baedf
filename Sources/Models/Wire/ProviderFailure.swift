import HTTP
import JSON

/// Turns what a server says when it does not answer into a ``ModelError``: the dialect's own errors first, then the
/// words that servers share, then the status.
struct ProviderFailure {
  let endpoint: ModelEndpoint
  let dialect: any ModelDialect

  /// An error response, from its status and whatever body it has.
  func error(status: Int, headers: HTTPHeaders, body: [UInt8]) -> ModelError {
    error(status: status, FailureDetails(body, endpoint), headers)
  }

  /// An error in the middle of a stream, or with status 200.
  func error(inside value: JSONValue) -> ModelError {
    let details = FailureDetails(value, endpoint)
    let status = details.numericCode.flatMap { (400..<600).contains($0) ? $0 : nil } ?? 500
    // The answer had begun.
    return error(status: status, details, HTTPHeaders(), mayBeBilled: true)
  }

  private func error(
    status: Int, _ details: FailureDetails, _ headers: HTTPHeaders, mayBeBilled: Bool? = nil
  ) -> ModelError {
    let kind =
      dialect.kind(of: details, status: status) ?? details.commonKind(status: status) ?? usualKind(status, details)
    return ModelError(
      kind, message(kind, status, details) + remedy(kind), httpStatus: status,
      retryAfterSeconds: RetryAfter.seconds(headers) ?? dialect.retryAfterSeconds(details),
      variable: kind == .authentication ? endpoint.keyVariable : nil, rateLimit: dialect.rateLimit(headers),
      mayBeBilled: mayBeBilled)
  }

  private func usualKind(_ status: Int, _ details: FailureDetails) -> ModelError.Kind {
    switch status {
    case 401, 403: .authentication
    case 404: details.isModelNotFound ? .modelNotFound : .badRequest
    case 408: .timeout
    case 409, 425: .serverError
    case 429: .rateLimited
    case 501: .unsupported
    case 503, 529: .overloaded
    case 500...: .serverError
    case 300..<400: .badRequest
    default: details.isModelNotFound ? .modelNotFound : .badRequest
    }
  }

  private func message(_ kind: ModelError.Kind, _ status: Int, _ details: FailureDetails) -> String {
    let name = endpoint.reference.provider
    let said = details.message.map { ": \($0)" } ?? ""
    return switch kind {
    case .contextTooLong: "the prompt is too long for \(endpoint.reference)\(details.contextSizes)\(said)"
    case .quotaExceeded: "the account at \(name) has nothing left to spend (HTTP \(status))\(said)"
    case .contentFiltered: "\(name) refuses this prompt for its content\(said)"
    case .authentication: status == 403 ? "\(name) does not allow this (HTTP 403)\(said)" : unauthorized(status)
    case .modelNotFound: "\(name) has no model “\(endpoint.reference.name)”\(said)"
    case .timeout: "\(name) gave up waiting (HTTP \(status))\(said)"
    case .rateLimited: "\(name) limits the rate of requests (HTTP \(status))\(said)"
    case .overloaded: "\(name) has no capacity now (HTTP \(status))\(said)"
    case .unsupported: "\(endpoint.url) cannot do this (HTTP \(status))\(said)"
    case .serverError where status == 409 || status == 425:
      "\(name) cannot take the request now (HTTP \(status))\(said)"
    case .serverError: "\(name) failed (HTTP \(status))\(said)"
    case .badRequest where (300..<400).contains(status):
      "\(endpoint.url) redirects elsewhere (HTTP \(status)); give the final base URL"
    case .badRequest where status == 404:
      "there is no \(endpoint.url) (HTTP 404); \(dialect.baseURLHint)\(said)"
    default: "\(name) refuses the request (HTTP \(status))\(said)"
    }
  }

  /// What the user of this provider does about it, where the provider has a word for it.
  private func remedy(_ kind: ModelError.Kind) -> String {
    dialect.remedy(for: kind, model: endpoint.reference.name).map { "; \($0)" } ?? ""
  }

  private func unauthorized(_ status: Int) -> String {
    let name = endpoint.reference.provider
    if let key = endpoint.key { return "\(name) refuses the key in \(key.variable) (HTTP \(status))" }
    return "\(name) asks for a key (HTTP \(status)); set \(endpoint.keyVariable)"
  }
}
