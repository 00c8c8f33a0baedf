import HTTP
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
  let client = HTTPClient()

  private func error(of request: HTTPRequest) async -> HTTPError? {
    do throws(HTTPError) {
      _ = try await client.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a request gets its response`() async throws {
    let server = try TestHTTPServer { _ in [.response("{\"a\":1}", status: 201, headers: ["X-Thing:  a b "])] }
    var headers = HTTPHeaders(["Content-Type": "application/json", "X-Empty": ""])
    headers.add("Authorization", "Bearer k", isSensitive: true)
    let response = try await client.send(
      HTTPRequest(.post, server.url + "/v1/x?y=1", headers: headers, body: Array("hello".utf8)))
    #expect(response.status == 201)
    #expect(response.headers["x-thing"] == "a b")
    #expect(String(decoding: response.body, as: UTF8.self) == "{\"a\":1}")
    #expect(response.timings.totalSeconds > 0 && response.timings.firstByteSeconds > 0)
    let request = try #require(server.requests.first)
    #expect(request.method == "POST" && request.path == "/v1/x?y=1" && request.bodyText == "hello")
    #expect(request.headers["authorization"] == "Bearer k" && request.headers["x-empty"] == "")
    #expect(request.headers["expect"] == nil)
  }

  @Test func `an empty POST is a POST with no body`() async throws {
    let server = try TestHTTPServer { _ in [.response("ok")] }
    _ = try await client.send(HTTPRequest(.post, server.url))
    #expect(server.requests.first?.method == "POST")
    #expect(server.requests.first?.headers["content-length"] == "0")
  }

  @Test(arguments: [400, 401, 404, 429, 500, 503, 529]) func `an unwelcome status is a result`(_ status: Int)
    async throws
  {
    let server = try TestHTTPServer { _ in [.response("no", status: status)] }
    #expect(try await client.send(HTTPRequest(.get, server.url)).status == status)
  }

  @Test func `connections are used again`() async throws {
    let server = try TestHTTPServer { _ in [.response("ok")] }
    for _ in 0..<5 { _ = try await client.send(HTTPRequest(.get, server.url)) }
    #expect(server.connectionCount == 1)
    #expect(server.requests.map(\.numberOnConnection) == [1, 2, 3, 4, 5])
  }

  @Test func `a connection that the server closed meanwhile is replaced`() async throws {
    let server = try TestHTTPServer { request in request.numberOnConnection == 1 ? [.response("ok")] : [.close] }
    for _ in 0..<3 { #expect(try await client.send(HTTPRequest(.post, server.url, body: [1])).status == 200) }
  }

  @Test func `many requests run side by side`() async throws {
    let server = try TestHTTPServer { request in [.pause(milliseconds: 200), .response(request.path)] }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        group.addTask { [client] in
          let response = try await client.send(HTTPRequest(.get, server.url + "/\(number)"))
          return String(decoding: response.body, as: UTF8.self) == "/\(number)"
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func `chunks come as they are sent, with the time of their arrival`() async throws {
    let server = try TestHTTPServer { _ in
      [.head(), .chunk("one"), .pause(milliseconds: 150), .chunk("two"), .lastChunk]
    }
    let stream = try await client.stream(HTTPRequest(.get, server.url))
    let first = try #require(try await stream.body.next())
    let second = try #require(try await stream.body.next())
    #expect(
      String(decoding: first.bytes, as: UTF8.self) == "one" && String(decoding: second.bytes, as: UTF8.self) == "two")
    #expect(second.arrivalSeconds - first.arrivalSeconds > 0.1)
    #expect(try await stream.body.next() == nil)
    #expect(try await stream.body.next() == nil)
    #expect(stream.body.timings != nil)
  }

  @Test func `a body is an asynchronous sequence`() async throws {
    let server = try TestHTTPServer { _ in [.head(), .chunk("ab"), .chunk("cd"), .lastChunk] }
    var text = ""
    for try await chunk in try await client.stream(HTTPRequest(.get, server.url)).body {
      text += String(decoding: chunk.bytes, as: UTF8.self)
    }
    #expect(text == "abcd")
  }

  @Test func `interim responses and trailers are skipped`() async throws {
    let server = try TestHTTPServer { _ in
      [
        .send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"), .head(headers: ["X-Late: 1"]), .chunk("x"),
        .send("0\r\nX-Trailer: 1\r\n\r\n"),
      ]
    }
    let response = try await client.send(HTTPRequest(.get, server.url))
    #expect(response.status == 200)
    #expect(
      response.headers["X-Early"] == nil && response.headers["X-Late"] == "1" && response.headers["X-Trailer"] == nil)
  }

  // MARK: - Limits

  @Test func `a body beyond the limit is refused, announced or not`() async throws {
    let server = try TestHTTPServer { request in
      if request.path == "/announced" { return [.response(String(repeating: "x", count: 1001))] }
      return [.head(isChunked: false), .flood(Array(repeating: 0x78, count: 4096), totalBytes: 1 << 30), .close]
    }
    for path in ["/announced", "/flood"] {
      var request = HTTPRequest(.get, server.url + path)
      request.maximumBodyBytes = 1000
      #expect(await error(of: request)?.code == .bodyTooLarge)
    }
    #expect(await server.sawDisconnects())
    #expect(server.bytesSent < 64 << 20)
  }

  @Test func `a reader that does not read holds the sender back`() async throws {
    let server = try TestHTTPServer { _ in
      [.head(isChunked: false), .flood(Array(repeating: 0x78, count: 65_536), totalBytes: 256 << 20), .close]
    }
    var request = HTTPRequest(.get, server.url, maximumBodyBytes: 1 << 30)
    request.timeouts.idle = .milliseconds(200)
    let stream = try await client.stream(request)
    try await Task.sleep(for: .milliseconds(600))
    let sentWhileHeld = server.bytesSent
    #expect(sentWhileHeld < 32 << 20)
    var total = 0
    while let chunk = try await stream.body.next() { total += chunk.bytes.count }
    #expect(total == 256 << 20)
  }

  @Test func `headers without end are refused`() async throws {
    let line = Array("X-Header: \(String(repeating: "x", count: 1000))\r\n".utf8)
    let server = try TestHTTPServer { _ in [.send("HTTP/1.1 200 OK\r\n"), .flood(line, totalBytes: 1 << 30), .close] }
    let error = await error(of: HTTPRequest(.get, server.url))
    #expect(error != nil)
    #expect(server.bytesSent < 64 << 20)
  }

  // MARK: - Deadlines and cancelling

  @Test func `each deadline fires and says which it was`() async throws {
    let server = try TestHTTPServer { request in
      switch request.path {
      case "/hang": [.awaitDisconnect]
      case "/idle": [.head(), .chunk("x"), .awaitDisconnect]
      default: [.head()] + Array(repeating: [.chunk("x"), .pause(milliseconds: 50)], count: 100).flatMap { $0 }
      }
    }
    let limit = Duration.milliseconds(300)
    let cases: [(String, HTTPTimeouts, HTTPError.Timeout)] = [
      ("/hang", HTTPTimeouts(firstByte: limit), .firstByte),
      ("/idle", HTTPTimeouts(idle: limit), .idle),
      ("/dribble", HTTPTimeouts(idle: .milliseconds(250), total: limit), .total),
    ]
    for (path, timeouts, kind) in cases {
      let error = await error(of: HTTPRequest(.get, server.url + path, timeouts: timeouts))
      #expect(error?.code == .timeout(kind), "\(path): \(String(describing: error))")
      #expect(error?.message.contains("127.0.0.1:\(server.port)") == true)
    }
    #expect(await server.sawDisconnects(3))
  }

  @Test(arguments: ["/hang", "/idle"]) func `cancelling a task closes its connection`(_ path: String) async throws {
    let server = try TestHTTPServer { request in
      request.path == "/hang" ? [.awaitDisconnect] : [.head(), .chunk("x"), .awaitDisconnect]
    }
    let task = Task { [client] in await error(of: HTTPRequest(.get, server.url + path), client) }
    for _ in 0..<200 where server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    #expect(await task.value?.code == .cancelled)
    #expect(await server.sawDisconnects())
  }

  private func error(of request: HTTPRequest, _ client: HTTPClient) async -> HTTPError? {
    do throws(HTTPError) {
      _ = try await client.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a task that is cancelled already sends nothing to wait for`() async throws {
    let server = try TestHTTPServer { _ in [.awaitDisconnect] }
    let task = Task { [client] in
      withUnsafeCurrentTask { $0?.cancel() }
      return await error(of: HTTPRequest(.get, server.url), client)
    }
    #expect(await task.value?.code == .cancelled)
  }

  @Test func `dropping a body closes its connection`() async throws {
    let server = try TestHTTPServer { _ in [.head(), .chunk("x"), .awaitDisconnect] }
    do {
      let stream = try await client.stream(HTTPRequest(.get, server.url))
      #expect(stream.head.status == 200)
    }
    #expect(await server.sawDisconnects())
  }

  @Test func `a discarded rest keeps the connection when it ends soon, and closes it when not`() async throws {
    let server = try TestHTTPServer { request in
      switch request.path {
      case "/soon": [.head(), .chunk("x"), .pause(milliseconds: 100), .chunk("y"), .lastChunk]
      case "/never": [.head(), .chunk("x"), .awaitDisconnect]
      default: [.response("ok")]
      }
    }
    func readOne(_ path: String) async throws {
      let stream = try await client.stream(HTTPRequest(.get, server.url + path))
      _ = try await stream.body.next()
      stream.body.discardRest(within: .milliseconds(300))
    }
    try await readOne("/soon")
    try await Task.sleep(for: .milliseconds(250))
    _ = try await client.send(HTTPRequest(.get, server.url))
    #expect(server.connectionCount == 1)
    try await readOne("/never")
    #expect(await server.sawDisconnects())
  }

  @Test func `a client that goes away ends what runs`() async throws {
    let server = try TestHTTPServer { _ in [.head(), .chunk("x"), .awaitDisconnect] }
    var client: HTTPClient? = HTTPClient()
    let stream = try #require(try await client?.stream(HTTPRequest(.get, server.url)))
    client = nil
    var code: HTTPError.Code?
    do throws(HTTPError) {
      while try await stream.body.next() != nil {}
    } catch {
      code = error.code
    }
    #expect(code == .cancelled)
    #expect(await server.sawDisconnects())
  }

  // MARK: - Faults

  @Test func `each fault has its code`() async throws {
    let server = try TestHTTPServer { request in
      switch request.path {
      case "/reset": [.reset]
      case "/empty": [.close]
      case "/half": [.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), .close]
      case "/half-chunk": [.head(), .chunk("x"), .send("ff\r\nabc"), .close]
      case "/garbage": [.send("\u{1}\u{2}garbage\r\n\r\n"), .close]
      default: [.response("ok")]
      }
    }
    for path in ["/reset", "/empty", "/half", "/half-chunk"] {
      #expect(await error(of: HTTPRequest(.get, server.url + path))?.code == .connectionLost, "\(path)")
    }
    let garbage = await error(of: HTTPRequest(.get, server.url + "/garbage"))
    #expect(garbage != nil && garbage?.message.contains("garbage") == false)
  }

  @Test func `a refused connection is told from others`() async throws {
    let port: Int
    do { port = try TestHTTPServer { _ in [] }.port }
    let error = await error(of: HTTPRequest(.get, "http://127.0.0.1:\(port)/"))
    #expect(error?.code == .connectionRefused)
    #expect(error?.message == "127.0.0.1:\(port) refuses connections")
  }

  @Test func `an unknown name is told from others`() async {
    var request = HTTPRequest(.get, "http://no-such-name.invalid/")
    request.timeouts.total = .seconds(20)
    let code = await error(of: request)?.code
    #expect(code == .nameNotResolved || code == .timeout(.total) || code == .timeout(.connect))
  }

  @Test(arguments: [
    "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:1/", "127.0.0.1", "", "http://", "http://a b/",
    "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nX: y",
  ])
  func `only http and https URLs are sent`(_ url: String) async {
    #expect(await error(of: HTTPRequest(.get, url))?.code == .invalidRequest)
  }

  @Test func `a header cannot smuggle another`() async throws {
    let server = try TestHTTPServer { _ in [.response("ok")] }
    var headers = HTTPHeaders()
    headers.add("Authorization", "Bearer secret-marker\r\nX-Other: 1", isSensitive: true)
    let error = await error(of: HTTPRequest(.get, server.url, headers: headers))
    #expect(error?.code == .invalidRequest)
    #expect(error.map { "\($0)".contains("secret-marker") } == false)
    #expect(server.requests.isEmpty)
  }

  @Test func `redirects are followed for a GET that asks for it only`() async throws {
    let server = try TestHTTPServer { request in
      switch request.path {
      case "/file": [.response("", status: 302, headers: ["Location: file:///etc/hostname"])]
      case "/loop": [.response("", status: 302, headers: ["Location: /loop"])]
      case "/from": [.response("from", status: 302, headers: ["Location: /to"])]
      default: [.response("to")]
      }
    }
    #expect(try await client.send(HTTPRequest(.get, server.url + "/from")).status == 302)
    #expect(try await client.send(HTTPRequest(.post, server.url + "/from", maximumRedirects: 3)).status == 302)
    let followed = try await client.send(HTTPRequest(.get, server.url + "/from", maximumRedirects: 3))
    #expect(followed.status == 200 && followed.body == Array("to".utf8))
    #expect(await error(of: HTTPRequest(.get, server.url + "/loop", maximumRedirects: 3))?.code == .tooManyRedirects)
    #expect(await error(of: HTTPRequest(.get, server.url + "/file", maximumRedirects: 3))?.code == .invalidRequest)
  }

  @Test func `a sensitive header shows in no description`() {
    var headers = HTTPHeaders()
    headers.add("Authorization", "Bearer secret-marker", isSensitive: true)
    let request = HTTPRequest(.get, "http://127.0.0.1/", headers: headers)
    var dumped = ""
    dump(request, to: &dumped)
    #expect(!dumped.contains("secret-marker") && !"\(request)".contains("secret-marker"))
    #expect(dumped.contains("Authorization"))
  }
}
