import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An HTTP/1.1 server on a free loopback port that does what a test tells it: answers whole, in odd pieces, by half,
/// slowly, or not at all. One thread a connection; connections are kept until a step ends them.
package final class TestHTTPServer: Sendable {
  package struct Request: Sendable {
    package let method: String
    package let path: String
    /// Lower-case names.
    package let headers: [String: String]
    package let body: [UInt8]
    /// 1 for the first request on its connection.
    package let numberOnConnection: Int

    package var bodyText: String { String(decoding: body, as: UTF8.self) }
  }

  /// What the server does next with the connection.
  package enum Step: Sendable {
    case send([UInt8])
    case pause(milliseconds: Int)
    /// Sends the bytes over and over until that many went out.
    case flood([UInt8], totalBytes: Int)
    /// Waits until the client closes the connection.
    case awaitDisconnect
    /// Ends the connection in order.
    case close
    /// Ends the connection with a reset.
    case reset
  }

  package let port: Int
  private let listener: Int32
  private let handler: @Sendable (Request) -> [Step]
  private let log = Mutex(Log())

  private struct Log {
    var requests: [Request] = []
    var connections = 0
    var disconnects = 0
    var bytesSent = 0
  }

  /// - Throws: `TestServerError` when there is no port to be had.
  package init(_ handler: @escaping @Sendable (Request) -> [Step]) throws {
    let listener = socket(AF_INET, Self.streamType, 0)
    guard listener >= 0 else { throw TestServerError("socket", errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr = in_addr(s_addr: in_addr_t(0x7F00_0001).bigEndian)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 64) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    guard isListening else {
      let code = errno
      _ = Self.closeDescriptor(listener)
      throw TestServerError("listen", code)
    }
    self.listener = listener
    self.handler = handler
    port = Int(UInt16(bigEndian: address.sin_port))
    let accept = ThreadBody { [weak self, listener] in
      // Closed by the thread that uses it: closed elsewhere, its number could be another socket's by now.
      defer { _ = Self.closeDescriptor(listener) }
      while true {
        let connection = Self.acceptConnection(listener)
        guard connection >= 0 else { return }
        guard let self else {
          _ = Self.closeDescriptor(connection)
          return
        }
        self.log.withLock { $0.connections += 1 }
        ThreadBody { [weak self] in self?.serve(connection) }.start()
      }
    }
    accept.start()
  }

  deinit {
    // Ends the listening at once and wakes the thread that accepts, which then ends.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  package var url: String { "http://127.0.0.1:\(port)" }
  package var requests: [Request] { log.withLock { $0.requests } }
  package var connectionCount: Int { log.withLock { $0.connections } }
  package var bytesSent: Int { log.withLock { $0.bytesSent } }

  /// Whether that many connections were closed by the client within the time.
  package func sawDisconnects(_ count: Int = 1, within seconds: Double = 5) async -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while log.withLock({ $0.disconnects }) < count {
      if ContinuousClock.now > end { return false }
      // A test that is cancelled need not wait.
      do { try await Task.sleep(for: .milliseconds(5)) } catch { return false }
    }
    return true
  }

  // MARK: - A connection

  private func serve(_ connection: Int32) {
    defer { _ = Self.closeDescriptor(connection) }
    var reader = RequestReader(connection)
    var number = 0
    while let request = reader.next(number: number + 1) {
      number += 1
      log.withLock { $0.requests.append(request) }
      for step in handler(request) where !perform(step, connection) { return }
    }
    log.withLock { $0.disconnects += 1 }
  }

  /// Returns false when the connection is over.
  private func perform(_ step: Step, _ connection: Int32) -> Bool {
    switch step {
    case .send(let bytes): return send(bytes, connection)
    case .pause(let milliseconds):
      usleep(UInt32(milliseconds) * 1000)
      return true
    case .flood(let bytes, let totalBytes):
      var left = totalBytes
      while left > 0 {
        guard send(Array(bytes.prefix(left)), connection) else { return false }
        left -= bytes.count
      }
      return true
    case .awaitDisconnect:
      var byte: UInt8 = 0
      while recv(connection, &byte, 1, 0) > 0 {}
      log.withLock { $0.disconnects += 1 }
      return false
    case .close: return false
    case .reset:
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
      return false
    }
  }

  private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Self.sendBytes(connection, UnsafeRawBufferPointer(rebasing: raw[sent...]))
      }
      guard count > 0 else {
        log.withLock { $0.disconnects += 1 }
        return false
      }
      sent += count
      log.withLock { $0.bytesSent += count }
    }
    return true
  }

  #if canImport(Glibc)
    private static let streamType = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    private static func acceptConnection(_ listener: Int32) -> Int32 {
      let connection = Glibc.accept(listener, nil, nil)
      if connection >= 0 { _ = fcntl(connection, F_SETFD, FD_CLOEXEC) }
      return connection
    }
    private static func closeDescriptor(_ descriptor: Int32) -> Int32 { Glibc.close(descriptor) }
    private static func sendBytes(_ connection: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
      Glibc.send(connection, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    }
  #else
    private static let streamType = SOCK_STREAM
    private static func acceptConnection(_ listener: Int32) -> Int32 { Darwin.accept(listener, nil, nil) }
    private static func closeDescriptor(_ descriptor: Int32) -> Int32 { Darwin.close(descriptor) }
    private static func sendBytes(_ connection: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
      Darwin.send(connection, bytes.baseAddress, bytes.count, 0)
    }
  #endif
}

/// A call of the system that failed in a test's own means.
package struct TestServerError: Error, CustomStringConvertible {
  package let description: String
  init(_ call: String, _ code: Int32) { description = "\(call) failed with error \(code)" }
}
