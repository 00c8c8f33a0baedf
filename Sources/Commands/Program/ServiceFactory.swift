package import JSONRPC

/// What the commands need to know to start an engine in this process.
package struct ServiceSettings: Sendable, Equatable {
  /// `--database`; nil leaves the choice to `LLMBENCH_DATABASE` and the default.
  package var databasePath: String?
  package var environment: [String: String]

  package init(databasePath: String?, environment: [String: String]) {
    self.databasePath = databasePath
    self.environment = environment
  }
}

/// An engine in this process.
package struct ServiceHandle: Sendable {
  /// Answers every method; one handler serves many connections.
  package let handler: any MessageHandler
  /// Ends what still runs, and stores it.
  package let shutdown: @Sendable () async -> Void

  /// Says where to tell, in a sentence, what went wrong with work that nobody may be waiting for.
  package let onProblem: @Sendable (_ tell: @escaping @Sendable (String) -> Void) -> Void

  package init(
    handler: any MessageHandler, shutdown: @escaping @Sendable () async -> Void,
    onProblem: @escaping @Sendable (_ tell: @escaping @Sendable (String) -> Void) -> Void = { _ in }
  ) {
    self.handler = handler
    self.shutdown = shutdown
    self.onProblem = onProblem
  }
}

/// Starts engines. Must be quick: whatever is slow waits for the first request that needs it.
package struct ServiceFactory: Sendable {
  package let make: @Sendable (ServiceSettings) throws -> ServiceHandle

  package init(_ make: @escaping @Sendable (ServiceSettings) throws -> ServiceHandle) { self.make = make }
}
