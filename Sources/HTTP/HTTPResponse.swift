/// What comes before the body.
package struct HTTPResponseHead: Sendable {
  /// 100…999; every status of a complete response is a result, not an error.
  package let status: Int
  package let headers: HTTPHeaders
  /// "1.1", "2"…
  package let version: String
  /// For name lookup, connection and TLS; about 0 on a connection that was used before.
  package internal(set) var connectSeconds = 0.0

  package init(status: Int, headers: HTTPHeaders, version: String = "1.1") {
    self.status = status
    self.headers = headers
    self.version = version
  }
}

/// A whole response.
package struct HTTPResponse: Sendable {
  package let head: HTTPResponseHead
  package let body: [UInt8]
  package let timings: HTTPTimings

  package var status: Int { head.status }
  package var headers: HTTPHeaders { head.headers }
}

/// Where the time of a request went. Each is in seconds from the start of the request; a connection that was used
/// before has near-zero look-up and connection times.
package struct HTTPTimings: Sendable, Equatable {
  package var nameLookupSeconds: Double
  package var connectSeconds: Double
  /// Until TLS was ready; 0 without TLS.
  package var tlsSeconds: Double
  package var firstByteSeconds: Double
  package var totalSeconds: Double
}

/// Bytes of a body as they arrived.
package struct HTTPChunk: Sendable {
  package let bytes: [UInt8]
  /// When they arrived, from the start of the request; not when they were asked for.
  package let arrivalSeconds: Double
}
