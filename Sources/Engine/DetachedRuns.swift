import Synchronization

/// The runs that outlive the connection that started them.
final class DetachedRuns: Sendable {
  private let tasks = Mutex<[String: Task<Void, Never>]>([:])

  func start(_ runId: String, _ body: @escaping @Sendable () async -> Void) {
    tasks.withLock { tasks in
      tasks[runId] = Task {
        await body()
        self.tasks.withLock { $0[runId] = nil }
      }
    }
  }

  func cancelAll() async {
    let running = tasks.withLock { Array($0.values) }
    for task in running { task.cancel() }
    for task in running { await task.value }
  }
}
