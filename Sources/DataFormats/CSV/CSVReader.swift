import JSON

/// Reads CSV (RFC 4180) of the kind that ``CSVWriter`` writes: tables behind lines `# name`, or one without a name.
///
/// A quoted cell is a string; another is null if empty, a boolean or number if it looks like one, else a string. Each row
/// has as many cells as the header; leniently missing ones are absent and further ones are dropped.
struct CSVReader {
  private struct Cell {
    var text: String
    var value: JSONValue
  }

  private let text: Bytes
  private let options: DecodingOptions
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  init(_ text: Bytes, _ options: DecodingOptions) {
    self.text = text
    self.options = options
    delimiter = options.delimiter.byte
  }

  mutating func read() throws(DataFormatError) -> JSONValue {
    if options.isStrict, let start = text.baseAddress, let fault = UTF8Check.firstFault(start, count: text.count) {
      throw TextPlace(text, offset: fault)
        .error(.encoding, "The text is not UTF-8 here (byte 0x\(String(text[fault], radix: 16))).")
    }
    skipBlankLines()
    guard isAtName else { return .array(try readTable()) }
    var tables: [JSONObject.Element] = []
    var seen: Set<JSONKey> = []
    while isAtName {
      let place = line
      let name = readName()
      if !seen.insert(JSONKey(name)).inserted {
        guard !options.isStrict else {
          throw DataFormatError(
            .duplicateKey, "The table \"\(name)\" stands here a second time.", line: place, column: 1)
        }
        tables.removeAll { JSONKey.areSame($0.key, name) }
      }
      tables.append((name, .array(try readTable())))
    }
    return .object(JSONObject(distinct: tables))
  }

  private var isAtName: Bool {
    position + 1 < text.count && text[position] == Ascii.hash && text[position + 1] == Ascii.space
  }

  private mutating func skipBlankLines() {
    while position < text.count, text[position] == Ascii.lineFeed || text[position] == Ascii.carriageReturn {
      if text[position] == Ascii.lineFeed { line += 1 }
      position += 1
    }
  }

  private mutating func readName() -> String {
    position += 2
    let start = position
    while position < text.count, text[position] != Ascii.lineFeed { position += 1 }
    var end = position
    if end > start, text[end - 1] == Ascii.carriageReturn { end -= 1 }
    skipBlankLines()
    return String(decoding: Bytes(rebasing: text[start..<end]), as: UTF8.self)
  }

  /// Reads a header and its rows up to the next table or the end.
  private mutating func readTable() throws(DataFormatError) -> [JSONValue] {
    guard position < text.count, !isAtName else { return [] }
    let headerLine = line
    let keys = try readRecord().map(\.text)
    let index = JSONObject.KeyIndex(keys)
    let hasRepeatedKeys = Set(keys.map(JSONKey.init)).count < keys.count
    if hasRepeatedKeys, options.isStrict {
      throw DataFormatError(.duplicateKey, "The header names a column twice.", line: headerLine, column: 1)
    }
    var rows: [JSONValue] = []
    skipBlankLines()
    while position < text.count, !isAtName {
      let place = line
      let cells = try readRecord()
      if cells.count != keys.count, options.isStrict {
        throw DataFormatError(
          .count, "The header names \(keys.count) columns, but here are \(cells.count) cells.", line: place, column: 1)
      }
      let members = zip(keys, cells).map { JSONObject.Member($0, $1.value) }
      if hasRepeatedKeys {
        rows.append(.object(JSONObject(members.map { ($0.key, $0.value) })))
      } else {
        rows.append(
          .object(
            members.count == keys.count
              ? JSONObject(distinct: members, index: index) : JSONObject(distinct: members)))
      }
      skipBlankLines()
    }
    return rows
  }

  /// Reads the cells of a line, which may go on over several where quotes say so.
  private mutating func readRecord() throws(DataFormatError) -> [Cell] {
    var cells: [Cell] = []
    while true {
      cells.append(try readCell())
      guard position < text.count else { return cells }
      let byte = text[position]
      position += 1
      if byte == delimiter { continue }
      if byte == Ascii.carriageReturn, position < text.count, text[position] == Ascii.lineFeed { position += 1 }
      line += 1
      return cells
    }
  }

  private var isAtCellEnd: Bool {
    guard position < text.count else { return true }
    let byte = text[position]
    return byte == delimiter || byte == Ascii.lineFeed
      || byte == Ascii.carriageReturn && (position + 1 == text.count || text[position + 1] == Ascii.lineFeed)
  }

  private mutating func readCell() throws(DataFormatError) -> Cell {
    let start = position
    if position < text.count, text[position] == Ascii.quote { return try readQuoted() }
    while !isAtCellEnd { position += 1 }
    let bytes = Bytes(rebasing: text[start..<position])
    let isNull = bytes.isEmpty || ToonText.matches(bytes, "null")
    return Cell(text: String(decoding: bytes, as: UTF8.self), value: isNull ? .null : PlainText.value(of: bytes))
  }

  private mutating func readQuoted() throws(DataFormatError) -> Cell {
    let start = position
    var bytes: [UInt8] = []
    position += 1
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == Ascii.quote {
        guard position < text.count, text[position] == Ascii.quote else {
          guard isAtCellEnd else {
            throw TextPlace(text, offset: position)
              .error(.syntax, "Text follows the closing quote of a cell; a quote within is written twice.")
          }
          let string = String(decoding: bytes, as: UTF8.self)
          return Cell(text: string, value: .string(string))
        }
        position += 1
      }
      if byte == Ascii.lineFeed { line += 1 }
      bytes.append(byte)
    }
    throw TextPlace(text, offset: start).error(.syntax, "A cell has no closing quote.")
  }
}
