/// Text that is not JSON, with the place where that shows.
package struct JSONParseError: Error, Sendable, Equatable, CustomStringConvertible {
  package let message: String
  /// 1-based; nil where only the offset is known.
  package let line: Int?
  /// In characters from the start of the line; nil where only the offset is known.
  package let column: Int?
  /// In bytes from the start of the text.
  package let offset: Int

  package init(message: String, line: Int?, column: Int?, offset: Int) {
    self.message = message
    self.line = line
    self.column = column
    self.offset = offset
  }

  package var description: String {
    if let line, let column { return "line \(line), column \(column): \(message)" }
    return "byte \(offset): \(message)"
  }
}
