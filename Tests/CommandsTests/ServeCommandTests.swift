import Client
import Commands
import Contract
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ServeCommandTests {
  private let service = FakeService { request in
    request.method == "initialize"
      ? [
        "serverInfo": ["name": "fake", "version": nil],
        "capabilities": ["methods": [], "workDoneProgress": [], "partialResults": [], "suites": []],
      ] : ["checks": []]
  }

  /// Starts a server, hands its address to the body, stops it by a signal and gives its exit code.
  private func serve(
    _ test: TestProgram, _ arguments: [String], _ body: (ServerAddress) async throws -> Void
  ) async throws -> Int32 {
    let task = Task { await test.program.run(["serve", "--json"] + arguments) }
    var address: ServerAddress?
    for _ in 0..<500 where address == nil {
      try await Task.sleep(for: .milliseconds(10))
      let announced = try? JSONParser().parse(test.output.text)["listening"]?.stringValue
      address = try announced.map { try ServerAddress($0) }
    }
    try await body(#require(address))
    test.interruption.signal()
    return await task.value
  }

  @Test func `a TCP server announces its port, serves and stops cleanly`() async throws {
    let folder = try TemporaryFolder()
    let test = TestProgram(service)
    let code = try await serve(test, ["--tcp", "127.0.0.1:0", "--port-file", folder.file("port")]) { address in
      let port = try LocalFile.read(folder.file("port")).dropLast()
      #expect(UInt16(port).map { .tcp(host: "127.0.0.1", port: $0) } == address)
      let client = try await ServiceClient.connect(to: address)
      #expect(try await client.call(SystemDoctor.self, Empty()).checks.isEmpty)
      await client.close()
    }
    #expect(code == 0)
    #expect(test.output.text.split(separator: "\n").count == 1)
    let log = test.errors.text.split(separator: "\n")
    #expect(log.count { $0.contains(" info server Listening on tcp://127.0.0.1:") } == 1)
    #expect(log.last?.hasSuffix(" info server Stopped") == true)
  }

  @Test func `a Unix socket is served and removed`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s.sock")
    let code = try await serve(TestProgram(service), ["--socket", path]) { address in
      #expect(address == .unix(path: path))
      let client = try await ServiceClient.connect(to: address)
      #expect(try await client.call(SystemDoctor.self, Empty()).checks.isEmpty)
      await client.close()
    }
    #expect(code == 0)
    #expect(folder.names.isEmpty)
  }

  @Test func `the CLI shows the token of its environment`() async throws {
    let environment = ["LLMBENCH_TOKEN": "0123456789abcdef"]
    let server = TestProgram(environment: environment, service)
    let code = try await serve(server, ["--tcp", "127.0.0.1:0"]) { address in
      let client = TestProgram(environment: environment)
      #expect(await client.run("doctor", "--connect", "\(address)", "--json") == 0)
      let stranger = TestProgram()
      #expect(await stranger.run("doctor", "--connect", "\(address)") == 1)
      #expect(stranger.errors.text.contains("LLMBENCH_TOKEN"))
    }
    #expect(code == 0)
  }

  @Test func `other machines need a token`() async {
    let test = TestProgram(service)
    #expect(await test.run("serve", "--tcp", "0.0.0.0:0", "--json") == 1)
    #expect(test.errors.text.contains("LLMBENCH_TOKEN or --token-file"))
  }

  @Test func `short and empty tokens are refused`() async throws {
    let folder = try TemporaryFolder()
    #expect(await TestProgram(environment: ["LLMBENCH_TOKEN": "short"], service).run("serve", "--tcp", ":0") == 2)
    try LocalFile.write(" \n", to: folder.file("token"))
    let test = TestProgram(service)
    #expect(await test.run("serve", "--tcp", "127.0.0.1:0", "--token-file", folder.file("token")) == 1)
    #expect(test.errors.text.contains("is empty"))
  }

  @Test func `a port that is taken is an error`() async throws {
    let listener = try Listener(.tcp(host: "127.0.0.1", port: 0))
    defer { listener.close() }
    let test = TestProgram(service)
    #expect(await test.run("serve", "--tcp", "\(listener.address)") == 1)
    #expect(test.errors.text.contains("cannot listen on"))
    #expect(!test.errors.text.contains("token"))
  }
}
