import JSON

/// Reads TOON, version 4.0 of <https://github.com/toon-format/spec>.
///
/// Leniently (not strict) these are read where the specification leaves it open: indentation that is no whole number of
/// levels counts down; a tab in the indentation is one level; a malformed header is a member with that literal key; a
/// list, table or row may be longer or shorter than declared, with cells too many dropped and fields too many absent;
/// lines too deep for where they stand are passed over, as is what follows the end of the root.
/// A byte order mark is passed over in both modes. Integers beyond 64 bits become the nearest double.
struct ToonDecoder<Source: ToonLineSource & ~Copyable, Sink: ToonSink & ~Copyable>: ~Copyable {
  var sink: Sink
  private var lines: ToonLineReader<Source>
  private let isStrict: Bool
  private let maximumDepth: Int
  /// Levels of values that are open, which is also how deep the functions here call each other.
  private var level = 0
  private var fieldCache = ToonFieldCache()

  init(_ source: consuming Source, into sink: consuming Sink, _ options: DecodingOptions) {
    lines = ToonLineReader(source, options)
    self.sink = sink
    isStrict = options.isStrict
    maximumDepth = options.maximumDepth
  }

  /// Reads a whole document.
  mutating func decode() throws(DataFormatError) {
    guard let first = try lines.peek() else {
      sink.beginObject()
      return sink.endObject()
    }
    if first.depth > 0, isStrict {
      throw first.error(.indentation, "The first line of a document is not indented.")
    }
    if Self.isEmptyList(first, from: first.start) {
      try lines.consume()
      sink.beginArray()
      sink.endArray()
      return try expectEnd("the root list")
    }
    if first.text[first.start] == Ascii.openBracket, let header = try header(first, from: first.start) {
      try lines.consume()
      try decodeList(header, first, depth: 0)
      return try expectEnd(header.isKeyed ? "the keyed table at the root" : "the root list")
    }
    if ToonScanner.firstUnquoted(Ascii.colon, first.text, from: first.start, to: first.end) == nil {
      return try decodeRootPrimitive(first)
    }
    sink.beginObject()
    try decodeMembers(depth: first.depth)
    // Only leniently is anything left: lines less deep than the first.
    while let line = try lines.peek() { try passOver(line, "a line outside the root") }
    sink.endObject()
  }

  private mutating func expectEnd(_ what: StaticString) throws(DataFormatError) {
    guard isStrict, let line = try lines.peek() else { return }
    throw line.error(.syntax, "Nothing may follow \(what), which is the whole document.")
  }

  private mutating func decodeRootPrimitive(_ line: ToonLine) throws(DataFormatError) {
    // The line's bytes are gone once the next one is looked at.
    let value = try primitive(line, from: line.start, to: line.end)
    let (column, number) = (line.column(at: line.start), line.number)
    try lines.consume()
    if try lines.peek() != nil {
      throw DataFormatError(
        .syntax, "A document of several lines begins with a member (key: value) or a header (key[N]:).", line: number,
        column: column)
    }
    sink.append(value)
  }

  // MARK: - Errors and leniency

  private mutating func enter(_ line: ToonLine) throws(DataFormatError) {
    level &+= 1
    if level > maximumDepth {
      throw line.error(.limit, "The text nests deeper than \(maximumDepth) levels, which is not read.")
    }
  }

  /// Refuses a line that belongs nowhere, or leniently takes no notice of it.
  private mutating func passOver(_ line: ToonLine, _ what: String) throws(DataFormatError) {
    if isStrict {
      throw line.error(.indentation, "The indentation is that of \(what): nothing opened this level.")
    }
    if !line.isItem, ToonScanner.firstUnquoted(Ascii.colon, line.text, from: line.start, to: line.end) == nil {
      throw line.error(.syntax, "This is no member (key: value) and no header.")
    }
    try lines.consume()
  }

  private func countError(
    _ what: String, declared: Int, found: Int, line: Int, column: Int = 1
  ) -> DataFormatError {
    DataFormatError(
      .count, "The header declares \(declared) \(what), but there are \(found).", line: line, column: column)
  }

  private func tooMany(_ what: String, declared: Int, _ line: ToonLine) -> DataFormatError {
    line.error(.count, "The header declares \(declared) \(what), and this is one more.")
  }

  /// The header at `start`; nil for a line of another kind, and leniently for a malformed one.
  private mutating func header(_ line: ToonLine, from start: Int) throws(DataFormatError) -> ToonHeader? {
    switch try ToonHeader.read(line, from: start, maximumDepth: maximumDepth, &fieldCache) {
    case .notAHeader: return nil
    case .malformed(let error):
      if isStrict || error.code == .limit { throw error }
      return nil
    case .header(let header):
      if isStrict, let fields = header.fields, let key = fields.repeatedKey {
        throw line.error(.duplicateKey, "The field \"\(key)\" stands twice between the same braces.", at: start)
      }
      return header
    }
  }

