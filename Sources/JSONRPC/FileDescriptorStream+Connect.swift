#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FileDescriptorStream {
  /// Connects to a server.
  ///
  /// - Parameter timeout: for each address that a host name stands for.
  /// - Throws: ``ByteStreamError`` with what the system said of the last address tried.
  package static func connect(
    to address: ServerAddress, timeout: Duration = .seconds(10)
  ) throws(ByteStreamError) -> FileDescriptorStream {
    switch address {
    case .unix(let path):
      let socket = try Sockets.open(AF_UNIX)
      try connect(socket, try Sockets.unixAddress(path), timeout, "\(address)")
      return try FileDescriptorStream(input: socket, output: socket, peer: "\(address)")
    case .tcp(let host, let port):
      var failure = ByteStreamError("the host \"\(host)\" has no address")
      for candidate in try Sockets.resolve(host, port, forListening: false) {
        do {
          let socket = try Sockets.open(candidate.family)
          try connect(socket, candidate, timeout, "\(address)")
          Sockets.disableDelay(socket)
          return try FileDescriptorStream(input: socket, output: socket, peer: "\(address)")
        } catch {
          failure = error
        }
      }
      throw failure
    }
  }

  private static func connect(
    _ socket: Descriptor, _ address: Sockets.Address, _ timeout: Duration, _ name: String
  ) throws(ByteStreamError) {
    let flags = fcntl(socket.number, F_GETFL)
    _ = fcntl(socket.number, F_SETFL, flags | O_NONBLOCK)
    defer { _ = fcntl(socket.number, F_SETFL, flags) }
    let action = "cannot connect to \(name)"
    let result = address.with { systemConnect(socket.number, $0, $1) }
    if result == 0 { return }
    guard errno == EINPROGRESS else { throw .last(action) }
    var entries = [pollfd(fd: socket.number, events: Int16(POLLOUT), revents: 0)]
    guard Descriptors.poll(&entries, timeout: timeout) else { throw ByteStreamError("\(action): no answer in time") }
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    _ = getsockopt(socket.number, SOL_SOCKET, SO_ERROR, &code, &length)
    guard code == 0 else { throw .of(code, action) }
  }
}

// `connect` is also a name of ours.
private func systemConnect(_ number: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
  connect(number, address, length)
}
