package import JSON

/// The `error` member of a response: what a peer learns of a failure.
package struct RPCError: Error, Sendable, Equatable {
  package var code: RPCErrorCode
  /// One sentence for a person.
  package var message: String
  /// Details for a program; absent when nil.
  package var data: JSONValue?

  package init(_ code: RPCErrorCode, _ message: String, data: JSONValue? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }
}

extension RPCError {
  package static func parseError(_ detail: String) -> RPCError {
    RPCError(.parseError, "Parse error: \(detail)")
  }

  package static func invalidRequest(_ detail: String) -> RPCError {
    RPCError(.invalidRequest, "Invalid request: \(detail)")
  }

  package static func methodNotFound(_ method: String) -> RPCError {
    RPCError(.methodNotFound, "Method not found: \(method)", data: ["method": .string(method)])
  }

  /// - Parameter pointer: JSON pointer (RFC 6901) of the parameter at fault, as in `/sample/count`.
  package static func invalidParams(_ detail: String, pointer: String? = nil) -> RPCError {
    var data: JSONObject = ["kind": "invalidParams"]
    if let pointer { data["pointer"] = .string(pointer) }
    return RPCError(.invalidParams, "Invalid params: \(detail)", data: .object(data))
  }

  package static let cancelled = RPCError(
    .requestCancelled, "The request was cancelled.", data: ["kind": "cancelled"])

  /// The error as it stands in a response.
  package var json: JSONValue {
    var object: JSONObject = ["code": .integer(code.rawValue), "message": .string(message)]
    if let data { object["data"] = data }
    return .object(object)
  }

  /// Writes ``json`` without making it first.
  func write(to writer: inout JSONWriter) {
    writer.writeRaw("{\"code\":")
    writer.write(code.rawValue)
    writer.writeRaw(",\"message\":")
    writer.write(message)
    if let data {
      writer.writeRaw(",\"data\":")
      writer.write(data)
    }
    writer.writeRaw("}")
  }

  /// Reads the `error` member of a response leniently: the code decides, a missing message is empty.
  /// Nil when it is no object with an integral code.
  package init?(json: JSONValue) {
    guard case .object(let object) = json, let code = object["code"]?.intValue else { return nil }
    self.init(RPCErrorCode(rawValue: Int64(code)), object["message"]?.stringValue ?? "", data: object["data"])
  }
}

extension RPCError: CustomStringConvertible {
  package var description: String { "\(message) (\(code.rawValue))" }
}