  private static func isEmptyList(_ line: ToonLine, from start: Int) -> Bool {
    line.end == start + 2 && line.text[start] == Ascii.openBracket && line.text[start + 1] == Ascii.closeBracket
  }

  // MARK: - Objects

  /// Reads the members of the object that is open, from the first line at `depth` or deeper.
  private mutating func decodeMembers(depth: Int, isContinued: Bool = false) throws(DataFormatError) {
    // Leniently the first line says how deep the members are.
    var actual = isContinued ? depth : -1
    while let line = try lines.peek(), line.depth >= depth {
      if actual < 0 { actual = line.depth }
      if line.depth == actual {
        try decodeMember(line, from: line.start, depth: actual)
        try sink.check()
      } else if line.depth > actual {
        try passOver(line, "a level below a member that has a value, or below none")
      } else {
        return
      }
    }
  }

  /// Reads the member that begins at `start`, and the lines that belong to it.
  private mutating func decodeMember(_ line: ToonLine, from start: Int, depth: Int) throws(DataFormatError) {
    if let colon = plainKeyEnd(line, from: start) {
      let key = String(decoding: line.text.bytes(start, colon), as: UTF8.self)
      return try decodeValue(key, line, from: start, colon: colon, depth: depth)
    }
    if let header = try header(line, from: start) {
      if let key = header.key {
        try name(key, line, at: start)
        try lines.consume()
        return try decodeList(header, line, depth: depth)
      }
      if isStrict {
        throw line.error(
          .syntax, "A header without a key stands only at the root or, without fields, as an item.", at: start)
      }
    }
    let (key, colon) = try key(line, from: start)
    try decodeValue(key, line, from: start, colon: colon, depth: depth)
  }

  /// Where the colon is behind a key of the commonest kind; nil for any other.
  @inline(__always) private func plainKeyEnd(_ line: ToonLine, from start: Int) -> Int? {
    var index = start
    while index < line.end {
      let byte = line.text[index]
      if byte == Ascii.colon { return index > start ? index : nil }
      guard Ascii.isLetter(byte) || Ascii.isDigit(byte) || byte == Ascii.underscore else { return nil }
      index &+= 1
    }
    return nil
  }

  private mutating func decodeValue(
    _ key: String, _ line: ToonLine, from start: Int, colon: Int, depth: Int
  ) throws(DataFormatError) {
    try name(key, line, at: start)
    var value = colon + 1
    while value < line.end, line.text[value] == Ascii.space { value &+= 1 }
    if value == line.end {
      try lines.consume()
      try decodeNested(depth: depth, line)
    } else if Self.isEmptyList(line, from: value) {
      sink.beginArray()
      sink.endArray()
      try lines.consume()
    } else {
      sink.append(try primitive(line, from: value, to: line.end))
      try lines.consume()
    }
  }

  /// Reads the object that a bare `key:` opens; it may be empty.
  private mutating func decodeNested(depth: Int, _ opening: ToonLine) throws(DataFormatError) {
    sink.beginObject()
    if let next = try lines.peek(), next.depth > depth {
      if isStrict, next.depth > depth + 1 {
        throw next.error(.indentation, "The indentation is \(next.depth - depth - 1) levels too deep.")
      }
      try enter(next)
      try decodeMembers(depth: depth + 1)
      level &-= 1
    }
    sink.endObject()
  }

  private mutating func name(_ key: String, _ line: ToonLine, at start: Int) throws(DataFormatError) {
    if !sink.key(key), isStrict {
      throw line.error(.duplicateKey, "The key \"\(key)\" stands twice in the same object.", at: start)
    }
  }

  /// The key that begins at `start`, and where its colon is.
  private func key(_ line: ToonLine, from start: Int) throws(DataFormatError) -> (key: String, colon: Int) {
    let text = line.text
    guard let colon = ToonScanner.firstUnquoted(Ascii.colon, text, from: start, to: line.end) else {
      if text[start] == Ascii.quote { _ = try ToonScanner.quotedString(line, from: start, to: line.end) }
      throw line.error(.syntax, "A colon is missing: a member is key: value.", at: line.end)
    }
    var end = colon
    while end > start, text[end - 1] == Ascii.space { end &-= 1 }
    if end > start, text[start] == Ascii.quote {
      return (try ToonScanner.quotedString(line, from: start, to: end), colon)
    }
    return (String(decoding: text.bytes(start, end), as: UTF8.self), colon)
  }

