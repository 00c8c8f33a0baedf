/// A two-way stream of bytes: a socket, a pair of pipes, memory. A connection reads it on one thread of its own.
package protocol ByteStream: Sendable {
  /// Who is at the other end, for logs: `tcp://127.0.0.1:50312`, `stdio`…
  var peer: String { get }

  /// Blocks until bytes come, and puts them at the front of `buffer`, which is not empty.
  ///
  /// - Parameter timeout: nil waits for ever.
  func read(into buffer: inout [UInt8], timeout: Duration?) -> ReadOutcome

  /// Hands over as many bytes as the stream takes without waiting; 0 when it is full. Called by one thread at a time.
  ///
  /// - Throws: ``ByteStreamError`` when nobody will ever read them.
  func writeAvailable(_ bytes: ArraySlice<UInt8>) throws(ByteStreamError) -> Int

  /// Blocks until ``writeAvailable(_:)`` will take something, or fail.
  func waitUntilWritable()

  /// Ends reading: a read that waits gives `endOfStream`. Writing goes on.
  func stopReading()

  /// Ends both directions. Whoever reads or waits returns. May be called often.
  func close()
}

/// What came of a read.
package enum ReadOutcome: Sendable, Equatable {
  /// So many bytes, at least one.
  case bytes(Int)
  case endOfStream
  case timedOut
  case failed(ByteStreamError)
}

/// A stream that broke.
package struct ByteStreamError: Error, Sendable, Equatable, CustomStringConvertible {
  package let message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }
}
