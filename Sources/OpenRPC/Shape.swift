import Contract

/// What a `Codable` type consists of on the wire.
indirect enum Shape {
  case any
  case anyObject
  case null
  case boolean
  case integer(isUnsigned: Bool)
  case number
  case string
  case time
  case list(Shape)
  /// An object whose keys are data.
  case map(Shape)
  case optional(Shape)
  case enumeration(any Decodable.Type, values: [String])
  case object(any Decodable.Type, [Member])

  struct Member {
    let name: String
    let shape: Shape
    let isOptional: Bool
  }
}

extension Shape {
  /// The members of an object; none of anything else.
  var members: [Member] {
    if case .object(_, let members) = self { return members }
    return []
  }

  /// The shape without ``optional(_:)`` around it.
  var unwrapped: Shape {
    if case .optional(let shape) = self { return shape.unwrapped }
    return self
  }

  /// The types with a name in this shape and below it, outer ones first.
  var namedTypes: [any Decodable.Type] {
    switch self {
    case .list(let shape), .map(let shape), .optional(let shape): shape.namedTypes
    case .enumeration(let type, _): [type]
    case .object(let type, let members): [type] + members.flatMap { $0.shape.namedTypes }
    case .any, .anyObject, .null, .boolean, .integer, .number, .string, .time: []
    }
  }
}

/// A type that cannot be described, which is for its author to mend.
package struct ShapeError: Error, CustomStringConvertible {
  package let description: String
}
