import JSON

/// Writes values as TOON, version 4.0 of <https://github.com/toon-format/spec>.
///
/// Numbers have the canonical form of §2 and, beyond it, ECMAScript's exponents; NaN and the infinities are `null`.
struct ToonEncoder: ~Copyable {
  var writer: ByteWriter
  private let options: EncodingOptions
  private let delimiter: Delimiter
  /// Takes what was written so far and forgets it, for texts that do not fit into memory.
  private let drain: ((Bytes) throws -> Void)?
  private var drainFailure: (any Error)?

  private static let drainSize = 1 << 20

  init(_ options: EncodingOptions, drain: ((Bytes) throws -> Void)? = nil) throws(DataFormatError) {
    try options.check()
    self.options = options
    delimiter = options.delimiter
    self.drain = drain
    writer = ByteWriter(reservingCapacity: drain == nil ? 1 << 12 : Self.drainSize + 1 << 12)
  }

  /// Writes a whole document.
  mutating func write(_ value: JSONValue) throws(DataFormatError) {
    switch value {
    case .array(let elements): try writeArray(elements, level: 0, allowsTable: true)
    case .object(let object):
      if let table = ToonTable(entries: object) {
        try writeKeyed(object, table, level: 0)
      } else {
        try writeMembers(object, level: 0)
      }
    case .string(let text) where text.unicodeScalars.first == "\u{FEFF}":
      // At the start of a text it would be taken for a byte order mark.
      ToonText.writeQuoted(text, to: &writer)
    default: writePrimitive(value)
    }
  }

  // MARK: Lines

  /// Starts a line at a level.
  mutating func startLine(_ level: Int) {
    if writer.count > 0 || hasDrained { writer.append(Ascii.lineFeed) }
    writer.append(repeating: Ascii.space, count: level * options.indentation)
  }

  private var hasDrained = false

  mutating func drainIfFull() {
    guard let drain, writer.count >= Self.drainSize, drainFailure == nil else { return }
    do {
      try drain(writer.bytes)
    } catch {
      drainFailure = error
    }
    writer.removeAll()
    hasDrained = true
  }

  private func checkDepth(_ level: Int) throws(DataFormatError) {
    guard level > options.maximumDepth else { return }
    throw DataFormatError(.limit, "The value nests deeper than \(options.maximumDepth) levels, which is not written.")
  }

  mutating func writePrimitive(_ value: JSONValue) {
    switch value {
    case .null: writer.append("null")
    case .bool(let value): writer.append(value ? "true" : "false")
    case .integer(let value): writer.appendNumber(value)
    case .double(let value): writer.appendNumber(value)
    case .string(let value): ToonText.write(value, delimiter: delimiter, to: &writer)
    case .array, .object: break
    }
  }

  // MARK: Objects

  private mutating func writeMembers(_ object: JSONObject, level: Int) throws(DataFormatError) {
    for member in object {
      startLine(level)
      try writeMember(member.key, member.value, level: level)
      drainIfFull()
    }
  }

  /// Writes a member after the indentation, or after the hyphen of a list item, where its own level is one deeper.
  mutating func writeMember(_ key: String, _ value: JSONValue, level: Int) throws(DataFormatError) {
    try checkDepth(level)
    ToonText.writeKey(key, to: &writer)
    switch value {
    case .array(let elements): try writeArray(elements, level: level, allowsTable: true, isMember: true)
    case .object(let object):
      if let table = ToonTable(entries: object) {
        try writeKeyed(object, table, level: level)
      } else {
        writer.append(Ascii.colon)
        try writeMembers(object, level: level + 1)
      }
    default:
      writer.append(": ")
      writePrimitive(value)
    }
  }

  private mutating func writeKeyed(_ object: JSONObject, _ table: ToonTable, level: Int) throws(DataFormatError) {
    writeHeader(count: object.count, fields: table.fields, isKeyed: true)
    for entry in object {
      guard case .object(let row) = entry.value else { continue }
      startLine(level + 1)
      writeRowKey(entry.key)
      writeRow(row, table)
      drainIfFull()
    }
  }

  // MARK: Lists

