/// What a log or a trace may want to know of a connection.
package enum ConnectionEvent: Sendable {
  /// It begins to be served.
  case opened(peer: String)
  /// A listener closed it unserved: it has the number 0.
  case turnedAway(peer: String, reason: String)
  /// The body of a message that came in.
  case frameReceived([UInt8], Framing)
  /// The body of a message that goes out. One that waits for a slow reader may yet be left out.
  case frameSent([UInt8], Framing)
  /// A request of the peer has been answered, or refused.
  case requestFinished(RequestRecord)
  /// A message was answered with an error that no request could be made out of.
  case malformed(RPCErrorCode)
  /// A handler failed without an error meant for the peer. `correlationID` stands in the answer's data; `detail` is
  /// the error's own text, which may hold anything.
  case internalError(method: String, correlationID: String, type: String, detail: String)
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
  /// Of the message that brought it: of all of it, for one of a batch.
  package let requestByteCount: Int
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
    /// This side called ``Connection/close(_:)``.
    case closedHere
    /// The process that the server belongs to is gone.
    case parentGone
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

  /// The exit code for a process that serves this connection alone: after `exit`, or when its parent is gone, 0 if
  /// `shutdown` came before it, else 1; 0 when the stream ended; 1 when the peer was at fault.
  package var exitCode: Int32 {
    switch reason {
    case .exit, .parentGone: shutdownReceived ? 0 : 1
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
