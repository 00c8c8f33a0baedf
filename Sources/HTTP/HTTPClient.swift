/// Sends requests over libcurl: HTTP/2 where the server offers it, connections kept and used again, proxies taken
/// from the usual variables of the process (`https_proxy`, `no_proxy`…). A loopback address is never asked of a proxy.
///
/// One thread of its own drives all transfers; the callers' tasks only wait. Any number of tasks may use one client.
package final class HTTPClient: Sendable {
  private let loop: TransferLoop

  package init(_ configuration: HTTPConfiguration = HTTPConfiguration()) {
    loop = TransferLoop(configuration)
  }

  /// Transfers that still run end with code `cancelled`.
  deinit { loop.stop() }

  /// Sends a request and waits for its whole response. Cancelling the task closes the connection.
  ///
  /// - Throws: ``HTTPError`` when no complete response came. An unwelcome status is no error.
  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let stream = try await stream(request)
    var bytes: [UInt8] = []
    while let chunk = try await stream.body.next() { bytes.append(contentsOf: chunk.bytes) }
    guard let timings = stream.body.timings else {
      throw HTTPError(code: .other, message: "the transfer ended without a result")
    }
    return HTTPResponse(head: stream.head, body: bytes, timings: timings)
  }

  /// Sends a request and returns once the head of the response is there; the body is read piece by piece.
  ///
  /// - Throws: ``HTTPError`` when no head came.
  package func stream(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponseStream {
    let exchange = try Exchange(request, loop)
    loop.start(exchange)
    let head = try await exchange.head()
    return HTTPResponseStream(head: head, body: HTTPBody(exchange))
  }
}

/// A response whose body is still on its way.
package struct HTTPResponseStream: Sendable {
  package let head: HTTPResponseHead
  package let body: HTTPBody
}
