import Glibc
import JSON
import Synchronization

/// Speaks to a listening server byte for byte over TCP or a Unix socket. It reads only when it is asked to.
final class SocketPeer: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isAtEnd = false
  }

  private let descriptor: Int32
  private let framing: RawPeer.Framing
  private let state = Mutex(State())

  /// - Parameter address: as the server announces it: `tcp://127.0.0.1:PORT` or `unix:///PATH`.
  init(_ address: String, _ framing: RawPeer.Framing = .lines) throws {
    self.framing = framing
    let isUnix = address.hasPrefix("unix://")
    descriptor = socket(isUnix ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Unexpected("no socket") }
    let result = isUnix ? Self.connectUnix(descriptor, address) : Self.connectTCP(descriptor, address)
    guard result == 0 else {
      close(descriptor)
      throw Unexpected("cannot connect to \(address): \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  private static func connectTCP(_ descriptor: Int32, _ address: String) -> Int32 {
    let port = address.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func connectUnix(_ descriptor: Int32, _ address: String) -> Int32 {
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: address.dropFirst("unix://".count).utf8) }
    return withUnsafePointer(to: place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Whether the server took it; it does not when it has closed the connection. Waits while it reads nothing.
  @discardableResult func send(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult func send(_ message: JSONValue) -> Bool {
    let text = "\(message)"
    return send(framing == .lines ? text + "\n" : OddInput.frame(text))
  }

  @discardableResult func request(_ id: JSONValue, _ method: String, _ params: JSONValue = [:]) -> Bool {
    send(["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params])
  }

  /// Ends this side; the other goes on.
  func endInput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Waits for the answer to a request.
  func answer(_ id: JSONValue) async throws -> JSONValue {
    var found: JSONValue?
    try await wait("the answer to \(id)") {
      found = self.messages().first { $0["id"] == id && $0["method"] == nil }
      return found != nil
    }
    guard let found else { throw Unexpected("no answer to \(id)") }
    return found
  }

  /// Waits until the server closes the connection; gives all that it ever sent.
  func end() async throws -> [JSONValue] {
    try await wait("the end") { self.state.withLock { $0.isAtEnd } }
    return messages()
  }

  private func wait(_ what: String, _ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      receive()
      if condition() { return }
      guard ContinuousClock.now < deadline else { throw Unexpected("waited for \(what) in vain: \(messages())") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  private func messages() -> [JSONValue] {
    RawPeer.messages(in: state.withLock { String(decoding: $0.bytes, as: UTF8.self) }, framing)
  }

  /// Takes what has come, without waiting.
  private func receive() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      state.withLock { state in
        if count > 0 { state.bytes.append(contentsOf: buffer.prefix(count)) } else { state.isAtEnd = true }
      }
      if count <= 0 { return }
    }
  }
}
