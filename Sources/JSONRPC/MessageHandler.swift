package import JSON

/// What serves the messages of a connection.
package protocol MessageHandler: Sendable {
  /// Answers one request. Requests run side by side; each has its own task, which is cancelled when the peer
  /// cancels the request or goes away.
  ///
  /// - Throws: ``RPCError`` to have it sent. `CancellationError` becomes -32800, and any other error what
  ///   ``error(for:in:)`` makes of it.
  func handle(_ request: RequestContext) async throws -> JSONValue

  /// How requests of this method are answered at once, on the thread that reads; nil for those that take more than
  /// some microseconds or wait for anything. Not asked about `initialize`.
  ///
  /// To hand a request to a task takes longer than such an answer. One that has to wait for `initialize` goes to
  /// ``handle(_:)`` all the same.
  func quickAnswer(to method: String) -> QuickAnswer?

  /// Takes one notification, in order of arrival, on the thread that reads: must not wait.
  func handle(_ notification: NotificationContext)

  /// What a peer is told of an error that is no ``RPCError``; nil for -32603 without details.
  func error(for error: any Error, in request: RequestContext) -> RPCError?

  /// The connection has ended. Called once, last.
  func connectionClosed(_ connection: Connection, _ end: ConnectionEnd)
}

/// Answers a request without waiting for anything; throws as ``MessageHandler/handle(_:)`` does.
package typealias QuickAnswer = @Sendable (RequestContext) throws -> JSONValue

extension MessageHandler {
  package func quickAnswer(to method: String) -> QuickAnswer? { nil }
  package func handle(_ notification: NotificationContext) {}
  package func error(for error: any Error, in request: RequestContext) -> RPCError? { nil }
  package func connectionClosed(_ connection: Connection, _ end: ConnectionEnd) {}
}

/// Knows no method. For a client that expects no requests.
package struct NoMethods: MessageHandler {
  package init() {}

  package func quickAnswer(to method: String) -> QuickAnswer? {
    { request in throw RPCError.methodNotFound(request.method) }
  }

  package func handle(_ request: RequestContext) async throws -> JSONValue {
    throw RPCError.methodNotFound(request.method)
  }
}

/// A notification of the peer.
package struct NotificationContext: Sendable {
  package let method: String
  /// An object or a non-empty array; nil when there are none.
  package let params: JSONValue?
  package let connection: Connection
}

/// A request of the peer, and the means to say something before its answer.
package struct RequestContext: Sendable {
  package let id: RequestID
  package let method: String
  /// An object or a non-empty array; nil when there are none.
  package let params: JSONValue?
  package let connection: Connection
  /// Reports progress when the params have a `workDoneToken`; otherwise it does nothing.
  package let progress: ProgressReporter
  /// Sends parts of the result when the params have a `partialResultToken`; otherwise it does nothing.
  package let partialResults: PartialResultSender
}
