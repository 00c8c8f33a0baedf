import Glibc
import JSON
import TestSupport

extension Workplace {
  /// The arguments that listen on TCP or a Unix socket.
  func listening(_ transport: String) -> [String] {
    transport == "tcp" ? ["--tcp", "127.0.0.1:0"] : ["--socket", path("s.sock")]
  }

  /// Starts a server, hands it with its address to the body, and ends it as an administrator would.
  ///
  /// - Returns: what it wrote to standard error.
  @discardableResult func serve(
    _ arguments: [String], _ body: (_ server: BinaryRunner, _ address: String) async throws -> Void
  ) async throws -> String {
    let server = try start(["serve", "--json"] + arguments)
    try await server.waitForOutput("\n")
    guard let address = try JSONParser().parse(server.outputText)["listening"]?.stringValue else {
      throw Unexpected("no address: \(server.outputText)")
    }
    try await body(server, address)
    server.signal(SIGTERM)
    let ending = try await server.wait(seconds: 15)
    guard ending.code == 0 else { throw Unexpected("exit code \(ending.code): \(ending.errors)") }
    return ending.errors
  }
}
