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
    var writer = openEnvelope(id)
    writer.writeRaw(",\"method\":")
    writer.write(method)
    if let params {
      writer.writeRaw(",\"params\":")
      writer.write(params)
    }
    writer.writeRaw("}")
    return writer.bytes
  }

  /// The body of a response.
  package static func encode(id: RequestID, result: Result<JSONValue, RPCError>) -> [UInt8] {
    var writer = openEnvelope(id)
    switch result {
    case .success(let value):
      writer.writeRaw(",\"result\":")
      writer.write(value)
    case .failure(let error):
      writer.writeRaw(",\"error\":")
      error.write(to: &writer)
    }
    writer.writeRaw("}")
    return writer.bytes
  }

  private static func openEnvelope(_ id: RequestID?) -> JSONWriter {
    var writer = JSONWriter()
    writer.writeRaw("{\"jsonrpc\":\"2.0\"")
    if let id {
      writer.writeRaw(",\"id\":")
      id.write(to: &writer)
    }
    return writer
  }
}
