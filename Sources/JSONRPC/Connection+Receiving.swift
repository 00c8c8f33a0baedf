import JSON

// Runs on the reading thread: nothing here waits.
extension Connection {
  func receive(_ body: [UInt8]) {
    let decoder = MessageDecoder(profile: profile, limits: options.limits)
    do {
      switch try decoder.decode(body) {
      case .single(let message): receive(message, Origin(reply: .direct, byteCount: body.count))
      case .batch(let messages): receive(messages, byteCount: body.count)
      }
    } catch {
      refuse(error)
    }
  }

  /// Answers what no message could be made out of.
  func refuse(_ error: RPCError) {
    emit(.malformed(error.code))
    answer(.null, .failure(error), .direct)
  }

  private func receive(_ messages: [Message], byteCount: Int) {
    let answerCount = messages.count { message in
      switch message {
      case .request, .invalid: true
      case .notification, .response, .unanswerable: false
      }
    }
    let replies = BatchReplies(missing: answerCount, maximumBytes: options.limits.maximumResponseBytes)
    for message in messages { receive(message, Origin(reply: .batch(replies), byteCount: byteCount)) }
  }

  private func receive(_ message: Message, _ origin: Origin) {
    switch message {
    case .request(let id, let method, let params): receiveRequest(id, method, params, origin)
    case .notification(let method, let params): receiveNotification(method, params)
    case .response(let id, let result): receiveResponse(id, result)
    case .invalid(let id, let error):
      emit(.malformed(error.code))
      answer(isInUse(id) ? .null : id, .failure(error), origin.reply)
    case .unanswerable(let id, let reason): receiveBroken(id, reason)
    }
  }

  /// An error must not be taken for the answer of a request that still runs.
  private func isInUse(_ id: RequestID) -> Bool { state.withLock { $0.inFlight.contains(id) } }
}

// MARK: - Requests

extension Connection {
  private func receiveRequest(_ id: RequestID, _ method: String, _ params: JSONValue?, _ origin: Origin) {
    let now = options.timeSource.now()
    let quickAnswer = method == "initialize" ? nil : state.withLock { $0.handler }?.quickAnswer(to: method)
    let admission = state.withLock {
      $0.admit(
        id: id, method: method, params: params, isQuick: quickAnswer != nil, origin: origin, now: now, options: options)
    }
    switch admission {
    case .run(let request): run(request)
    case .answer(let request): if let quickAnswer { execute(request, quickAnswer, origin, received: now) }
    case .held: break
    case .reject(let answerID, let error):
      if isAfterExit { return }
      let byteCount = answer(answerID, .failure(error), origin.reply)
      let entry = InFlightRequests.Entry(serial: 0, method: method, origin: origin, received: now)
      record(id, entry, .failure(error), byteCount)
    }
  }

  private func run(_ request: PreparedRequest) {
    let task = Task { await self.execute(request) }
    state.withLock { $0.inFlight.attach(task, to: request.id, request.serial) }
  }

  private func execute(_ request: PreparedRequest) async {
    let now = options.timeSource.now()
    let handler = state.withLock { state in
      state.inFlight.begin(request.id, request.serial, at: now) ? state.handler : nil
    }
    guard let handler else { return }
    let context: RequestContext
    do {
      context = try self.context(of: request)
    } catch {
      return settle(request, .failure(error), nil)
    }
    settle(request, await result(of: context, request, handler), context)
  }

  /// Answers a request before anything else is read; what is read together is written together.
  private func execute(
    _ request: PreparedRequest, _ quickAnswer: QuickAnswer, _ origin: Origin, received: Duration
  ) {
    let result = result(of: request, quickAnswer)
    let byteCount = answer(request.id, result, origin.reply, .later)
    let entry = InFlightRequests.Entry(
      serial: request.serial, method: request.method, origin: origin, received: received, started: received)
    record(request.id, entry, result, byteCount)
  }

  private func result(of request: PreparedRequest, _ quickAnswer: QuickAnswer) -> Result<JSONValue, RPCError> {
    let context: RequestContext
    do {
      context = try self.context(of: request)
    } catch {
      return .failure(error)
    }
    defer {
      context.progress.end()
      context.partialResults.close()
    }
    do {
      return .success(try quickAnswer(context))
    } catch {
      return .failure(rpcError(for: error, context, request, state.withLock { $0.handler }))
    }
  }

  private func result(
    of context: RequestContext, _ request: PreparedRequest, _ handler: any MessageHandler
  ) async -> Result<JSONValue, RPCError> {
    if request.method == "initialize", let refusal = refusal(request.params) { return .failure(refusal) }
    do {
      return .success(try await handler.handle(context))
    } catch {
      return .failure(rpcError(for: error, context, request, handler))
    }
  }

  private func rpcError(
    for error: any Error, _ context: RequestContext, _ request: PreparedRequest, _ handler: (any MessageHandler)?
  ) -> RPCError {
    if let error = error as? RPCError { return error }
    if error is CancellationError { return .cancelled }
    return handler?.error(for: error, in: context) ?? internalError(error, request)
  }

