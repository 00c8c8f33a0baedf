import Contract
import JSON
import JSONRPC
import Synchronization

/// Ends the connection when the process that `initialize` names is gone.
///
/// Only for a connection to a parent or an editor on this machine: elsewhere the number means another process.
final class ParentWatchingHandler: MessageHandler {
  private let handler: any MessageHandler
  private let watch = Mutex<ParentWatch?>(nil)

  init(_ handler: any MessageHandler) { self.handler = handler }

  func handle(_ request: RequestContext) async throws -> JSONValue {
    if request.method == Initialize.name, let process = request.params?["processId"]?.intValue {
      watch.withLock { watch in
        if watch == nil { watch = ParentWatch(processID: process) { request.connection.close(.parentGone) } }
      }
    }
    return try await handler.handle(request)
  }

  func quickAnswer(to method: String) -> QuickAnswer? { handler.quickAnswer(to: method) }

  func handle(_ notification: NotificationContext) { handler.handle(notification) }

  func error(for error: any Error, in request: RequestContext) -> RPCError? { handler.error(for: error, in: request) }

  func connectionClosed(_ connection: Connection, _ end: ConnectionEnd) {
    watch.withLock { $0?.stop() }
    handler.connectionClosed(connection, end)
  }
}
