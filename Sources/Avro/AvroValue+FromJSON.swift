package import JSON

extension AvroValue {
  /// A value from the specification's JSON encoding, with `{"branch": value}` for a union's value.
  ///
  /// - Throws: ``AvroError`` with `invalidValue` or `limitExceeded`.
  package init(json: JSONValue, schema: AvroSchema) throws(AvroError) {
    var reading = JSONReading(schema: schema, isDefault: false)
    self = try reading.value(json, schema.root, depth: 0)
  }

  /// A field's default: as the JSON encoding, but a union's value stands alone, for the first branch it fits, and
  /// members of a record that are missing take their own defaults.
  ///
  /// - Throws: ``AvroError`` with `invalidValue` or `limitExceeded`.
  package init(default json: JSONValue, type: Int, schema: AvroSchema) throws(AvroError) {
    var reading = JSONReading(schema: schema, isDefault: true)
    self = try reading.value(json, type, depth: 0)
  }
}

private struct JSONReading {
  let schema: AvroSchema
  var isDefault: Bool
  /// Trying the branches of unions inside unions could take time exponential in the depth.
  var stepsLeft = 1_000_000

  mutating func value(_ json: JSONValue, _ id: Int, depth: Int) throws(AvroError) -> AvroValue {
    // A record whose default leaves out a member of its own type would go on for ever.
    guard depth < 128 else { throw AvroError(.limitExceeded, "a value is nested deeper than 128 levels") }
    guard stepsLeft > 0 else { throw AvroError(.limitExceeded, "a value takes too many steps to match its unions") }
    stepsLeft -= 1
    let type = schema.types[id]
    switch (type.shape, json) {
    case (.null, .null): return .null
    case (.boolean, .bool(let value)): return .boolean(value)
    case (.int, .integer(let value)):
      guard let value = Int32(exactly: value) else { throw mismatch(json, type) }
      return .int(value)
    case (.long, .integer(let value)): return .long(value)
    case (.float, _): return .float(Float(try number(json, type)))
    case (.double, _): return .double(try number(json, type))
    case (.string, .string(let text)): return .string(text)
    case (.bytes, .string(let text)): return .bytes(try bytes(text, type))
    case (.fixed(let size), .string(let text)):
      let bytes = try bytes(text, type)
      guard bytes.count == size else { throw mismatch(json, type) }
      return .fixed(bytes)
    case (.enumeration(let symbols, _), .string(let text)):
      guard symbols.contains(text) else { throw mismatch(json, type) }
      return .enumeration(text)
    case (.array(let items), .array(let elements)):
      var values: [AvroValue] = []
      for element in elements { values.append(try value(element, items, depth: depth + 1)) }
      return .array(values)
    case (.map(let values), .object(let object)):
      var entries: [(key: String, value: AvroValue)] = []
      for (key, member) in object { entries.append((key, try value(member, values, depth: depth + 1))) }
      return .map(AvroMap(entries))
    case (.record(let fields), .object(let object)): return try record(object, fields, type, depth: depth)
    case (.union(let branches), _): return try union(json, branches, type, depth: depth)
    default: throw mismatch(json, type)
    }
  }

  private func mismatch(_ json: JSONValue, _ type: AvroType) -> AvroError {
    AvroError(.invalidValue, "\(JSONWriter.string(json).prefix(80)) is not a value of \(type.description)")
  }

  private func number(_ json: JSONValue, _ type: AvroType) throws(AvroError) -> Double {
    switch json {
    case .string("NaN"): return .nan
    case .string("Infinity"): return .infinity
    case .string("-Infinity"): return -.infinity
    default:
      guard let value = json.doubleValue else { throw mismatch(json, type) }
      return value
    }
  }

  private func bytes(_ text: String, _ type: AvroType) throws(AvroError) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = UInt8(exactly: scalar.value) else { throw mismatch(.string(text), type) }
      bytes.append(byte)
    }
    return bytes
  }

  private mutating func record(
    _ object: JSONObject, _ fields: [AvroField], _ type: AvroType, depth: Int
  ) throws(AvroError) -> AvroValue {
    var values: [AvroValue] = []
    for field in fields {
      if let member = object[field.name] {
        values.append(try value(member, field.type, depth: depth + 1))
      } else if let json = field.defaultValue {
        let outer = isDefault
        isDefault = true
        defer { isDefault = outer }
        values.append(try value(json, field.type, depth: depth + 1))
      } else {
        throw AvroError(.invalidValue, "field \"\(field.name)\" of \(type.description) is missing")
      }
    }
    return .record(AvroRecord(names: type.fieldNames, values: values))
  }

  private mutating func union(
    _ json: JSONValue, _ branches: [Int], _ type: AvroType, depth: Int
  ) throws(AvroError) -> AvroValue {
    for (index, branch) in branches.enumerated() {
      if isDefault {
        do {
          return .union(index, try value(json, branch, depth: depth + 1))
        } catch {
          if error.code == .limitExceeded { throw error }
        }
      } else if json == .null {
        if case .null = schema.types[branch].shape { return .union(index, .null) }
      } else if let inner = json[schema.types[branch].branchName], json.objectValue?.count == 1 {
        return .union(index, try value(inner, branch, depth: depth + 1))
      }
    }
    throw mismatch(json, type)
  }
}
