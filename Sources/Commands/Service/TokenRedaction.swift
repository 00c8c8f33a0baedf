import JSON

/// Takes tokens out of messages that are to be kept.
package struct TokenRedaction: Sendable {
  /// The token that this server demands; nil when it demands none.
  private let token: String?

  package init(token: String?) { self.token = token.flatMap { $0.isEmpty ? nil : $0 } }

  /// The message without tokens: as it is when it holds none; nil when that cannot be told.
  package func redacted(_ body: [UInt8]) -> [UInt8]? {
    guard mayHoldToken(body) else { return body }
    guard let value = try? JSONParser().parse(body) else { return nil }
    let clean = withoutInitializeToken(value)
    let result = JSONWriter.data(token.map { without($0, clean) } ?? clean)
    if let token, result.firstRange(of: token.utf8) != nil { return nil }
    // An escape in it may have been all that was suspicious.
    return result == JSONWriter.data(value) ? body : result
  }

  /// Escapes could spell anything, so whatever has one is looked into.
  private func mayHoldToken(_ body: [UInt8]) -> Bool {
    if let token, body.firstRange(of: token.utf8) != nil { return true }
    return body.firstRange(of: "initialize".utf8) != nil && body.firstRange(of: "token".utf8) != nil
      || body.firstRange(of: "\\u".utf8) != nil
  }

  /// Also a token of no use here is a secret: of a client that sends one to every server.
  private func withoutInitializeToken(_ value: JSONValue) -> JSONValue {
    if case .array(let messages) = value { return .array(messages.map { withoutInitializeToken($0) }) }
    guard var message = value.objectValue, message["method"] == "initialize",
      var params = message["params"]?.objectValue
    else { return value }
    if params["token"] != nil { params["token"] = Self.mark }
    if var options = params["initializationOptions"]?.objectValue, options["token"] != nil {
      options["token"] = Self.mark
      params["initializationOptions"] = .object(options)
    }
    message["params"] = .object(params)
    return .object(message)
  }

  private func without(_ token: String, _ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): text.contains(token) ? Self.mark : value
    case .array(let elements): .array(elements.map { without(token, $0) })
    case .object(let object): .object(JSONObject(distinct: object.map { ($0.key, without(token, $0.value)) }))
    default: value
    }
  }

  private static let mark: JSONValue = "[redacted]"
}
