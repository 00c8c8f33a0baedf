package import JSON

/// One message as it came from a peer, read as far as JSON-RPC goes.
package enum Message: Sendable, Equatable {
  /// `params` is nil when absent, `null` or `[]`; otherwise an object or an array.
  case request(id: RequestID, method: String, params: JSONValue?)
  case notification(method: String, params: JSONValue?)
  case response(id: RequestID, result: Result<JSONValue, RPCError>)
  /// JSON but no message: to be answered with the error.
  case invalid(id: RequestID, error: RPCError)
  /// A broken notification or response, which must not be answered.
  case unanswerable(id: RequestID?, reason: String)
}

/// The contents of one frame.
package enum MessageFrame: Sendable, Equatable {
  case single(Message)
  /// A batch, which is answered with one array.
  case batch([Message])
}

// MARK: - Writing

extension Message {
  /// The body of a request, or of a notification when `id` is nil.
  package static func encode(id: RequestID?, method: String, params: JSONValue?) -> [UInt8] {
    var body = openEnvelope(id)
    body.append(contentsOf: ",\"method\":".utf8)
    body.append(contentsOf: JSONWriter.data(.string(method)))
    if let params {
      body.append(contentsOf: ",\"params\":".utf8)
      body.append(contentsOf: JSONWriter.data(params))
    }
    body.append(UInt8(ascii: "}"))
    return body
  }

  /// The body of a response.
  package static func encode(id: RequestID, result: Result<JSONValue, RPCError>) -> [UInt8] {
    var body = openEnvelope(id)
    switch result {
    case .success(let value):
      body.append(contentsOf: ",\"result\":".utf8)
      body.append(contentsOf: JSONWriter.data(value))
    case .failure(let error):
      body.append(contentsOf: ",\"error\":".utf8)
      body.append(contentsOf: JSONWriter.data(error.json))
    }
    body.append(UInt8(ascii: "}"))
    return body
  }

  private static func openEnvelope(_ id: RequestID?) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(256)
    body.append(contentsOf: "{\"jsonrpc\":\"2.0\"".utf8)
    if let id {
      body.append(contentsOf: ",\"id\":".utf8)
      body.append(contentsOf: id.description.utf8)
    }
    return body
  }
}
