/// Reads the fields of a header between their braces, groups within groups.
struct ToonFieldParser {
  private let line: ToonLine
  private let delimiter: UInt8
  private let maximumDepth: Int

  init(_ line: ToonLine, delimiter: UInt8, maximumDepth: Int) {
    self.line = line
    self.delimiter = delimiter
    self.maximumDepth = maximumDepth
  }

  /// - Parameter position: at the opening brace; behind the closing one afterwards.
  mutating func parse(_ position: inout Int) throws(DataFormatError) -> FieldGroup {
    // An explicit stack, so that no text can exhaust the thread's.
    var stack: [(name: String, entries: [FieldGroup.Entry])] = [("", [])]
    position += 1
    while true {
      let name = try name(&position)
      let end = position < line.end ? line.text[position] : 0
      if end == Ascii.openBrace {
        guard stack.count < maximumDepth else {
          throw line.error(.limit, "The fields nest deeper than \(maximumDepth) levels.", at: position)
        }
        stack.append((name, []))
        position += 1
        continue
      }
      stack[stack.count - 1].entries.append(.init(key: name, group: nil))
      while position < line.end, line.text[position] == Ascii.closeBrace, let closed = stack.popLast() {
        position += 1
        let group = FieldGroup(closed.entries)
        guard !stack.isEmpty else { return group }
        stack[stack.count - 1].entries.append(.init(key: closed.name, group: group))
        skipSpaces(&position)
      }
      guard position < line.end else { throw line.error(.syntax, "A brace of the fields is not closed.", at: position) }
      guard line.text[position] == delimiter else {
        let wrong = [Ascii.comma, Ascii.tab, Ascii.pipe].contains(line.text[position])
        throw line.error(
          .syntax,
          wrong
            ? "The fields are not parted by the delimiter that the brackets declare."
            : "Text follows a group of fields.",
          at: position)
      }
      position += 1
    }
  }

  private func skipSpaces(_ position: inout Int) {
    while position < line.end, line.text[position] == Ascii.space { position += 1 }
  }

  /// Reads a name up to what ends it: a delimiter of any kind or a brace.
  private func name(_ position: inout Int) throws(DataFormatError) -> String {
    skipSpaces(&position)
    let start = position
    while position < line.end {
      let byte = line.text[position]
      if byte == Ascii.quote {
        position = ToonScanner.endOfQuotes(line.text, from: position, to: line.end)
        continue
      }
      if byte == delimiter || byte == Ascii.comma || byte == Ascii.tab || byte == Ascii.pipe
        || byte == Ascii.openBrace || byte == Ascii.closeBrace
      {
        break
      }
      position += 1
    }
    var end = position
    while end > start, line.text[end - 1] == Ascii.space { end -= 1 }
    guard end > start else { throw line.error(.syntax, "A field has no name.", at: start) }
    if line.text[start] == Ascii.quote { return try ToonScanner.quotedString(line, from: start, to: end) }
    return String(decoding: line.text.bytes(start, end), as: UTF8.self)
  }
}
