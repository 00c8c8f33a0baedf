import Synchronization

/// A request that waits for a worker or is with one.
final class WorkerJob: Sendable {
  struct Answer: Sendable {
    let line: [UInt8]
    let ready: WorkerReady
    let queueSeconds: Double
    let checkSeconds: Double
    /// Whether a worker had to be started for it.
    let cold: Bool
  }

  let line: [UInt8]
  let cpuSeconds: Double
  let created = ContinuousClock.now
  private let cancelled = Atomic<Bool>(false)
  private let finish: @Sendable (Result<Answer, WorkerFailure>) -> Void

  init(line: [UInt8], cpuSeconds: Double, finish: @escaping @Sendable (Result<Answer, WorkerFailure>) -> Void) {
    self.line = line
    self.cpuSeconds = cpuSeconds
    self.finish = finish
  }

  var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  func cancel() { cancelled.store(true, ordering: .relaxed) }

  /// Called once.
  func end(_ result: Result<Answer, WorkerFailure>) { finish(result) }
}