  private func internalError(_ error: any Error, _ request: PreparedRequest) -> RPCError {
    let correlationID = "\(number)-\(request.serial)"
    emit(
      .internalError(
        method: request.method, correlationID: correlationID, type: "\(type(of: error))", detail: "\(error)"))
    tell(.error, "Internal error \(correlationID) in \(request.method).")
    return RPCError(
      .internalError, "Internal error: the server's log has the details.",
      data: ["correlationId": .string(correlationID)])
  }

  /// Ends a request: progress, then the answer, then what waited for it.
  private func settle(_ request: PreparedRequest, _ result: Result<JSONValue, RPCError>, _ context: RequestContext?) {
    context?.progress.end()
    context?.partialResults.close()
    let isInitialize = request.method == "initialize" && options.role == .server
    let entry = state.withLock { state -> InFlightRequests.Entry? in
      let entry = state.takeForAnswer(request.id, request.serial)
      if isInitialize { noteInitialized(&state, request, result) }
      return entry
    }
    guard let entry else { return }
    defer { state.update { $0.answering -= 1 } }
    let final = entry.isCancelled && !result.isCancellation ? .failure(.cancelled) : result
    let byteCount = answer(request.id, final, entry.origin.reply)
    record(request.id, entry, final, byteCount)
    if isInitialize {
      closeIfRefusedTooOften()
      releaseHeld()
    }
  }

  func answerCancelled(_ id: RequestID, _ entry: InFlightRequests.Entry) {
    let byteCount = answer(id, .failure(.cancelled), entry.origin.reply)
    record(id, entry, .failure(.cancelled), byteCount)
  }

  private func record(
    _ id: RequestID, _ entry: InFlightRequests.Entry, _ result: Result<JSONValue, RPCError>, _ byteCount: Int
  ) {
    let isTraced = options.role == .server && traceLevel != .off
    guard options.onEvent != nil || isTraced else { return }
    let now = options.timeSource.now()
    let started = entry.started ?? now
    var code: RPCErrorCode?
    if case .failure(let error) = result { code = error.code }
    let record = RequestRecord(
      method: entry.method, id: id, queued: started - entry.received, run: now - started,
      requestByteCount: entry.origin.byteCount, responseByteCount: byteCount, error: code)
    emit(.requestFinished(record))
    if isTraced { trace(record.summary, verbose: record.details) }
  }
}

extension RequestRecord {
  fileprivate var summary: String {
    "\(method) (\(id)) \(error.map { "failed with \($0.rawValue)" } ?? "was answered")"
  }

  fileprivate var details: String {
    "queued for \(queued.milliseconds) ms, ran for \(run.milliseconds) ms, "
      + "\(requestByteCount) bytes in, \(responseByteCount) bytes out"
  }
}

extension Result<JSONValue, RPCError> {
  fileprivate var isCancellation: Bool {
    if case .failure(let error) = self { return error.code == .requestCancelled }
    return false
  }
}

// MARK: - What a handler gets

extension Connection {
  private func context(of request: PreparedRequest) throws(RPCError) -> RequestContext {
    let workDone = try Self.token("workDoneToken", in: request.params)
    let partial = try Self.token("partialResultToken", in: request.params)
    return RequestContext(
      id: request.id, method: request.method, params: request.params, connection: self,
      progress: workDone.map { progressReporter($0, title: request.method) } ?? .silent,
      partialResults: partial.map { PartialResultSender(token: $0, output: partialOutput($0, workDone: workDone)) }
        ?? .silent)
  }

  private func progressReporter(_ token: JSONValue, title: String) -> ProgressReporter {
    ProgressReporter(
      token: token, defaultTitle: title, interval: options.progressInterval, time: options.timeSource
    ) { [weak self] value, delivery in
      self?.notify("$/progress", ["token": token, "value": value], delivery: delivery)
    }
  }

  private func partialOutput(_ token: JSONValue, workDone: JSONValue?) -> PartialResultSender.Output {
    // A later report must not take the place of one that waits before these parts: it tells how many were sent.
    let delivery = workDone.map { Delivery.barrier(key: ProgressReporter.key(of: $0)) } ?? .reliable
    return PartialResultSender.Output(
      encode: { value in
        Message.encode(id: nil, method: "$/progress", params: ["token": token, "value": value])
      },
      send: { [weak self] body in self?.trySend(body, delivery) ?? .closed },
      waitForRoom: { [weak self] byteCount in await self?.output.waitForRoom(byteCount) })
  }

  private static func token(_ name: String, in params: JSONValue?) throws(RPCError) -> JSONValue? {
    switch params?[name] {
    case nil, .null: return nil
    case .string(let text): return .string(text)
    case .integer(let number): return .integer(number)
    default: throw .invalidParams("\"\(name)\" must be a string or an integer", pointer: "/\(name)")
    }
  }
}

// MARK: - initialize

