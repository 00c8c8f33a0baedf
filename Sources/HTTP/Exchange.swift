import Synchronization

/// The meeting point of a caller's task and the transfer thread for one request.
///
/// The thread puts head, chunks and outcome in; the task takes them out and waits where there is nothing yet.
final class Exchange: Sendable {
  /// Beyond this many bytes or chunks the transfer is held until the reader has taken some.
  static let bufferedByteLimit = 1 << 20
  static let bufferedChunkLimit = 1024

  let request: HTTPRequest
  let target: HTTPURL
  let start: ContinuousClock.Instant
  private let loop: TransferLoop
  private let state = Mutex(State())

  fileprivate struct State {
    var head: HTTPResponseHead?
    var chunks: [HTTPChunk] = []
    /// Chunks before this index were taken.
    var taken = 0
    var bufferedBytes = 0
    var outcome: Result<HTTPTimings, HTTPError>?
    var isHeld = false
    var isDiscarding = false
    var headWaiter: CheckedContinuation<Result<HTTPResponseHead, HTTPError>, Never>?
    var chunkWaiter: CheckedContinuation<Result<HTTPChunk?, HTTPError>, Never>?
  }

  init(_ request: HTTPRequest, _ loop: TransferLoop) throws(HTTPError) {
    target = try HTTPURL(request.url)
    for field in request.headers.fields where !Self.isSendable(field) {
      throw HTTPError(
        code: .invalidRequest, message: "the value of the header \(field.name) holds a line break or control character")
    }
    self.request = request
    self.loop = loop
    start = .now
  }

  private static func isSendable(_ field: HTTPHeaders.Field) -> Bool {
    let isName = !field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
    return isName && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }

  // MARK: - The caller's side

  func head() async throws(HTTPError) -> HTTPResponseHead {
    try await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        let ready: Result<HTTPResponseHead, HTTPError>? = state.withLock { state in
          if let head = state.head { return .success(head) }
          if case .failure(let error) = state.outcome { return .failure(error) }
          state.headWaiter = waiter
          return nil
        }
        if let ready { waiter.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }.get()
  }

  func nextChunk() async throws(HTTPError) -> HTTPChunk? {
    try await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        let (ready, mustResume) = state.withLock { state in
          let ready = state.takeChunk()
          if ready == nil { state.chunkWaiter = waiter }
          let mustResume = state.isHeld && state.bufferedBytes < Self.bufferedByteLimit / 2
          if mustResume { state.isHeld = false }
          return (ready, mustResume)
        }
        if mustResume { loop.resume(self) }
        if let ready { waiter.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }.get()
  }

  var timings: HTTPTimings? {
    state.withLock { state in
      if case .success(let timings) = state.outcome { return timings }
      return nil
    }
  }

  /// Ends the wait of the caller at once and the transfer as soon as the thread hears of it.
  func cancel() {
    let error = HTTPError.cancelled(target)
    let isRunning = state.withLock { state in
      let isRunning = state.outcome == nil
      state.dropChunks()
      if isRunning { state.outcome = .failure(error) }
      return isRunning
    }
    guard isRunning else { return }
    loop.cancel(self)
    wakeWaiters()
  }

  /// The reader is gone: nobody will take what comes.
  func abandon() {
    if !state.withLock({ $0.isDiscarding }) { cancel() }
  }

  func discardRest(within time: Duration) {
    let (isRunning, wasHeld) = state.withLock { state in
      state.isDiscarding = true
      state.dropChunks()
      defer { state.isHeld = false }
      return (state.outcome == nil, state.isHeld)
    }
    guard isRunning else { return }
    loop.expire(self, at: .now + time)
    if wasHeld { loop.resume(self) }
  }

  // MARK: - The thread's side

  enum Admission {
    case taken
    /// The same bytes must be offered again later.
    case held
  }

  func deliver(_ head: HTTPResponseHead) {
    let waiter = state.withLock { state in
      state.head = head
      defer { state.headWaiter = nil }
      return state.headWaiter
    }
    waiter?.resume(returning: .success(head))
  }

  func deliver(_ bytes: UnsafeBufferPointer<UInt8>) -> Admission {
    let arrival = (ContinuousClock.now - start).inSeconds
    typealias Waiter = CheckedContinuation<Result<HTTPChunk?, HTTPError>, Never>
    let (admission, handOver) = state.withLock { state -> (Admission, (Waiter, HTTPChunk)?) in
      if state.isDiscarding || state.outcome != nil { return (.taken, nil) }
      if let waiter = state.chunkWaiter {
        state.chunkWaiter = nil
        return (.taken, (waiter, HTTPChunk(bytes: Array(bytes), arrivalSeconds: arrival)))
      }
      guard state.bufferedBytes < Self.bufferedByteLimit, state.waitingChunks < Self.bufferedChunkLimit else {
        state.isHeld = true
        return (.held, nil)
      }
      state.chunks.append(HTTPChunk(bytes: Array(bytes), arrivalSeconds: arrival))
      state.bufferedBytes += bytes.count
      return (.taken, nil)
    }
    if let (waiter, chunk) = handOver { waiter.resume(returning: .success(chunk)) }
    return admission
  }

  /// The transfer is over. A second call changes nothing.
  func finish(_ outcome: Result<HTTPTimings, HTTPError>) {
    state.withLock { state in
      if state.outcome == nil { state.outcome = outcome }
    }
    wakeWaiters()
  }

  private func wakeWaiters() {
    let (headWaiter, chunkWaiter, outcome) = state.withLock { state in
      defer {
        state.headWaiter = nil
        state.chunkWaiter = nil
      }
      return (state.headWaiter, state.chunkWaiter, state.outcome)
    }
    guard let outcome else { return }
    switch outcome {
    case .success:
      headWaiter?.resume(returning: .failure(HTTPError(code: .malformedResponse, message: "the response has no head")))
      chunkWaiter?.resume(returning: .success(nil))
    case .failure(let error):
      headWaiter?.resume(returning: .failure(error))
      chunkWaiter?.resume(returning: .failure(error))
    }
  }
}

extension Exchange.State {
  var waitingChunks: Int { chunks.count - taken }

  mutating func dropChunks() {
    chunks = []
    taken = 0
    bufferedBytes = 0
  }

  /// What came first: chunks, then the outcome; nil where the reader has to wait.
  mutating func takeChunk() -> Result<HTTPChunk?, HTTPError>? {
    if taken < chunks.count {
      let chunk = chunks[taken]
      taken += 1
      bufferedBytes -= chunk.bytes.count
      if taken == chunks.count { dropChunks() }
      return .success(chunk)
    }
    switch outcome {
    case .success: return .success(nil)
    case .failure(let error): return .failure(error)
    case nil: return nil
    }
  }
}

extension Duration {
  /// The same length as a floating-point number.
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