  // MARK: - Lists

  /// Reads what a header announces. Its line has been taken, but its bytes are still there.
  private mutating func decodeList(_ header: ToonHeader, _ line: ToonLine, depth: Int) throws(DataFormatError) {
    level &+= header.fields?.depth ?? 0
    try enter(line)
    if header.isKeyed, let fields = header.fields {
      sink.beginObject()
      try decodeEntries(header, fields, depth: depth + 1, headerLine: line.number)
      sink.endObject()
    } else {
      sink.beginArray()
      if header.contentStart < line.end {
        try decodeInline(header, line)
      } else if let fields = header.fields {
        try decodeRows(header, fields, depth: depth + 1, headerLine: line.number)
      } else {
        try decodeItems(header, depth: depth + 1, headerLine: line.number)
      }
      sink.endArray()
    }
    level &-= 1 &+ (header.fields?.depth ?? 0)
    try sink.check()
  }

  private mutating func decodeInline(_ header: ToonHeader, _ line: ToonLine) throws(DataFormatError) {
    let count = try decodeCells(line, from: header.contentStart, header.delimiter, atMost: .max)
    if isStrict, count != header.count {
      throw countError(
        "values", declared: header.count, found: count, line: line.number, column: line.column(at: header.contentStart))
    }
  }

  private mutating func decodeRows(
    _ header: ToonHeader, _ fields: FieldGroup, depth: Int, headerLine: Int
  ) throws(DataFormatError) {
    var count = 0
    while let line = try lines.peek(), line.depth == depth, isRow(line, header.delimiter) {
      if isStrict, count == header.count { throw tooMany("rows", declared: header.count, line) }
      try decodeRow(line, from: line.start, header.delimiter, fields)
      try lines.consume()
      if count == 0 { lines.openSpans &+= 1 }
      count &+= 1
    }
    try endSpan(count, header, "rows", headerLine, depth: depth)
  }

  private mutating func endSpan(
    _ count: Int, _ header: ToonHeader, _ what: String, _ headerLine: Int, depth: Int
  ) throws(DataFormatError) {
    if count > 0 { lines.openSpans &-= 1 }
    if isStrict, count == 0, header.count > 0, let line = try lines.peek(), line.depth > depth {
      throw line.error(
        .indentation, "The \(what) are indented too deep: the text may have more spaces a level than was said.")
    }
    if isStrict, count != header.count {
      throw countError(what, declared: header.count, found: count, line: headerLine)
    }
  }

  /// A line at the depth of the rows is none if its first colon stands before its first delimiter (§9.3).
  private func isRow(_ line: ToonLine, _ delimiter: UInt8) -> Bool {
    var index = line.start
    while index < line.end {
      let byte = line.text[index]
      if byte == delimiter { return true }
      if byte == Ascii.colon { return false }
      index = byte == Ascii.quote ? ToonScanner.endOfQuotes(line.text, from: index, to: line.end) : index &+ 1
    }
    return true
  }

  private mutating func decodeRow(
    _ line: ToonLine, from start: Int, _ delimiter: UInt8, _ fields: FieldGroup
  ) throws(DataFormatError) {
    let first = sink.valueCount
    sink.beginRow(fields)
    let count = try decodeCells(line, from: start, delimiter, atMost: fields.leafCount)
    if isStrict, count != fields.leafCount {
      throw line.error(.count, "The header declares \(fields.leafCount) cells a row, but here are \(count).", at: start)
    }
    sink.endRow(fields, from: first)
    try sink.check()
  }

  private mutating func decodeEntries(
    _ header: ToonHeader, _ fields: FieldGroup, depth: Int, headerLine: Int
  ) throws(DataFormatError) {
    var count = 0
    while let line = try lines.peek(), line.depth >= depth {
      let colon = ToonScanner.firstUnquoted(Ascii.colon, line.text, from: line.start, to: line.end)
      guard line.depth == depth, colon != nil else {
        if isStrict {
          throw line.depth == depth
            ? line.error(.syntax, "A row of a keyed table is key: value,value.")
            : line.error(
              .indentation,
              "The indentation is deeper than that of the table's rows: the text may have more spaces a level than was said."
            )
        }
        try lines.consume()
        continue
      }
      if isStrict, count == header.count { throw tooMany("entries", declared: header.count, line) }
      let (key, end) = try key(line, from: line.start)
      try name(key, line, at: line.start)
      var start = end + 1
      while start < line.end, line.text[start] == Ascii.space { start &+= 1 }
      try decodeRow(line, from: start, header.delimiter, fields)
      try lines.consume()
      if count == 0 { lines.openSpans &+= 1 }
      count &+= 1
    }
    try endSpan(count, header, "entries", headerLine, depth: depth)
  }

