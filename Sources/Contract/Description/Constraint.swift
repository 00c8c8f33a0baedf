package import JSON

/// What a property's type alone does not say of its value.
package indirect enum Constraint: Sendable {
  /// The least value.
  case minimum(JSONValue)
  /// The greatest value.
  case maximum(JSONValue)
  /// Both ends included.
  case range(JSONValue, JSONValue)
  /// More than this.
  case above(JSONValue)
  /// The values that a string may have.
  case oneOf([String])
  /// At least one element, or one character.
  case notEmpty
  /// Of each element of a list.
  case elements([Constraint])
  /// What an absent parameter means.
  case defaultValue(JSONValue)
  /// The schema of a value that is of no one type here.
  case schema(JSONValue)
  /// One of several types.
  case anyOf([any Described.Type])
}

extension Constraint {
  /// A share, 0…1.
  package static let fraction = Constraint.range(0, 1)
  /// A string or an integer that the client chooses.
  package static let token = Constraint.schema(["type": ["string", "integer"]])
}
