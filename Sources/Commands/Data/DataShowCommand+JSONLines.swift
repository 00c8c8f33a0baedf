import Client
import Contract

extension DataShowCommand {
  private static let pageSize = 1000

  /// Prints page after page until the file, the limit or the reader's patience ends.
  func printLines(_ path: String, _ client: ServiceClient, _ context: CommandContext) async throws -> ExitStatus {
    var position = offset ?? 0
    let start = position
    while !context.console.outputIsClosed {
      let wanted = min(Self.pageSize, limit.map { $0 - (position - start) } ?? Self.pageSize)
      guard wanted > 0 else { break }
      let page = try await client.call(DataRecords.self, .init(path: path, limit: wanted, offset: position))
      context.console.printJSONLines(page.records)
      position += page.records.count
      if page.records.isEmpty || position >= page.total { break }
    }
    return .success
  }
}
