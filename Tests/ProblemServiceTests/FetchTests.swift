import Contract
import Execution
import HTTP
import Hashing
import ProblemService
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Downloads from a server of the test's own; nothing else is asked.
@Suite struct FetchTests {
  private static let content = Array(
    (0..<3).map { number in
      """
      {"question_id": "q\(number)", "question_title": "Q", "question_content": "Say \(number).", "platform": "atcoder", \
      "contest_id": "c", "contest_date": "2024-01-01T00:00:00", "starter_code": "", "difficulty": "easy", \
      "public_test_cases": "[{\\"input\\": \\"\\", \\"output\\": \\"\(number)\\", \\"testtype\\": \\"stdin\\"}]", \
      "private_test_cases": "[]", "metadata": "{}"}

      """
    }.joined().utf8)

  private let service = ProblemService(
    executor: { () async throws(ExecutionError) in throw ExecutionError(.sandboxUnavailable, "not asked for") },
    http: HTTPClient())

  private func fetch(
    _ server: TestHTTPServer, into folder: String, release: String = "part2"
  ) async throws -> DataFetch.Result {
    var params = DataFetch.Params(dataset: "livecodebench")
    params.release = release
    params.output = folder
    params.baseURL = "http://127.0.0.1:\(server.port)/set"
    return try await service.fetch(params) { _, _, _ in }
  }

  private func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = "\(FileManager.default.temporaryDirectory.path)/llmbench-fetch-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  /// The bytes that a request asks for, with the head that goes with them.
  private static func ranged(
    _ request: TestHTTPServer.Request, of content: [UInt8], headers: [String] = [], cutAfter: Int? = nil
  ) -> [TestHTTPServer.Step] {
    let range = (request.headers["range"] ?? "").dropFirst("bytes=".count).split(
      separator: "-", omittingEmptySubsequences: false)
    let start = range.first.flatMap { Int($0) } ?? 0
    let end =
      range.count > 1 ? Int(range[1]).map { min($0, content.count - 1) } ?? content.count - 1 : content.count - 1
    guard start <= end else { return [.response("", status: 416)] }
    let part = Array(content[start...end])
    var head = "HTTP/1.1 206 Partial\r\nContent-Length: \(part.count)\r\n"
    head += "Content-Range: bytes \(start)-\(end)/\(content.count)\r\n"
    for header in headers { head += header + "\r\n" }
    let isProbe = start == 0 && end == 0
    if let cutAfter, !isProbe, start < cutAfter {
      return [.send(Array((head + "\r\n").utf8) + part.prefix(cutAfter - start)), .close]
    }
    return [.send(Array((head + "\r\n").utf8) + part)]
  }

  @Test func `a file comes whole, is checked, and is not asked for again`() async throws {
    let hash = SHA256.hex(Self.content)
    let server = try TestHTTPServer { request in
      Self.ranged(request, of: Self.content, headers: ["X-Linked-ETag: \"\(hash)\""])
    }
    try await inFolder { folder in
      let result = try await fetch(server, into: folder)
      let file = try #require(result.files.first)
      #expect(file.path == "\(folder)/test2.jsonl" && file.bytes == Self.content.count && file.isVerified)
      #expect(file.downloadedBytes == Self.content.count && file.sha256 == hash && result.problems == 3)
      #expect(server.requests.allSatisfy { $0.path == "/set/test2.jsonl" })
      let again = try await fetch(server, into: folder)
      #expect(again.files.first?.downloadedBytes == 0 && again.files.first?.isVerified == true)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["test2.jsonl"])
    }
  }

  @Test func `a connection that breaks is gone on with from where it broke`() async throws {
    let cut = Self.content.count / 2
    let server = try TestHTTPServer { Self.ranged($0, of: Self.content, cutAfter: cut) }
    try await inFolder { folder in
      let result = try await fetch(server, into: folder)
      #expect(result.files.first?.sha256 == SHA256.hex(Self.content) && result.files.first?.isVerified == false)
      #expect(server.requests.compactMap { $0.headers["range"] } == ["bytes=0-0", "bytes=0-", "bytes=\(cut)-"])
    }
  }

  @Test func `what came before is kept for the next time`() async throws {
    let cut = Self.content.count / 3
    try await inFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(Self.content.prefix(cut)).write(to: URL(filePath: "\(folder)/test2.jsonl.part"))
      let server = try TestHTTPServer { Self.ranged($0, of: Self.content) }
      let result = try await fetch(server, into: folder)
      #expect(result.files.first?.downloadedBytes == Self.content.count - cut && result.problems == 3)
    }
  }

  @Test func `a redirect is followed, and what stands on the way counts`() async throws {
    let hash = SHA256.hex(Self.content)
    let server = try TestHTTPServer { request in
      if request.path == "/set/test2.jsonl" {
        return [
          .response(
            "", status: 302,
            headers: [
              "Location: /elsewhere/blob", "X-Linked-ETag: \"\(hash)\"", "X-Linked-Size: \(Self.content.count)",
            ])
        ]
      }
      return Self.ranged(request, of: Self.content)
    }
    try await inFolder { folder in
      let result = try await fetch(server, into: folder)
      #expect(result.files.first?.isVerified == true)
      #expect(server.requests.last?.path == "/elsewhere/blob")
    }
  }

  @Test func `a server that knows no ranges is asked for all of it`() async throws {
    let text = String(decoding: Self.content, as: UTF8.self)
    let server = try TestHTTPServer { _ in [.response(text)] }
    try await inFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("old".utf8).write(to: URL(filePath: "\(folder)/test2.jsonl.part"))
      let result = try await fetch(server, into: folder)
      #expect(result.problems == 3)
    }
  }

  @Test func `what is not what the server has is removed and told`() async throws {
    let hash = SHA256.hex("something else")
    let server = try TestHTTPServer { request in
      Self.ranged(request, of: Self.content, headers: ["X-Linked-ETag: \"\(hash)\""])
    }
    try await inFolder { folder in
      await #expect { try await fetch(server, into: folder) } throws: {
        ($0 as? ServiceError)?.kind == .requestFailed && "\($0)".contains(hash)
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `a page in place of the file and an answer of no are told`() async throws {
    let page = try TestHTTPServer { _ in [.response("<html>Please sign in</html>\n")] }
    let no = try TestHTTPServer { _ in [.response("no", status: 403)] }
    try await inFolder { folder in
      await #expect { try await fetch(page, into: folder) } throws: { "\($0)".contains("test2.jsonl:1") }
      await #expect { try await fetch(no, into: folder + "2") } throws: { "\($0)".contains("HTTP 403") }
      try? FileManager.default.removeItem(atPath: folder + "2")
    }
  }

  @Test func `all parts up to a release are asked for`() async throws {
    let server = try TestHTTPServer { Self.ranged($0, of: Self.content) }
    try await inFolder { folder in
      let result = try await fetch(server, into: folder, release: "v3")
      #expect(result.files.map(\.path) == ["test", "test2", "test3"].map { "\(folder)/\($0).jsonl" })
    }
  }

  @Test func `another dataset and another release are refused`() async throws {
    await #expect(throws: ServiceError.self) { try await service.fetch(.init(dataset: "imagenet")) { _, _, _ in } }
    var params = DataFetch.Params(dataset: "livecodebench")
    params.release = "v99"
    let request = params
    await #expect(throws: (any Error).self) { try await service.fetch(request) { _, _, _ in } }
  }
}
