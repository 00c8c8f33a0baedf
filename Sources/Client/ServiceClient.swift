package import Contract
package import JSON
package import JSONRPC

/// Calls the methods of the contract: on an engine in this process, a child process, or a server on a socket.
/// Every way goes through the same protocol.
package final class ServiceClient: Sendable {
  /// Who answers, for messages: `this process`, `tcp://127.0.0.1:50312`…
  package let peer: String
  private let connection: Connection
  private let afterClose: @Sendable () async -> Void

  /// Talks over any stream.
  ///
  /// - Parameter afterClose: runs when the connection has been closed by ``close()``.
  package init(stream: any ByteStream, peer: String, afterClose: @escaping @Sendable () async -> Void = {}) {
    var options = ConnectionOptions(role: .client, framing: .newline)
    // Samples carry whole prompts, and a page holds many.
    options.limits.maximumMessageBytes = 64 << 20
    // A run that is cancelled first stores what ended.
    options.cancelledRequestGrace = .seconds(30)
    self.peer = peer
    self.afterClose = afterClose
    connection = Connection(stream: stream, options: options)
    connection.start(handler: NoMethods())
  }

  /// Talks to a handler in this process.
  package static func inProcess(_ handler: any MessageHandler) -> ServiceClient {
    let (near, far) = MemoryStream.pair(capacity: 1 << 20)
    let server = Connection(stream: far, options: .server)
    server.start(handler: handler)
    return ServiceClient(stream: near, peer: "this process") {
      await server.waitUntilClosed()
    }
  }

  /// Ends the connection and waits until everything that belongs to it is gone.
  package func close() async {
    connection.close()
    await connection.waitUntilClosed()
    await afterClose()
  }
}

// MARK: - Calls

extension ServiceClient {
  /// Calls a method and waits for its result. When the task is cancelled so is the request, and the error is of
  /// kind `cancelled`.
  ///
  /// - Parameters:
  ///   - onProgress: asks for progress; called in order, on the thread that reads: must not wait.
  ///   - onPartial: the same for partial results.
  package func call<M: Method>(
    _ method: M.Type, _ params: M.Params,
    onProgress: (@Sendable (ProgressEvent) -> Void)? = nil, onPartial: (@Sendable (JSONValue) -> Void)? = nil
  ) async throws(ServiceError) -> M.Result {
    let encoded: JSONValue
    do {
      encoded = try JSONValueEncoder(omitsNil: true).encode(params)
    } catch {
      throw ServiceError(.invalidParams, "The parameters of \(M.name) cannot be written as JSON: \(error)")
    }
    let result = try await callRaw(M.name, encoded, onProgress: onProgress, onPartial: onPartial)
    do {
      return try JSONValueDecoder().decode(M.Result.self, from: result)
    } catch {
      let problem = JSONDecodingProblem(error)?.message ?? "\(error)"
      throw ServiceError(
        .requestFailed,
        "\(peer) answered \(M.name) with a result that this version does not understand: \(problem)",
        details: ["reason": "unknownResult", "method": .string(M.name)])
    }
  }

  /// Calls any method by its name.
  package func callRaw(
    _ method: String, _ params: JSONValue? = nil,
    onProgress: (@Sendable (ProgressEvent) -> Void)? = nil, onPartial: (@Sendable (JSONValue) -> Void)? = nil
  ) async throws(ServiceError) -> JSONValue {
    var receive: (@Sendable (JSONValue) -> Void)?
    if let onProgress {
      receive = { value in
        if let event = ProgressEvent(value) { onProgress(event) }
      }
    }
    do {
      return try await connection.request(method, params, onProgress: receive, onPartialResult: onPartial)
    } catch {
      throw ServiceError(error, peer: peer)
    }
  }

  /// Opens the conversation; needed only by a server that demands a token or speaks the language-server profile.
  @discardableResult
  package func initialize(token: String? = nil, processId: Int? = nil) async throws(ServiceError) -> Initialize.Result {
    var params = Initialize.Params()
    params.token = token
    params.processId = processId
    params.clientInfo = Initialize.clientInfo
    let result = try await call(Initialize.self, params)
    connection.notify("initialized", [:])
    return result
  }

  /// Asks the server to finish, then to end. For a server that was started by this client.
  package func shutdown() async throws(ServiceError) {
    _ = try await callRaw(Shutdown.name)
    connection.notify("exit")
  }
}

extension Initialize {
  fileprivate static var clientInfo: ClientInfo { ClientInfo(name: "llmbench", version: ProgramVersion.current) }
}
