import Engine
import Synchronization

/// Time that stands still until nobody has anything to do, and then jumps to the next moment that somebody waits for.
final class VirtualTime: Sendable {
  private struct State {
    var now = Duration.zero
    var sleepers: [Int: (deadline: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
    var lastNumber = 0
    var changes = 0
  }

  private let state = Mutex(State())

  var now: Duration { state.withLock { $0.now } }

  var keeper: Timekeeper {
    Timekeeper(now: { self.now }, sleep: { try await self.sleep($0) })
  }

  private func sleep(_ duration: Duration) async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      state.changes += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          let isCancelled = Task.isCancelled
          if !isCancelled { state.sleepers[number] = (state.now + duration, continuation) }
          return isCancelled
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Something goes on that time has to wait for.
  func noteWork() { state.withLock { $0.changes += 1 } }

  func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now += duration
      state.changes += 1
      let due = state.sleepers.filter { $0.value.deadline <= state.now }
      for number in due.keys { state.sleepers[number] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  /// Lets time pass while the body runs. It may pass a little early on a busy machine, never too late: what is asserted
  /// must hold either way.
  func passing<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows -> Value {
    let driver = Task {
      var seen = -1
      var quietLooks = 0
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(1))
        let (changes, next, now) = state.withLock { state in
          (state.changes, state.sleepers.values.map(\.deadline).min(), state.now)
        }
        quietLooks = changes == seen ? quietLooks + 1 : 0
        seen = changes
        if quietLooks >= 3, let next { advance(by: max(.zero, next - now)) }
      }
    }
    defer { driver.cancel() }
    return try await body()
  }
}
