/// Why a text is not of its format, or a value cannot be written in it.
package struct DataFormatError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Kinds of failure; open, so that one more breaks nobody.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The text breaks the grammar of its format.
    package static let syntax = Code(rawValue: "syntax")
    /// A declared length or width is not what follows.
    package static let count = Code(rawValue: "count")
    /// White space at the start of a line that no level of nesting has.
    package static let indentation = Code(rawValue: "indentation")
    package static let duplicateKey = Code(rawValue: "duplicateKey")
    /// Bytes that are not UTF-8.
    package static let encoding = Code(rawValue: "encoding")
    /// Deeper or longer than is accepted.
    package static let limit = Code(rawValue: "limit")
    /// A number beyond what a 64-bit integer or a double can hold.
    package static let number = Code(rawValue: "number")
    /// A value that the format has no form for.
    package static let unrepresentable = Code(rawValue: "unrepresentable")
    /// An option outside its range.
    package static let option = Code(rawValue: "option")
    /// A file that cannot be read.
    package static let file = Code(rawValue: "file")
    package static let missingFile = Code(rawValue: "missingFile")
    package static let unwritableFile = Code(rawValue: "unwritableFile")
    package static let diskFull = Code(rawValue: "diskFull")
  }

  package let code: Code
  /// What is wrong, and what to do where that is not plain.
  package let message: String
  /// 1-based; nil for a value that cannot be written.
  package let line: Int?
  /// In characters (Unicode scalars) from the start of the line, 1-based.
  package let column: Int?
  /// JSON pointer (RFC 6901) of the value that cannot be written; nil for a text.
  package let pointer: String?
  /// The file with the text; nil for a text from elsewhere.
  package let path: String?

  package init(
    _ code: Code, _ message: String, line: Int? = nil, column: Int? = nil, pointer: String? = nil, path: String? = nil
  ) {
    self.code = code
    self.message = message
    self.line = line
    self.column = column
    self.pointer = pointer
    self.path = path
  }

  package var description: String {
    let start = path.map { "\($0): " } ?? ""
    if let line, let column { return "\(start)line \(line), column \(column): \(message)" }
    if let line { return "\(start)line \(line): \(message)" }
    return start + message
  }
}
