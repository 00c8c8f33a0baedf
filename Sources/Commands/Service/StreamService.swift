import Contract
import JSONRPC

/// Serves one connection: standard input and output, or the socket of an editor.
struct StreamService {
  private let context: CommandContext
  private let pipe: String?
  private let limits: ServeLimits
  private let diagnostics: ServiceDiagnostics
  private let parent: Int?

  init(
    _ context: CommandContext, pipe: String?, limits: ServeLimits, diagnostics: ServiceDiagnostics, parent: Int?
  ) {
    self.context = context
    self.pipe = pipe
    self.limits = limits
    self.diagnostics = diagnostics
    self.parent = parent
  }

  /// Serves until the connection ends.
  func run(_ handle: ServiceHandle) async throws -> ExitStatus {
    let stream = try openStream()
    var options = ConnectionOptions.server
    options.limits = limits.connectionLimits
    options.onEvent = diagnostics.record
    let connection = Connection(stream: stream, options: options)
    let watch = parent.map { ParentWatch(processID: $0) { connection.close(.parentGone) } }
    connection.start(handler: ParentWatchingHandler(handle.handler))
    let end = await withTaskCancellationHandler {
      await connection.waitUntilClosed()
    } onCancel: {
      connection.close()
    }
    watch?.stop()
    return end.exitCode == 0 ? .success : .failure
  }

  private func openStream() throws -> FileDescriptorStream {
    do {
      if let pipe { return try .connect(to: .unix(path: pipe)) }
      return try StandardStreams.claim()
    } catch {
      throw ServiceError(.requestFailed, "The server cannot start: \(error).")
    }
  }
}
