/// What a log or a trace may want to know of a connection.
package enum ConnectionEvent: Sendable {
  /// The body of a message that came in.
  case frameReceived([UInt8])
  /// The body of a message that goes out.
  case frameSent([UInt8])
  /// A request of the peer has been answered.
  case requestFinished(RequestRecord)
  /// A handler failed without an error meant for the peer. `correlationID` stands in the answer's data.
  case internalError(method: String, correlationID: String, detail: String)
  /// Something was left out: an answer to no request, a notification out of place…
  case ignored(reason: String)
  case closed(ConnectionEnd)
}

/// How a request of the peer fared.
package struct RequestRecord: Sendable, Equatable {
  package let method: String
  package let id: RequestID
  /// From receipt to the start of the handler.
  package let queued: Duration
  /// Of the handler.
  package let run: Duration
  package let responseByteCount: Int
  /// Nil for success.
  package let error: RPCErrorCode?
}

/// Why and how a connection ended.
package struct ConnectionEnd: Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// The peer sent `exit`.
    case exit
    case endOfStream
    /// This side called ``Connection/close()``.
    case closedHere
    /// The stream broke.
    case streamFailed(String)
    /// The peer's bytes could not be told apart any more.
    case framingLost
    /// The peer did not read what was sent to it.
    case outputOverflow
    /// A message did not arrive whole in time, or the peer was silent for too long.
    case timedOut
    /// The peer did not show the right token.
    case unauthorized
  }

  package let reason: Reason
  package let shutdownReceived: Bool
  /// Messages left out because the peer read too slowly.
  package let droppedMessageCount: Int

  /// The exit code for a process that serves this connection alone: after `exit` 0 if `shutdown` came before it,
  /// else 1; 0 when the stream ended; 1 when the peer was at fault.
  package var exitCode: Int32 {
    switch reason {
    case .exit: shutdownReceived ? 0 : 1
    case .endOfStream, .closedHere, .streamFailed: 0
    case .framingLost, .outputOverflow, .timedOut, .unauthorized: 1
    }
  }
}

/// Thrown by a request whose connection ended before the answer came.
package struct ConnectionClosedError: Error, Sendable, Equatable, CustomStringConvertible {
  package let reason: ConnectionEnd.Reason

  package init(reason: ConnectionEnd.Reason) { self.reason = reason }

  package var description: String { "the connection is closed (\(reason))" }
}