  private mutating func decodeItems(_ header: ToonHeader, depth: Int, headerLine: Int) throws(DataFormatError) {
    var count = 0
    while let line = try lines.peek(), line.depth == depth, line.isItem {
      if isStrict, count == header.count { throw tooMany("items", declared: header.count, line) }
      // The first line of an item opens the span that its own further lines are in.
      try decodeItem(line, depth: depth, isFirst: count == 0)
      count &+= 1
    }
    if isStrict, count < header.count, let line = try lines.peek(), line.depth == depth {
      throw line.error(
        .syntax, "An item of a list begins with a hyphen and a space; \(count) of \(header.count) were read.")
    }
    try endSpan(count, header, "items", headerLine, depth: depth)
  }

  private mutating func openSpan(_ isFirst: Bool) throws(DataFormatError) {
    if isFirst { lines.pendingSpan = true }
    try lines.consume()
  }

  private mutating func decodeItem(_ line: ToonLine, depth: Int, isFirst: Bool) throws(DataFormatError) {
    var start = line.start + 1
    while start < line.end, line.text[start] == Ascii.space { start &+= 1 }
    if start == line.end {
      try openSpan(isFirst)
      sink.beginObject()
      return sink.endObject()
    }
    if Self.isEmptyList(line, from: start) {
      try openSpan(isFirst)
      sink.beginArray()
      return sink.endArray()
    }
    if line.text[start] == Ascii.openBracket, let header = try header(line, from: start) {
      if header.fields == nil {
        try openSpan(isFirst)
        return try decodeList(header, line, depth: depth)
      }
      if isStrict {
        throw line.error(.syntax, "A list in a list has no fields in its header: write its rows as items.", at: start)
      }
    }
    if ToonScanner.firstUnquoted(Ascii.colon, line.text, from: start, to: line.end) == nil {
      sink.append(try primitive(line, from: start, to: line.end))
      return try openSpan(isFirst)
    }
    try enter(line)
    if isFirst { lines.pendingSpan = true }
    sink.beginObject()
    // The first member stands on the hyphen's line, one level deeper than the hyphen (§10).
    try decodeMember(line, from: start, depth: depth + 1)
    try decodeMembers(depth: depth + 1, isContinued: true)
    sink.endObject()
    level &-= 1
  }

  // MARK: - Values

  /// Reads what stands between delimiters up to the end of the line, and says how much it was.
  private mutating func decodeCells(
    _ line: ToonLine, from start: Int, _ delimiter: UInt8, atMost limit: Int
  ) throws(DataFormatError) -> Int {
    guard start < line.end else { return 0 }
    let (text, end) = (line.text, line.end)
    var count = 0
    var index = start
    while true {
      while index < end, text[index] == Ascii.space { index &+= 1 }
      let cellStart = index
      while index < end, text[index] != delimiter {
        index = text[index] == Ascii.quote ? ToonScanner.endOfQuotes(text, from: index, to: end) : index &+ 1
      }
      var cellEnd = index
      while cellEnd > cellStart, text[cellEnd - 1] == Ascii.space { cellEnd &-= 1 }
      let value = try primitive(line, from: cellStart, to: cellEnd)
      if count < limit { sink.append(value) }
      count &+= 1
      if index >= end { return count }
      index &+= 1
    }
  }

  /// The value of a token without spaces around it (§4).
  @inline(__always)
  private func primitive(_ line: ToonLine, from start: Int, to end: Int) throws(DataFormatError) -> JSONValue {
    guard start < end else { return .string("") }
    let text = line.text
    switch text[start] {
    case Ascii.quote: return .string(try ToonScanner.quotedString(line, from: start, to: end))
    case Ascii.minus, Ascii.zero...Ascii.nine:
      switch NumberReader.read(text + start, end &- start) {
      case .value(let value): return value
      case .notANumber: break
      case .tooLarge:
        throw line.error(.number, "The number is larger than a double can hold: put it in quotes.", at: start)
      }
    case 0x74: if ToonText.matches(text.bytes(start, end), "true") { return .bool(true) }
    case 0x66: if ToonText.matches(text.bytes(start, end), "false") { return .bool(false) }
    case 0x6E: if ToonText.matches(text.bytes(start, end), "null") { return .null }
    default: break
    }
    return .string(String(decoding: text.bytes(start, end), as: UTF8.self))
  }
}
