package import JSON
import Synchronization

/// One conversation in JSON-RPC over a stream of bytes, for either side of it.
///
/// One thread reads and decides, in order, what happens to each message; requests then run as tasks side by side, save
/// those that it can answer in less time than it takes to start a task.
/// Every request of the peer gets exactly one answer: from its handler, from a cancellation, or from the
/// connection when it ends.
package final class Connection: Sendable {
  package let options: ConnectionOptions
  let stream: any ByteStream
  let state: Monitor<ConnectionState>
  let output: OutputWriter
  /// Tells the connections of this process apart, in logs and in correlation ids: 1, 2, 3 …
  package let number: Int

  private static let lastNumber = Atomic<Int>(0)

  package init(stream: any ByteStream, options: ConnectionOptions) {
    self.stream = stream
    self.options = options
    number = Self.lastNumber.add(1, ordering: .relaxed).newValue
    var initial = ConnectionState(lifecycle: LifecycleState(requiresAuthorization: options.authorize != nil))
    initial.framing = options.framing
    initial.profile = options.profile ?? options.framing.map { Profile.initial(for: $0) }
    state = Monitor(initial)
    output = OutputWriter(stream: stream, limit: options.limits.maximumUnreadOutputBytes)
    output.onFailure { [weak self] error in self?.requestClose(.streamFailed(error.message)) }
  }

  /// Who is at the other end, for logs.
  package var peer: String { stream.peer }

  /// Begins to read. To be called once; a second call does nothing.
  package func start(handler: any MessageHandler) {
    let isFirst = state.withLock { state in
      defer { if state.handler == nil { state.handler = handler } }
      return state.handler == nil
    }
    guard isFirst else { return }
    emit(.opened(peer: peer))
    if !BackgroundThread.start({ self.readUntilEnd(handler) }) {
      requestClose(.streamFailed("the system has no thread left for reading"))
      finish(.streamFailed("the system has no thread left for reading"), handler)
    }
  }

  /// Ends the connection: cancels what runs, answers it, writes what is left, all within bounded time.
  /// Returns at once; ``waitUntilClosed()`` waits for it.
  package func close(_ reason: ConnectionEnd.Reason = .closedHere) { requestClose(reason) }

  /// Waits until the connection has ended and its handler has been told.
  @discardableResult
  package func waitUntilClosed() async -> ConnectionEnd {
    await withCheckedContinuation { continuation in
      let end = state.withLock { state -> ConnectionEnd? in
        if state.end == nil { state.waiters.append(continuation) }
        return state.end
      }
      if let end { continuation.resume(returning: end) }
    }
  }

  /// How the connection ended; nil while it lasts.
  package var end: ConnectionEnd? { state.withLock { $0.end } }

  /// The dialect in use.
  package var profile: Profile { state.withLock { $0.effectiveProfile } }

  /// The life cycle as the peer has driven it.
  package var lifecycle: LifecycleState { state.withLock { $0.lifecycle } }

  /// `capabilities` of the params of `initialize`, once that came.
  package var clientCapabilities: JSONValue? { state.withLock { $0.clientCapabilities } }

  /// Requests of the peer that are not answered.
  package var inFlightCount: Int { state.withLock { $0.inFlight.count } }

  /// Bytes that the peer has not taken yet.
  package var unreadOutputByteCount: Int { output.unwrittenByteCount }

  func emit(_ event: @autoclosure () -> ConnectionEvent) {
    if let onEvent = options.onEvent { onEvent(number, event()) }
  }

  /// Has the reading thread end the connection. The first reason counts.
  func requestClose(_ reason: ConnectionEnd.Reason) {
    state.update { state in
      if state.closing == nil { state.closing = reason }
      if reason != .exit { state.mustNotDrain = true }
    }
    stream.stopReading()
  }
}

// MARK: - The reading thread

extension Connection {
  private func readUntilEnd(_ handler: any MessageHandler) {
    let reason = readAll(handler)
    finish(state.withLock { $0.closing } ?? reason, handler)
  }

