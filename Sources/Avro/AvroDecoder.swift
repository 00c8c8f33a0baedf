/// Reads binary values out of one buffer: the data of a block, a header, a message.
///
/// Every read checks the end of the buffer first, so that no input makes it leave the buffer; sizes and counts in
/// the data are compared with what is left before anything is allocated for them.
struct AvroDecoder {
  let bytes: UnsafeRawBufferPointer
  var position = 0
  /// Where the buffer, or the compressed block it came from, starts in the file.
  let origin: Int
  let isDecompressed: Bool
  let limits: AvroLimits
  /// Values without bytes that may still be read.
  var emptyValuesLeft: Int
  /// Values that may still be read for the current top-level value.
  private var valuesLeft = 0

  init(_ bytes: UnsafeRawBufferPointer, origin: Int = 0, isDecompressed: Bool = false, limits: AvroLimits) {
    self.bytes = bytes
    self.origin = origin
    self.isDecompressed = isDecompressed
    self.limits = limits
    emptyValuesLeft = limits.emptyValues
  }

  var remaining: Int { bytes.count - position }

  func failure(_ code: AvroError.Code, _ message: String, at place: Int? = nil) -> AvroError {
    let place = place ?? position
    if isDecompressed {
      return AvroError(code, "\(message), \(place) bytes into the decompressed block", offset: origin)
    }
    return AvroError(code, message, offset: origin + place)
  }

  private func truncated(_ what: String) -> AvroError {
    failure(.truncated, "the data end within \(what)")
  }

  // MARK: Primitives

  mutating func byte(of what: String) throws(AvroError) -> UInt8 {
    guard position < bytes.count else { throw truncated(what) }
    defer { position += 1 }
    return bytes[position]
  }

