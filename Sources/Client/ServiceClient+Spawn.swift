package import Contract
import JSON
import JSONRPC

extension ServiceClient {
  /// Starts a server as a child process and talks to it over its standard input and output.
  ///
  /// - Parameters:
  ///   - executable: looked up in `PATH` when it has no slash.
  ///   - arguments: such as `["serve", "--stdio"]`.
  ///   - environment: `NAME=VALUE`; nil for this process's own.
  /// - Throws: ``ServiceError`` of kind `requestFailed` when it cannot be started.
  package static func spawn(
    _ executable: String, _ arguments: [String], environment: [String]? = nil
  ) throws(ServiceError) -> ServiceClient {
    let child: ChildProcessStream
    do {
      child = try ChildProcessStream(arguments: [executable] + arguments, environment: environment)
    } catch {
      throw ServiceError(
        .requestFailed, "The server cannot be started: \(error).", details: ["executable": .string(executable)])
    }
    return ServiceClient(stream: child, peer: executable) { await waitForExit(child) }
  }

  /// The stream ends a child that stays, in bounded time.
  private static func waitForExit(_ child: ChildProcessStream) async {
    let deadline = ContinuousClock.now + .seconds(6)
    while child.exitStatus == nil, ContinuousClock.now < deadline {
      try? await Task.sleep(for: .milliseconds(10))
    }
  }
}
