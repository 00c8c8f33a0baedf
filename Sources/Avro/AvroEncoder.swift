/// Writes binary values.
package struct AvroEncoder {
  package private(set) var bytes: [UInt8] = []

  /// Trying the branches of unions inside unions could take time exponential in the depth.
  private var attemptsLeft = Self.maximumAttempts

  package init() {}

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  // MARK: Primitives

  /// A zig-zag variable-length integer.
  package mutating func write(_ value: Int64) {
    var word = UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63)
    while word >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: word) | 0x80)
      word >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: word))
  }

  /// Bytes with their length before them.
  package mutating func write(sized raw: some Collection<UInt8>) {
    write(Int64(raw.count))
    bytes.append(contentsOf: raw)
  }

  package mutating func write(raw: some Collection<UInt8>) { bytes.append(contentsOf: raw) }

  private mutating func write(littleEndian word: some FixedWidthInteger) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  // MARK: Values

  /// Writes a value of the schema's top-level type. A value that no union is around goes to the first branch of a
  /// union that it fits; an int may stand for a long, float or double, and so on upwards.
  ///
  /// - Throws: ``AvroError`` with `invalidValue` or `limitExceeded`; nothing has then been written.
  package mutating func write(_ value: AvroValue, schema: AvroSchema) throws(AvroError) {
    let start = bytes.count
    attemptsLeft = Self.maximumAttempts
    do {
      try write(value, schema.root, schema, depth: 0)
    } catch {
      bytes.removeLast(bytes.count - start)
      throw error
    }
  }

  private mutating func write(
    _ value: AvroValue, _ id: Int, _ schema: AvroSchema, depth: Int
  ) throws(AvroError) {
    guard depth <= Self.maximumDepth else {
      throw AvroError(.limitExceeded, "a value is nested deeper than \(Self.maximumDepth) levels")
    }
    switch (schema.types[id].shape, value) {
    case (.union(let branches), .union(let branch, let inner)):
      guard branches.indices.contains(branch) else {
        throw AvroError(.invalidValue, "a union of \(branches.count) branches has no branch \(branch)")
      }
      write(Int64(branch))
      try write(inner, branches[branch], schema, depth: depth + 1)
    case (.union(let branches), _): try write(value, branches: branches, schema, depth: depth)
    case (.record(let fields), .record(let record)):
      for field in fields { try write(record, field, id, schema, depth: depth) }
    case (.array(let items), .array(let values)):
      if !values.isEmpty { write(Int64(values.count)) }
      for item in values { try write(item, items, schema, depth: depth + 1) }
      write(0)
    case (.map(let values), .map(let map)):
      if !map.entries.isEmpty { write(Int64(map.entries.count)) }
      for entry in map.entries {
        write(sized: entry.key.utf8)
        try write(entry.value, values, schema, depth: depth + 1)
      }
      write(0)
    default: try writeScalar(value, schema.types[id])
    }
  }

  static let maximumDepth = 512
  static let maximumAttempts = 10_000_000

  private mutating func write(
    _ record: AvroRecord, _ field: AvroField, _ id: Int, _ schema: AvroSchema, depth: Int
  ) throws(AvroError) {
    if let value = record[field.name] {
      try write(value, field.type, schema, depth: depth + 1)
    } else if let json = field.defaultValue {
      try write(AvroValue(default: json, type: field.type, schema: schema), field.type, schema, depth: depth + 1)
    } else {
      throw AvroError(.invalidValue, "field \"\(field.name)\" of \(schema.types[id].description) is missing")
    }
  }

  private mutating func write(
    _ value: AvroValue, branches: [Int], _ schema: AvroSchema, depth: Int
  ) throws(AvroError) {
    let start = bytes.count
    for (branch, id) in branches.enumerated() {
      attemptsLeft -= 1
      do {
        write(Int64(branch))
        try write(value, id, schema, depth: depth + 1)
        return
      } catch {
        guard attemptsLeft > 0, error.code != .limitExceeded else {
          throw AvroError(.limitExceeded, "a value takes too many steps to match its unions")
        }
        bytes.removeLast(bytes.count - start)
      }
    }
    let names = branches.map { schema.types[$0].branchName }.joined(separator: ", ")
    throw AvroError(.invalidValue, "\(value.kindDescription) fits no branch of the union [\(names)]")
  }

  private mutating func writeScalar(_ value: AvroValue, _ type: AvroType) throws(AvroError) {
    switch (type.shape, value) {
    case (.null, .null): break
    case (.boolean, .boolean(let value)): bytes.append(value ? 1 : 0)
    case (.int, .int(let value)), (.long, .int(let value)): write(Int64(value))
    case (.long, .long(let value)): write(value)
    case (.float, .float(let value)): write(littleEndian: value.bitPattern)
    case (.float, .int(let value)): write(littleEndian: Float(value).bitPattern)
    case (.float, .long(let value)): write(littleEndian: Float(value).bitPattern)
    case (.double, .double(let value)): write(littleEndian: value.bitPattern)
    case (.double, .float(let value)): write(littleEndian: Double(value).bitPattern)
    case (.double, .int(let value)): write(littleEndian: Double(value).bitPattern)
    case (.double, .long(let value)): write(littleEndian: Double(value).bitPattern)
    case (.bytes, .bytes(let value)): write(sized: value)
    case (.string, .string(let value)): write(sized: value.utf8)
    case (.fixed(let size), .fixed(let value)) where value.count == size: write(raw: value)
    case (.enumeration(let symbols, _), .enumeration(let symbol)):
      guard let index = symbols.firstIndex(of: symbol) else {
        throw AvroError(.invalidValue, "\(type.description) has no symbol \"\(symbol)\"")
      }
      write(Int64(index))
    default:
      throw AvroError(.invalidValue, "\(value.kindDescription) is not \(type.description)")
    }
  }
}
