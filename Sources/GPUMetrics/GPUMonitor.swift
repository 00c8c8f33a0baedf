import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads this machine's GPUs for whoever asks, on a thread of its own that is there only while someone does.
package final class GPUMonitor: Sendable {
  private let state: Mutex<State>
  /// Wakes the thread before its time.
  private let wakeUp = DispatchSemaphore(value: 0)

  private struct State {
    let devices: Handed<GPUDevices>
    var isRunning = false
    var nextID = 0
    /// Seconds between readings, by who wants them.
    var leases: [Int: Double] = [:]
    /// Who waits for the next reading.
    var waiting: [Int: CheckedContinuation<GPUSnapshot?, Never>] = [:]
    var watchers: [Int: Watcher] = [:]
    var meter = UseMeter()
    /// nil before the first reading.
    var isInstant: Bool?
    var wantsReading = false
  }

  private struct Watcher {
    let interval: Double
    var due: Double
    let continuation: AsyncStream<GPUSnapshot>.Continuation
  }

  /// A value that one thread hands to the next.
  private struct Handed<Value>: @unchecked Sendable {
    // Used by the monitor's one thread alone; the lock that starts the next one lies between two of them.
    let value: Value
  }

  /// A reading that takes longer is given up; its thread is not.
  private static let patience = Duration.seconds(12)
  /// How long the end of a span waits for a last reading.
  private static let endPatience = Duration.milliseconds(200)

  package init(_ configuration: GPUConfiguration) {
    state = Mutex(State(devices: Handed(value: GPUDevices(configuration))))
  }

  // MARK: - One reading, and many

  /// One reading of all devices.
  package func sample() async -> GPUSnapshot {
    if let snapshot = await nextReading(within: Self.patience) { return snapshot }
    var silent = GPUSnapshot(problem: "the GPU's driver does not answer")
    silent.isBroken = true
    return silent
  }

  /// Readings at an interval in seconds, until the one who listens stops. Old ones are dropped where he is slow.
  package func readings(every interval: Double) -> AsyncStream<GPUSnapshot> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: GPUSnapshot.self, bufferingPolicy: .bufferingNewest(16))
    let id = state.withLock { state in
      state.nextID += 1
      state.watchers[state.nextID] = Watcher(interval: interval, due: 0, continuation: continuation)
      state.leases[state.nextID] = interval
      return state.nextID
    }
    continuation.onTermination = { _ in self.endLease(id) }
    wake()
    return stream
  }

  private func nextReading(within patience: Duration) async -> GPUSnapshot? {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let limit = Task {
      try? await Task.sleep(for: patience)
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: nil)
    }
    defer { limit.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isCancelled = Task.isCancelled
        state.withLock { state in
          if !isCancelled { state.waiting[id] = continuation }
          state.wantsReading = true
        }
        if isCancelled { continuation.resume(returning: nil) }
        wake()
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: nil)
    }
  }

  // MARK: - Spans

  /// Reads at an interval in seconds until the lease is ended, for spans to be measured in between.
  package func lease(every interval: Double) -> GPULease {
    let id = state.withLock { state in
      state.nextID += 1
      state.leases[state.nextID] = interval
      return state.nextID
    }
    wake()
    return GPULease { self.endLease(id) }
  }

  private func endLease(_ id: Int) {
    state.withLock { state in
      state.leases[id] = nil
      state.watchers[id] = nil
    }
    wakeUp.signal()
  }

  /// Begins to measure. Needs a lease to be held.
  package func beginSpan() -> GPUSpan {
    let id = state.withLock { state in
      state.wantsReading = state.isInstant ?? true
      return state.meter.open(at: MonotonicClock.seconds)
    }
    wakeUp.signal()
    return GPUSpan(id: id)
  }

  /// Ends to measure. Waits a moment for a last reading where one can be had at once.
  ///
  /// - Returns: nil where there was no reading.
  package func end(_ span: GPUSpan) async -> GPUUse? {
    let end = MonotonicClock.seconds
    let canRead = state.withLock { $0.isInstant == true && $0.isRunning }
    if canRead { _ = await nextReading(within: Self.endPatience) }
    return state.withLock { $0.meter.close(span.id, at: end) }
  }

  /// Ends to measure what nobody wants to know any more.
  package func abandon(_ span: GPUSpan) {
    state.withLock { state in _ = state.meter.close(span.id, at: MonotonicClock.seconds) }
  }

  // MARK: - The thread

  private func wake() {
    let starts = state.withLock { state in
      if state.isRunning { return false }
      state.isRunning = true
      return true
    }
    if starts { startThread() } else { wakeUp.signal() }
  }

  private func startThread() {
    let box = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<GPUMonitor>.fromOpaque(argument).takeRetainedValue().work()
        return nil
      }, box.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      box.release()
      let waiting = state.withLock { state in
        state.isRunning = false
        defer { state.waiting = [:] }
        return state.waiting
      }
      for continuation in waiting.values { continuation.resume(returning: nil) }
    }
  }

  private enum Step {
    case read(GPUDevices, interval: Double)
    case wait(Double)
    case end(GPUDevices)
  }

  private func work() {
    state.withLock { $0.meter.forget() }
    var lastReading = -Double.infinity
    while true {
      switch step(after: lastReading) {
      case .wait(let seconds):
        _ = wakeUp.wait(timeout: .now() + seconds)
      case .read(let devices, let interval):
        lastReading = MonotonicClock.seconds
        // Who asks from now on wants a newer one. Those who wait stay where they can give up: a driver may hang.
        let waiting = state.withLock { state in
          state.wantsReading = false
          return Set(state.waiting.keys)
        }
        let snapshot = devices.read(interval: interval)
        publish(snapshot, to: waiting, isInstant: devices.isInstant, asked: lastReading)
      case .end(let devices):
        devices.pause()
        let isLeft = state.withLock { state in
          if state.leases.isEmpty, state.waiting.isEmpty {
            state.isRunning = false
            return true
          }
          return false
        }
        if isLeft { return }
      }
    }
  }

  private func step(after lastReading: Double) -> Step {
    state.withLock { state in
      if state.leases.isEmpty, state.waiting.isEmpty { return .end(state.devices.value) }
      let interval = state.leases.values.min() ?? 0.5
      let left = lastReading + interval - MonotonicClock.seconds
      if state.wantsReading || !state.waiting.isEmpty || left <= 0 {
        return .read(state.devices.value, interval: interval)
      }
      return .wait(left)
    }
  }

  private func publish(
    _ snapshot: GPUSnapshot, to waiting: Set<Int>, isInstant: Bool, asked: Double
  ) {
    let now = MonotonicClock.seconds
    let (due, answered) = state.withLock { state in
      state.isInstant = isInstant
      let answered = waiting.compactMap { state.waiting.removeValue(forKey: $0) }
      state.meter.take(snapshot, at: now)
      var due: [AsyncStream<GPUSnapshot>.Continuation] = []
      for (id, watcher) in state.watchers where asked >= watcher.due {
        due.append(watcher.continuation)
        // A little early is on time: the thread's clock is the watcher's.
        state.watchers[id]?.due = asked + watcher.interval * 0.9
      }
      return (due, answered)
    }
    for continuation in due { continuation.yield(snapshot) }
    for continuation in answered { continuation.resume(returning: snapshot) }
  }
}

/// Keeps the readings coming until it is ended or let go.
package final class GPULease: Sendable {
  private let onEnd: Mutex<(@Sendable () -> Void)?>

  init(_ onEnd: @escaping @Sendable () -> Void) { self.onEnd = Mutex(onEnd) }

  package func end() {
    let body = onEnd.withLock { body in
      defer { body = nil }
      return body
    }
    body?()
  }

  deinit { end() }
}

/// A stretch of time that is being measured.
package struct GPUSpan: Sendable {
  let id: Int
}
