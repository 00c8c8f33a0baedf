import Contract
import JSON
import JSONRPC
import Synchronization

/// A service that answers with a closure and remembers what it was asked.
final class FakeService: MessageHandler {
  typealias Answer = @Sendable (RequestContext) async throws -> JSONValue

  private let answer: Answer
  private let log = Mutex<[(method: String, params: JSONValue?)]>([])

  init(_ answer: @escaping Answer) { self.answer = answer }

  /// Requests and notifications, in order.
  var messages: [(method: String, params: JSONValue?)] { log.withLock { $0 } }

  func handle(_ request: RequestContext) async throws -> JSONValue {
    log.withLock { $0.append((request.method, request.params)) }
    return try await answer(request)
  }

  func handle(_ notification: NotificationContext) {
    log.withLock { $0.append((notification.method, notification.params)) }
  }

  func error(for error: any Error, in request: RequestContext) -> RPCError? {
    guard let error = error as? ServiceError else { return nil }
    return RPCError(RPCErrorCode(rawValue: Int64(error.kind.code)), error.message, data: error.data)
  }
}

/// A list that several threads add to.
final class Recorder<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  func add(_ element: Element) { elements.withLock { $0.append(element) } }
  var all: [Element] { elements.withLock { $0 } }
}
