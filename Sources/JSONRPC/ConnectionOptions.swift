package import JSON

/// How a connection behaves. The defaults suit a server on stdio; see ``server`` and ``client``.
package struct ConnectionOptions: Sendable {
  package enum Role: Sendable, Equatable {
    /// Keeps the life cycle and takes framing and profile from the peer.
    case server
    /// Starts the conversation; serves what the peer asks without a handshake.
    case client
  }

  package var role: Role
  /// Nil to take what the peer uses.
  package var framing: Framing?
  /// Nil to take what the framing and `initialize` say.
  package var profile: Profile?
  package var limits = ConnectionLimits()
  /// Whether a stream that opens with neither JSON nor `content-` is closed unanswered. For sockets.
  package var isStrictOpening = false

  /// How long the rest of a message may take once its first byte has come; nil for ever.
  package var frameDeadline: Duration?
  /// How long the peer may be silent while nothing is in flight; nil for ever.
  package var idleDeadline: Duration?
  /// How long `initialize` may take to come when ``authorize`` is set.
  package var authorizationDeadline: Duration = .seconds(5)
  /// How long requests received before the end of the stream may still run; nil until they are done.
  package var drainGrace: Duration? = .seconds(1)
  /// How long cancelled requests have to end when the connection closes.
  package var cancellationGrace: Duration = .milliseconds(400)
  /// How long what is left to write has when the connection closes.
  package var flushGrace: Duration = .milliseconds(500)
  /// How long a peer that has ended its side, and has not closed the other, may take nothing of what is left for it.
  package var unreadGrace: Duration = .seconds(60)
  /// How long a peer has to answer a request that this side cancelled.
  package var cancelledRequestGrace: Duration = .seconds(5)
  /// Least time between two progress reports of one token.
  package var progressInterval: Duration = .milliseconds(100)

  /// Decides from the params of `initialize` whether the peer may come in; nil lets everyone in.
  package var authorize: (@Sendable (_ params: JSONValue?) -> Bool)?
  /// Wrong tokens after which the connection is closed.
  package var maximumAuthorizationFailures = 3
  /// Where events go, with the number of the connection; called by many threads, must be quick and not wait.
  package var onEvent: (@Sendable (_ connection: Int, _ event: ConnectionEvent) -> Void)?
  package var timeSource = TimeSource.continuous

  package init(role: Role, framing: Framing? = nil) {
    self.role = role
    self.framing = framing
  }

  /// A server on stdio or in memory.
  package static var server: ConnectionOptions { ConnectionOptions(role: .server) }

  /// A server on a socket, where anybody may knock: strict opening, and a deadline for each message.
  package static var socketServer: ConnectionOptions {
    var options = ConnectionOptions(role: .server)
    options.isStrictOpening = true
    options.frameDeadline = .seconds(10)
    options.unreadGrace = .seconds(5)
    return options
  }

  /// A client that writes headers, and takes the longest answer that a server sends.
  package static var client: ConnectionOptions {
    var options = ConnectionOptions(role: .client, framing: .contentLength)
    options.limits.maximumMessageBytes = 64 << 20
    return options
  }
}
