import JSON

/// What a connection knows, kept behind one lock. Pure.
struct ConnectionState: Sendable {
  /// A message that came while `initialize` was being answered.
  enum Held: Sendable {
    case request(PreparedRequest)
    case notification(NotificationContext)
  }

  var handler: (any MessageHandler)?
  var lifecycle: LifecycleState
  var profile: Profile?
  var framing: Framing?
  var inFlight = InFlightRequests()
  var outgoing = OutgoingRequests()
  /// Requests taken from `inFlight` whose answer is not in the output yet.
  var answering = 0
  var held: [Held] = []
  /// Whether `held` is being worked off: what comes now goes to its end.
  var isReleasing = false
  var lastSerial = 0
  var authorizationFailures = 0
  var trace = TraceLevel.off
  /// Who wants to know that the peer cancels a progress of this side's own, by its token.
  var progressCancellations: [String: @Sendable () -> Void] = [:]
  var lastProgressNumber = 0
  var clientCapabilities: JSONValue?
  /// Why the connection is to end; the first reason counts.
  var closing: ConnectionEnd.Reason?
  /// Whether requests that still run are no longer waited for.
  var mustNotDrain = false
  /// Whether the peer can no longer answer: requests of this side fail at once.
  var isDeaf = false
  /// Whether nothing more may be sent.
  var isFinished = false
  var end: ConnectionEnd?
  var waiters: [CheckedContinuation<ConnectionEnd, Never>] = []

  var effectiveProfile: Profile { profile ?? .plain }
  /// Whether every request has been answered.
  var isIdle: Bool { inFlight.isEmpty && answering == 0 }

  /// Takes a request out to answer it; nil when that has happened. ``finishAnswering()`` must follow.
  mutating func takeForAnswer(_ id: RequestID, _ serial: Int) -> InFlightRequests.Entry? {
    guard let entry = inFlight.remove(id, serial) else { return nil }
    answering += 1
    return entry
  }
}

/// How much of its doings a server tells through `$/logTrace`.
package enum TraceLevel: String, Sendable {
  case off, messages, verbose
}

/// A request that has been admitted and waits for its task.
struct PreparedRequest: Sendable {
  let id: RequestID
  let serial: Int
  let method: String
  let params: JSONValue?
}

extension ConnectionState {
  enum Admission {
    case run(PreparedRequest)
    /// To be answered before anything else is read, and so not kept as one in flight.
    case answer(PreparedRequest)
    case held
    /// Answered under another id when the own one belongs to another request.
    case reject(RequestID, RPCError)
  }

  /// Decides on a request in the order: id in use, life cycle, room.
  ///
  /// - Parameter isQuick: whether it can be answered at once.
  mutating func admit(
    id: RequestID, method: String, params: JSONValue?, isQuick: Bool, origin: Origin, now: Duration,
    options: ConnectionOptions
  ) -> Admission {
    if inFlight.contains(id) {
      return .reject(.null, .invalidRequest("the id \(id) belongs to a request that is not answered yet"))
    }
    let isFull = inFlight.count >= options.limits.maximumInFlight && method != "shutdown" || isHoldingTooMuch(options)
    if isFull { return .reject(id, busy(options.limits)) }
    if options.role == .server, method == "initialize" { noteProfile(params, options) }
    let admission = admission(of: method, options)
    if case .reject(let error) = admission { return .reject(id, error) }
    lastSerial += 1
    let request = PreparedRequest(id: id, serial: lastSerial, method: method, params: params)
    if isQuick, admission != .hold { return .answer(request) }
    inFlight.add(id, .init(serial: lastSerial, method: method, origin: origin, received: now))
    if admission == .hold {
      held.append(.request(request))
      return .held
    }
    return .run(request)
  }

  private mutating func admission(of method: String, _ options: ConnectionOptions) -> LifecycleState.RequestAdmission {
    if options.role == .client { return .accept }
    return isReleasing ? .hold : lifecycle.admit(request: method, effectiveProfile)
  }

  /// Decides on a notification; one to be held is kept.
  mutating func admit(
    _ notification: NotificationContext, _ options: ConnectionOptions
  ) -> LifecycleState.NotificationAdmission {
    if options.role == .client { return .deliver }
    // Also `exit` waits for what came before it, or a `shutdown` sent with it would be overtaken.
    let isExit = notification.method == "exit"
    let mustQueue = isExit ? (isReleasing || !held.isEmpty) && !isHoldingTooMuch(options) : isReleasing
    let admission = mustQueue ? .hold : lifecycle.admit(notification: notification.method, effectiveProfile)
    guard admission == .hold else { return admission }
    if isHoldingTooMuch(options) { return .drop }
    held.append(.notification(notification))
    return .hold
  }

  /// Cancelled requests and notifications stay in `held`, which has to end somewhere.
  private func isHoldingTooMuch(_ options: ConnectionOptions) -> Bool {
    held.count >= 4 * options.limits.maximumInFlight
  }

  /// The next of what was held, once `initialize` has been answered.
  mutating func nextHeld() -> Held? {
    guard lifecycle.phase != .initializing else { return nil }
    isReleasing = !held.isEmpty
    return held.isEmpty ? nil : held.removeFirst()
  }

  /// `initialize` as an editor sends it makes the peer one, whatever its framing.
  private mutating func noteProfile(_ params: JSONValue?, _ options: ConnectionOptions) {
    guard lifecycle.phase == .uninitialized, options.profile == nil else { return }
    if params?["capabilities"] != nil || params?["processId"] != nil { profile = .languageServer }
  }

  private func busy(_ limits: ConnectionLimits) -> RPCError {
    RPCError(
      .serverBusy, "The server is busy: wait for answers before sending more requests.",
      data: [
        "kind": "serverBusy", "retryAfterMilliseconds": 100, "running": .integer(Int64(inFlight.count)),
        "limit": .integer(Int64(limits.maximumInFlight)),
      ])
  }
}
