import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stream over a socket, or over two pipes, files or terminals.
///
/// Never makes a descriptor non-blocking: that would change it for every process that shares it, which for
/// standard input and output is the terminal's shell. A pipe is written through a descriptor of its own instead,
/// where the system gives one.
package final class FileDescriptorStream: ByteStream {
  package let peer: String
  private let input: Descriptor
  private let output: Descriptor
  private let isInputSocket: Bool
  private let isOutputSocket: Bool
  /// Whether a write takes what it can and never waits.
  private let neverWaits: Bool
  /// Wakes a read that waits on what is no socket.
  private let readStop: WakeSignal
  /// Wakes a write that waits.
  private let writeStop: WakeSignal
  private let isReadStopped = Atomic(false)
  private let isClosed = Atomic(false)

  /// A pipe that is not full takes this much without making the writer wait.
  private static let pipeChunk = 4096

  init(input: Descriptor, output: Descriptor, peer: String) throws(ByteStreamError) {
    self.input = input
    self.peer = peer
    isInputSocket = Descriptors.isSocket(input.number)
    isOutputSocket = Descriptors.isSocket(output.number)
    let ownOutput = Descriptors.withoutWaiting(output.number)
    self.output = ownOutput ?? output
    neverWaits = isOutputSocket || ownOutput != nil
    readStop = try WakeSignal()
    writeStop = try WakeSignal()
    Descriptors.ignoreBrokenPipes()
  }

  /// Takes ownership of both descriptors, which may be the same.
  package convenience init(input: Int32, output: Int32, peer: String) throws(ByteStreamError) {
    let first = Descriptor(input)
    try self.init(input: first, output: input == output ? first : Descriptor(output), peer: peer)
  }

  /// Two ends that are connected by a pair of Unix sockets.
  package static func socketPair() throws(ByteStreamError) -> (FileDescriptorStream, FileDescriptorStream) {
    let (first, second) = try Descriptors.socketPair()
    return (
      try FileDescriptorStream(input: first, output: first, peer: "socketpair"),
      try FileDescriptorStream(input: second, output: second, peer: "socketpair")
    )
  }

  deinit { close() }

  package func read(into buffer: inout [UInt8], timeout: Duration?) -> ReadOutcome {
    // A socket can be woken by `shutdown`, so its usual read is a single call.
    var mustPoll = timeout != nil || !isInputSocket
    while true {
      if isReadStopped.load(ordering: .acquiring) { return .endOfStream }
      if mustPoll {
        switch Descriptors.wait(for: POLLIN, on: input, stop: readStop, timeout: timeout) {
        case .ready: break
        case .timedOut: return .timedOut
        case .stopped: return .endOfStream
        }
      }
      let count = systemRead(input.number, &buffer)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .endOfStream }
      let code = errno
      if code == EINTR { continue }
      // Somebody made it non-blocking.
      if code == EAGAIN {
        mustPoll = true
        continue
      }
      return code == ECONNRESET ? .endOfStream : .failed(.of(code, "cannot read"))
    }
  }

  package func writeAvailable(_ bytes: ArraySlice<UInt8>) throws(ByteStreamError) -> Int {
    if isClosed.load(ordering: .acquiring) { throw ByteStreamError("the stream is closed") }
    guard neverWaits || isReadyForWriting() else { return 0 }
    while true {
      let count = bytes.withUnsafeBytes { raw -> Int in
        if isOutputSocket { return send(output.number, raw.baseAddress, raw.count, Sockets.sendFlags) }
        return write(output.number, raw.baseAddress, neverWaits ? raw.count : min(raw.count, Self.pipeChunk))
      }
      if count >= 0 { return count }
      let code = errno
      if code == EAGAIN || code == EWOULDBLOCK { return 0 }
      if code != EINTR { throw .of(code, "cannot write") }
    }
  }

  package func waitUntilWritable() {
    _ = Descriptors.wait(for: POLLOUT, on: output, stop: writeStop, timeout: nil)
  }

  private func isReadyForWriting() -> Bool { Descriptors.isReady(for: POLLOUT, output) }

  package func stopReading() {
    guard !isReadStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
    if isInputSocket { _ = shutdown(input.number, Int32(SHUT_RD)) }
    readStop.wake()
  }

  /// Tells the peer that no more bytes come, and goes on reading. For sockets.
  package func finishWriting() {
    if isOutputSocket { _ = shutdown(output.number, Int32(SHUT_WR)) }
  }

  package func close() {
    stopReading()
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    if isOutputSocket { _ = shutdown(output.number, Int32(SHUT_RDWR)) }
    writeStop.wake()
  }
}

// `read` is also a name of ours.
private func systemRead(_ number: Int32, _ buffer: inout [UInt8]) -> Int {
  buffer.withUnsafeMutableBytes { read(number, $0.baseAddress, $0.count) }
}
