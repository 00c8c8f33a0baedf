import JSON

/// One value on its way through a schema.
struct Validation {
  let schema: JSONSchema
  private(set) var problems: [SchemaProblem] = []

  /// Schemas within schemas that one value is followed through: more than any honest schema needs.
  private static let maximumDepth = 1000

  init(schema: JSONSchema) { self.schema = schema }

  mutating func check(_ value: JSONValue, _ schema: JSONValue, at pointer: String, depth: Int) {
    guard depth < Self.maximumDepth else { return report(pointer, "cannot be judged: its schema refers to itself") }
    guard case .object(let keywords) = schema else {
      if schema == false { report(pointer, "must not be there") }
      return
    }
    for (keyword, argument) in keywords { check(value, keyword, argument, keywords, pointer, depth + 1) }
    if self.schema.refusesUnknownMembers { checkUnknown(value, keywords, pointer) }
  }

  private mutating func check(
    _ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ keywords: JSONObject, _ pointer: String,
    _ depth: Int
  ) {
    switch keyword {
    case "$ref":
      let name = argument.stringValue.flatMap(SchemaCheck.componentName) ?? ""
      check(value, schema.components[name] ?? false, at: pointer, depth: depth)
    case "type": checkType(value, argument, pointer)
    case "enum":
      let values = argument.arrayValue ?? []
      if !values.contains(where: { $0.equals(value) }) {
        report(pointer, "\(value.shortText) is none of \(values.map(\.description).joined(separator: ", "))")
      }
    case "const": if !argument.equals(value) { report(pointer, "\(value.shortText) is not \(argument)") }
    case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": checkBound(value, keyword, argument, pointer)
    case "minItems", "maxItems": checkCount(value.arrayValue?.count, keyword, argument, "elements", pointer)
    case "minLength", "maxLength":
      checkCount(value.stringValue?.unicodeScalars.count, keyword, argument, "characters", pointer)
    case "uniqueItems": if argument == true { checkUnique(value, pointer) }
    case "items":
      for (index, element) in (value.arrayValue ?? []).enumerated() {
        check(element, argument, at: "\(pointer)/\(index)", depth: depth)
      }
    case "properties", "required", "additionalProperties":
      if let object = value.objectValue { checkMembers(object, keyword, argument, keywords, pointer, depth) }
    case "allOf":
      for schema in argument.arrayValue ?? [] { check(value, schema, at: pointer, depth: depth) }
    case "anyOf", "oneOf": checkAlternatives(value, argument.arrayValue ?? [], keyword == "oneOf", pointer, depth)
    default: break
    }
  }

  private mutating func report(_ pointer: String, _ message: String) {
    problems.append(SchemaProblem(pointer: pointer, message: message))
  }
}

// MARK: - Single values

extension Validation {
  private mutating func checkType(_ value: JSONValue, _ argument: JSONValue, _ pointer: String) {
    let names = argument.stringValue.map { [$0] } ?? argument.arrayValue?.compactMap(\.stringValue) ?? []
    guard !names.contains(where: value.isOf) else { return }
    report(pointer, "is \(value.kindDescription) instead of \(names.joined(separator: " or "))")
  }

  private mutating func checkBound(_ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ pointer: String) {
    guard value.doubleValue != nil, let order = value.order(to: argument) else { return }
    let (isFine, words) =
      switch keyword {
      case "minimum": (order >= 0, "less than")
      case "maximum": (order <= 0, "more than")
      case "exclusiveMinimum": (order > 0, "not more than")
      default: (order < 0, "not less than")
      }
    if !isFine { report(pointer, "\(value) is \(words) \(argument)") }
  }

  private mutating func checkCount(
    _ count: Int?, _ keyword: String, _ argument: JSONValue, _ unit: String, _ pointer: String
  ) {
    guard let count, let limit = argument.intValue else { return }
    if keyword.hasPrefix("min"), count < limit { report(pointer, "has \(count) \(unit), fewer than \(limit)") }
    if keyword.hasPrefix("max"), count > limit { report(pointer, "has \(count) \(unit), more than \(limit)") }
  }

  private mutating func checkUnique(_ value: JSONValue, _ pointer: String) {
    let elements = value.arrayValue ?? []
    for (index, element) in elements.enumerated()
    where elements[..<index].contains(where: { $0.equals(element) }) {
      report("\(pointer)/\(index)", "stands twice")
    }
  }
}

// MARK: - Objects and alternatives

extension Validation {
  private mutating func checkMembers(
    _ object: JSONObject, _ keyword: String, _ argument: JSONValue, _ keywords: JSONObject, _ pointer: String,
    _ depth: Int
  ) {
    switch keyword {
    case "properties":
      for (name, schema) in argument.objectValue ?? [:] {
        guard let member = object[name] else { continue }
        check(member, schema, at: Pointer.appending(name, to: pointer), depth: depth)
      }
    case "required":
      for name in (argument.arrayValue ?? []).compactMap(\.stringValue) where object[name] == nil {
        report(Pointer.appending(name, to: pointer), "is missing")
      }
    default:
      let known = keywords["properties"]?.objectValue ?? [:]
      for (name, member) in object where known[name] == nil {
        let place = Pointer.appending(name, to: pointer)
        if argument == false {
          report(place, "is not known here")
        } else {
          check(member, argument, at: place, depth: depth)
        }
      }
    }
  }

  private mutating func checkUnknown(_ value: JSONValue, _ keywords: JSONObject, _ pointer: String) {
    guard let object = value.objectValue, let known = keywords["properties"]?.objectValue,
      keywords["additionalProperties"] == nil
    else { return }
    for name in object.keys where known[name] == nil {
      report(Pointer.appending(name, to: pointer), "is not in the schema")
    }
  }

  /// Of alternatives that all fail, the one with the fewest problems is the one that was meant.
  private mutating func checkAlternatives(
    _ value: JSONValue, _ schemas: [JSONValue], _ isExclusive: Bool, _ pointer: String, _ depth: Int
  ) {
    let attempts = schemas.map { alternative -> [SchemaProblem] in
      var attempt = Validation(schema: schema)
      attempt.check(value, alternative, at: pointer, depth: depth)
      return attempt.problems
    }
    let fitting = attempts.count { $0.isEmpty }
    if fitting == 0 {
      let best = attempts.min { ($0.count, $1.first?.pointer.count ?? 0) < ($1.count, $0.first?.pointer.count ?? 0) }
      report(pointer, "fits none of \(schemas.count) alternatives; nearest: \(best?.first.map { "\($0)" } ?? "none")")
    } else if isExclusive, fitting > 1 {
      report(pointer, "fits \(fitting) alternatives instead of one")
    }
  }
}
