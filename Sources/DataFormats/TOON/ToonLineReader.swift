/// Takes lines apart into indentation and content, and leaves out comments and blank lines (TOON §5.1, §12).
struct ToonLineReader<Source: ToonLineSource & ~Copyable>: ~Copyable {
  private var source: Source
  private let indentation: Int
  private let isStrict: Bool

  private var lineNumber = 0
  private var peeked: ToonLine?
  private var isAtEnd = false
  /// The first blank line since the last line with content; 0 if there was none.
  private var blankLine = 0
  /// How many lists and tables are open whose first item or row was read. A blank line within is an error (§12).
  var openSpans = 0
  /// Whether the line that is taken next opens a span.
  var pendingSpan = false

  init(_ source: consuming Source, _ options: DecodingOptions) {
    self.source = source
    indentation = options.indentation
    isStrict = options.isStrict
  }

  /// The number of the last line that was looked at.
  var lastLineNumber: Int { max(lineNumber, 1) }

  /// The next line with content, which stays the next.
  @inline(__always) mutating func peek() throws(DataFormatError) -> ToonLine? {
    if let peeked { return peeked }
    return try load()
  }

  /// Takes the line that was looked at last.
  @inline(__always) mutating func consume() throws(DataFormatError) {
    if blankLine > 0 { try checkBlankLine() }
    if pendingSpan {
      openSpans &+= 1
      pendingSpan = false
    }
    peeked = nil
  }

  private mutating func checkBlankLine() throws(DataFormatError) {
    if isStrict, openSpans > 0 {
      throw DataFormatError(
        .syntax, "A blank line within a list or table is not allowed: remove it.", line: blankLine, column: 1)
    }
    blankLine = 0
  }

  private mutating func load() throws(DataFormatError) -> ToonLine? {
    while !isAtEnd {
      guard let bytes = try source.nextLine() else {
        isAtEnd = true
        return nil
      }
      lineNumber &+= 1
      guard let text = bytes.baseAddress, let line = try line(text, bytes.count) else { continue }
      peeked = line
      return line
    }
    return nil
  }

  /// nil for a blank line or a comment.
  private mutating func line(_ text: UnsafePointer<UInt8>, _ count: Int) throws(DataFormatError) -> ToonLine? {
    var end = count
    if end > 0, text[end - 1] == Ascii.carriageReturn { end &-= 1 }
    var start = 0
    while start < end, text[start] == Ascii.space { start &+= 1 }
    if start < end, text[start] == Ascii.hash {
      try checkEncoding(text, end)
      return nil
    }
    var depth = 0
    var spaces = start
    if start < end, text[start] == Ascii.tab {
      guard !isStrict else {
        throw DataFormatError(
          .indentation, "A tab stands in the indentation: indent with spaces.", line: lineNumber, column: start + 1)
      }
      // Leniently a tab is one level, wherever it stands.
      while start < end, text[start] == Ascii.tab || text[start] == Ascii.space {
        if text[start] == Ascii.tab { depth &+= 1 } else if depth > 0 { spaces &+= 1 }
        start &+= 1
      }
    }
    while end > start, text[end - 1] == Ascii.space { end &-= 1 }
    if start == end {
      if blankLine == 0 { blankLine = lineNumber }
      return nil
    }
    try checkEncoding(text, end)
    let (levels, odd) = spaces.quotientAndRemainder(dividingBy: indentation)
    if odd != 0, isStrict {
      throw DataFormatError(
        .indentation, "\(spaces) spaces are no whole number of levels of \(indentation).", line: lineNumber,
        column: start + 1)
    }
    return ToonLine(text: text, start: start, end: end, depth: depth &+ levels, number: lineNumber)
  }

  @inline(__always) private func checkEncoding(_ text: UnsafePointer<UInt8>, _ count: Int) throws(DataFormatError) {
    guard isStrict, let fault = UTF8Check.firstFault(text, count: count) else { return }
    throw DataFormatError(
      .encoding, "The text is not UTF-8 here (byte 0x\(String(text[fault], radix: 16))).", line: lineNumber,
      column: UTF8Check.scalarCount(text.bytes(0, fault)) + 1)
  }
}
