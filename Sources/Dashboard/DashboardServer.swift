package import Client
import Contract
import Hummingbird
import HummingbirdCore
import JSON
import Logging
import NIOCore

/// Serves the dashboard and its API over HTTP, as a client of the service: it knows nothing that a JSON-RPC client could
/// not ask.
package struct DashboardServer: Sendable {
  private let client: ServiceClient
  private let configuration: DashboardConfiguration

  package init(client: ServiceClient, configuration: DashboardConfiguration) {
    self.client = client
    self.configuration = configuration
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter onListening: is told the port once connections are taken.
  /// - Throws: ``ServiceError`` of kind `requestFailed` when it cannot listen.
  package func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
    let watch = RevisionWatch(client)
    let events = RunEvents(client, watch)
    let responder = DashboardResponder(
      configuration: configuration,
      routes: Routes(
        client: client,
        pages: PageMaker(
          client: client, monthlyLimitUSD: configuration.monthlyLimitUSD, canCancel: configuration.adminKey != nil)),
      admin: AdminRequests(client: client, key: configuration.adminKey, watch: watch, limiter: RateLimiter()),
      events: events, watch: watch, cache: ReplyCache())
    var logger = Logger(label: "llmbench.dashboard")
    logger.logLevel = .critical
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(Int64(configuration.idleSeconds)),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
      configuration: .init(
        address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(1024)),
      onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) }, logger: logger)
    await watch.look()
    do {
      try await withThrowingTaskGroup { group in
        group.addTask { await watch.run() }
        group.addTask { await events.run() }
        group.addTask { try await application.run() }
        // Whatever ends first ends all: the others run for ever.
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch is CancellationError {
      return
    } catch let error as ServiceError {
      throw error
    } catch {
      throw ServiceError(
        .requestFailed,
        "The dashboard cannot listen on \(configuration.host):\(configuration.port): \(error). Choose another port.")
    }
  }
}
