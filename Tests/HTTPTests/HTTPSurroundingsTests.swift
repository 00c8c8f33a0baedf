import HTTP
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

private let hasOpenSSL = access("/usr/bin/openssl", X_OK) == 0
private let hasNode = access("/usr/bin/node", X_OK) == 0

/// What a client takes from its surroundings: certificates and proxies.
@Suite(.timeLimit(.minutes(1))) struct HTTPSurroundingsTests {
  /// A TLS server with a certificate of its own for 127.0.0.1.
  ///
  /// - Parameter command: starts the server, given a port, a key file and a certificate file.
  private func withTLSServer(
    _ command: (_ port: Int, _ key: String, _ certificate: String) -> [String] = { port, key, certificate in
      ["/usr/bin/openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-www"]
    },
    _ body: (_ url: String, _ certificate: String) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let (key, certificate) = (folder + "/key.pem", folder + "/certificate.pem")
      let request = try ChildProcess([
        "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
        certificate,
      ])
      try #require(request.wait() == 0)
      let port: Int
      do { port = try TestHTTPServer { _ in [] }.port }
      let server = try ChildProcess(command(port, key, certificate))
      defer { withExtendedLifetime(server) {} }
      let url = "https://127.0.0.1:\(port)/"
      for _ in 0..<100 {
        if await code(HTTPClient(), url) != .connectionRefused { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      try await body(url, certificate)
    }
  }

  private func code(_ client: HTTPClient, _ url: String) async -> HTTPError.Code? {
    do throws(HTTPError) {
      _ = try await client.send(HTTPRequest(.get, url, timeouts: HTTPTimeouts(total: .seconds(10))))
      return nil
    } catch {
      return error.code
    }
  }

  @Test(.enabled(if: hasOpenSSL)) func `only certificates that are trusted are accepted`() async throws {
    try await withTLSServer { url, certificate in
      #expect(await code(HTTPClient(), url) == .tls)
      for variable in ["CURL_CA_BUNDLE", "SSL_CERT_FILE"] {
        let client = HTTPClient(HTTPConfiguration(environment: [variable: certificate, "SSL_CERT_DIR": ""]))
        let response = try await client.send(HTTPRequest(.get, url))
        #expect(response.status == 200 && response.timings.tlsSeconds > 0 && response.head.connectSeconds > 0)
      }
      let missing = HTTPClient(HTTPConfiguration(environment: ["SSL_CERT_FILE": "/nonexistent"]))
      #expect(await code(missing, url) == .tls)
    }
  }

  @Test(.enabled(if: hasOpenSSL && hasNode)) func `HTTP 2 is spoken where it is offered, on one connection`()
    async throws
  {
    let script = """
      const [port, key, cert] = process.argv.slice(1);
      const fs = require("fs");
      let sessions = 0;
      const server = require("http2").createSecureServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) });
      server.on("session", () => sessions++);
      server.on("stream", (stream, headers) => {
        stream.on("error", () => {});
        stream.respond({ ":status": 200 });
        if (headers[":path"] === "/hang") stream.write("x");
        else setTimeout(() => stream.end(String(sessions)), 50);
      });
      server.listen(Number(port), "127.0.0.1");
      """
    let command = { (port: Int, key: String, certificate: String) in
      ["/usr/bin/node", "-e", script, "\(port)", key, certificate]
    }
    try await withTLSServer(command) { url, certificate in
      let client = HTTPClient(HTTPConfiguration(environment: ["SSL_CERT_FILE": certificate]))
      let first = try await client.send(HTTPRequest(.get, url))
      #expect(first.head.version == "2")
      let sessions = first.body
      // A cancelled request ends its own stream, not the connection.
      let limits = HTTPTimeouts(idle: .milliseconds(100))
      await #expect(throws: HTTPError.self) { try await client.send(HTTPRequest(.get, url + "hang", timeouts: limits)) }
      let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
        for _ in 0..<20 { group.addTask { try await client.send(HTTPRequest(.get, url)).body } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(bodies == Array(repeating: sessions, count: 20))
    }
  }

  /// In a process of its own, as the variables hold for all of it.
  @Test(.ownProcess) func `a proxy is asked for other machines, never for this one`() async {
    await #expect(processExitsWith: .success) {
      let proxy = try TestHTTPServer { _ in [.response("by proxy")] }
      let server = try TestHTTPServer { _ in [.response("direct")] }
      setenv("http_proxy", proxy.url, 1)
      setenv("no_proxy", "", 1)
      let client = HTTPClient()
      let far = try await client.send(HTTPRequest(.get, "http://model.invalid/v1?x=1"))
      let near = try await client.send(HTTPRequest(.get, server.url))
      let isRight =
        far.body == Array("by proxy".utf8) && near.body == Array("direct".utf8)
        && proxy.requests.map(\.path) == ["http://model.invalid/v1?x=1"] && server.requests.count == 1
      exit(isRight ? 0 : 1)
    }
  }

  /// In a process of its own, so that other tests do not open files meanwhile.
  @Test(.ownProcess) func `nothing is left open`() async {
    await #expect(processExitsWith: .success) {
      func openFiles() -> Int { (0..<1024).count { fcntl(Int32($0), F_GETFD) >= 0 } }
      func run() async throws {
        let server = try TestHTTPServer { request in
          request.path == "/hang" ? [.awaitDisconnect] : [.response("ok")]
        }
        let client = HTTPClient()
        for _ in 0..<3 { _ = try await client.send(HTTPRequest(.get, server.url)) }
        let limits = HTTPTimeouts(total: .milliseconds(50))
        _ = try? await client.send(HTTPRequest(.get, server.url + "/hang", timeouts: limits))
      }
      // The first run opens what the process keeps.
      try await run()
      try await Task.sleep(for: .milliseconds(300))
      let before = openFiles()
      for _ in 0..<10 { try await run() }
      for _ in 0..<100 where openFiles() > before { try await Task.sleep(for: .milliseconds(50)) }
      exit(openFiles() <= before ? 0 : 1)
    }
  }

  /// In a process of its own, where nobody else opens sockets.
  @Test(.ownProcess) func `connections are not inherited by child processes`() async {
    await #expect(processExitsWith: .success) {
      let server = try TestHTTPServer { _ in [.head(), .chunk("x"), .awaitDisconnect] }
      let before = Set((0..<256).filter { fcntl(Int32($0), F_GETFD) >= 0 })
      let client = HTTPClient()
      let stream = try await client.stream(HTTPRequest(.get, server.url))
      let opened = (0..<256).filter { fcntl(Int32($0), F_GETFD) >= 0 && !before.contains($0) }
      // The client's end alone: the end that the test's server accepted lies in this process too.
      let sockets = opened.filter { descriptor in
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout.size(ofValue: address))
        return withUnsafeMutablePointer(to: &address) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(Int32(descriptor), $0, &length) == 0 }
        } && address.sin_family == sa_family_t(AF_INET) && Int(UInt16(bigEndian: address.sin_port)) == server.port
      }
      let isRight = !sockets.isEmpty && sockets.allSatisfy { fcntl(Int32($0), F_GETFD) & FD_CLOEXEC != 0 }
      // A client that is let go ends its transfers.
      withExtendedLifetime((client, stream)) { exit(isRight && stream.head.status == 200 ? 0 : 1) }
    }
  }
}