extension Connection {
  private func refusal(_ params: JSONValue?) -> RPCError? {
    guard options.role == .server, let authorize = options.authorize, !authorize(params) else { return nil }
    state.withLock { $0.authorizationFailures += 1 }
    return RPCError(
      .unauthorized, "The token is missing or wrong: send it in the params of \"initialize\" as \"token\".",
      data: ["kind": "unauthorized"])
  }

  private func noteInitialized(
    _ state: inout ConnectionState, _ request: PreparedRequest, _ result: Result<JSONValue, RPCError>
  ) {
    state.isReleasing = true
    if case .success = result {
      state.clientCapabilities = request.params?["capabilities"]
      if let level = request.params?["trace"]?.stringValue { state.trace = TraceLevel(rawValue: level) ?? .off }
      state.lifecycle.initializeFinished(succeeded: true)
    } else {
      state.lifecycle.initializeFinished(succeeded: false)
    }
  }

  private func closeIfRefusedTooOften() {
    let isTooOften = state.withLock { $0.authorizationFailures >= options.maximumAuthorizationFailures }
    if options.authorize != nil, isTooOften { requestClose(.unauthorized) }
  }

  /// Goes on with what waited for the outcome of `initialize`, in order.
  private func releaseHeld() {
    while let next = state.withLock({ $0.nextHeld() }) {
      switch next {
      case .request(let request): release(request)
      case .notification(let notification): release(notification)
      }
    }
  }

  /// What comes behind `exit` is not answered; where `exit` had to wait its turn it may still be read.
  private var isAfterExit: Bool { state.withLock { $0.lifecycle.phase == .exited } }

  private func release(_ request: PreparedRequest) {
    let admission = state.withLock { $0.lifecycle.admit(request: request.method, $0.effectiveProfile) }
    guard case .reject(let error) = admission else { return run(request) }
    guard let entry = state.withLock({ $0.takeForAnswer(request.id, request.serial) }) else { return }
    defer { state.update { $0.answering -= 1 } }
    if isAfterExit { return }
    let byteCount = answer(request.id, .failure(error), entry.origin.reply)
    record(request.id, entry, .failure(error), byteCount)
  }
}

// MARK: - Notifications and responses

extension Connection {
  private func receiveNotification(_ method: String, _ params: JSONValue?) {
    switch method {
    case "$/cancelRequest": return receiveCancellation(params)
    case "$/setTrace": return setTrace(params)
    case "window/workDoneProgress/cancel": return receiveProgressCancellation(params)
    case "$/progress" where routeProgress(params): return
    default: break
    }
    deliver(NotificationContext(method: method, params: params, connection: self))
  }

  private func deliver(_ notification: NotificationContext) {
    act(on: notification, state.withLock { $0.admit(notification, options) })
  }

  private func release(_ notification: NotificationContext) {
    let method = notification.method
    act(on: notification, state.withLock { $0.lifecycle.admit(notification: method, $0.effectiveProfile) })
  }

  private func act(on notification: NotificationContext, _ admission: LifecycleState.NotificationAdmission) {
    switch admission {
    case .deliver: state.withLock { $0.handler }?.handle(notification)
    case .hold: break
    case .drop: emit(.ignored(reason: "the notification \(notification.method) is out of place before initialize"))
    case .exit: requestClose(.exit)
    }
  }

  private func receiveCancellation(_ params: JSONValue?) {
    guard let value = params?["id"], let id = RequestID(value) else {
      return emit(.ignored(reason: "$/cancelRequest without an id"))
    }
    switch state.withLock({ $0.inFlight.cancel(id) }) {
    // It came too early or too late, which is nobody's fault.
    case .unknown: break
    case .answer(let entry): answerCancelled(id, entry)
    case .cancel(let task): task?.cancel()
    }
  }

  private func setTrace(_ params: JSONValue?) {
    guard let level = params?["value"]?.stringValue.flatMap(TraceLevel.init(rawValue:)) else { return }
    state.withLock { $0.trace = level }
  }

  private func routeProgress(_ params: JSONValue?) -> Bool {
    guard let token = params?["token"], let value = params?["value"] else { return false }
    guard let receiver = state.withLock({ $0.outgoing.receiver(of: token) }) else { return false }
    receiver(value)
    return true
  }

  private func receiveResponse(_ id: RequestID, _ result: Result<JSONValue, RPCError>) {
    guard case .integer(let number) = id, let entry = state.withLock({ $0.outgoing.remove(number) }) else {
      return emit(.ignored(reason: "a response with the id \(id), to no request of this side"))
    }
    if entry.isCancelled, result.isCancellation {
      entry.continuation.resume(throwing: CancellationError())
    } else {
      entry.continuation.resume(with: result.mapError { $0 as any Error })
    }
  }

  /// A response that can not be used still ends its request, which would otherwise wait for ever.
  private func receiveBroken(_ id: RequestID?, _ reason: String) {
    emit(.ignored(reason: reason))
    guard case .integer(let number) = id, let entry = state.withLock({ $0.outgoing.remove(number) }) else { return }
    entry.continuation.resume(throwing: RPCError(.internalError, "The peer sent \(reason)."))
  }
}
