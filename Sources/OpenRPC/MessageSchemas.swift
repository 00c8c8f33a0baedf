package import JSON
package import JSONSchema

/// The schemas of an OpenRPC document by method, to check messages with.
package struct MessageSchemas: Sendable {
  /// What one method's or notification's messages are like.
  package struct Entry: Sendable {
    /// Of `params` as an object.
    package let params: JSONSchema
    /// nil for a notification.
    package let result: JSONSchema?
    /// The codes of the errors that the method may end with, those of every method among them.
    package let errorCodes: Set<Int>
    package let examples: [JSONValue]
  }

  package let entries: [String: Entry]
  private let errorData: [Int: JSONSchema]
  package let documentedCodes: Set<Int>

  /// - Parameter refusesUnknownMembers: whether a member that the document does not know is a problem.
  /// - Throws: ``SchemaError`` for a schema outside the subset that is kept to.
  package init(document: JSONValue, refusesUnknownMembers: Bool = true) throws(SchemaError) {
    let components = document["components"]?["schemas"]?.objectValue ?? [:]
    let errors = document["components"]?["errors"]?.objectValue ?? [:]
    func schema(_ json: JSONValue) throws(SchemaError) -> JSONSchema {
      var schema = try JSONSchema(json, components: components)
      schema.refusesUnknownMembers = refusesUnknownMembers
      return schema
    }
    let advice = document["x-errors"]?.objectValue ?? [:]
    let general = advice.values.filter { $0["anyMethod"] == true }.compactMap { $0["code"]?.intValue }
    var entries: [String: Entry] = [:]
    for method in document["methods"]?.arrayValue ?? [] {
      let own = (method["errors"]?.arrayValue ?? []).compactMap { reference -> Int? in
        guard let name = reference["$ref"]?.stringValue?.split(separator: "/").last else { return nil }
        return errors[String(name)]?["code"]?.intValue
      }
      var result: JSONSchema?
      if let json = method["result"]?["schema"] { result = try schema(json) }
      entries[method["name"]?.stringValue ?? ""] = Entry(
        params: try schema(Self.paramsSchema(method)), result: result, errorCodes: Set(general + own),
        examples: method["examples"]?.arrayValue ?? [])
    }
    var errorData: [Int: JSONSchema] = [:]
    for error in advice.values {
      guard let code = error["code"]?.intValue, let json = error["dataSchema"] else { continue }
      errorData[code] = try schema(json)
    }
    self.entries = entries
    self.errorData = errorData
    documentedCodes = Set(errors.values.compactMap { $0["code"]?.intValue })
  }

  /// The schema of all params together: the document has them one by one.
  package static func paramsSchema(_ method: JSONValue) -> JSONValue {
    let params = method["params"]?.arrayValue ?? []
    let properties = params.map { ($0["name"]?.stringValue ?? "", $0["schema"] ?? true) }
    let required = params.filter { $0["required"] == true }.compactMap { $0["name"] }
    return [
      "type": "object", "properties": .object(JSONObject(properties)), "required": .array(required),
      "additionalProperties": .bool(method["x-open-params"] == true),
    ]
  }

  /// What is wrong with an error of a response: a code that is not known, or data that it does not have.
  package func problems(inError error: JSONValue) -> [SchemaProblem] {
    guard let code = error["code"]?.intValue, documentedCodes.contains(code) else {
      return [SchemaProblem(pointer: "/code", message: "\(error["code"] ?? .null) is not documented")]
    }
    guard let data = error["data"] else { return [] }
    return errorData[code]?.problems(in: data)
      ?? [SchemaProblem(pointer: "/data", message: "is not documented for \(code)")]
  }
}
