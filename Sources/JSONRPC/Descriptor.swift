#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file descriptor that is closed when the last owner lets go of it, so that no thread reads a number that has
/// been given to another file meanwhile.
final class Descriptor: Sendable {
  let number: Int32

  /// Takes ownership.
  init(_ number: Int32) { self.number = number }

  deinit { _ = systemClose(number) }
}

/// A means to wake a thread in `poll`.
struct WakeSignal: Sendable {
  let readEnd: Descriptor
  private let writeEnd: Descriptor

  init() throws(ByteStreamError) {
    (readEnd, writeEnd) = try Descriptors.socketPair()
  }

  /// Wakes whoever polls ``readEnd``, now and for ever.
  func wake() {
    var byte: UInt8 = 1
    _ = send(writeEnd.number, &byte, 1, Sockets.sendFlags)
  }
}

/// Calls on descriptors that report errors as values.
enum Descriptors {
  /// Two connected sockets that children do not inherit.
  static func socketPair() throws(ByteStreamError) -> (Descriptor, Descriptor) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Sockets.streamType, 0, &ends) == 0 else { throw .last("cannot make a socket pair") }
    #if !os(Linux)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #endif
    return (Descriptor(ends[0]), Descriptor(ends[1]))
  }

  /// A copy that children do not inherit.
  static func duplicate(_ number: Int32) throws(ByteStreamError) -> Descriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .last("cannot duplicate descriptor \(number)") }
    return Descriptor(copy)
  }

  static func isSocket(_ number: Int32) -> Bool {
    var status = stat()
    return fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  /// Writing into a pipe without a reader gives an error instead of ending the process.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Waits for an event on one of the descriptors; false when the time is over.
  ///
  /// - Parameter timeout: nil waits for ever.
  static func poll(_ entries: inout [pollfd], timeout: Duration?) -> Bool {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while true {
      let count = systemPoll(&entries, milliseconds(until: deadline))
      if count > 0 { return true }
      // Anything but an interruption will show in the read or write that follows.
      if count < 0, errno != EINTR { return true }
      if let deadline, deadline <= .now { return false }
    }
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let (seconds, attoseconds) = max(.zero, deadline - .now).components
    // Rounded up, or the loop would spin through the last millisecond.
    return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
  }
}

extension ByteStreamError {
  /// An error with the text of `errno`.
  static func last(_ action: String) -> ByteStreamError { of(errno, action) }

  static func of(_ code: Int32, _ action: String) -> ByteStreamError {
    ByteStreamError("\(action): \(String(cString: strerror(code)))")
  }
}

// `close` and `poll` are also names of ours.
private func systemClose(_ number: Int32) -> Int32 { close(number) }
private func systemPoll(_ entries: inout [pollfd], _ timeout: Int32) -> Int32 {
  poll(&entries, nfds_t(entries.count), timeout)
}
