import Contract
import JSON

/// Writes shapes as JSON Schema, in the part of it that draft 7 and draft 2020-12 have in common: no `$defs`, no list of
/// schemas as `items`, and `$ref` only to `#/components/schemas/…` and alone in its object.
struct SchemaWriter {
  /// The schema of a value where it stands: types with a name are referred to.
  static func schema(_ shape: Shape, isNullable: Bool = false, _ note: Note? = nil) throws -> JSONObject {
    var schema: JSONObject = [:]
    if let text = note?.text, !text.isEmpty { schema["description"] = .string(text) }
    let body = try body(shape, note?.constraints ?? [])
    let nullable = isNullable ? Self.nullable(body) : body
    guard nullable["$ref"] != nil else { return schema.merging(nullable) }
    // What stands beside `$ref` is not looked at in draft 7.
    return schema.isEmpty ? nullable : schema.merging(["allOf": [.object(nullable)]])
  }

  /// The schema of an object's or an enumeration's own.
  static func definition(_ shape: Shape, _ role: ComponentRole) throws -> JSONObject {
    switch shape {
    case .enumeration(let type, let values):
      let notes = (type as? any Described.Type)?.notes
      let lines = values.map { "- `\($0)`: \(notes?[$0]?.text ?? "")" }
      let text = ([notes?.summary ?? "", ""] + lines).joined(separator: "\n")
      return ["description": .string(text), "type": "string", "enum": .array(values.map { .string($0) })]
    case .object(let type, let members):
      let notes = (type as? any Described.Type)?.notes
      let mayBeAbsent = role != .told || type is any OmitsNil.Type
      var properties: JSONObject = [:]
      for member in members {
        let schema = try schema(member.shape, isNullable: member.isOptional, notes?[member.name])
        properties[member.name] = .object(schema)
      }
      let required = members.filter { !mayBeAbsent || !$0.isOptional }.map { JSONValue.string($0.name) }
      var definition: JSONObject = [:]
      if let summary = notes?.summary { definition["description"] = .string(summary) }
      definition["type"] = "object"
      definition["properties"] = .object(properties)
      if !required.isEmpty { definition["required"] = .array(required) }
      if role == .given { definition["additionalProperties"] = false }
      return definition
    default:
      throw ShapeError(description: "\(shape) has no name")
    }
  }

  /// Whether the type stands among the components; one without notes of its own stands where it is used.
  static func isComponent(_ type: any Decodable.Type) -> Bool { type is any Described.Type && type != Empty.self }

  /// The type's name among the components: `Check.Status` of `SystemDoctor` is `SystemDoctorCheckStatus`.
  static func name(of type: any Decodable.Type) -> String {
    String(reflecting: type).split(separator: ".").dropFirst().joined()
  }

  static func reference(to type: any Decodable.Type) -> JSONObject {
    ["$ref": .string("#/components/schemas/\(name(of: type))")]
  }
}

// MARK: - The parts of a schema

extension SchemaWriter {
  private static func body(_ shape: Shape, _ constraints: [Constraint]) throws -> JSONObject {
    var schema = try type(shape, constraints)
    for constraint in constraints { add(constraint, shape, &schema) }
    return schema
  }

  private static func type(_ shape: Shape, _ constraints: [Constraint]) throws -> JSONObject {
    switch shape {
    case .any: return [:]
    case .anyObject: return ["type": "object"]
    case .null: return ["type": "null"]
    case .boolean: return ["type": "boolean"]
    case .integer(let isUnsigned): return isUnsigned ? ["type": "integer", "minimum": 0] : ["type": "integer"]
    case .number: return ["type": "number"]
    case .string: return ["type": "string"]
    case .time: return ["type": "string", "format": "date-time"]
    case .list(let element):
      let constraints = constraints.flatMap { constraint in
        if case .elements(let inner) = constraint { return inner }
        return []
      }
      return ["type": "array", "items": .object(try body(element, constraints))]
    case .map(let value): return ["type": "object", "additionalProperties": .object(try body(value, []))]
    case .optional(let inner): return nullable(try body(inner, []))
    case .enumeration(let type, let values):
      if isComponent(type) { return reference(to: type) }
      return ["type": "string", "enum": .array(values.map { .string($0) })]
    case .object(let type, _):
      return isComponent(type) ? reference(to: type) : try definition(shape, .told)
    }
  }

  private static func add(_ constraint: Constraint, _ shape: Shape, _ schema: inout JSONObject) {
    switch constraint {
    case .minimum(let value): schema["minimum"] = value
    case .maximum(let value): schema["maximum"] = value
    case .range(let low, let high):
      schema["minimum"] = low
      schema["maximum"] = high
    case .above(let value): schema["exclusiveMinimum"] = value
    case .oneOf(let values): schema["enum"] = .array(values.map { .string($0) })
    case .notEmpty: if case .list = shape { schema["minItems"] = 1 } else { schema["minLength"] = 1 }
    case .elements: break
    case .defaultValue(let value):
      // Nothing may stand beside a reference.
      if schema["$ref"] != nil { schema = ["allOf": [.object(schema)]] }
      schema["default"] = value
    case .schema(let given): schema = schema.merging(given.objectValue ?? [:])
    case .anyOf(let types): schema["anyOf"] = .array(types.map { .object(reference(to: $0)) })
    }
  }

  /// The schema that takes null as well.
  private static func nullable(_ schema: JSONObject) -> JSONObject {
    var schema = schema
    switch schema["type"] {
    case .string(let type)?: schema["type"] = [.string(type), "null"]
    case .array(let types)?: schema["type"] = .array(types.contains("null") ? types : types + ["null"])
    default:
      if let alternatives = schema["allOf"] ?? schema["$ref"].map({ [.object(["$ref": $0])] }) {
        schema["allOf"] = nil
        schema["$ref"] = nil
        return JSONObject([("anyOf", .array((alternatives.arrayValue ?? []) + [["type": "null"]]))] + Array(schema))
      }
    }
    if case .array(let values)? = schema["enum"] { schema["enum"] = .array(values + [.null]) }
    return schema
  }
}

extension JSONObject {
  /// This object with the members of another one behind its own, or in their place.
  func merging(_ other: JSONObject) -> JSONObject {
    var result = self
    for (key, value) in other { result[key] = value }
    return result
  }
}
