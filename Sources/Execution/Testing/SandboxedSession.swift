#if os(Linux)
  import Synchronization

  /// A session with its own sandbox.
  final class SandboxedSession: TestSession {
    let runtime: String
    private let worker: SessionWorker
    private let gate: RunGate
    private let isOpen = Atomic<Bool>(true)

    /// - Parameter gate: where the session has a place, which it gives back at its end.
    init(_ worker: SessionWorker, runtime: String, gate: RunGate) {
      self.worker = worker
      self.runtime = runtime
      self.gate = gate
    }

    deinit {
      worker.abandon()
      if isOpen.load(ordering: .relaxed) { gate.leave() }
    }

    func run(_ test: ProgramTest) async throws(ExecutionError) -> TestOutcome {
      let worker = worker
      let result: Result<TestOutcome, ExecutionError> = await withTaskCancellationHandler {
        do throws(ExecutionError) { return .success(try await worker.run(test)) } catch { return .failure(error) }
      } onCancel: {
        worker.cancel()
      }
      return try result.get()
    }

    func close() async {
      guard isOpen.exchange(false, ordering: .relaxed) else { return }
      await worker.close()
      gate.leave()
    }
  }
#endif
