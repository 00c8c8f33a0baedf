import JSON

/// Compares messages with what a transcript expects, placeholders included.
struct MessagePattern {
  /// What the placeholders with a name stand for: `<run:1>` and so on.
  private(set) var names: [String: String]

  /// The value with each name replaced by what it stands for.
  func filled(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(filled(text))
    case .array(let elements): .array(elements.map(filled))
    case .object(let object): .object(JSONObject(object.map { ($0.key, filled($0.value)) }))
    default: value
    }
  }

  private func filled(_ text: String) -> String {
    names.reduce(text) { $0.replacing($1.key, with: $1.value) }
  }

  /// Where and how a value differs from what is expected; nil when it fits. Names met for the first time are taken in.
  mutating func difference(_ actual: JSONValue, from expected: JSONValue, at place: String = "") -> String? {
    switch (expected, actual) {
    case (.string(let text), _): return difference(actual, fromText: text, place)
    case (.array(let left), .array(let right)):
      return place.isEmpty ? batchDifference(right, from: left) : difference(right, from: left, place)
    case (.object(let left), .object(let right)): return difference(right, from: left, place)
    case (.integer, .integer): break
    case (.integer, .double), (.double, .integer), (.double, .double):
      // The last digits are the mathematical library's.
      let (left, right) = (expected.doubleValue ?? 0, actual.doubleValue ?? 0)
      if abs(left - right) <= 1e-9 * max(abs(left), abs(right)) { return nil }
    default: break
    }
    return expected == actual ? nil : "\(place): \(actual) instead of \(expected)"
  }

  private mutating func difference(_ actual: [JSONValue], from expected: [JSONValue], _ place: String) -> String? {
    if actual.count != expected.count { return "\(place): \(actual.count) elements instead of \(expected.count)" }
    for (index, pair) in zip(actual, expected).enumerated() {
      if let found = difference(pair.0, from: pair.1, at: "\(place)/\(index)") { return found }
    }
    return nil
  }

  private mutating func difference(_ actual: JSONObject, from expected: JSONObject, _ place: String) -> String? {
    for (key, value) in expected {
      guard let other = actual[key] else { return "\(place)/\(key): is missing" }
      if let found = difference(other, from: value, at: "\(place)/\(key)") { return found }
    }
    for key in actual.keys where expected[key] == nil { return "\(place)/\(key): is not in the transcript" }
    return nil
  }

  /// The answers of a batch may stand in any order.
  private mutating func batchDifference(_ actual: [JSONValue], from expected: [JSONValue]) -> String? {
    if actual.count != expected.count { return "\(actual.count) answers instead of \(expected.count)" }
    for answer in expected {
      guard let other = actual.first(where: { $0["id"] == answer["id"] }) else {
        return "no answer has the id \(answer["id"] ?? .null)"
      }
      if let found = difference(other, from: answer, at: "/id=\(answer["id"] ?? .null)") { return found }
    }
    return nil
  }

  private mutating func difference(_ actual: JSONValue, fromText expected: String, _ place: String) -> String? {
    guard let placeholder = expected.wholeMatch(of: /<([a-z]+)(:\d+)?(\|null)?>/) else {
      return actual == .string(filled(expected)) ? nil : "\(place): \(actual) instead of \"\(filled(expected))\""
    }
    if placeholder.3 != nil, actual == .null { return nil }
    if placeholder.2 != nil, names[expected] == nil, let text = actual.stringValue {
      names[expected] = text
      return nil
    }
    if let known = names[expected] {
      return actual == .string(known) ? nil : "\(place): \(actual) instead of \"\(known)\", which \(expected) is"
    }
    return Self.fits(actual, String(placeholder.1)) ? nil : "\(place): \(actual) instead of \(expected)"
  }

  private static func fits(_ value: JSONValue, _ kind: String) -> Bool {
    switch (kind, value) {
    case ("any", _), ("string", .string), ("integer", .integer), ("number", .integer), ("number", .double): true
    case ("boolean", .bool), ("object", .object), ("array", .array): true
    case ("time", .string(let text)): text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
    default: false
    }
  }
}
