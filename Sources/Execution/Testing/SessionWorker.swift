#if os(Linux)
  import Glibc
  import Synchronization

  /// The thread of one session: starts its sandbox, runs its tests one after another, and ends it.
  final class SessionWorker: Sendable {
    typealias Answer = Result<TestOutcome, ExecutionError>

    private enum Job: Sendable {
      case open(CheckedContinuation<ExecutionError?, Never>)
      case test(ProgramTest, CheckedContinuation<Answer, Never>)
      case close(CheckedContinuation<Void, Never>?)
    }

    private struct State {
      var jobs: [Job] = []
      var isClosed = false
    }

    private let plan: SessionPlan
    private let cancellation: CancellationSignal
    private let bell: CancellationSignal
    private let state = Mutex(State())

    /// How long a sandbox may take to get ready on a machine with much else to do, in seconds.
    private static let startSeconds = 120.0

    /// - Throws: ``ExecutionError`` with `spawnFailed`.
    init(_ plan: SessionPlan) throws(ExecutionError) {
      self.plan = plan
      cancellation = try CancellationSignal()
      bell = try CancellationSignal()
      try RunThread.detach { self.work() }
    }

    /// Ends what is going on and everything after it.
    func cancel() { cancellation.cancel() }

    func open() async throws(ExecutionError) {
      let error = await withCheckedContinuation { continuation in
        if !add(.open(continuation)) { continuation.resume(returning: Self.closed) }
      }
      if let error { throw error }
    }

    func run(_ test: ProgramTest) async throws(ExecutionError) -> TestOutcome {
      let answer = await withCheckedContinuation { (continuation: CheckedContinuation<Answer, Never>) in
        if !add(.test(test, continuation)) { continuation.resume(returning: .failure(Self.closed)) }
      }
      return try answer.get()
    }

    func close() async {
      await withCheckedContinuation { continuation in
        if !add(.close(continuation)) { continuation.resume() }
      }
    }

    /// Closes without waiting.
    func abandon() {
      cancel()
      _ = add(.close(nil))
    }

    private static let closed = ExecutionError(.cancelled, "the session is closed")

    private func add(_ job: Job) -> Bool {
      let isNew = state.withLock { state in
        if state.isClosed { return false }
        if case .close = job { state.isClosed = true }
        state.jobs.append(job)
        return true
      }
      if isNew { bell.cancel() }
      return isNew
    }

    // MARK: - On the thread

    private func work() {
      var room = SessionRoom(plan: plan, cancellation: cancellation)
      while true {
        bell.await()
        let job = state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
        switch job {
        case .open(let continuation):
          do throws(ExecutionError) {
            try room.makeReady(within: Self.startSeconds)
            continuation.resume(returning: nil)
          } catch {
            continuation.resume(returning: error)
          }
        case .test(let test, let continuation):
          do throws(ExecutionError) {
            continuation.resume(returning: .success(try room.run(test, startSeconds: Self.startSeconds)))
          } catch {
            continuation.resume(returning: .failure(error))
          }
        case .close(let continuation):
          room.leave()
          continuation?.resume()
          return
        case nil: continue
        }
      }
    }
  }
#endif
