/// The body of a response, read by one task. What the reader does not take is held back at the sender: at most
/// ``Exchange/bufferedByteLimit`` bytes lie here. Dropping the body ends the transfer.
package final class HTTPBody: Sendable {
  private let exchange: Exchange

  init(_ exchange: Exchange) { self.exchange = exchange }

  deinit { exchange.abandon() }

  /// The next bytes; nil at the end. Cancelling the task closes the connection.
  ///
  /// - Throws: ``HTTPError`` after the last bytes that came, when the body did not come whole.
  package func next() async throws(HTTPError) -> HTTPChunk? { try await exchange.nextChunk() }

  /// Known once ``next()`` has returned nil.
  package var timings: HTTPTimings? { exchange.timings }

  /// Drops what may still come. The connection is kept for the next request if the body ends within that time.
  package func discardRest(within time: Duration = .seconds(2)) { exchange.discardRest(within: time) }
}

extension HTTPBody: AsyncSequence {
  package struct AsyncIterator: AsyncIteratorProtocol {
    let body: HTTPBody
    package mutating func next() async throws(HTTPError) -> HTTPChunk? { try await body.next() }
    package mutating func next(isolation: isolated (any Actor)?) async throws(HTTPError) -> HTTPChunk? {
      try await body.next()
    }
  }

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}
