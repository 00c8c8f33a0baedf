import Contract
import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder of our own for the length of a run, readable by its owner and, for the sandbox's user, by others.
struct TemporaryFolder: Sendable {
  let path: String

  /// - Throws: ``ServiceError`` of kind `fileUnwritable`.
  init() throws {
    path = "\(FileManager.default.temporaryDirectory.path)/llmbench-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    } catch {
      throw ServiceError(
        .fileUnwritable, "No temporary folder can be made at \(path): set TMPDIR to a folder that can be written.",
        details: ["path": .string(path)])
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
