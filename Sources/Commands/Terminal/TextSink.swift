#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Somewhere text is written to.
package protocol TextSink: Sendable {
  /// Writes all of it.
  func write(_ text: String) throws(SinkError)
}

/// Why text could not be written.
package enum SinkError: Error, Sendable, Equatable {
  /// Nobody reads any more, as when `head` has seen enough.
  case brokenPipe
  /// Such as a full disk: the system's error number.
  case failed(Int32)

  /// What went wrong, in the system's words.
  package var reason: String {
    switch self {
    case .brokenPipe: String(cString: strerror(EPIPE))
    case .failed(let code): String(cString: strerror(code))
    }
  }
}

/// Writes to an open file descriptor, which it does not close.
package struct FileDescriptorSink: TextSink {
  private let descriptor: Int32

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  package func write(_ text: String) throws(SinkError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      let failure = errno
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if failure == EAGAIN {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
      } else if failure != EINTR {
        throw failure == EPIPE ? .brokenPipe : .failed(failure)
      }
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
