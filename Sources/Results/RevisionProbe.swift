package import Contract
import GRDB
import Synchronization

/// Sees whether anybody wrote to the store, by a connection of its own that only reads: SQLite counts for it the changes
/// that all other connections made ("PRAGMA data_version").
final class RevisionProbe: Sendable {
  private let queue: DatabaseQueue

  init(path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "llmbench.revision"
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  func revision() throws -> Int {
    try queue.unsafeRead { try Int.fetchOne($0.cachedStatement(sql: "PRAGMA data_version")) ?? 0 }
  }

  func close() throws { try queue.close() }
}

extension ResultStore {
  /// Gives a text that is another one after anything was stored, here or by another process. Takes microseconds.
  ///
  /// - Throws: `storeUnavailable`.
  package func revision() async throws(ServiceError) -> String {
    do {
      return try revisionProbe.withLock { probe in
        let open = try probe ?? RevisionProbe(path: path)
        probe = open
        return String(try open.revision())
      }
    } catch {
      throw StoreFailure.serviceError(error, path: path)
    }
  }
}