  private mutating func writeArray(
    _ elements: [JSONValue], level: Int, allowsTable: Bool, isMember: Bool = false
  ) throws(DataFormatError) {
    if elements.isEmpty {
      // An empty list in a list is the one that keeps its count (§9.2).
      writer.append(isMember ? ": []" : allowsTable ? "[]" : "[0")
      if !allowsTable { writeHeaderEnd() }
    } else if elements.allSatisfy(\.isPrimitive) {
      writeHeader(count: elements.count)
      writer.append(Ascii.space)
      for (index, element) in elements.enumerated() {
        if index > 0 { writer.append(delimiter.byte) }
        writePrimitive(element)
      }
    } else if allowsTable, let table = ToonTable(rows: elements) {
      try checkDepth(level + table.fields.depth)
      writeHeader(count: elements.count, fields: table.fields)
      for element in elements {
        guard case .object(let row) = element else { continue }
        startLine(level + 1)
        writeRow(row, table)
        drainIfFull()
      }
    } else {
      writeHeader(count: elements.count)
      for element in elements {
        startLine(level + 1)
        try writeItem(element, level: level + 1)
        drainIfFull()
      }
    }
  }

  mutating func writeItem(_ value: JSONValue, level: Int) throws(DataFormatError) {
    try checkDepth(level)
    writer.append(Ascii.minus)
    if case .object(let object) = value, object.isEmpty { return }
    writer.append(Ascii.space)
    switch value {
    case .array(let elements): try writeArray(elements, level: level, allowsTable: false)
    case .object(let object):
      for (index, member) in object.enumerated() {
        if index > 0 { startLine(level + 1) }
        try writeMember(member.key, member.value, level: level + 1)
      }
    default: writePrimitive(value)
    }
  }

  // MARK: Headers and rows

  mutating func writeHeader(count: Int, fields: FieldGroup? = nil, isKeyed: Bool = false) {
    writer.append(Ascii.openBracket)
    writer.appendNumber(Int64(count))
    if isKeyed { writer.append(Ascii.colon) }
    if delimiter != .comma { writer.append(delimiter.byte) }
    writer.append(Ascii.closeBracket)
    if let fields { writeFields(fields) }
    writer.append(Ascii.colon)
  }

  mutating func writeDelimiter() { writer.append(delimiter.byte) }

  mutating func writeKey(_ key: String) { ToonText.writeKey(key, to: &writer) }

  mutating func writeRowKey(_ key: String) {
    ToonText.writeKey(key, to: &writer)
    writer.append(": ")
  }

  private mutating func writeHeaderEnd() {
    if delimiter != .comma { writer.append(delimiter.byte) }
    writer.append("]:")
  }

  private mutating func writeFields(_ fields: FieldGroup) {
    writer.append(Ascii.openBrace)
    for (index, entry) in fields.entries.enumerated() {
      if index > 0 { writer.append(delimiter.byte) }
      ToonText.writeKey(entry.key, to: &writer)
      if let group = entry.group { writeFields(group) }
    }
    writer.append(Ascii.closeBrace)
  }

  mutating func writeRow(_ row: JSONObject, _ table: ToonTable) {
    writeCells(row, table.fields, isInOrder: table.isInOrder)
    // Each cell was followed by a delimiter.
    writer.removeLast(1)
  }

  private mutating func writeCells(_ row: JSONObject, _ fields: FieldGroup, isInOrder: Bool) {
    if isInOrder {
      row.withMembers { members in
        fields.entries.withUnsafeBufferPointer { entries in
          for index in 0..<min(entries.count, members.count) {
            writeCell(members[index].value, entries[index].group, isInOrder: true)
          }
        }
      }
    } else {
      for entry in fields.entries { writeCell(row[entry.key] ?? .null, entry.group, isInOrder: false) }
    }
  }

  @inline(__always)
  private mutating func writeCell(_ value: JSONValue, _ group: FieldGroup?, isInOrder: Bool) {
    if let group {
      if case .object(let inner) = value { writeCells(inner, group, isInOrder: isInOrder) }
    } else {
      writePrimitive(value)
      writer.append(delimiter.byte)
    }
  }

  /// Hands over what is left, and says what went wrong with handing over.
  mutating func finish() throws {
    if let drainFailure { throw drainFailure }
    try drain?(writer.bytes)
    writer.removeAll()
  }
}

extension JSONValue {
  /// Whether this is no list and no object.
  var isPrimitive: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
