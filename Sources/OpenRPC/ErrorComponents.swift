package import Contract
import JSON
import JSONRPC

/// The errors of the protocol with what to do about them.
package enum ErrorComponents {
  package struct Entry {
    package let name: String
    package let code: Int64
    package let notes: ErrorNotes
    /// Whether `data.kind` is always there.
    package let hasKind: Bool
    /// Whether any request may meet it, whatever its method.
    package let isGeneral: Bool
  }

  package static let all: [Entry] = transport + ServiceError.Kind.allCases.map(entry)

  private static func entry(_ kind: ServiceError.Kind) -> Entry {
    Entry(
      name: kind.rawValue, code: Int64(kind.code), notes: kind.notes, hasKind: true, isGeneral: kind == .serverBusy)
  }

  private static let transport: [Entry] = [
    general(.parseError, "parseError", ErrorNotes("The message is no JSON.", "Mend the client.")),
    general(
      .invalidRequest, "invalidRequest",
      ErrorNotes(
        "The message is no request, repeats the id of a request under way, or comes after `shutdown`.",
        "Mend the client.")),
    general(
      .methodNotFound, "methodNotFound",
      ErrorNotes(
        "There is no such method.", "Take a method of this document, or of the answer to `initialize`.",
        data: [("method", "string", "The method that was asked for.")])),
    general(
      .internalError, "internalError",
      ErrorNotes(
        "A defect of the server.", "Report it, with what the server's log says under the id.",
        data: [("correlationId", "string", "Where to look in the server's log.")])),
    general(
      .serverNotInitialized, "serverNotInitialized",
      ErrorNotes("A request came before `initialize`.", "Send `initialize` first.")),
    Entry(
      name: "unauthorized", code: RPCErrorCode.unauthorized.rawValue,
      notes: ErrorNotes(
        "The token is missing or wrong.",
        "Send the listener's token in `initialize`, as `token` or `initializationOptions.token`."),
      hasKind: true, isGeneral: false),
    general(
      .responseTooLarge, "responseTooLarge",
      ErrorNotes(
        "The answer is larger than a message may be.", "Ask for a smaller page.",
        data: [
          ("bytes", "integer", "Size of the answer in bytes."),
          ("limitBytes", "integer", "The largest that is sent, in bytes."),
        ])),
  ]

  private static func general(_ code: RPCErrorCode, _ name: String, _ notes: ErrorNotes) -> Entry {
    Entry(name: name, code: code.rawValue, notes: notes, hasKind: false, isGeneral: true)
  }

  static func reference(to name: String) -> JSONValue { ["$ref": .string("#/components/errors/\(name)")] }

  static var json: JSONObject { JSONObject(all.map { ($0.name, .object($0.json)) }) }

  /// What OpenRPC's error object has no room for, by the error's name.
  static var advice: JSONObject { JSONObject(all.map { ($0.name, .object($0.advice)) }) }
}

extension ErrorComponents.Entry {
  fileprivate var json: JSONObject {
    var object: JSONObject = ["code": .integer(code), "message": .string(notes.meaning)]
    if hasKind { object["data"] = ["kind": .string(name)] }
    return object
  }

  fileprivate var advice: JSONObject {
    var object: JSONObject = [
      "code": .integer(code), "whatToDo": .string(notes.whatToDo), "anyMethod": .bool(isGeneral),
    ]
    object["dataSchema"] = dataSchema
    return object
  }

  /// The schema of the error's `data`; nil when there is none.
  private var dataSchema: JSONValue? {
    var properties: JSONObject = [:]
    if ServiceError.Kind(rawValue: name) != nil || hasKind {
      properties["kind"] = ["description": "Which failure it is.", "type": "string", "enum": [.string(name)]]
    }
    for (name, type, meaning) in notes.data {
      properties[name] = ["description": .string(meaning), "type": .string(type)]
    }
    guard !properties.isEmpty else { return nil }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if hasKind { schema["required"] = ["kind"] }
    return .object(schema)
  }
}
