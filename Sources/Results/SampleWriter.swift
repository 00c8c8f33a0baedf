import Contract
import GRDB
import Synchronization

/// Stores samples from many tasks at once in few transactions: whoever comes while one is being written waits for the
/// next, which takes all who wait. A lone sample is written at once.
final class SampleWriter: Sendable {
  private typealias Continuation = CheckedContinuation<Result<Int, ServiceError>, Never>

  private struct State {
    var waiting: [(sample: EncodedSample, continuation: Continuation)] = []
    var isScheduled = false
  }

  private let pool: DatabasePool
  private let path: String
  private let state = Mutex(State())

  /// So that other writes, queued behind, need not wait long.
  private static let largestBatch = 512

  init(pool: DatabasePool, path: String) {
    self.pool = pool
    self.path = path
  }

  /// Returns the sample's sequence when its transaction is committed.
  func append(_ sample: EncodedSample) async throws(ServiceError) -> Int {
    let result: Result<Int, ServiceError> = await withCheckedContinuation { continuation in
      let mustSchedule = state.withLock { state in
        state.waiting.append((sample, continuation))
        defer { state.isScheduled = true }
        return !state.isScheduled
      }
      if mustSchedule { schedule() }
    }
    return try result.get()
  }

  private func schedule() {
    pool.asyncWriteWithoutTransaction { [self] database in
      let batch = state.withLock { state in
        let batch = Array(state.waiting.prefix(Self.largestBatch))
        state.waiting.removeFirst(batch.count)
        return batch
      }
      let results = commit(batch.map(\.sample), database)
      // Before anyone resumes: what they append next then finds the writer at work or schedules it.
      let hasMore = state.withLock { state in
        state.isScheduled = !state.waiting.isEmpty
        return state.isScheduled
      }
      if hasMore { schedule() }
      for (entry, result) in zip(batch, results) { entry.continuation.resume(returning: result) }
    }
  }

  private func commit(_ samples: [EncodedSample], _ database: Database) -> [Result<Int, ServiceError>] {
    do {
      return try database.transaction { database in
        try samples.map { sample in
          do {
            return .success(try sample.insert(database))
          } catch let error as ServiceError {
            return .failure(error)
          } catch let error as DatabaseError where error.resultCode == .SQLITE_TOOBIG {
            return .failure(StoreFailure.serviceError(error, path: path))
          }
        }
      }
    } catch {
      // The whole transaction is undone. A sample that failed by itself, as one too large for what is left of the
      // disk, must not take the others with it.
      if samples.count > 1 { return samples.flatMap { commit([$0], database) } }
      return samples.map { _ in .failure(StoreFailure.serviceError(error, path: path)) }
    }
  }
}
