import JSON

/// Equality of the JSON model: numbers by value, strings by their bytes, objects by their members.
enum ModelEquality {
  static func areSame(_ left: JSONValue, _ right: JSONValue, sameOrder: Bool = false) -> Bool {
    switch (left, right) {
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { areSame($0, $1, sameOrder: sameOrder) }
    case (.object(let left), .object(let right)):
      guard left.count == right.count,
        !sameOrder || zip(left.keys, right.keys).allSatisfy({ JSONKey($0) == JSONKey($1) })
      else { return false }
      return left.allSatisfy { member in
        right[member.key].map { areSame(member.value, $0, sameOrder: sameOrder) } ?? false
      }
    case (.integer, .double), (.double, .integer), (.double, .double):
      return left.doubleValue == right.doubleValue
    default: return left == right
    }
  }
}
