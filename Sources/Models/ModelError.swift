/// Why a model gave no answer that can be used. The message says what to do about it.
///
/// No message holds a key or a request header, also where a server repeats them.
package struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// Not of the form PROVIDER/MODEL.
    case invalidReference
    case unknownProvider
    case missingAPIKey
    /// The key was refused, or may not do this.
    case authentication
    /// The account has nothing left to spend: waiting does not help.
    case quotaExceeded
    /// Too many requests or tokens for now.
    case rateLimited
    /// The provider has no capacity for now.
    case overloaded
    /// The provider failed for another reason (HTTP 5xx).
    case serverError
    case contextTooLong
    case contentFiltered
    case modelNotFound
    case badRequest
    /// What came is not what the provider documents.
    case malformedResponse
    /// No connection, or one that broke in the middle of the answer.
    case network
    case timeout
    /// This provider or model cannot do what was asked.
    case unsupported
    case cancelled
    /// The recording has no answer to this request.
    case recordingMiss
    /// A recording cannot be read or written.
    case recordingUnusable
  }

  package let kind: Kind
  package let message: String
  /// Of the response, where there was one.
  package let httpStatus: Int?
  /// How long the provider asks to wait before the next try.
  package let retryAfterSeconds: Double?
  /// The environment variable that is to be set, for kind `missingAPIKey` and `authentication`.
  package let variable: String?
  /// What the provider says about its limits.
  package let rateLimit: RateLimitStatus?
  /// Whether the same request may succeed later.
  package let isRetryable: Bool
  /// Whether the provider may have done work that it bills, though no answer came.
  package let mayBeBilled: Bool

  /// - Parameters:
  ///   - isRetryable: nil for what is usual for the kind.
  ///   - mayBeBilled: nil for what is usual for the kind.
  package init(
    _ kind: Kind, _ message: String, httpStatus: Int? = nil, retryAfterSeconds: Double? = nil, variable: String? = nil,
    rateLimit: RateLimitStatus? = nil, isRetryable: Bool? = nil, mayBeBilled: Bool? = nil
  ) {
    self.kind = kind
    self.message = message
    self.httpStatus = httpStatus
    self.retryAfterSeconds = retryAfterSeconds
    self.variable = variable
    self.rateLimit = rateLimit
    self.isRetryable = isRetryable ?? kind.isUsuallyRetryable
    self.mayBeBilled = mayBeBilled ?? kind.isUsuallyBilled
  }

  package var description: String { message }
}

extension ModelError.Kind {
  fileprivate var isUsuallyRetryable: Bool {
    switch self {
    case .rateLimited, .overloaded, .serverError, .malformedResponse, .network, .timeout: true
    case .invalidReference, .unknownProvider, .missingAPIKey, .authentication, .quotaExceeded, .contextTooLong,
      .contentFiltered, .modelNotFound, .badRequest, .unsupported, .cancelled, .recordingMiss, .recordingUnusable:
      false
    }
  }

  /// No for what is refused before a model is asked; yes in doubt.
  fileprivate var isUsuallyBilled: Bool {
    switch self {
    case .contentFiltered, .serverError, .malformedResponse, .network, .timeout, .cancelled: true
    case .invalidReference, .unknownProvider, .missingAPIKey, .authentication, .quotaExceeded, .rateLimited,
      .overloaded, .contextTooLong, .modelNotFound, .badRequest, .unsupported, .recordingMiss, .recordingUnusable:
      false
    }
  }
}
