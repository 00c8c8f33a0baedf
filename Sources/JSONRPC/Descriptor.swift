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

  /// Another way into a pipe, through which a write never waits; nil where there is none, or no pipe.
  ///
  /// To make the given descriptor non-blocking would change it for every process that shares it. This one shares
  /// nothing but the pipe.
  static func withoutWaiting(_ number: Int32) -> Descriptor? {
    #if os(Linux)
      var status = stat()
      guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return nil }
      let copy = open("/proc/self/fd/\(number)", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      return copy < 0 ? nil : Descriptor(copy)
    #else
      return nil
    #endif
  }

  /// Writing into a pipe without a reader gives an error instead of ending the process.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  enum Wait {
    case ready
    case stopped
    case timedOut
  }

  /// Waits until a descriptor is ready, or a signal tells to stop, which counts for more.
  ///
  /// - Parameters:
  ///   - events: `POLLIN` or `POLLOUT`.
  ///   - timeout: nil waits for ever.
  static func wait(
    for events: Int32, on descriptor: Descriptor, stop: WakeSignal, timeout: Duration?
  ) -> Wait {
    // On the stack: this is called for every message.
    var entries = (
      pollfd(fd: descriptor.number, events: Int16(events), revents: 0),
      pollfd(fd: stop.readEnd.number, events: Int16(POLLIN), revents: 0)
    )
    let isInTime = withUnsafeMutableBytes(of: &entries) { poll($0.bindMemory(to: pollfd.self), timeout: timeout) }
    if !isInTime { return .timedOut }
    return entries.1.revents == 0 ? .ready : .stopped
  }

  /// Whether a descriptor is ready now.
  static func isReady(for events: Int32, _ descriptor: Descriptor) -> Bool {
    var entry = pollfd(fd: descriptor.number, events: Int16(events), revents: 0)
    let isInTime = withUnsafeMutableBytes(of: &entry) { poll($0.bindMemory(to: pollfd.self), timeout: .zero) }
    return isInTime && entry.revents != 0
  }

  /// Waits for an event on one of the descriptors; false when the time is over.
  ///
  /// - Parameter timeout: nil waits for ever.
  static func poll(_ entries: inout [pollfd], timeout: Duration?) -> Bool {
    entries.withUnsafeMutableBufferPointer { poll($0, timeout: timeout) }
  }

  private static func poll(_ entries: UnsafeMutableBufferPointer<pollfd>, timeout: Duration?) -> Bool {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while true {
      let count = systemPoll(entries, timeout == .zero ? 0 : milliseconds(until: deadline))
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
private func systemPoll(_ entries: UnsafeMutableBufferPointer<pollfd>, _ timeout: Int32) -> Int32 {
  poll(entries.baseAddress, nfds_t(entries.count), timeout)
}