  private func readAll(_ handler: any MessageHandler) -> ConnectionEnd.Reason {
    var decoder = FrameDecoder(
      framing: options.framing, isStrict: options.isStrictOpening, limits: options.limits)
    var deadlines = ReadDeadlines(options: options)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while state.withLock({ $0.closing == nil }) {
      let timeout = deadlines.timeout(isWithinFrame: decoder.hasPartialFrame, self)
      switch stream.read(into: &buffer, timeout: timeout) {
      case .bytes(let count):
        deadlines.received()
        decoder.append(buffer[..<count])
        if let end = takeFrames(&decoder) { return end }
      case .timedOut:
        if deadlines.hasPassed(isWithinFrame: decoder.hasPartialFrame, self) { return .timedOut }
      case .endOfStream:
        return takeFrames(&decoder, isLast: true) ?? .endOfStream
      case .failed(let error): return .streamFailed(error.message)
      }
    }
    return .closedHere
  }

  /// - Parameter isLast: whether nothing more comes, so that what is left is looked at as it is.
  private func takeFrames(_ decoder: inout FrameDecoder, isLast: Bool = false) -> ConnectionEnd.Reason? {
    // Requests that came together are answered together.
    defer { output.write() }
    while let event = isLast ? decoder.finish() : decoder.next() {
      if let end = take(event, decoder.framing) { return end }
    }
    return nil
  }

  private func take(_ event: FrameDecoder.Event, _ framing: Framing?) -> ConnectionEnd.Reason? {
    if let framing { noteFraming(framing) }
    switch event {
    case .frame(let body):
      emit(.frameReceived(body, framing ?? .newline))
      receive(body)
      return state.withLock { $0.closing }
    case .violation(let violation):
      let fault = violation.error?.message ?? "the stream opens with neither JSON nor a header"
      emit(.ignored(reason: "framing: \(fault)"))
      if let error = violation.error { refuse(error) }
      return violation.isFatal ? .framingLost : nil
    }
  }

  private func noteFraming(_ framing: Framing) {
    state.withLock { state in
      if state.framing == nil { state.framing = framing }
      if state.profile == nil { state.profile = Profile.initial(for: framing) }
    }
  }
}

// MARK: - The end

extension Connection {
  /// Runs on the reading thread: every wait here is bounded by an option.
  private func finish(_ reason: ConnectionEnd.Reason, _ handler: any MessageHandler) {
    state.update { if $0.closing == nil { $0.closing = reason } }
    failOutgoing(reason)
    if reason == .endOfStream || reason == .exit { drain() }
    cancelEverything()
    if reason == .endOfStream || reason == .exit {
      // It has nothing more to say, but may still read, as the next program in a pipeline does.
      let patience = reason == .exit ? options.flushGrace : options.unreadGrace
      output.flush(patience: patience) { state.withLock { $0.mustNotDrain } }
    }
    let hopeless = [.outputOverflow, .unauthorized].contains(reason)
    output.close(flushing: hopeless ? .milliseconds(50) : options.flushGrace)
    stream.close()
    // What broke the stream while the last answers were written is not why the connection ended.
    let end = state.withLock { state in
      ConnectionEnd(
        reason: reason, shutdownReceived: state.lifecycle.shutdownReceived, droppedMessageCount: output.droppedCount)
    }
    emit(.closed(end))
    handler.connectionClosed(self, end)
    let waiters = state.update { state in
      state.end = end
      state.handler = NoMethods()
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: end) }
  }

  /// Lets what was received before the end of the stream come to its own end.
  private func drain() {
    _ = state.wait(timeout: options.drainGrace) { state in
      state.isIdle || state.mustNotDrain ? true : nil
    }
  }

  private func cancelEverything() {
    let (unstarted, tasks) = state.withLock { $0.inFlight.cancelAll() }
    for (id, entry) in unstarted { answerCancelled(id, entry) }
    for task in tasks { task.cancel() }
    _ = state.wait(timeout: options.cancellationGrace) { $0.isIdle ? true : nil }
    let stubborn = state.update { state in
      state.isFinished = true
      return state.inFlight.removeAll()
    }
    for (id, entry) in stubborn { answerCancelled(id, entry) }
  }

  private func failOutgoing(_ reason: ConnectionEnd.Reason) {
    let entries = state.update { state in
      state.isDeaf = true
      return state.outgoing.removeAll()
    }
    for entry in entries { entry.continuation.resume(throwing: ConnectionClosedError(reason: reason)) }
  }
}
