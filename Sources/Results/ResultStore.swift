package import Contract
import GRDB
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Every run, sample, prompt and answer, in one SQLite file.
///
/// One connection writes, up to five read beside it, and several processes may use the file at once: a writer waits up
/// to 5 seconds for another's transaction. What a method returned from outlives `kill -9` of this process. No call
/// blocks a thread of the concurrency pool, and none gives up when its task is cancelled, so that a cancelled run can
/// still store what it has.
package final class ResultStore: Sendable {
  /// The file, as it was given.
  package let path: String

  let pool: DatabasePool
  let writer: SampleWriter
  /// Summaries of runs that are not finished, by run, for as long as no further sample comes.
  let summaryCache = Mutex<[String: CachedSummary]>([:])
  /// The connection that ``revision()`` looks through.
  let revisionProbe = Mutex<RevisionProbe?>(nil)
  /// The scorings that are under way in this process.
  let scoringsHere = Mutex<Set<Int64>>([])

  /// From so many samples on, the figures of a run under way grow with it: fewer are rather read again, which gives them in
  /// the order of the samples, as those of a run that has ended.
  let manySamples: Int

  private init(path: String, pool: DatabasePool, manySamples: Int) {
    self.path = path
    self.pool = pool
    self.manySamples = manySamples
    writer = SampleWriter(pool: pool, path: path)
  }

  /// Opens the store at `path`, and makes it and the folders above it when they are not there. Blocks, up to 5 seconds
  /// when another process is just making the same store.
  ///
  /// - Parameters:
  ///   - manySamples: of a run, so that its figures are kept while it is under way and not made from all of them each time.
  ///   - onStatement: is told every statement that runs, with its values, on the thread that runs it.
  /// - Throws: `storeTooNew` for a newer program's store, which is left untouched; `storeUnavailable` for a file that
  ///   cannot be written, is locked, damaged, or no store; `diskFull`.
  package static func open(
    path: String, manySamples: Int = 20_000, onStatement: (@Sendable (String) -> Void)? = nil
  ) throws(ServiceError) -> ResultStore {
    let state = try StoreFile.prepare(path)
    do {
      if state == .unmarked { try refuseForeign(path) }
      return try retryingWhileLocked {
        let pool = try DatabasePool(path: path, configuration: configuration(onStatement))
        try pool.writeWithoutTransaction { try Schema.migrate($0, path: path) }
        return ResultStore(path: path, pool: pool, manySamples: manySamples)
      }
    } catch {
      throw StoreFailure.serviceError(error, path: path)
    }
  }

  /// Where the store lies unless the user says otherwise: `LLMBENCH_DATABASE`, else
  /// `$XDG_DATA_HOME/llmbench/llmbench.sqlite`, else the same under `~/.local/share`. A variable that is empty
  /// counts as not set, and so does an `XDG_DATA_HOME` that is not absolute, as its specification demands.
  package static func defaultPath(environment: [String: String]) -> String {
    if let path = environment["LLMBENCH_DATABASE"], !path.isEmpty { return path }
    let file = "llmbench/llmbench.sqlite"
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return "\(data)/\(file)" }
    if let home = environment["HOME"], !home.isEmpty { return "\(home)/.local/share/\(file)" }
    return file
  }

  /// Whether there is a file at `path`.
  package static func exists(path: String) -> Bool { access(path, F_OK) == 0 }

  /// Waits for what is under way and closes the file. Every later call fails.
  ///
  /// - Throws: `storeUnavailable` when a reader does not end.
  package func close() throws(ServiceError) {
    do {
      // GRDB closes its writer first, and a reader that goes last cannot put the log into the file.
      try pool.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
      try revisionProbe.withLock { probe in
        try probe?.close()
        probe = nil
      }
      try pool.close()
    } catch { throw StoreFailure.serviceError(error, path: path) }
  }

  private static func configuration(_ onStatement: (@Sendable (String) -> Void)? = nil) -> Configuration {
    var configuration = Configuration()
    configuration.label = "llmbench.results"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      // A commit is in the operating system's hands at once and on the disk at the next checkpoint: a power cut may
      // take the last samples back, but never what a killed process had stored, and it never damages the file.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      // In pages: contents are spread over their index by their hash, so that each commit touches many pages, and
      // a checkpoint writes a page once however often it changed.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
      // In KiB, for each connection: what a page of answers needs of the indexes. The rest is the system's to keep.
      try database.execute(sql: "PRAGMA cache_size = -6144")
      if let onStatement {
        database.trace { event in
          if case .statement(let statement) = event { onStatement(statement.expandedSQL) }
        }
      }
    }
    return configuration
  }

  /// Looks into a database without a mark of its own, read-only: opening it as a store would already change it.
  private static func refuseForeign(_ path: String) throws {
    var configuration = configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }  // Nothing was written that closing could lose.
    try queue.read { _ = try Schema.check($0, path: path) }
  }

  /// SQLite does not wait for its lock when it turns a new file to WAL mode: two processes that make the same store
  /// meet here.
  private static func retryingWhileLocked<Value>(_ body: () throws -> Value) throws -> Value {
    for _ in 0..<100 {
      do {
        return try body()
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        usleep(50_000)
      }
    }
    return try body()
  }

  // MARK: - Access

  /// Runs one write transaction on the writer's queue.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(ServiceError) -> Value {
    let path = path
    let result: Result<Value, ServiceError> = await withCheckedContinuation { continuation in
      pool.asyncWriteWithoutTransaction { database in
        continuation.resume(returning: Self.result(path) { try database.transaction(body) })
      }
    }
    return try result.get()
  }

  /// Reads one consistent state on a reader's queue.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(ServiceError) -> Value {
    let path = path
    let result: Result<Value, ServiceError> = await withCheckedContinuation { continuation in
      pool.asyncRead { database in
        continuation.resume(returning: Self.result(path) { try body(database.get()) })
      }
    }
    return try result.get()
  }

  private static func result<Value>(_ path: String, _ body: () throws -> Value) -> Result<Value, ServiceError> {
    do { return .success(try body()) } catch { return .failure(StoreFailure.serviceError(error, path: path)) }
  }
}

extension Database {
  /// Runs a transaction that holds the write lock from its start, so that it never fails half way for want of it.
  func transaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
    var value: Result<Value, any Error>?
    try inTransaction(.immediate) {
      value = .success(try body(self))
      return .commit
    }
    guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
    return try value.get()
  }
}
