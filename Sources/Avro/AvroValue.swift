/// One Avro value. It knows enough of its schema (field names, enum symbols, the branch of a union) to stand alone;
/// logical types stay what they are stored as.
package indirect enum AvroValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  case int(Int32)
  case long(Int64)
  case float(Float)
  case double(Double)
  case bytes([UInt8])
  case string(String)
  case record(AvroRecord)
  /// The symbol.
  case enumeration(String)
  case array([AvroValue])
  case map(AvroMap)
  /// The branch, counted from 0, and its value.
  case union(Int, AvroValue)
  case fixed([UInt8])
}

extension AvroValue {
  /// The value without the union around it.
  package var unwrapped: AvroValue {
    if case .union(_, let value) = self { return value }
    return self
  }

  /// The field of a record, also of one inside a union; nil for anything else.
  package subscript(field: String) -> AvroValue? {
    if case .record(let record) = unwrapped { return record[field] }
    return nil
  }

  /// What kind of value this is, in the words of an error message.
  package var kindDescription: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .int: "an int"
    case .long: "a long"
    case .float: "a float"
    case .double: "a double"
    case .bytes: "bytes"
    case .string: "a string"
    case .record: "a record"
    case .enumeration: "an enum symbol"
    case .array: "an array"
    case .map: "a map"
    case .union(let branch, _): "a union's branch \(branch)"
    case .fixed(let bytes): "a fixed of \(bytes.count) bytes"
    }
  }
}

/// The fields of a record in the order of its schema.
package struct AvroRecord: Sendable, Equatable {
  package let names: [String]
  package let values: [AvroValue]

  /// Names without a value and values without a name are left out.
  package init(names: [String], values: [AvroValue]) {
    let count = min(names.count, values.count)
    self.names = names.count == count ? names : Array(names.prefix(count))
    self.values = values.count == count ? values : Array(values.prefix(count))
  }

  package init(_ fields: [(String, AvroValue)]) {
    names = fields.map(\.0)
    values = fields.map(\.1)
  }

  package subscript(name: String) -> AvroValue? {
    names.firstIndex(of: name).map { values[$0] }
  }
}

/// A map in the order it was written. Two maps are equal when they have the same entries in any order; of a
/// repeated key the last value counts.
package struct AvroMap: Sendable, Equatable {
  package var entries: [(key: String, value: AvroValue)]

  package init(_ entries: [(key: String, value: AvroValue)]) { self.entries = entries }

  package subscript(key: String) -> AvroValue? { entries.last { $0.key == key }?.value }

  package var dictionary: [String: AvroValue] {
    Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
  }

  package static func == (left: AvroMap, right: AvroMap) -> Bool { left.dictionary == right.dictionary }
}
