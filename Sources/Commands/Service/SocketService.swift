import Contract
import JSON
import JSONRPC

/// Serves many connections on a TCP port or a Unix socket.
struct SocketService {
  private let context: CommandContext
  private let address: ServerAddress
  private let limits: ServeLimits
  private let diagnostics: ServiceDiagnostics
  private let portFile: String?
  private let parent: Int?

  init(
    _ context: CommandContext, _ address: ServerAddress, limits: ServeLimits, diagnostics: ServiceDiagnostics,
    portFile: String?, parent: Int?
  ) {
    self.context = context
    self.address = address
    self.limits = limits
    self.diagnostics = diagnostics
    self.portFile = portFile
    self.parent = parent
  }

  /// Serves until the task is cancelled.
  func run(_ handle: ServiceHandle) async throws -> ExitStatus {
    let listener = try openListener()
    defer { listener.close() }
    try start(listener, handle)
    try announce(listener.address)
    let stopped = AsyncStream<Void>.makeStream()
    let watch = parent.map { ParentWatch(processID: $0) { stopped.continuation.finish() } }
    // Ends when the task is cancelled, which a signal does.
    for await _ in stopped.stream {}
    watch?.stop()
    diagnostics.log.log(.info, "server", "Stopping", [("connections", "\(listener.connections.count)")])
    listener.close()
    await listener.closeConnections()
    return .success
  }

  private func openListener() throws -> Listener {
    var options = ConnectionOptions.socketServer
    options.limits = limits.connectionLimits
    options.onEvent = diagnostics.record
    if let token = try context.token() {
      guard let authorization = TokenAuthorization(token: token) else {
        throw ServiceError(.invalidParams, "The token is too short: it needs at least 16 characters.")
      }
      options.authorize = { authorization.accepts($0) }
    }
    do {
      return try Listener(address, options: options, maximumConnections: limits.maxConnections)
    } catch {
      let advice = "\(error)".contains("token is needed") ? " A token comes from LLMBENCH_TOKEN or --token-file." : ""
      throw ServiceError(
        .requestFailed, "The server cannot start: \(error).\(advice)", details: ["address": .string("\(address)")])
    }
  }

  private func start(_ listener: Listener, _ handle: ServiceHandle) throws {
    do {
      try listener.start { _ in handle.handler }
    } catch {
      throw ServiceError(.requestFailed, "The server cannot start: \(error).")
    }
  }

  private func announce(_ address: ServerAddress) throws {
    if let portFile, case .tcp(_, let port) = address { try LocalFile.write("\(port)\n", to: portFile) }
    if context.options.json { context.console.printJSON(["listening": .string("\(address)")]) }
    diagnostics.log.log(.info, "server", "Listening on \(address)")
  }
}
