import Assembly
import Client
import Contract
import HTTP
import JSON
import Server
import TestSupport
import Testing
import Threads

@testable import Dashboard

/// The whole dashboard over HTTP, on a real engine and a store in a temporary folder.
@Suite(.timeLimit(.minutes(2))) struct DashboardServerTests {
  private static let key = "0123456789abcdef-key"

  /// A server with the tracker's results given, while the body runs.
  private func withServer(
    _ change: (inout DashboardConfiguration) -> Void = { _ in }, results: [String] = [],
    _ body: (Browser) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let service = ServiceAssembly.makeService(
        ServiceConfiguration(databasePath: folder + "/r.sqlite", environment: [:]))
      let client = ServiceClient.inProcess(service)
      for text in results { _ = try await client.call(ResultsImport.self, .init(text: text)) }
      var configuration = DashboardConfiguration(host: "127.0.0.1", port: 0, adminKey: Self.key)
      change(&configuration)
      let server = DashboardServer(client: client, configuration: configuration)
      let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
      let task = Task { try await server.run { continuation.yield($0) } }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      let result: Result<Void, any Error>
      do { result = .success(try await body(Browser(port: port))) } catch { result = .failure(error) }
      task.cancel()
      _ = await task.result
      await client.close()
      await service.shutdown()
      try result.get()
    }
  }

  /// A tracker's results of a model whose name and problems are what a hostile one would choose.
  private static func results(_ id: String, model: String = "gpt-5", passed: Int = 1, day: Int = 1) -> String {
    let problems = (0..<4).map { #"{"problem_id":"p\#($0)","passed":\#($0 < passed),"error_type":null,"latency_ms":12}"# }
    return #"""
      {"id":"\#(id)","model_id":"\#(model)","run_date":"2026-01-0\#(day)T06:00:00Z","sample_size":4,"score":\#(Double(passed) / 4),
      "passed_count":\#(passed),"total_count":4,"input_cost":0.5,"output_cost":0.25,"problems":[\#(problems.joined(separator: ","))]}
      """#
  }

  @Test func `every page and every address of the API answers`() async throws {
    try await withServer(results: [Self.results("a"), Self.results("b", passed: 3, day: 2)]) { browser in
      for page in ["/", "/runs", "/runs?suite=code-problems&model=&status=", "/runs/a", "/runs/b?outcome=failed", "/costs",
        "/compare?runs=a,b", "/compare?run=b&run=a"]
      {
        let reply = try await browser.get(page)
        #expect(reply.status == 200, "\(page): \(reply.text.prefix(300))")
        #expect(reply.text.hasPrefix("<!DOCTYPE html>") && reply.headers["Content-Security-Policy"] != nil)
        #expect(!reply.text.contains("style=\"") && !reply.text.contains("http://www") && !reply.text.contains("<script>"))
      }
      for path in ["/api/health", "/api/runs", "/api/runs/a", "/api/runs/a/problems", "/api/trends?days=90000", "/api/models",
        "/api/costs", "/api/compare?runs=a,b", "/api/openapi.json"]
      {
        let reply = try await browser.get(path)
        #expect(reply.status == 200 && reply.headers["Content-Type"] == "application/json", "\(path): \(reply.text)")
        #expect((try? JSONParser(maximumDepth: 2000).parse(reply.text)) != nil)
      }
      for asset in ["style.css", "app.js", "icon.svg"] {
        #expect(try await browser.get("/assets/" + asset).status == 200)
      }
    }
  }

  @Test func `the API gives what the service gives`() async throws {
    try await withServer(results: [Self.results("a"), Self.results("b", day: 2)]) { browser in
      let first = try await browser.json("/api/runs?limit=1")
      #expect(first["runs"]?.arrayValue?.compactMap { $0["runId"] } == ["b"])
      let cursor = try #require(first["nextCursor"]?.stringValue)
      let second = try await browser.json("/api/runs?limit=1&cursor=\(cursor)")
      #expect(second["runs"]?.arrayValue?.compactMap { $0["runId"] } == ["a"] && second["nextCursor"] == .null)
      let problems = try await browser.json("/api/runs/a/problems?outcome=passed")
      #expect(problems["samples"]?.arrayValue?.compactMap { $0["sampleId"] } == ["p0"])
      #expect(try await browser.json("/api/models")["models"]?.arrayValue?.first?["runs"] == 2)
      #expect(try await browser.json("/api/costs?since=2026-01-01&until=2026-02-01")["totalUSD"] == 1.5)
    }
  }

  @Test(arguments: [
    ("/api/runs?limit=0", 400, "limit"), ("/api/runs?limit=x", 400, "limit"), ("/api/runs?frob=1", 400, "frob"),
    ("/api/runs?status=odd", 400, "status"), ("/api/runs?since=yesterday", 400, "since"),
    ("/api/runs?cursor=zz", 400, "cursor"), ("/api/runs?limit=1&limit=2", 400, "limit"),
    ("/api/trends?days=-1", 400, "days"), ("/api/trends?alpha=1", 400, "alpha"), ("/api/compare", 400, "runs"),
    ("/api/compare?runs=", 400, "runs"), ("/api/compare?runs=a,b&metric=luck", 400, "metric"),
    ("/api/runs/none", 404, nil), ("/api/runs/none/problems", 404, nil), ("/api/compare?runs=none,a", 404, nil),
    ("/api/nothing", 404, nil), ("/api", 404, nil), ("/api/runs/a/b/c", 404, nil), ("/nothing", 404, nil),
    ("/assets/../../../etc/passwd", 404, nil), ("/assets/%2e%2e/Package.swift", 404, nil), ("/runs/%00", 404, nil),
    ("/runs/%ff", 404, nil), ("//", 404, nil), ("/assets/", 404, nil), ("/api/results", 405, nil),
  ])
  func `a wrong address says what is wrong`(_ path: String, _ status: Int, _ parameter: String?) async throws {
    try await withServer(results: [Self.results("a")]) { browser in
      let reply = try await browser.get(path)
      #expect(reply.status == status, "\(reply.text)")
      guard path.hasPrefix("/api") else { return }
      let error = try JSONParser().parse(reply.text)["error"]
      #expect(error?["parameter"]?.stringValue == parameter)
      #expect(error?["message"]?.stringValue?.isEmpty == false)
    }
  }

  @Test func `hostile text of models is text`() async throws {
    let name = #"<img src=x onerror=alert(1)>\u202e\u0000'\"&"#
    try await withServer(results: [Self.results("<b>x", model: name)]) { browser in
      for page in ["/", "/runs", "/costs", "/runs/%3Cb%3Ex"] {
        let text = try await browser.get(page).text
        #expect(!text.contains("<img") && !text.contains("<b>x") && !text.contains("\u{202E}"), "\(page)")
      }
      #expect(try await browser.get("/runs/%3Cb%3Ex").text.contains("&lt;img src=x onerror=alert(1)&gt;\\u{202E}\u{2400}"))
    }
  }

  @Test func `results come in with the key, once`() async throws {
    try await withServer { browser in
      let body = Self.results("new", passed: 2)
      #expect(try await browser.post("/api/results", body).status == 401)
      #expect(try await browser.post("/api/results", body, key: "0123456789abcdef-kez").status == 401)
      let first = try await browser.post("/api/results", body, key: Self.key)
      #expect(first.status == 201, "\(first.text)")
      #expect(try await browser.json("/api/runs/new")["models"]?.arrayValue?.first?["passed"] == 2)
      let again = try await browser.post("/api/results", body, key: Self.key)
      #expect(again.status == 200 && again.text.contains("alreadyStored"))
      #expect(try await browser.json("/api/runs")["runs"]?.arrayValue?.count == 1)
    }
  }

  @Test func `bad results are named and change nothing`() async throws {
    try await withServer { browser in
      for body in ["", "{", "[]", "null", #"{"model_id":1}"#, Self.results("x").replacing("\"passed_count\":1", with: "\"passed_count\":9")] {
        let reply = try await browser.post("/api/results", body, key: Self.key)
        #expect(reply.status == 400 && reply.text.contains("invalidData"), "\(body): \(reply.text)")
      }
      #expect(try await browser.post("/api/results", "{}", key: Self.key, type: "text/plain").status == 415)
      #expect(try await browser.json("/api/runs")["runs"] == [])
    }
  }

  @Test func `the eleventh request of a minute is turned away, with or without the right key`() async throws {
    try await withServer { browser in
      for _ in 0..<10 { #expect(try await browser.post("/api/results", "{}", key: "wrong").status == 401) }
      let reply = try await browser.post("/api/results", Self.results("x"), key: Self.key)
      #expect(reply.status == 429 && reply.headers["Retry-After"] != nil)
    }
  }

  @Test func `without a key nothing can be changed`() async throws {
    try await withServer({ $0.adminKey = nil }) { browser in
      let reply = try await browser.post("/api/results", "{}", key: "anything")
      #expect(reply.status == 403 && reply.text.contains("LLMBENCH_ADMIN_KEY"))
    }
  }

  @Test func `a body too large is refused before it is read, and when it grows`() async throws {
    try await withServer({ $0.maximumBodyBytes = 1000 }) { browser in
      let body = String(repeating: "x", count: 2000)
      #expect(try await browser.post("/api/results", body, key: Self.key).status == 413)
      let chunked = try await browser.raw(
        "POST /api/results HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(Self.key)\r\n"
          + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n\(body)\r\n0\r\n\r\n")
      #expect(chunked.hasPrefix("HTTP/1.1 413"))
    }
  }

  @Test func `slow and half-sent requests end`() async throws {
    try await withServer({
      $0.bodySeconds = 0.3
      $0.idleSeconds = 1
    }) { browser in
      let head = "POST /api/results HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(Self.key)\r\n"
        + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
      let slow = try await browser.raw(head)
      let half = try await browser.raw("GET /api/runs HTTP/1.1\r\nHost: loc")
      let silent = try await browser.raw("")
      // The connection may be closed before the answer is out.
      #expect(slow == "" || slow.hasPrefix("HTTP/1.1 408"), "\(slow)")
      #expect(half == "" || half.hasPrefix("HTTP/1.1 400"), "\(half)")
      #expect(silent == "", "\(silent)")
    }
  }

  @Test(arguments: [
    "FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n", "nonsense\r\n\r\n", "GET /\u{0} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", "GET / HTTP/1.1\r\nHost: localhost\r\nBroken\r\n\r\n",
  ])
  func `what is no request is refused, and the server lives on`(_ text: String) async throws {
    try await withServer({ $0.idleSeconds = 1 }) { browser in
      let reply = try await browser.raw(text)
      #expect(reply == "" || reply.hasPrefix("HTTP/1.1 4"), "\(reply)")
      #expect(try await browser.get("/api/health").status == 200)
    }
  }

  @Test func `a flood of headers and a long address are refused`() async throws {
    try await withServer({ $0.idleSeconds = 1 }) { browser in
      let fields = (0..<5000).map { "X-\($0): \(String(repeating: "y", count: 40))\r\n" }.joined()
      let flood = try await browser.raw("GET / HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
      #expect(flood == "" || flood.hasPrefix("HTTP/1.1 4"))
      let long = try await browser.get("/api/runs?suite=" + String(repeating: "a", count: 9000))
      #expect(long.status == 414)
    }
  }

  @Test func `a page of another site does not reach it by a name of its own`() async throws {
    try await withServer { browser in
      let evil = try await browser.raw("GET /api/runs HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n")
      #expect(evil.hasPrefix("HTTP/1.1 421"))
      let own = try await browser.raw("GET /api/runs HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n")
      #expect(own.hasPrefix("HTTP/1.1 200"))
    }
  }

  @Test func `only sites that are allowed may read from elsewhere`() async throws {
    try await withServer({ $0.allowedOrigins = ["https://a.example"] }) { browser in
      let allowed = try await browser.get("/api/runs", headers: ["Origin": "https://a.example"])
      #expect(allowed.headers["Access-Control-Allow-Origin"] == "https://a.example")
      #expect(try await browser.get("/api/runs", headers: ["Origin": "https://b.example"]).headers["Access-Control-Allow-Origin"] == nil)
    }
    try await withServer { browser in
      let reply = try await browser.get("/api/runs", headers: ["Origin": "https://a.example"])
      #expect(reply.headers["Access-Control-Allow-Origin"] == nil)
    }
  }

  @Test func `a reply is kept until the store changes`() async throws {
    try await withServer(results: [Self.results("a")]) { browser in
      let first = try await browser.get("/api/runs")
      let tag = try #require(first.headers["ETag"])
      let same = try await browser.get("/api/runs", headers: ["If-None-Match": tag])
      #expect(same.status == 304 && same.body.isEmpty)
      #expect(try await browser.post("/api/results", Self.results("b"), key: Self.key).status == 201)
      let other = try await browser.get("/api/runs", headers: ["If-None-Match": tag])
      #expect(other.status == 200 && other.headers["ETag"] != tag && other.text.contains("\"b\""))
    }
  }

  @Test func `large replies are compressed for those who take it`() async throws {
    try await withServer(results: [Self.results("a")]) { browser in
      let plain = try await browser.get("/runs/a")
      #expect(plain.headers["Content-Encoding"] == nil && plain.headers["Vary"] == "Accept-Encoding")
      let packed = try await browser.raw(
        "GET /runs/a HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n")
      #expect(packed.contains("Content-Encoding: gzip") || packed.contains("content-encoding: gzip"))
      let length = packed.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
      let bytes = try #require(length.flatMap { Int($0.dropFirst(16)) })
      #expect(bytes < plain.body.count / 2)
    }
  }

  @Test func `HEAD gives the headers alone`() async throws {
    try await withServer { browser in
      let reply = try await browser.raw("HEAD /api/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
      #expect(reply.hasPrefix("HTTP/1.1 200") && reply.hasSuffix("\r\n\r\n") && !reply.contains("nextCursor"))
    }
  }

  @Test func `events tell of changes, to many at once, and who does not read holds nobody up`() async throws {
    try await withServer { browser in
      let deaf = try browser.open("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
      defer { deaf.close() }
      try await withThrowingTaskGroup(of: Bool.self) { group in
        let (ready, continuation) = AsyncStream.makeStream(of: Void.self)
        for _ in 0..<20 {
          group.addTask {
            var text = ""
            for try await part in try await browser.stream("/api/events") {
              if text.isEmpty { continuation.yield() }
              text += part
              if text.ranges(of: "event: change").count >= 2 { return true }
            }
            return false
          }
        }
        var listening = 0
        for await _ in ready {
          listening += 1
          if listening == 20 { break }
        }
        #expect(try await browser.post("/api/results", Self.results("b"), key: Self.key).status == 201)
        for try await told in group { #expect(told) }
      }
    }
  }

  @Test func `too many listeners are turned away`() async throws {
    try await withServer({ $0.maximumListeners = 1 }) { browser in
      let first = try browser.open("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
      defer { first.close() }
      let text = try await BlockingWork.run { _ in try first.read(until: "event: change") }
      #expect(text.contains("200 OK"))
      #expect(try await browser.get("/api/events").status == 503)
    }
  }
}
