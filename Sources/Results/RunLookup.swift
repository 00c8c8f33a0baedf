import Contract
import GRDB
import JSON

/// Finds the run that a user means.
enum RunLookup {
  static func notFound(_ name: String) -> ServiceError {
    ServiceError(
      .runNotFound, "No stored run is called \"\(name)\": `llmbench results list` lists them.",
      details: ["runId": .string(name)])
  }

  /// - Parameter name: a run's id, the start of one that no other shares, or `latest`.
  /// - Throws: `runNotFound`, with the candidates in its details when the name fits several.
  static func id(_ name: String, _ database: Database) throws -> String {
    let exact = try Row.fetchOne(
      database, sql: "SELECT id FROM benchmark_runs WHERE id = ?", arguments: [StoredValue.text(name)])
    if exact != nil { return name }
    if name == "latest" {
      let newest = try Row.fetchOne(
        database, sql: "SELECT id FROM benchmark_runs ORDER BY started_at_ms DESC, id DESC LIMIT 1")
      guard let id = newest?.text("id") else {
        throw ServiceError(.runNotFound, "No run is stored yet: `llmbench run` makes one.")
      }
      return id
    }
    return try id(prefix: name, database)
  }

  private static func id(prefix: String, _ database: Database) throws -> String {
    guard !prefix.isEmpty else { throw notFound(prefix) }
    let candidates = try Row.fetchAll(
      database,
      sql: """
        SELECT id FROM benchmark_runs WHERE id >= :prefix AND substr(id, 1, length(:prefix)) = :prefix
        ORDER BY started_at_ms DESC, id LIMIT 11
        """, arguments: ["prefix": StoredValue.text(prefix)]
    ).compactMap { $0.text("id") }
    if candidates.count == 1 { return candidates[0] }
    if candidates.isEmpty { throw notFound(prefix) }
    let shown = candidates.prefix(10).joined(separator: ", ") + (candidates.count > 10 ? " and more" : "")
    throw ServiceError(
      .runNotFound, "Several runs begin with \"\(prefix)\": \(shown). Give more of the id.",
      details: ["runId": .string(prefix), "candidates": .array(candidates.prefix(10).map { .string($0) })])
  }
}