  /// A zig-zag variable-length integer of at most ten bytes.
  mutating func long(_ what: String = "a long") throws(AvroError) -> Int64 {
    let start = position
    var word: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte(of: what)
      if shift == 63, byte > 1 { throw failure(.corrupt, "\(what) has more than 64 bits", at: start) }
      word |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1)
  }

  mutating func int() throws(AvroError) -> Int32 {
    let start = position
    guard let value = Int32(exactly: try long("an int")) else {
      throw failure(.corrupt, "an int has more than 32 bits", at: start)
    }
    return value
  }

  mutating func boolean() throws(AvroError) -> Bool {
    let byte = try byte(of: "a boolean")
    guard byte < 2 else { throw failure(.corrupt, "a boolean is \(byte), neither 0 nor 1", at: position - 1) }
    return byte == 1
  }

  mutating func word<Word: FixedWidthInteger>(_ type: Word.Type, of what: String) throws(AvroError) -> Word {
    let raw = try slice(MemoryLayout<Word>.size, of: what)
    return Word(littleEndian: raw.loadUnaligned(as: Word.self))
  }

  /// The next bytes, in place.
  mutating func slice(_ count: Int, of what: String) throws(AvroError) -> UnsafeRawBufferPointer {
    guard count <= remaining else { throw truncated(what) }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// Bytes with their length before them.
  mutating func sized(_ what: String) throws(AvroError) -> UnsafeRawBufferPointer {
    let start = position
    let length = try long("the length of \(what)")
    guard length >= 0 else { throw failure(.corrupt, "\(what) has the negative length \(length)", at: start) }
    guard length <= remaining else {
      throw failure(.truncated, "\(what) is \(length) bytes long where \(remaining) are left", at: start)
    }
    return try slice(Int(length), of: what)
  }

  mutating func string(_ what: String = "a string") throws(AvroError) -> String {
    let start = position
    let raw = try sized(what)
    guard let text = String(validating: raw, as: UTF8.self) else {
      throw failure(.corrupt, "\(what) is not UTF-8", at: start)
    }
    return text
  }

  /// The place of a union's branch or an enum's symbol among `count`.
  mutating func index(below count: Int, of what: String) throws(AvroError) -> Int {
    let start = position
    let index = try long("the index of \(what)")
    guard index >= 0, index < count else {
      throw failure(.corrupt, "\(what) has the index \(index) where there are \(count)", at: start)
    }
    return Int(index)
  }

  // MARK: Blocks of arrays and maps

  /// The number of items in the next block of an array or map; nil at its end.
  ///
  /// - Parameter minimumSize: the least bytes that one item takes.
  mutating func blockCount(minimumSize: Int, of what: String) throws(AvroError) -> Int? {
    let start = position
    var count = try long("the count of \(what)")
    if count == 0 { return nil }
    if count < 0 {
      guard count != .min else { throw failure(.corrupt, "\(what) has the count \(count)", at: start) }
      count = -count
      let size = try long("the block size of \(what)")
      guard size >= 0 else { throw failure(.corrupt, "\(what) has a block of \(size) bytes", at: start) }
      guard size <= remaining else {
        throw failure(.truncated, "\(what) has a block of \(size) bytes where \(remaining) are left", at: start)
      }
    }
    try claim(count, minimumSize: minimumSize, what, at: start)
    return Int(count)
  }

  private mutating func claim(
    _ count: Int64, minimumSize: Int, _ what: String, at start: Int
  ) throws(AvroError) {
    if minimumSize == 0 {
      guard count <= emptyValuesLeft else {
        throw failure(.limitExceeded, "\(what) claims \(count) items without any bytes", at: start)
      }
      emptyValuesLeft -= Int(count)
    } else if count > remaining / minimumSize {
      throw failure(
        .truncated, "\(what) claims \(count) items where \(remaining) bytes are left", at: start)
    }
    guard count <= valuesLeft else {
      throw failure(
        .limitExceeded, "a value holds more than \(limits.valuesPerObject) values", at: start)
    }
    valuesLeft -= Int(count)
  }

  // MARK: Values

  /// Starts a top-level value: its own budget of values, and one from the budget of values without bytes.
  mutating func beginObject(minimumSize: Int) throws(AvroError) {
    valuesLeft = limits.valuesPerObject
    if minimumSize == 0 {
      guard emptyValuesLeft > 0 else {
        throw failure(.limitExceeded, "there are more than \(limits.emptyValues) values without any bytes")
      }
      emptyValuesLeft -= 1
    }
  }

  mutating func object(_ schema: AvroSchema) throws(AvroError) -> AvroValue {
    try beginObject(minimumSize: schema.rootType.minimumSize)
    return try value(schema.root, in: schema, depth: 0)
  }

  mutating func value(_ id: Int, in schema: AvroSchema, depth: Int) throws(AvroError) -> AvroValue {
    switch schema.types[id].shape {
    case .null: return .null
    case .boolean: return .boolean(try boolean())
    case .int: return .int(try int())
    case .long: return .long(try long())
    case .float: return .float(Float(bitPattern: try word(UInt32.self, of: "a float")))
    case .double: return .double(Double(bitPattern: try word(UInt64.self, of: "a double")))
    case .bytes: return .bytes(Array(try sized("bytes")))
    case .string: return .string(try string())
    case .fixed(let size): return .fixed(Array(try slice(size, of: "a fixed")))
    case .enumeration(let symbols, _): return .enumeration(symbols[try index(below: symbols.count, of: "an enum")])
    case .record(let fields): return try record(fields, id, in: schema, depth: try deeper(depth))
    case .array(let items): return try array(items, in: schema, depth: try deeper(depth))
    case .map(let values): return try map(values, in: schema, depth: try deeper(depth))
    case .union(let branches):
      let branch = try index(below: branches.count, of: "a union")
      return .union(branch, try value(branches[branch], in: schema, depth: try deeper(depth)))
    }
  }

  func deeper(_ depth: Int) throws(AvroError) -> Int {
    guard depth < limits.depth else {
      throw failure(.limitExceeded, "a value is nested deeper than \(limits.depth) levels")
    }
    return depth + 1
  }

  private mutating func record(
    _ fields: [AvroField], _ id: Int, in schema: AvroSchema, depth: Int
  ) throws(AvroError) -> AvroValue {
    var values: [AvroValue] = []
    values.reserveCapacity(fields.count)
    for field in fields { values.append(try value(field.type, in: schema, depth: depth)) }
    return .record(AvroRecord(names: schema.types[id].fieldNames, values: values))
  }

  private mutating func array(_ items: Int, in schema: AvroSchema, depth: Int) throws(AvroError) -> AvroValue {
    var values: [AvroValue] = []
    while let count = try blockCount(minimumSize: schema.types[items].minimumSize, of: "an array") {
      for _ in 0..<count { values.append(try value(items, in: schema, depth: depth)) }
    }
    return .array(values)
  }

  private mutating func map(_ values: Int, in schema: AvroSchema, depth: Int) throws(AvroError) -> AvroValue {
    var entries: [(key: String, value: AvroValue)] = []
    while let count = try blockCount(minimumSize: 1, of: "a map") {
      for _ in 0..<count {
        let key = try string("a map's key")
        entries.append((key, try value(values, in: schema, depth: depth)))
      }
    }
    return .map(AvroMap(entries))
  }
}
