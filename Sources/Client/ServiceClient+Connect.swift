package import Contract
import JSON
package import JSONRPC

extension ServiceClient {
  /// Connects to a running server.
  ///
  /// - Parameter token: shown in `initialize`; without one no handshake is made.
  /// - Throws: ``ServiceError`` of kind `requestFailed` when nobody answers there or the token is refused.
  package static func connect(
    to address: ServerAddress, token: String? = nil
  ) async throws(ServiceError) -> ServiceClient {
    let stream: FileDescriptorStream
    do {
      stream = try FileDescriptorStream.connect(to: address)
    } catch {
      throw ServiceError(
        .requestFailed, "No server can be reached: \(error). Start one with 'llmbench serve'.",
        details: ["reason": "notReachable", "address": .string("\(address)")])
    }
    let client = ServiceClient(stream: stream, peer: "\(address)")
    if let token {
      do {
        try await client.initialize(token: token)
      } catch {
        await client.close()
        throw error
      }
    }
    return client
  }
}
