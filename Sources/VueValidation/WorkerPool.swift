import JSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps a few workers with one compiler: starts them when they are needed, gives each one request at a time, first
/// come first served, and replaces one that hangs, dies or has grown.
final class WorkerPool: Sendable {
  private struct State {
    var waiting: [WorkerJob] = []
    var threads = 0
    var idle = 0
    var failedStarts = 0
    /// After several starts that failed nothing is started until then.
    var nextStart = ContinuousClock.now
    var lastFailure = ""
    var isClosed = false
  }

  private let commands: [WorkerCommand]
  private let limits: WorkerLimits
  private let state = Mutex(State())
  private let signal = PoolSignal()

  /// - Parameter commands: ways to start a worker, the preferred one first; the next is tried where one does not start.
  init(commands: [WorkerCommand], limits: WorkerLimits) {
    self.commands = commands
    self.limits = limits
  }

  deinit { close() }

  /// Ends all workers that have nothing to do, and the others after their request.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for job in waiting { job.end(.failure(.cancelled)) }
    signal.wakeAll()
  }

  /// Hands a request to a worker.
  func answer(_ line: [UInt8], cpuSeconds: Double?) async throws(WorkerFailure) -> WorkerJob.Answer {
    let holder = JobHolder()
    let result: Result<WorkerJob.Answer, WorkerFailure> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let job = WorkerJob(line: line, cpuSeconds: cpuSeconds ?? limits.requestCPUSeconds) { result in
          continuation.resume(returning: result)
        }
        holder.hold(job)
        add(job)
      }
    } onCancel: {
      holder.cancel()
      signal.wakeAll()
    }
    return try result.get()
  }

  private func add(_ job: WorkerJob) {
    enum Choice {
      case queued, thread
      case refused(String)
    }
    let choice = state.withLock { state -> Choice in
      if state.isClosed { return .refused("the pool is closed") }
      if state.failedStarts >= 3, ContinuousClock.now < state.nextStart { return .refused(state.lastFailure) }
      state.waiting.append(job)
      // A second worker is worth its start only where more than a request waits.
      let busy = state.threads - state.idle
      let wantsThread = state.idle == 0 && state.threads < limits.workers && (busy == 0 || state.waiting.count > 3)
      if wantsThread { state.threads += 1 }
      return wantsThread ? .thread : .queued
    }
    switch choice {
    case .queued: signal.wakeOne()
    case .refused(let reason): job.end(.failure(.unavailable(reason)))
    case .thread:
      let started = WorkerThread.start { [self] in run() }
      if !started {
        state.withLock { state in
          state.threads -= 1
          state.waiting.removeAll { $0 === job }
        }
        job.end(.failure(.unavailable("the system has no thread left")))
      }
    }
  }

  // MARK: - A worker's thread

  private func run() {
    #if os(Linux)
      var worker: RunningWorker?
      while let job = nextJob() {
        serve(job, &worker)
      }
      worker = nil
    #else
      while let job = nextJob() { job.end(.failure(.unavailable("components are checked on Linux only"))) }
    #endif
  }

  /// Waits for a request; nil once the pool is closed, or nothing was asked for a while.
  private func nextJob() -> WorkerJob? {
    state.withLock { $0.idle += 1 }
    while true {
      // Counted before the look, so that no wake-up after it is missed.
      let seen = signal.count
      let next = state.withLock { state -> WorkerJob?? in
        if let first = state.waiting.first {
          state.waiting.removeFirst()
          state.idle -= 1
          return .some(first)
        }
        guard state.isClosed else { return nil }
        state.idle -= 1
        state.threads -= 1
        return .some(nil)
      }
      if let next {
        guard let job = next else { return nil }
        guard job.isCancelled else { return job }
        job.end(.failure(.cancelled))
        state.withLock { $0.idle += 1 }
        continue
      }
      guard !signal.wait(after: seen, seconds: 300) else { continue }
      let isDone = state.withLock { state in
        guard state.waiting.isEmpty else { return false }
        state.idle -= 1
        state.threads -= 1
        return true
      }
      if isDone { return nil }
    }
  }

  #if os(Linux)
    private struct RunningWorker {
      let process: WorkerProcess
      let ready: WorkerReady
    }

    private func serve(_ job: WorkerJob, _ worker: inout RunningWorker?) {
      let queued = (ContinuousClock.now - job.created).seconds
      var isCold = false
      for attempt in 0..<2 {
        do throws(WorkerFailure) {
          if worker == nil || worker?.process.hasEnded == true {
            isCold = true
            worker = try start(job)
          }
          guard let current = worker else { throw .unavailable("no worker") }
          let begin = ContinuousClock.now
          let line = try current.process.exchange(
            job.line, cpuSeconds: job.cpuSeconds, wallSeconds: max(limits.requestWallSeconds, job.cpuSeconds * 2),
            isCancelled: { job.isCancelled })
          job.end(
            .success(
              WorkerJob.Answer(
                line: line, ready: current.ready, queueSeconds: queued,
                checkSeconds: (ContinuousClock.now - begin).seconds, cold: isCold)))
          if current.process.answered >= limits.requests || current.process.residentBytes > limits.residentBytes {
            worker = nil
          }
          return
        } catch {
          worker = nil
          // A worker may have died of what an earlier request left behind: a fresh one decides.
          if case .crashed = error, attempt == 0 { continue }
          job.end(.failure(error))
          return
        }
      }
    }

    private func start(_ job: WorkerJob) throws(WorkerFailure) -> RunningWorker {
      var reasons: [String] = []
      for command in commands {
        do throws(WorkerFailure) {
          let process = try WorkerProcess(command, limits: limits)
          let line = try process.exchange(
            nil, cpuSeconds: nil, wallSeconds: limits.startSeconds, isCancelled: { job.isCancelled })
          let message = (try? JSONParser().parse(line)) ?? .null
          guard let ready = WorkerReady(message, source: command.typescript) else {
            reasons.append(message["message"]?.stringValue ?? "\(command.executable) did not start the worker")
            continue
          }
          // The first check reads all library declarations: that is part of the start, and of no request's limit.
          _ = try process.exchange(
            Self.warmUp, cpuSeconds: nil, wallSeconds: limits.startSeconds, isCancelled: { job.isCancelled })
          state.withLock { $0.failedStarts = 0 }
          return RunningWorker(process: process, ready: ready)
        } catch {
          switch error {
          case .cancelled: throw error
          case .unavailable(let reason), .crashed(let reason), .limit(let reason):
            reasons.append("\(command.executable): \(reason)")
          }
        }
      }
      let reason = reasons.joined(separator: "; ")
      state.withLock { state in
        state.failedStarts += 1
        state.lastFailure = reason
        state.nextStart = .now + .seconds(min(60, 1 << min(state.failedStarts, 6)))
      }
      throw .unavailable(reason)
    }
  #endif

  private static let warmUp = JSONWriter.data([
    "id": 0, "op": "check",
    "source": "<script setup lang=\"ts\">\nconst a = 1\n</script>\n<template>{{ a }}</template>",
  ])
}

/// The job of a task that may be cancelled before it is made.
private final class JobHolder: Sendable {
  private let state = Mutex<(job: WorkerJob?, isCancelled: Bool)>((nil, false))

  func hold(_ job: WorkerJob) {
    let isCancelled = state.withLock { state in
      state.job = job
      return state.isCancelled
    }
    if isCancelled { job.cancel() }
  }

  func cancel() {
    let job = state.withLock { state in
      state.isCancelled = true
      return state.job
    }
    job?.cancel()
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
