package import JSON

/// Validates values by JSON Schema, in the part of it that draft 7 and draft 2020-12 have in common and the protocol
/// uses. A schema with any other keyword is refused rather than half understood.
package struct JSONSchema: Sendable {
  let root: JSONValue
  let components: JSONObject

  /// Whether a member that no `properties` and no `additionalProperties` speaks of is a problem. JSON Schema lets it
  /// pass.
  package var refusesUnknownMembers = false

  /// - Parameters:
  ///   - components: what `#/components/schemas/NAME` refers to.
  /// - Throws: ``SchemaError`` for a schema outside the subset, or a reference to nothing.
  package init(_ schema: JSONValue, components: JSONObject = [:]) throws(SchemaError) {
    root = schema
    self.components = components
    try SchemaCheck(components: components).check(schema, at: "")
    for (name, component) in components {
      try SchemaCheck(components: components).check(component, at: "/components/schemas/\(name)")
    }
  }

  /// What is wrong with a value; empty when it is valid.
  package func problems(in value: JSONValue) -> [SchemaProblem] {
    var validation = Validation(schema: self)
    validation.check(value, root, at: "", depth: 0)
    return validation.problems
  }
}

/// One thing that is wrong with a value.
package struct SchemaProblem: Sendable, Equatable, CustomStringConvertible {
  /// JSON Pointer (RFC 6901) of the part at fault; empty for the whole value.
  package let pointer: String
  /// Without the place: "is a string instead of a number".
  package let message: String

  package init(pointer: String, message: String) {
    self.pointer = pointer
    self.message = message
  }

  package var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}

/// A schema that cannot be used.
package struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// JSON Pointer of the part of the schema.
  package let pointer: String
  package let message: String

  package var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}

enum Pointer {
  /// A pointer one step deeper.
  static func appending(_ key: String, to pointer: String) -> String {
    let escaped = key.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }
    return "\(pointer)/\(String(escaped))"
  }
}
