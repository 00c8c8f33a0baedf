import Client
import Contract
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ServiceClientConnectTests {
  private static let token = "0123456789abcdef"

  private func listener(token: String?, _ service: FakeService) throws -> Listener {
    var options = ConnectionOptions.socketServer
    if let token {
      let authorization = try #require(TokenAuthorization(token: token))
      options.authorize = { authorization.accepts($0) }
    }
    let listener = try Listener(.tcp(host: "127.0.0.1", port: 0), options: options)
    try listener.start { _ in service }
    return listener
  }

  private static let initialized: JSONValue = [
    "serverInfo": ["name": "fake", "version": nil],
    "capabilities": ["methods": [], "workDoneProgress": [], "partialResults": [], "suites": []],
  ]

  @Test func `a call goes over TCP without a handshake`() async throws {
    let service = FakeService { _ in ["checks": []] }
    let listener = try listener(token: nil, service)
    defer { listener.close() }
    let client = try await ServiceClient.connect(to: listener.address)
    #expect(try await client.call(SystemDoctor.self, Empty()).checks.isEmpty)
    #expect(service.messages.map(\.method) == ["system.doctor"])
    await client.close()
  }

  @Test func `the token is shown first`() async throws {
    let service = FakeService { $0.method == "initialize" ? Self.initialized : ["checks": []] }
    let listener = try listener(token: Self.token, service)
    defer { listener.close() }
    let client = try await ServiceClient.connect(to: listener.address, token: Self.token)
    _ = try await client.call(SystemDoctor.self, Empty())
    #expect(service.messages.map(\.method) == ["initialize", "initialized", "system.doctor"])
    #expect(service.messages.first?.params?["clientInfo"]?["name"] == "llmbench")
    await client.close()
  }

  @Test(arguments: ["a wrong one, quite", nil] as [String?])
  func `a wrong token and none say what to do`(_ token: String?) async throws {
    let listener = try listener(token: Self.token, FakeService { _ in Self.initialized })
    defer { listener.close() }
    let error = await #expect(throws: ServiceError.self) {
      let client = try await ServiceClient.connect(to: listener.address, token: token)
      _ = try await client.call(SystemDoctor.self, Empty())
    }
    #expect(error?.message.contains("LLMBENCH_TOKEN") == true)
  }

  @Test func `no server there is told as such`() async throws {
    let error = await #expect(throws: ServiceError.self) {
      _ = try await ServiceClient.connect(to: .unix(path: "/nonexistent/llmbench.sock"))
    }
    #expect(error?.kind == .requestFailed)
    #expect(error?.details["reason"] == "notReachable")
  }

  @Test func `a child process is spoken to over its standard streams`() async throws {
    let script = #"read line; printf '{"jsonrpc":"2.0","id":1,"result":{"checks":[]}}\n'; cat >/dev/null"#
    let client = try ServiceClient.spawn("sh", ["-c", script])
    #expect(try await client.call(SystemDoctor.self, Empty()).checks.isEmpty)
    await client.close()
  }

  @Test func `a child that ends early is a lost connection`() async throws {
    let client = try ServiceClient.spawn("sh", ["-c", "read line; exit 3"])
    let error = await #expect(throws: ServiceError.self) { try await client.callRaw("x") }
    #expect(error?.isConnectionLoss == true)
    await client.close()
  }

  @Test func `a program that is not there cannot be started`() {
    let error = #expect(throws: ServiceError.self) { try ServiceClient.spawn("/nonexistent/llmbench", []) }
    #expect(error?.kind == .requestFailed)
  }
}
