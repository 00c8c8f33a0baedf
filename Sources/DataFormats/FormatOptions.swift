/// What parts the values of a TOON list or row, and the cells of a CSV line.
package enum Delimiter: String, Sendable, CaseIterable {
  case comma, tab, pipe

  package var byte: UInt8 {
    switch self {
    case .comma: Ascii.comma
    case .tab: Ascii.tab
    case .pipe: Ascii.pipe
    }
  }
}

/// How values are written. Every format takes what it knows of and leaves the rest.
package struct EncodingOptions: Sendable {
  /// Spaces a level, 1…16: TOON, JSON, YAML (2 or more) and XML.
  package var indentation: Int
  /// The delimiter of the document: TOON and CSV.
  package var delimiter: Delimiter
  /// The deepest nesting that is written, 1…1024. A stack that cannot overflow is the reason.
  package var maximumDepth: Int

  package static let indentationRange = 1...16
  package static let depthRange = 1...1024

  package init(indentation: Int = 2, delimiter: Delimiter = .comma, maximumDepth: Int = 512) {
    self.indentation = indentation
    self.delimiter = delimiter
    self.maximumDepth = maximumDepth
  }

  func check() throws(DataFormatError) {
    try OptionCheck.indentation(indentation)
    try OptionCheck.depth(maximumDepth)
  }
}

/// How texts are read.
package struct DecodingOptions: Sendable {
  /// Spaces a level of a TOON text, 1…16.
  package var indentation: Int
  /// Whether everything that the format's rules forbid is an error. Otherwise what can be read is read: repeated keys
  /// take their last value, lengths may be wrong, and bytes that are not UTF-8 become U+FFFD.
  package var isStrict: Bool
  /// What parts the cells of a CSV line. A TOON text says so itself.
  package var delimiter: Delimiter
  /// The deepest nesting that is accepted, 1…1024.
  package var maximumDepth: Int

  package init(indentation: Int = 2, isStrict: Bool = true, delimiter: Delimiter = .comma, maximumDepth: Int = 512) {
    self.indentation = indentation
    self.isStrict = isStrict
    self.delimiter = delimiter
    self.maximumDepth = maximumDepth
  }

  func check() throws(DataFormatError) {
    try OptionCheck.indentation(indentation)
    try OptionCheck.depth(maximumDepth)
  }
}

private enum OptionCheck {
  static func indentation(_ value: Int) throws(DataFormatError) {
    let range = EncodingOptions.indentationRange
    guard !range.contains(value) else { return }
    throw DataFormatError(
      .option, "An indentation of \(value) is out of range: \(range.lowerBound) to \(range.upperBound) spaces a level.")
  }

  static func depth(_ value: Int) throws(DataFormatError) {
    let range = EncodingOptions.depthRange
    guard !range.contains(value) else { return }
    throw DataFormatError(
      .option, "A nesting of \(value) levels is out of range: \(range.lowerBound) to \(range.upperBound).")
  }
}
