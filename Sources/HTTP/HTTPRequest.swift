/// One request over http or https.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  package var method: Method
  /// An absolute http or https URL.
  package var url: String
  package var headers: HTTPHeaders
  /// Sent with a POST; ignored with a GET.
  package var body: [UInt8]
  package var timeouts: HTTPTimeouts
  /// The longest body that is accepted; a longer one is ``HTTPError/Code/bodyTooLarge``.
  package var maximumBodyBytes: Int
  /// How many redirects a GET follows; a POST follows none.
  package var maximumRedirects: Int

  package init(
    _ method: Method, _ url: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [],
    timeouts: HTTPTimeouts = HTTPTimeouts(), maximumBodyBytes: Int = 64 << 20, maximumRedirects: Int = 0
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
    self.maximumBodyBytes = maximumBodyBytes
    self.maximumRedirects = maximumRedirects
  }
}

/// How long a request may take; nil means no limit of that kind.
package struct HTTPTimeouts: Sendable, Equatable {
  /// For name lookup, connection and TLS together.
  package var connect: Duration?
  /// From the start of the request to the first byte of the response.
  package var firstByte: Duration?
  /// Between two reads of response bytes. Time in which the reader takes nothing does not count.
  package var idle: Duration?
  /// From the start of the request to the last byte of the body.
  package var total: Duration?

  package init(
    connect: Duration? = .seconds(15), firstByte: Duration? = nil, idle: Duration? = .seconds(120),
    total: Duration? = .seconds(600)
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}
