import JSON

extension JSONValue {
  /// Whether the value is of a type of JSON Schema: 1.0 is an integer there.
  func isOf(_ type: String) -> Bool {
    switch (type, self) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
    case ("number", .integer), ("number", .double), ("integer", .integer): true
    case ("integer", .double(let value)): value.rounded() == value
    default: false
    }
  }

  /// Equal as JSON Schema has it: numbers by their value, however written.
  func equals(_ other: JSONValue) -> Bool {
    switch (self, other) {
    case (.integer, .double), (.double, .integer): order(to: other) == 0
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.equals($1) }
    case (.object(let left), .object(let right)):
      left.count == right.count && left.allSatisfy { member in right[member.key].map(member.value.equals) ?? false }
    default: self == other
    }
  }

  /// Below 0, 0 or above 0, as this number is less than, equal to or more than another; nil for what is no number.
  func order(to other: JSONValue) -> Int? {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): return left < right ? -1 : left == right ? 0 : 1
    case (.integer(let left), .double(let right)): return Self.order(left, right)
    case (.double(let left), .integer(let right)): return Self.order(right, left).map { -$0 }
    case (.double(let left), .double(let right)):
      return left.isNaN || right.isNaN ? nil : left < right ? -1 : left == right ? 0 : 1
    default: return nil
    }
  }

  /// Exact also beyond 2^53, where a double rounds.
  private static func order(_ left: Int64, _ right: Double) -> Int? {
    if right.isNaN { return nil }
    if right >= 0x1p63 { return -1 }
    if right < -0x1p63 { return 1 }
    let whole = Int64(right.rounded(.down))
    if left != whole { return left < whole ? -1 : 1 }
    return right > right.rounded(.down) ? -1 : 0
  }

  /// The value for a message, cut where it is long.
  var shortText: String {
    let text = description
    return text.count > 60 ? text.prefix(60) + "…" : text
  }
}
