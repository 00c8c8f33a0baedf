/// Where an offset of a text is, for people.
struct TextPlace {
  let line: Int
  let column: Int

  init(_ text: Bytes, offset: Int) {
    let before = text[..<min(max(offset, 0), text.count)]
    let lineStart = before.lastIndex(of: Ascii.lineFeed).map { $0 + 1 } ?? 0
    line = 1 + before.reduce(0) { $1 == Ascii.lineFeed ? $0 + 1 : $0 }
    column = 1 + UTF8Check.scalarCount(Bytes(rebasing: before[lineStart...]))
  }

  func error(_ code: DataFormatError.Code, _ message: String) -> DataFormatError {
    DataFormatError(code, message, line: line, column: column)
  }
}
