import JSONRPC

/// What a server tells the person who started it, on standard error.
struct ServiceLog: Sendable {
  private let context: CommandContext

  init(_ context: CommandContext) { self.context = context }

  /// Defects are told with the id that the client got.
  func record(_ event: ConnectionEvent) {
    guard case .internalError(let method, let id, let detail) = event else { return }
    context.console.note("\("internal error", .red) \(id) in \(method): \(detail)")
  }
}
