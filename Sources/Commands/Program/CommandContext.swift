package import Client
package import Contract
import JSON
import JSONRPC

/// What a command works with: where to print, how to reach the engine, and whether it was interrupted.
package struct CommandContext: Sendable {
  package let console: Console
  package let environment: [String: String]
  package let factory: ServiceFactory
  package let interruption: Interruption
  package let options: CommonOptions

  package init(
    console: Console, environment: [String: String], factory: ServiceFactory, interruption: Interruption,
    options: CommonOptions
  ) {
    self.console = console
    self.environment = environment
    self.factory = factory
    self.interruption = interruption
    self.options = options
  }

  /// Reaches the engine, hands it to the body, and ends everything that was started for it.
  package func withClient<Value: Sendable>(
    _ body: (ServiceClient) async throws -> Value
  ) async throws -> Value {
    let (client, shutdown) = try await openClient()
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(client))
    } catch {
      result = .failure(error)
    }
    await client.close()
    await shutdown()
    return try result.get()
  }

  private func openClient() async throws -> (ServiceClient, @Sendable () async -> Void) {
    if let text = options.connect {
      return (try await .connect(to: ServerAddress(text), token: token()), {})
    }
    let handle = try factory.make(settings)
    return (.inProcess(handle.handler), handle.shutdown)
  }

  /// - Throws: ``ServiceError`` of kind `fileNotFound` when `--database` names no file.
  package func checkDatabase() throws(ServiceError) {
    guard let path = options.database, !LocalFile.exists(path) else { return }
    throw ServiceError(
      .fileNotFound, "There is no results database '\(path)': is --database right? Without it the default one is used.",
      details: ["path": .string(path)])
  }

  package var settings: ServiceSettings {
    ServiceSettings(databasePath: options.database, environment: environment)
  }

  /// The token from `--token-file` or `LLMBENCH_TOKEN`, without white space around it; nil when there is none.
  package func token() throws(ServiceError) -> String? {
    guard let path = options.tokenFile else {
      return environment["LLMBENCH_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    }
    let token = try LocalFile.read(path).trimmingWhitespace()
    guard !token.isEmpty else {
      throw ServiceError(.invalidData, "The token file '\(path)' is empty.", details: ["path": .string(path)])
    }
    return token
  }

  /// A path as the engine has to be told it: a server has a working folder of its own.
  package func enginePath(_ path: String) -> String {
    options.connect == nil ? path : LocalFile.absolute(path)
  }

  /// The options that another command needs to reach the same store, with a space before them.
  package var locationOptions: String {
    if let connect = options.connect { return " --connect \(ShellText.quoted(connect))" }
    return options.database.map { " --database \(ShellText.quoted($0))" } ?? ""
  }

  package func progressDisplay() -> ProgressDisplay {
    let mode: ProgressDisplay.Mode =
      options.quiet ? .none : console.errorIsTerminal ? .bar : options.json ? .none : .lines
    return ProgressDisplay(console: console, mode: mode)
  }

  /// Prints a hint for people, unless they want none.
  package func hint(_ line: StyledText) {
    if !options.quiet { console.note(line) }
  }

  /// Prints a result: as one JSON value, or as the lines that `render` makes of it.
  package func render<Value: Encodable>(_ value: Value, _ render: (Value) -> [StyledText]) throws {
    if options.json {
      console.printJSON(try JSONValueEncoder().encode(value))
    } else {
      console.print(render(value))
    }
  }
}

extension String {
  fileprivate func trimmingWhitespace() -> String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
