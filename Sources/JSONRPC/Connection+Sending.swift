package import JSON

extension Connection {
  /// Sends a notification; false when the connection is closed or the life cycle does not allow it yet.
  @discardableResult
  package func notify(_ method: String, _ params: JSONValue? = nil, delivery: Delivery = .reliable) -> Bool {
    guard state.withLock({ options.role == .client || $0.lifecycle.allowsSending(method, $0.effectiveProfile) }) else {
      emit(.ignored(reason: "the notification \(method) was not sent before initialize"))
      return false
    }
    return send(Message.encode(id: nil, method: method, params: params), delivery)
  }

  /// Asks the peer and waits for its answer.
  ///
  /// When the task is cancelled the peer is told with `$/cancelRequest`, and has
  /// ``ConnectionOptions/cancelledRequestGrace`` to answer.
  ///
  /// - Parameters:
  ///   - onProgress: gets the `begin`, `report` and `end` values, in order, on the reading thread: must not wait.
  ///     With it the params, which then must be an object or nil, get a `workDoneToken`.
  ///   - onPartialResult: the same for the parts of the result, with a `partialResultToken`.
  /// - Throws: ``RPCError`` as the peer sent it, ``ConnectionClosedError``, or `CancellationError`.
  package func request(
    _ method: String, _ params: JSONValue? = nil,
    onProgress: (@Sendable (JSONValue) -> Void)? = nil,
    onPartialResult: (@Sendable (JSONValue) -> Void)? = nil
  ) async throws -> JSONValue {
    try Task.checkCancellation()
    let id = state.withLock { $0.outgoing.nextID() }
    let receivers = [("workDoneToken", onProgress), ("partialResultToken", onPartialResult)]
      .compactMap { name, receiver in receiver.map { (name: name, receive: $0) } }
    let params = try Self.adding(receivers.map(\.name), id, to: params)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let refusal = state.withLock { state -> ConnectionClosedError? in
          if state.isDeaf || state.isFinished { return ConnectionClosedError(reason: state.closing ?? .endOfStream) }
          state.outgoing.add(id, continuation)
          // A cancellation from before this line found nothing to cancel.
          if Task.isCancelled { _ = state.outgoing.cancel(id) }
          for (name, receive) in receivers {
            state.outgoing.route(Self.token(name, id), of: id, to: receive)
          }
          return nil
        }
        if let refusal { return continuation.resume(throwing: refusal) }
        begin(id, method, params)
      }
    } onCancel: {
      cancelOutgoing(id)
    }
  }

  private func begin(_ id: Int64, _ method: String, _ params: JSONValue?) {
    let body = Message.encode(id: .integer(id), method: method, params: params)
    guard send(body, .reliable) else {
      let entry = state.withLock { $0.outgoing.remove(id) }
      let reason = state.withLock { $0.closing } ?? .closedHere
      entry?.continuation.resume(throwing: ConnectionClosedError(reason: reason))
      return
    }
    if state.withLock({ $0.outgoing.markSent(id) }) { sendCancellation(id) }
  }

  private func cancelOutgoing(_ id: Int64) {
    if state.withLock({ $0.outgoing.cancel(id) }) { sendCancellation(id) }
  }

  private func sendCancellation(_ id: Int64) {
    _ = send(Message.encode(id: nil, method: "$/cancelRequest", params: ["id": .integer(id)]), .reliable)
    Task { [weak self, options] in
      try? await options.timeSource.sleep(options.cancelledRequestGrace)
      let entry = self?.state.withLock { $0.outgoing.remove(id) }
      entry?.continuation.resume(throwing: CancellationError())
    }
  }

  private static func token(_ name: String, _ id: Int64) -> JSONValue {
    .string(name == "workDoneToken" ? "progress-\(id)" : "result-\(id)")
  }

  private static func adding(_ tokens: [String], _ id: Int64, to params: JSONValue?) throws(RPCError) -> JSONValue? {
    guard !tokens.isEmpty else { return params }
    guard case .object(var object) = params ?? .object([:]) else {
      throw .invalidParams("progress needs params by name")
    }
    for name in tokens { object[name] = token(name, id) }
    return .object(object)
  }
}

// MARK: - Logs

/// How much a line of `window/logMessage` matters.
package enum LogMessageType: Int64, Sendable {
  case error = 1
  case warning, info, log, debug
}

extension Connection {
  /// Tells a peer that has initialized, and so knows of logs. A script that only reads answers hears nothing.
  func tell(_ type: LogMessageType, _ message: String) {
    if options.role == .server, lifecycle.isInitialized { log(type, message) }
  }

  /// Sends `window/logMessage`, unless much is unread.
  package func log(_ type: LogMessageType, _ message: String) {
    notify("window/logMessage", ["type": .integer(type.rawValue), "message": .string(message)], delivery: .droppable)
  }

  /// Sends `$/logTrace` when the peer has asked for it, unless much is unread.
  ///
  /// - Parameter verbose: more text, for a peer that asked for `verbose`.
  package func trace(_ message: @autoclosure () -> String, verbose: @autoclosure () -> String? = nil) {
    let level = state.withLock { $0.trace }
    guard level != .off else { return }
    var params: JSONObject = ["message": .string(message())]
    if level == .verbose, let text = verbose() { params["verbose"] = .string(text) }
    notify("$/logTrace", .object(params), delivery: .droppable)
  }

  /// What the peer wants to hear through `$/logTrace`.
  package var traceLevel: TraceLevel { state.withLock { $0.trace } }
}

// MARK: - Answers and bytes

extension Connection {
  /// Sends or collects the one answer of a request. Gives its size in bytes.
  @discardableResult
  func answer(
    _ id: RequestID, _ result: Result<JSONValue, RPCError>, _ target: ReplyTarget,
    _ writing: OutputWriter.Writing = .now
  ) -> Int {
    var body = Message.encode(id: id, result: result)
    if body.count > options.limits.maximumResponseBytes {
      body = Message.tooLarge(id: id, byteCount: body.count, limit: options.limits.maximumResponseBytes)
    }
    switch target {
    case .direct: _ = send(body, .reliable, writing)
    case .batch(let replies):
      if let array = replies.add(id: id, body) { _ = send(array, .reliable, writing) }
    }
    return body.count
  }

  /// Sends a message unless much is unread already.
  func trySend(_ body: [UInt8], _ delivery: Delivery) -> OutputWriter.Outcome {
    let framing = state.withLock { $0.framing } ?? .contentLength
    let outcome = output.send(framing.frame(body), delivery, isPatient: true)
    switch outcome {
    case .accepted: emit(.frameSent(body, framing))
    case .overflow: requestClose(.outputOverflow)
    case .full, .closed: break
    }
    return outcome
  }

  private func send(_ body: [UInt8], _ delivery: Delivery, _ writing: OutputWriter.Writing = .now) -> Bool {
    let framing = state.withLock { $0.framing } ?? .contentLength
    emit(.frameSent(body, framing))
    switch output.send(framing.frame(body), delivery, writing: writing) {
    case .accepted: return true
    case .closed, .full: return false
    case .overflow:
      requestClose(.outputOverflow)
      return false
    }
  }
}
