/// One end of a pair of streams within this process, each direction with a bounded buffer.
package final class MemoryStream: ByteStream {
  private struct Pipe: Sendable {
    var bytes: [UInt8] = []
    var head = 0
    var isWriteClosed = false
    var isReadClosed = false
    let capacity: Int

    var count: Int { bytes.count - head }
  }

  package let peer: String
  private let incoming: Monitor<Pipe>
  private let outgoing: Monitor<Pipe>

  private init(peer: String, incoming: Monitor<Pipe>, outgoing: Monitor<Pipe>) {
    self.peer = peer
    self.incoming = incoming
    self.outgoing = outgoing
  }

  /// Two ends that are connected.
  ///
  /// - Parameter capacity: bytes that each direction holds before its writer has to wait; at least 1.
  package static func pair(capacity: Int = 1 << 16) -> (MemoryStream, MemoryStream) {
    let forth = Monitor(Pipe(capacity: max(1, capacity)))
    let back = Monitor(Pipe(capacity: max(1, capacity)))
    return (
      MemoryStream(peer: "memory", incoming: forth, outgoing: back),
      MemoryStream(peer: "memory", incoming: back, outgoing: forth)
    )
  }

  package func read(into buffer: inout [UInt8], timeout: Duration?) -> ReadOutcome {
    let limit = buffer.count
    let chunk = incoming.wait(timeout: timeout) { pipe -> ArraySlice<UInt8>? in
      if pipe.isReadClosed { return [] }
      guard pipe.count > 0 else { return pipe.isWriteClosed ? [] : nil }
      let chunk = pipe.bytes[pipe.head...].prefix(limit)
      pipe.head += chunk.count
      if pipe.count == 0 {
        pipe.bytes = []
        pipe.head = 0
      }
      return chunk
    }
    guard let chunk else { return .timedOut }
    guard !chunk.isEmpty else { return .endOfStream }
    incoming.update { _ in }
    buffer.replaceSubrange(..<chunk.count, with: chunk)
    return .bytes(chunk.count)
  }

  package func writeAvailable(_ bytes: ArraySlice<UInt8>) throws(ByteStreamError) -> Int {
    try outgoing.update { (pipe) throws(ByteStreamError) in
      guard !pipe.isReadClosed, !pipe.isWriteClosed else { throw ByteStreamError("the stream is closed") }
      let accepted = bytes.prefix(pipe.capacity - pipe.count)
      pipe.bytes.append(contentsOf: accepted)
      return accepted.count
    }
  }

  package func waitUntilWritable() {
    _ = outgoing.wait { pipe in
      pipe.isReadClosed || pipe.isWriteClosed || pipe.count < pipe.capacity ? true : nil
    }
  }

  package func stopReading() { incoming.update { $0.isReadClosed = true } }

  /// Tells the other end that no more bytes come, and goes on reading.
  package func finishWriting() { outgoing.update { $0.isWriteClosed = true } }

  package func close() {
    stopReading()
    finishWriting()
  }
}
