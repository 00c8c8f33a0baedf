import Contract
import JSON

/// Which way a type goes.
enum ComponentRole: Int, Comparable {
  /// The server tells it: every member is there, and null where it is unknown.
  case told
  /// A client gives it: what is optional may be left out, and members that are not known are passed over.
  case givenOpenly
  /// A client gives it: what is optional may be left out, and members that are not known are refused.
  case given

  static func < (left: ComponentRole, right: ComponentRole) -> Bool { left.rawValue < right.rawValue }
}

/// The types with a name, each once.
struct Components {
  private var shapes: [String: Shape] = [:]
  private var roles: [String: ComponentRole] = [:]

  /// Takes in what stands in a shape. What is given as well as told keeps to the rules of what is given.
  mutating func add(_ shape: Shape, _ role: ComponentRole) throws {
    for type in shape.namedTypes where SchemaWriter.isComponent(type) {
      let name = SchemaWriter.name(of: type)
      roles[name] = max(roles[name] ?? role, role)
      guard shapes[name] == nil else { continue }
      shapes[name] = try ShapeReader.shape(of: type)
    }
  }

  /// The types that a property's notes name, which its own type does not.
  static func alternatives(_ type: any Decodable.Type) -> [any Decodable.Type] {
    guard let notes = (type as? any Described.Type)?.notes else { return [] }
    return notes.members.flatMap { member in
      member.note.constraints.flatMap { constraint -> [any Decodable.Type] in
        if case .anyOf(let types) = constraint { return types }
        return []
      }
    }
  }

  /// The definitions, by name.
  func json() throws -> JSONObject {
    var result: JSONObject = [:]
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      result[name] = .object(try SchemaWriter.definition(shape, roles[name] ?? .told))
    }
    return result
  }
}
