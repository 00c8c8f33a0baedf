import Contract
import GRDB
import JSON

/// Turns what SQLite reports into what a client can act on, by result code and never by text.
enum StoreFailure {
  static func serviceError(_ error: any Error, path: String) -> ServiceError {
    if let error = error as? ServiceError { return error }
    guard let error = error as? DatabaseError else { return ServiceError(.requestFailed, "\(error)") }
    switch error.resultCode {
    case .SQLITE_FULL:
      return StoreFile.full(path)
    case .SQLITE_IOERR:
      // Shared memory that cannot grow is reported as a plain I/O error.
      if StoreFile.isDiskFull(path) { return StoreFile.full(path) }
      return StoreFile.unavailable(path, "cannot be read or written (\(text(error)))")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return StoreFile.unavailable(path, "has been locked by another process for more than 5 seconds")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return StoreFile.unavailable(path, "cannot be written (\(text(error)))")
    case .SQLITE_CANTOPEN:
      return StoreFile.unavailable(path, "cannot be opened (\(text(error)))")
    case .SQLITE_NOTADB:
      return StoreFile.unavailable(path, "is not a database")
    case .SQLITE_CORRUPT:
      return StoreFile.unavailable(path, "is damaged (\(text(error))): restore a copy, or keep it aside")
    case .SQLITE_TOOBIG:
      return ServiceError(.invalidData, "A text is too long to be stored: SQLite's limit is 1 000 000 000 bytes.")
    default:
      return ServiceError(
        .requestFailed, "The results database \(path) refused: \(text(error)).", details: ["path": .string(path)])
    }
  }

  private static func text(_ error: DatabaseError) -> String {
    error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
  }
}
