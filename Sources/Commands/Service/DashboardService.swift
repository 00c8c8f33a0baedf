import Client
import Contract
import Dashboard

/// The dashboard beside the JSON-RPC service, or alone.
struct DashboardService: Sendable {
  private let configuration: DashboardConfiguration
  private let portFile: String?

  /// - Parameter portFile: where the port is written once it listens.
  init(_ configuration: DashboardConfiguration, portFile: String? = nil) {
    self.configuration = configuration
    self.portFile = portFile
  }

  /// Begins to serve and returns its address once it listens.
  ///
  /// - Returns: the address, and a task that ends when it is cancelled or the server fails.
  /// - Throws: ``ServiceError`` when it cannot listen.
  func start(_ client: ServiceClient) async throws -> (address: String, task: Task<Void, any Error>) {
    let (ports, continuation) = AsyncThrowingStream.makeStream(of: Int.self)
    let server = DashboardServer(client: client, configuration: configuration)
    let task = Task {
      do {
        try await server.run { continuation.yield($0) }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
        throw error
      }
    }
    var iterator = ports.makeAsyncIterator()
    guard let port = try await iterator.next() else {
      task.cancel()
      throw CancellationError()
    }
    if let portFile { try LocalFile.write("\(port)\n", to: portFile) }
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    return ("http://\(host):\(port)/", task)
  }
}
