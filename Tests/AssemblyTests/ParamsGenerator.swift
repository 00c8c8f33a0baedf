import JSON
import SeededRandom

/// Makes parameters from a schema: right ones, and ones with something wrong in them.
struct ParamsGenerator {
  var random: SeededGenerator
  let components: JSONObject
  /// Values for parameters by name, where anything that the schema lets through would take too long or reach too far.
  var values: [String: [JSONValue]]

  mutating func chance(_ percent: UInt64) -> Bool { random.next(below: 100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[Int(random.next(below: UInt64(elements.count)))]
  }

  // MARK: Right values

  mutating func value(_ schema: JSONValue, named name: String = "") -> JSONValue {
    if let value = pick(values[name] ?? []) { return value }
    if let reference = schema["$ref"]?.stringValue?.split(separator: "/").last {
      return value(components[String(reference)] ?? true, named: name)
    }
    if let alternatives = schema["anyOf"]?.arrayValue ?? schema["allOf"]?.arrayValue {
      return value(pick(alternatives) ?? true, named: name)
    }
    if let choice = pick(schema["enum"]?.arrayValue ?? []) { return choice }
    let types = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? schema["type"]?.stringValue.map { [$0] } ?? []
    switch pick(types) {
    case "null": return .null
    case "boolean": return .bool(chance(50))
    case "integer": return integer(schema)
    case "number": return chance(30) ? integer(schema) : number(schema)
    case "string":
      return pick(Self.texts.filter { !$0.isEmpty || schema["minLength"] == nil }).map { .string($0) } ?? ""
    case "array":
      let count = random.next(in: (schema["minItems"]?.intValue ?? 0)...3)
      return .array((0..<count).map { _ in value(schema["items"] ?? true, named: "\(name)[]") })
    case "object": return .object(object(schema))
    default: return pick(Self.anything) ?? .null
    }
  }

  mutating func object(_ schema: JSONValue) -> JSONObject {
    let required = schema["required"]?.arrayValue ?? []
    var object: JSONObject = [:]
    for (name, property) in schema["properties"]?.objectValue ?? [:]
    where required.contains(.string(name)) || chance(35) {
      object[name] = value(property, named: name)
    }
    return object
  }

  private mutating func integer(_ schema: JSONValue) -> JSONValue {
    let low = schema["minimum"]?.intValue ?? (schema["exclusiveMinimum"]?.intValue).map { $0 + 1 } ?? -1000
    let high = max(low, schema["maximum"]?.intValue ?? 1000)
    return .integer(Int64(pick([low, high, random.next(in: low...high), min(high, low + 1)]) ?? low))
  }

  private mutating func number(_ schema: JSONValue) -> JSONValue {
    let low = schema["minimum"]?.doubleValue ?? schema["exclusiveMinimum"]?.doubleValue ?? -1000
    let high = schema["maximum"]?.doubleValue ?? 1000
    let share = (Double(random.next(below: 999)) + 0.5) / 1000
    return .double(low + (high - low) * share)
  }

  // MARK: Wrong values

  /// An object with one thing changed, most often for the worse.
  mutating func mutated(_ object: JSONObject, _ schema: JSONValue) -> JSONObject {
    var object = object
    let properties = schema["properties"]?.objectValue ?? [:]
    guard let (name, property) = pick(Array(properties)) else {
      object[pick(Self.names) ?? "x"] = pick(Self.anything)
      return object
    }
    if case .object(let inner)? = object[name], chance(50), let target = definition(property) {
      object[name] = .object(mutated(inner, target))
      return object
    }
    switch random.next(below: 7) {
    case 0: object[name] = nil
    case 1: object[name] = .null
    case 2: object[pick(Self.names) ?? "x"] = pick(Self.anything)
    case 3: object[name] = .array([object[name] ?? 1, pick(Self.anything) ?? .null])
    case 4: object[name] = outside(property) ?? pick(Self.anything)
    case 5: object[name] = .object([name: object[name] ?? .null])
    default: object[name] = pick(Self.anything)
    }
    return object
  }

  private func definition(_ schema: JSONValue) -> JSONValue? {
    let alternatives = schema["anyOf"]?.arrayValue ?? [schema]
    let name = alternatives.lazy.compactMap { $0["$ref"]?.stringValue?.split(separator: "/").last }.first
    return name.flatMap { components[String($0)] }
  }

  /// A number just out of range.
  private mutating func outside(_ schema: JSONValue) -> JSONValue? {
    let below = schema["minimum"]?.intValue.map { JSONValue.integer(Int64($0) - 1) }
    let above = schema["maximum"]?.intValue.map { JSONValue.integer(Int64($0) + 1) }
    return pick([below, above, schema["exclusiveMinimum"]].compactMap { $0 })
  }

  private static let texts = [
    "", "a", "latest", "2026", "\u{0}", "é🙂", "../..", "{}", String(repeating: "x", count: 5000), "' OR 1=1 --", "%s",
  ]
  private static let names = ["x", "Suite", "", "sed", "__proto__", "a/b~c", "constructor"]
  private static let anything: [JSONValue] = [
    nil, true, 0, -1, 1.5, 1e300, -1e300, 9_223_372_036_854_775_807, "", "text", "\u{0}", [], [nil], ["a", 1], [:],
    ["a": ["b": [[[]]]]], .string(String(repeating: "🙂", count: 2000)),
  ]
}
