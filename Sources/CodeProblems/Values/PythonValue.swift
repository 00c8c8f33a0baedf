/// A Python object as plain data.
package indirect enum PythonValue: Sendable {
  case none
  case bool(Bool)
  /// Of any size.
  case integer(PythonInteger)
  case float(Double)
  case string(String)
  case list([PythonValue])
  case tuple([PythonValue])
  /// In any order.
  case dictionary([(key: PythonValue, value: PythonValue)])
  case set([PythonValue])
  /// Anything else, by what it shows of itself; equal to nothing.
  case other(String)
  /// An object that calls itself equal to everything.
  case anything
}

extension PythonValue {
  /// Whether Python's `==` holds between the two: numbers of all kinds are equal by value, a tuple never equals a list,
  /// and NaN equals nothing.
  package static func isEqual(_ left: PythonValue, _ right: PythonValue) -> Bool {
    switch (left, right) {
    case (.anything, _), (_, .anything), (.none, .none): true
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
      left.count == right.count && zip(left, right).allSatisfy { isEqual($0, $1) }
    case (.dictionary(let left), .dictionary(let right)): areEqual(left, right)
    case (.set(let left), .set(let right)):
      left.count == right.count && left.allSatisfy { element in right.contains { isEqual(element, $0) } }
    default: areEqualNumbers(left, right)
    }
  }

  private static func areEqual(
    _ left: [(key: PythonValue, value: PythonValue)], _ right: [(key: PythonValue, value: PythonValue)]
  ) -> Bool {
    guard left.count == right.count else { return false }
    // Text keys, which JSON's always are, are found by their bytes; few others are searched for.
    var places: [[UInt8]: Int] = [:]
    for (index, member) in right.enumerated() {
      if case .string(let key) = member.key { places[Array(key.utf8)] = index }
    }
    return left.allSatisfy { member in
      if case .string(let key) = member.key {
        return places[Array(key.utf8)].map { isEqual(member.value, right[$0].value) } ?? false
      }
      return right.contains { isEqual(member.key, $0.key) && isEqual(member.value, $0.value) }
    }
  }

  private static func areEqualNumbers(_ left: PythonValue, _ right: PythonValue) -> Bool {
    switch (left, right) {
    case (.float(let left), .float(let right)): left == right
    case (.float(let float), _): right.integer.map { $0.equals(float) } ?? false
    case (_, .float(let float)): left.integer.map { $0.equals(float) } ?? false
    default:
      if let left = left.integer, let right = right.integer { left == right } else { false }
    }
  }

  /// True is 1.
  private var integer: PythonInteger? {
    switch self {
    case .integer(let value): value
    case .bool(let value): PythonInteger(value ? 1 : 0)
    default: nil
    }
  }
}

extension PythonValue: CustomStringConvertible {
  /// Much as Python's `repr` has it.
  package var description: String {
    switch self {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .integer(let value): value.digits
    case .float(let value): value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
    case .string(let text): "'" + text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") + "'"
    case .list(let items): "[" + items.map(\.description).joined(separator: ", ") + "]"
    case .tuple(let items):
      "(" + items.map(\.description).joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
    case .dictionary(let members): "{" + members.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    case .set(let items): items.isEmpty ? "set()" : "{" + items.map(\.description).joined(separator: ", ") + "}"
    case .other(let text): text
    case .anything: "an object equal to everything"
    }
  }
}
