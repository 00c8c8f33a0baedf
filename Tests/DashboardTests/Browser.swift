import Glibc
import HTTP
import JSON
import Testing
import Threads

/// Asks a server on this machine.
struct Browser: Sendable {
  struct Reply: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  let port: Int
  private let client = HTTPClient()

  init(port: Int) { self.port = port }

  private func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  func get(_ path: String, headers: KeyValuePairs<String, String> = [:]) async throws -> Reply {
    let response = try await client.send(HTTPRequest(.get, address(path), headers: HTTPHeaders(headers)))
    return Reply(status: response.status, headers: response.headers, body: response.body)
  }

  func json(_ path: String) async throws -> JSONValue {
    let reply = try await get(path)
    #expect(reply.status == 200, "\(path): \(reply.text)")
    return try JSONParser(maximumDepth: 2000).parse(reply.text)
  }

  func post(
    _ path: String, _ body: String, key: String? = nil, type: String = "application/json"
  ) async throws -> Reply {
    var headers = HTTPHeaders(["Content-Type": type])
    if let key { headers.add("Authorization", "Bearer \(key)") }
    let response = try await client.send(HTTPRequest(.post, address(path), headers: headers, body: Array(body.utf8)))
    return Reply(status: response.status, headers: response.headers, body: response.body)
  }

  /// The body piece by piece.
  func stream(_ path: String) async throws -> AsyncThrowingStream<String, any Error> {
    let response = try await client.stream(HTTPRequest(.get, address(path)))
    return AsyncThrowingStream { continuation in
      let task = Task {
        do {
          while let chunk = try await response.body.next() {
            continuation.yield(String(decoding: chunk.bytes, as: UTF8.self))
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Sends bytes as they are and gives everything that comes until the server closes the connection or falls silent.
  func raw(_ text: String) async throws -> String {
    let connection = try open(text)
    defer { connection.close() }
    // Not on a thread that the server's tasks need, too.
    return try await BlockingWork.run { _ in try connection.readToEnd() }
  }

  func open(_ text: String) throws -> RawConnection {
    let connection = try RawConnection(port: port)
    try connection.send(text)
    return connection
  }
}

/// A connection that says only what it is told to.
struct RawConnection: Sendable {
  struct Failure: Error {}

  private let descriptor: Int32

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Failure() }
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      // A server that has heard enough may close.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func readToEnd() throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }

  func read(until text: String) throws -> String {
    var found = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !found.contains(text) {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw Failure() }
      found += String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    return found
  }

  func close() { Glibc.close(descriptor) }
}
