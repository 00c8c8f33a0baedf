import Foundation
import JSON
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
  private let anyPort = ServerAddress.tcp(host: "127.0.0.1", port: 0)

  private func temporaryFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rpc-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return folder.path
  }

  private func client(_ address: ServerAddress, framing: Framing = .newline) throws -> Connection {
    var options = ConnectionOptions.client
    options.framing = framing
    let connection = Connection(stream: try FileDescriptorStream.connect(to: address), options: options)
    connection.start(handler: NoMethods())
    return connection
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  // MARK: TCP

  @Test func `a port is chosen, announced and served to several clients`() async throws {
    let listener = try Listener(anyPort)
    try listener.start { _ in Echo() }
    guard case .tcp("127.0.0.1", let port) = listener.address, port != 0 else {
      Issue.record("\(listener.address)")
      return
    }
    let clients = try (0..<5).map { _ in try client(listener.address) }
    for (index, client) in clients.enumerated() {
      let params: JSONValue = ["n": .integer(Int64(index))]
      #expect(try await client.request("echo", params) == params)
    }
    #expect(listener.connections.count == 5)
    #expect(listener.connections.allSatisfy { $0.peer.hasPrefix("tcp://127.0.0.1:") })
    for client in clients {
      client.close()
      await client.waitUntilClosed()
    }
    await listener.closeConnections()
    listener.close()
    #expect(listener.connections.isEmpty)
    #expect(throws: ByteStreamError.self) { try FileDescriptorStream.connect(to: listener.address) }
  }

  @Test func `large messages pass whole in both directions`() async throws {
    let listener = try Listener(anyPort)
    try listener.start { _ in Echo() }
    let text = JSONValue.string(String(repeating: "0123456789abcdef", count: 1 << 18))
    for framing in [Framing.newline, .contentLength] {
      let client = try client(listener.address, framing: framing)
      if framing == .contentLength { _ = try await client.request("initialize", ["capabilities": [:]]) }
      #expect(try await client.request("echo", ["text": text]) == ["text": text])
      client.close()
      await client.waitUntilClosed()
    }
    listener.close()
  }

  @Test(arguments: ["0.0.0.0", "::"]) func `an address that others can reach needs a token`(host: String) throws {
    #expect(throws: Listener.Failure.self) { try Listener(.tcp(host: host, port: 0)) }
    var options = ConnectionOptions.socketServer
    options.authorize = { _ in false }
    #expect(throws: Never.self) { try Listener(.tcp(host: "0.0.0.0", port: 0), options: options).close() }
  }

  @Test func `one connection too many is closed`() async throws {
    let listener = try Listener(anyPort, maximumConnections: 2)
    try listener.start { _ in Echo() }
    let first = try client(listener.address)
    let second = try client(listener.address)
    #expect(try await first.request("echo") == .null)
    #expect(try await second.request("echo") == .null)
    let third = try client(listener.address)
    await #expect(throws: ConnectionClosedError.self) { try await third.request("echo") }
    #expect(listener.refusedCount == 1)
    first.close()
    await first.waitUntilClosed()
    while listener.connections.count == 2 { await Task.yield() }
    let fourth = try client(listener.address)
    #expect(try await fourth.request("echo") == .null)
    fourth.close()
    second.close()
    await listener.closeConnections()
    listener.close()
  }

  @Test func `a half-closed socket still gets its answers`() async throws {
    let listener = try Listener(anyPort)
    try listener.start { _ in Echo() }
    let stream = try FileDescriptorStream.connect(to: listener.address)
    let inbox = Inbox()
    inbox.fill(from: stream, .newline)
    _ = try stream.writeAvailable(Array(#"{"jsonrpc":"2.0","id":1,"method":"echo"}"#.utf8)[...])
    stream.finishWriting()
    #expect(await inbox.next()?["id"] == 1)
    #expect(await inbox.next() == nil)
    listener.close()
  }

  @Test func `what a browser sends is not executed`() async throws {
    let handler = Gated()
    let listener = try Listener(anyPort)
    try listener.start { _ in handler }
    let stream = try FileDescriptorStream.connect(to: listener.address)
    let body = #"{"jsonrpc":"2.0","method":"update"}"#
    let attack = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    _ = try stream.writeAvailable(Array(attack.utf8)[...])
    let inbox = Inbox()
    inbox.fill(from: stream, .newline)
    #expect(await inbox.next() == nil)
    await listener.closeConnections()
    #expect(handler.notifications.isEmpty)
    listener.close()
  }

  @Test func `an address in use is said to be`() throws {
    let listener = try Listener(anyPort)
    let error = #expect(throws: Listener.Failure.self) { try Listener(listener.address) }
    #expect(error?.description.contains("in use") == true)
    listener.close()
  }

  // MARK: Unix sockets

  @Test func `a Unix socket is for its owner, and is removed`() async throws {
    let folder = try temporaryFolder() + "/made"
    let path = folder + "/s.sock"
    let listener = try Listener(.unix(path: path))
    try listener.start { _ in Echo() }
    #expect(try permissions(folder) == 0o700)
    #expect(try permissions(path) == 0o600)
    let client = try client(.unix(path: path))
    #expect(try await client.request("echo", [1]) == [1])
    client.close()
    await client.waitUntilClosed()
    await listener.closeConnections()
    listener.close()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// Connects, says something, and ends with 0 where it is turned away without an answer.
  private static let otherUser = """
    use Socket; socket(my $s, PF_UNIX, SOCK_STREAM, 0) or exit 2; connect($s, sockaddr_un($ARGV[0])) or exit 3;
    $SIG{PIPE} = 'IGNORE'; my $line = qq({"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}\\n);
    syswrite($s, $line); exit(sysread($s, my $answer, 1) ? 4 : 0);
    """

  private func connect(as user: uid_t, _ path: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/setpriv")
    process.arguments = [
      "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "/usr/bin/perl", "-e", Self.otherUser, path,
    ]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private static var canBeAnother: Bool {
    geteuid() == 0 && ["/usr/bin/setpriv", "/usr/bin/perl"].allSatisfy(FileManager.default.isExecutableFile(atPath:))
  }

  @Test(.enabled(if: canBeAnother, "only root, with setpriv and perl, can be another user"))
  func `another user is turned away, even where the file lets them connect`() async throws {
    let folder = try temporaryFolder()
    let path = folder + "/s.sock"
    let listener = try Listener(.unix(path: path))
    try listener.start { _ in Echo() }
    // The folder keeps them out.
    #expect(try connect(as: 65_534, path) == 3)
    #expect(listener.refusedCount == 0)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    // The file keeps them out.
    #expect(try connect(as: 65_534, path) == 3)
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
    #expect(try connect(as: 65_534, path) == 0)
    #expect(listener.refusedCount == 1 && listener.connections.isEmpty)
    // The same client is heard as the owner.
    #expect(try connect(as: geteuid(), path) == 4)
    #expect(listener.refusedCount == 1)
    await listener.closeConnections()
    listener.close()
  }

  @Test func `a socket left behind is replaced, a live one and a file are not`() throws {
    let folder = try temporaryFolder()
    let live = try Listener(.unix(path: folder + "/live"))
    #expect(throws: Listener.Failure.self) { try Listener(.unix(path: folder + "/live")) }
    // Moved away, the file is not removed with its listener and answers to nobody.
    try FileManager.default.moveItem(atPath: folder + "/live", toPath: folder + "/stale")
    live.close()
    let staleListener = try? Listener(.unix(path: folder + "/stale"))
    staleListener?.close()
    try Data("precious".utf8).write(to: URL(filePath: folder + "/file"))
    let error = #expect(throws: Listener.Failure.self) { try Listener(.unix(path: folder + "/file")) }
    #expect(error?.description.contains("no socket") == true)
    #expect(FileManager.default.contents(atPath: folder + "/file") == Data("precious".utf8))
  }

  @Test func `the file of a successor is left alone`() throws {
    let folder = try temporaryFolder()
    let path = folder + "/s"
    let first = try Listener(.unix(path: path))
    try FileManager.default.removeItem(atPath: path)
    let second = try Listener(.unix(path: path))
    first.close()
    #expect(FileManager.default.fileExists(atPath: path))
    second.close()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a folder that others can write to is refused`() throws {
    let folder = try temporaryFolder()
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    let error = #expect(throws: Listener.Failure.self) { try Listener(.unix(path: folder + "/s")) }
    #expect(error?.description.contains("0700") == true)
  }

  @Test func `a path that is too long is refused with the limit`() throws {
    let path = try temporaryFolder() + "/" + String(repeating: "x", count: 120)
    let error = #expect(throws: Listener.Failure.self) { try Listener(.unix(path: path)) }
    #expect(error?.description.contains("107") == true)
  }

  // MARK: Addresses

  @Test(arguments: [
    ("tcp://127.0.0.1:7077", "tcp://127.0.0.1:7077"), ("localhost:0", "tcp://localhost:0"),
    ("[::1]:7077", "tcp://[::1]:7077"), (":7077", "tcp://127.0.0.1:7077"), ("unix:///a/b c", "unix:///a/b c"),
    ("unix:rel", "unix://rel"),
  ]) func `an address is read and printed`(text: String, printed: String) throws {
    let address = try ServerAddress(text)
    #expect("\(address)" == printed)
    #expect(try ServerAddress("\(address)") == address)
  }

  @Test(arguments: [
    "", "host", "host:", "host:x", "host:65536", "host:-1", "::1:80", "http://h:1", "unix://", "tcp://", "a b:1",
  ])
  func `what is no address is refused with the form it should have`(text: String) {
    let error = #expect(throws: ServerAddressError.self) { try ServerAddress(text) }
    #expect(error?.description.contains("tcp://HOST:PORT") == true)
  }

  @Test func `an unknown host and a closed port are told apart`() {
    let unknown = #expect(throws: ByteStreamError.self) {
      try FileDescriptorStream.connect(to: .tcp(host: "no-such-host.invalid", port: 1))
    }
    #expect(unknown?.message.contains("no-such-host.invalid") == true)
    let missing = #expect(throws: ByteStreamError.self) {
      try FileDescriptorStream.connect(to: .unix(path: "/nowhere/s"))
    }
    #expect(missing?.message.contains("/nowhere/s") == true)
  }
}
