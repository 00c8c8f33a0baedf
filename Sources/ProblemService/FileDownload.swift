import Contract
import Files
import HTTP
import Hashing
import JSON
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Downloads one file, going on where an earlier try stopped: what has come lies beside it as `NAME.part`.
struct FileDownload: Sendable {
  let http: HTTPClient
  let address: String
  let path: String

  struct Outcome {
    var path: String
    var bytes: Int
    var downloadedBytes: Int
    var sha256: String
    /// Whether the server named the same SHA-256.
    var isVerified: Bool
  }

  /// What a server says of a file before it gives it.
  private struct Facts {
    var size: Int?
    var sha256: String?
    /// Where the file really lies.
    var location: String
  }

  private static let mostRedirects = 5
  private static let tries = 4

  /// - Throws: ``ServiceError``; `CancellationError`.
  func run(progress: (Int, Int?) -> Void) async throws -> Outcome {
    let facts = try await retrying { try await self.facts() }
    if let there = try await existing(facts) { return there }
    let before = size(of: partPath)
    try await retrying { try await fetch(facts, progress: progress) }
    let bytes = size(of: partPath)
    return try await finish(facts, downloaded: bytes >= before ? bytes - before : bytes)
  }

  /// A connection that breaks is tried again a few times, from where it broke.
  private func retrying<Value>(_ body: () async throws -> Value) async throws -> Value {
    var tries = 0
    while true {
      do {
        return try await body()
      } catch let error as HTTPError {
        if Task.isCancelled || error.code == .cancelled { throw CancellationError() }
        tries += 1
        guard tries < Self.tries, error.mayPass else {
          throw failure("\(error.message); what has come is kept: run the same again to go on")
        }
        try await Task.sleep(for: .milliseconds(250 << tries))
      }
    }
  }

  private var partPath: String { "\(path).part" }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  // MARK: - Asking

  /// Asks for the first byte and follows redirects by hand, for the answers on the way say the file's size and SHA-256.
  private func facts() async throws -> Facts {
    var facts = Facts(location: address)
    for _ in 0...Self.mostRedirects {
      let response = try await send(facts.location, from: 0, to: 0)
      let headers = response.head.headers
      facts.size = headers["x-linked-size"].flatMap { Int($0) } ?? facts.size
      facts.sha256 = headers["x-linked-etag"].flatMap(Self.digest) ?? facts.sha256
      response.body.discardRest()
      switch response.head.status {
      case 200: facts.size = facts.size ?? headers["content-length"].flatMap { Int($0) }
      case 206:
        let total = headers["content-range"].flatMap { $0.split(separator: "/").last }.flatMap { Int($0) }
        facts.size = facts.size ?? total
      case 301, 302, 303, 307, 308:
        guard let target = headers["location"].flatMap({ Self.resolve($0, against: facts.location) }) else {
          throw failure("the server redirects to no address")
        }
        facts.location = target
        continue
      case 416: facts.size = 0
      case let status: throw failure("the server answers with HTTP \(status)")
      }
      return facts
    }
    throw failure("the server redirects too often")
  }

  private func send(_ url: String, from start: Int, to end: Int?) async throws(HTTPError) -> HTTPResponseStream {
    var headers = HTTPHeaders()
    headers.add("Range", "bytes=\(start)-\(end.map(String.init) ?? "")")
    headers.add("Accept-Encoding", "identity")
    let timeouts = HTTPTimeouts(connect: .seconds(30), firstByte: .seconds(60), idle: .seconds(60), total: nil)
    return try await http.stream(
      HTTPRequest(.get, url, headers: headers, timeouts: timeouts, maximumBodyBytes: Int.max / 2))
  }

  /// A SHA-256 in quotation marks.
  private static func digest(_ tag: String) -> String? {
    let text = tag.filter { $0 != "\"" }.lowercased()
    return text.utf8.count == 64 && text.allSatisfy(\.isHexDigit) ? text : nil
  }

  private static func resolve(_ location: String, against base: String) -> String? {
    if location.hasPrefix("http://") || location.hasPrefix("https://") { return location }
    guard location.hasPrefix("/"), let scheme = base.firstRange(of: "://") else { return nil }
    let rest = base[scheme.upperBound...]
    return base[..<scheme.upperBound] + rest.prefix { $0 != "/" } + location
  }

  // MARK: - Fetching

  private func fetch(_ facts: Facts, progress: (Int, Int?) -> Void) async throws {
    let file = try part()
    if let size = facts.size, file.size >= size { return file.truncate(to: size) }
    let start = file.size
    let response = try await send(facts.location, from: start, to: nil)
    switch response.head.status {
    case 206 where response.head.headers["content-range"]?.hasPrefix("bytes \(start)-") ?? (start == 0): break
    // The server knows no ranges: from the beginning.
    case 200: file.truncate(to: 0)
    case 416 where start > 0: return
    case let status:
      response.body.discardRest()
      throw failure("the server answers with HTTP \(status)")
    }
    progress(file.size, facts.size)
    while let chunk = try await response.body.next() {
      try append(chunk.bytes, to: file)
      progress(file.size, facts.size)
    }
  }

  private func part() throws -> FileDescriptor {
    do throws(FileFailure) { return try FileDescriptor(partPath, .append) } catch { throw WholeFile.error(path, error) }
  }

  private func append(_ bytes: [UInt8], to file: FileDescriptor) throws {
    do throws(FileFailure) { try file.append(bytes) } catch { throw WholeFile.error(path, error) }
  }

  // MARK: - Checking

  private func existing(_ facts: Facts) async throws -> Outcome? {
    let bytes = size(of: path)
    guard bytes > 0, facts.size == nil || facts.size == bytes else { return nil }
    let hash = try await sha256(of: path)
    guard facts.sha256 == nil || facts.sha256 == hash else { return nil }
    return Outcome(path: path, bytes: bytes, downloadedBytes: 0, sha256: hash, isVerified: facts.sha256 != nil)
  }

  private func finish(_ facts: Facts, downloaded: Int) async throws -> Outcome {
    let bytes = size(of: partPath)
    if let size = facts.size, size != bytes {
      throw failure("\(bytes) of \(size) bytes came: run the same again to go on")
    }
    let hash = try await sha256(of: partPath)
    if let expected = facts.sha256, expected != hash {
      unlink(partPath)
      throw failure("what came is not what the server has (SHA-256 \(hash) instead of \(expected)): it was removed")
    }
    guard rename(partPath, path) == 0 else { throw WholeFile.error(path, FileFailure()) }
    return Outcome(
      path: path, bytes: bytes, downloadedBytes: downloaded, sha256: hash, isVerified: facts.sha256 != nil)
  }

  private func sha256(of path: String) async throws -> String {
    try await BlockingWork.run { checkCancellation in
      let file = try FileDescriptor(path, .read)
      var hash = SHA256()
      var offset = 0
      while case let piece = try file.read(at: offset, count: 1 << 20), !piece.isEmpty {
        try checkCancellation()
        hash.update(piece)
        offset += piece.count
      }
      return hash.finalizedHex()
    }
  }

  private func failure(_ message: String) -> ServiceError {
    ServiceError(
      .requestFailed, "\(path) cannot be downloaded from \(address): \(message).", details: ["path": .string(path)])
  }
}

extension HTTPError {
  /// Whether the same request may go well a moment later.
  fileprivate var mayPass: Bool {
    switch code {
    case .connectionLost, .connectionFailed, .timeout: true
    default: false
    }
  }
}
