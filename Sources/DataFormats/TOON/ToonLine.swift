/// A line that has content, and where it stands.
struct ToonLine {
  /// The whole line without its terminator.
  let text: UnsafePointer<UInt8>
  /// Where the content begins, after the indentation.
  let start: Int
  /// Where the content ends, before trailing spaces.
  let end: Int
  /// Levels of indentation.
  let depth: Int
  /// 1-based.
  let number: Int

  /// 1-based, in characters.
  func column(at offset: Int) -> Int {
    UTF8Check.scalarCount(text.bytes(0, max(0, offset))) + 1
  }

  func error(_ code: DataFormatError.Code, _ message: String, at offset: Int? = nil) -> DataFormatError {
    DataFormatError(code, message, line: number, column: column(at: offset ?? start))
  }

  /// Whether the content at `start` is an item of a list: a hyphen alone or with a space behind it.
  @inline(__always) var isItem: Bool {
    text[start] == Ascii.minus && (end == start + 1 || text[start + 1] == Ascii.space)
  }
}
