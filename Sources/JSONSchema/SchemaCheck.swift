import JSON

/// Looks whether a schema keeps to the subset.
struct SchemaCheck {
  let components: JSONObject

  static let referencePrefix = "#/components/schemas/"
  private static let types: Set<String> = ["null", "boolean", "integer", "number", "string", "array", "object"]
  private static let annotations: Set<String> = ["title", "description", "default", "examples", "format"]
  /// Each lacks a meaning for values of other types, as JSON Schema has it.
  private static let counts: Set<String> = ["minItems", "maxItems", "minLength", "maxLength"]
  private static let bounds: Set<String> = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]

  func check(_ schema: JSONValue, at pointer: String) throws(SchemaError) {
    if schema.boolValue != nil { return }
    guard case .object(let members) = schema else {
      throw SchemaError(pointer: pointer, message: "a schema is an object or a boolean")
    }
    if members["$ref"] != nil, members.count > 1 {
      throw SchemaError(pointer: pointer, message: "beside $ref nothing is looked at in draft 7")
    }
    for (key, value) in members { try check(key, value, at: Pointer.appending(key, to: pointer)) }
  }

  private func check(_ key: String, _ value: JSONValue, at pointer: String) throws(SchemaError) {
    func require(_ condition: Bool, _ message: String) throws(SchemaError) {
      if !condition { throw SchemaError(pointer: pointer, message: message) }
    }
    switch key {
    case "$ref":
      let name = value.stringValue.flatMap(Self.componentName) ?? ""
      try require(components[name] != nil, "\(value) refers to no component")
    case "type":
      let names = value.stringValue.map { [$0] } ?? value.arrayValue?.compactMap(\.stringValue) ?? []
      try require(!names.isEmpty && names.allSatisfy(Self.types.contains), "\(value) is no type")
    case "enum": try require(value.arrayValue?.isEmpty == false, "an array with something in it is needed")
    case "properties":
      guard case .object(let members) = value else { return try require(false, "an object is needed") }
      for (name, schema) in members { try check(schema, at: Pointer.appending(name, to: pointer)) }
    case "required":
      try require(value.arrayValue?.allSatisfy { $0.stringValue != nil } ?? false, "an array of names is needed")
    case "items", "additionalProperties": try check(value, at: pointer)
    case "allOf", "anyOf", "oneOf":
      guard case .array(let schemas) = value, !schemas.isEmpty else {
        return try require(false, "an array with something in it is needed")
      }
      for (index, schema) in schemas.enumerated() { try check(schema, at: "\(pointer)/\(index)") }
    case "uniqueItems": try require(value.boolValue != nil, "a boolean is needed")
    case "const": break
    case let key where Self.counts.contains(key):
      try require((value.intValue ?? -1) >= 0, "a count is needed")
    case let key where Self.bounds.contains(key): try require(value.doubleValue != nil, "a number is needed")
    case let key where Self.annotations.contains(key) || key.hasPrefix("x-"): break
    default: try require(false, "the keyword is not supported")
    }
  }

  static func componentName(_ reference: String) -> String? {
    guard reference.hasPrefix(referencePrefix) else { return nil }
    return String(reference.dropFirst(referencePrefix.count))
  }
}
