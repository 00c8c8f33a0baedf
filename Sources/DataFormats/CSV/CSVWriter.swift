import JSON

/// Writes flat tables as CSV (RFC 4180) the way the TOON project's benchmark does: a list of flat objects is a header
/// line and a line each; several in an object stand below each other, each behind a line `# name`, parted by a blank one.
///
/// So that nothing is lost on the way back, booleans are words (the benchmark has 1 and nothing), strings that look like
/// another value and empty ones are quoted, and null is an empty cell. What is not flat is an error.
struct CSVWriter: ~Copyable {
  var writer = ByteWriter(reservingCapacity: 1 << 12)
  private let delimiter: UInt8
  private var path = ValuePath()

  init(_ options: EncodingOptions) { delimiter = options.delimiter.byte }

  mutating func write(_ value: JSONValue) throws(DataFormatError) {
    switch value {
    case .array(let rows): try writeTable(rows)
    case .object(let object):
      for (index, member) in object.enumerated() {
        path.append(member.key)
        guard case .array(let rows) = member.value else {
          throw path.error("CSV holds tables only, and this is \(member.value.kindDescription).")
        }
        guard member.key.utf8.allSatisfy({ $0 >= 0x20 }), !member.key.isEmpty, !member.key.hasPrefix(" "),
          !member.key.hasSuffix(" ")
        else {
          throw path.error("The name of a table in CSV is one line without spaces around it.")
        }
        writer.append(index > 0 ? "\n\n# " : "# ")
        writer.append(member.key)
        if !rows.isEmpty { writer.append(Ascii.lineFeed) }
        try writeTable(rows)
        path.removeLast()
      }
    default: throw path.error("CSV holds tables only, and this is \(value.kindDescription).")
    }
  }

  private mutating func writeTable(_ rows: [JSONValue]) throws(DataFormatError) {
    guard let first = rows.first else { return }
    guard case .object(let header) = first, !header.isEmpty else {
      path.append(0)
      throw path.error("A row of a CSV table is an object with members, and this is \(first.kindDescription).")
    }
    let keys = header.keys
    for (index, key) in keys.enumerated() {
      if index > 0 { writer.append(delimiter) }
      writeCell(
        key, isQuoted: key.isEmpty || key.hasPrefix("#") || key.unicodeScalars.first == "\u{FEFF}" || needsQuotes(key))
    }
    for (index, row) in rows.enumerated() {
      path.append(index)
      writer.append(Ascii.lineFeed)
      try writeRow(row, keys)
      path.removeLast()
    }
  }

  private mutating func writeRow(_ row: JSONValue, _ keys: [String]) throws(DataFormatError) {
    guard case .object(let object) = row else {
      throw path.error("A row of a CSV table is an object, and this is \(row.kindDescription).")
    }
    var found = 0
    for (index, key) in keys.enumerated() {
      if index > 0 { writer.append(delimiter) }
      let value = index < object.count && JSONKey.areSame(object[index].key, key) ? object[index].value : object[key]
      if value != nil { found += 1 }
      path.append(key)
      try writeValue(value ?? .null, isAlone: keys.count == 1)
      path.removeLast()
    }
    guard found == object.count else {
      throw path.error("The row has members that the first row, which makes the header, has not.")
    }
  }

  private mutating func writeValue(_ value: JSONValue, isAlone: Bool) throws(DataFormatError) {
    switch value {
    // A line with nothing in it would be no row.
    case .null: if isAlone { writer.append("null") }
    case .bool(let value): writer.append(value ? "true" : "false")
    case .integer(let value): writer.appendNumber(value)
    case .double(let value):
      if value.isFinite { writer.appendNumber(value) } else if isAlone { writer.append("null") }
    case .string(let text): writeCell(text, isQuoted: needsQuotes(text) || Self.looksLikeAnother(text))
    case .array, .object:
      throw path.error(
        "A cell of CSV is a plain value, and this is \(value.kindDescription): CSV is for flat data only.")
    }
  }

  private func needsQuotes(_ text: String) -> Bool {
    text.utf8.contains { $0 == delimiter || $0 == Ascii.quote || $0 == Ascii.lineFeed || $0 == Ascii.carriageReturn }
  }

  private static func looksLikeAnother(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      if bytes.isEmpty || bytes[0] == Ascii.hash || ToonText.matches(bytes, "null") { return true }
      if case .string = PlainText.value(of: bytes) { return false }
      return true
    }
  }

  private mutating func writeCell(_ text: String, isQuoted: Bool) {
    guard isQuoted else { return writer.append(text) }
    writer.append(Ascii.quote)
    for byte in text.utf8 {
      if byte == Ascii.quote { writer.append(Ascii.quote) }
      writer.append(byte)
    }
    writer.append(Ascii.quote)
  }
}
