package import JSON

extension AvroValue {
  /// How a union's value looks in JSON.
  package enum UnionStyle: Sendable {
    /// As the value alone: for people and most programs.
    case plain
    /// As the specification's JSON encoding has it: `{"string": "a"}`, and `null` for null.
    case tagged
  }

  /// The value in the specification's JSON encoding: bytes and fixed as text whose code points are the bytes.
  /// NaN and the infinities, for which JSON has no number, become "NaN", "Infinity" and "-Infinity".
  ///
  /// - Parameter type: the value's type in `schema`; only `tagged` looks at it.
  package func json(
    unions: UnionStyle = .plain, type: Int? = nil, schema: AvroSchema
  ) -> JSONValue {
    json(unions, type ?? schema.root, schema)
  }

  private func json(_ style: UnionStyle, _ id: Int, _ schema: AvroSchema) -> JSONValue {
    switch self {
    case .null: return .null
    case .boolean(let value): return .bool(value)
    case .int(let value): return .integer(Int64(value))
    case .long(let value): return .integer(value)
    case .float(let value): return Self.json(Double(value), shortest: value.description)
    case .double(let value): return Self.json(value, shortest: nil)
    case .bytes(let value), .fixed(let value): return .string(Self.latin1(value))
    case .string(let value), .enumeration(let value): return .string(value)
    case .record(let record): return Self.json(record, style, id, schema)
    case .array(let values):
      guard case .array(let items) = schema.types[id].shape else { return .null }
      return .array(values.map { $0.json(style, items, schema) })
    case .map(let map):
      guard case .map(let type) = schema.types[id].shape else { return .null }
      return .object(JSONObject(map.entries.map { ($0.key, $0.value.json(style, type, schema)) }))
    case .union(let branch, let value):
      guard case .union(let branches) = schema.types[id].shape, branches.indices.contains(branch) else { return .null }
      let inner = value.json(style, branches[branch], schema)
      if style == .plain || value == .null { return inner }
      return .object([schema.types[branches[branch]].branchName: inner])
    }
  }

  private static func json(
    _ record: AvroRecord, _ style: UnionStyle, _ id: Int, _ schema: AvroSchema
  ) -> JSONValue {
    guard case .record(let fields) = schema.types[id].shape else { return .null }
    return .object(
      JSONObject(
        distinct: zip(fields, record.values).map { field, value in
          (key: field.name, value: value.json(style, field.type, schema))
        }))
  }

  /// A float is shown with the digits that suffice for a float: 0.1, not 0.10000000149011612.
  private static func json(_ value: Double, shortest: String?) -> JSONValue {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return .string(value < 0 ? "-Infinity" : "Infinity") }
    return .double(shortest.flatMap(Double.init) ?? value)
  }

  private static func latin1(_ bytes: [UInt8]) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
    return String(scalars)
  }
}
