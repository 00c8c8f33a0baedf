#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads requests with a `Content-Length` from a connection, one after the other.
struct RequestReader {
  private let connection: Int32
  private var bytes: [UInt8] = []

  init(_ connection: Int32) { self.connection = connection }

  /// nil when the client has closed the connection.
  mutating func next(number: Int) -> TestHTTPServer.Request? {
    let separator = Array("\r\n\r\n".utf8)
    var headEnd = bytes.firstRange(of: separator)
    while headEnd == nil {
      guard readMore() else { return nil }
      headEnd = bytes.firstRange(of: separator)
    }
    guard let headEnd else { return nil }
    let lines = String(decoding: bytes[..<headEnd.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
    }
    let bodyEnd = headEnd.upperBound + (headers["content-length"].flatMap { Int($0) } ?? 0)
    while bytes.count < bodyEnd { guard readMore() else { return nil } }
    defer { bytes.removeFirst(bodyEnd) }
    return TestHTTPServer.Request(
      method: words.first.map(String.init) ?? "", path: words.count > 1 ? String(words[1]) : "", headers: headers,
      body: Array(bytes[headEnd.upperBound..<bodyEnd]), numberOnConnection: number)
  }

  private mutating func readMore() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(connection, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    bytes.append(contentsOf: buffer[..<count])
    return true
  }
}
