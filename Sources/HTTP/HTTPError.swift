/// Why a request got no complete response. A response with status 404 or 500 is no error.
///
/// Messages name host and port; they hold no header, no body and no credentials.
package struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// The URL or a header cannot be sent at all.
    case invalidRequest
    case nameNotResolved
    case connectionRefused
    /// No connection for another reason than a refusal: no route, a proxy that says no…
    case connectionFailed
    /// The connection ended before the response did.
    case connectionLost
    /// The certificate or the handshake was not accepted.
    case tls
    case timeout(Timeout)
    case bodyTooLarge
    case tooManyRedirects
    case cancelled
    /// What came is not HTTP.
    case malformedResponse
    case other
  }

  package enum Timeout: String, Sendable, Hashable {
    case connect
    case firstByte
    case idle
    case total
  }

  package let code: Code
  package let message: String
  /// libcurl's own code, where it was libcurl that gave up; 0 otherwise.
  package let curlCode: Int

  package init(code: Code, message: String, curlCode: Int = 0) {
    self.code = code
    self.message = message
    self.curlCode = curlCode
  }

  package var description: String { message }

  static func cancelled(_ target: HTTPURL) -> HTTPError {
    HTTPError(code: .cancelled, message: "the request to \(target.hostAndPort) was cancelled")
  }
}
