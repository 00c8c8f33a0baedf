import JSON

/// Writes YAML 1.2 in block style, as the npm package `yaml` does by default in the TOON project's benchmark: lists
/// indented below their key, strings plain where they can be, else in double quotes (single ones around double ones),
/// strings of several lines as `|` blocks. Unlike there, long lines are not folded.
///
/// Written here and not by libyaml, whose emitter does not indent lists below keys and quotes otherwise.
struct YAMLWriter: ~Copyable {
  var writer = ByteWriter(reservingCapacity: 1 << 12)
  private let options: EncodingOptions
  private let step: Int

  init(_ options: EncodingOptions) {
    self.options = options
    // Less would put what is in a list at the hyphen itself.
    step = max(options.indentation, 2)
  }

  /// The text ends with a line feed.
  mutating func write(_ value: JSONValue) throws(DataFormatError) {
    switch value {
    case .array(let elements) where !elements.isEmpty: try writeItems(elements, column: 0, level: 1)
    case .object(let object) where !object.isEmpty: try writeMembers(object, column: 0, level: 1)
    default: writeScalar(value, column: 0, isRoot: true)
    }
    if writer.last != Ascii.lineFeed { writer.append(Ascii.lineFeed) }
  }

  private func checkDepth(_ level: Int) throws(DataFormatError) {
    guard level > options.maximumDepth else { return }
    throw DataFormatError(.limit, "The value nests deeper than \(options.maximumDepth) levels, which is not written.")
  }

  private mutating func startLine(_ column: Int) {
    if writer.count > 0, writer.last != Ascii.lineFeed { writer.append(Ascii.lineFeed) }
    writer.append(repeating: Ascii.space, count: column)
  }

  /// Writes members, the first where the line stands.
  private mutating func writeMembers(_ object: JSONObject, column: Int, level: Int) throws(DataFormatError) {
    try checkDepth(level)
    for (index, member) in object.enumerated() {
      if index > 0 { startLine(column) }
      let start = writer.count
      writeText(member.key, isKey: true, column: column)
      // A longer key is none without its sign (YAML 1.2, section 7.4.3).
      if writer.count - start > 1000 {
        writer.removeLast(writer.count - start)
        writer.append("? ")
        writeText(member.key, isKey: true, column: column)
        startLine(column)
      }
      writer.append(Ascii.colon)
      switch member.value {
      case .array(let elements) where !elements.isEmpty:
        startLine(column + step)
        try writeItems(elements, column: column + step, level: level + 1)
      case .object(let inner) where !inner.isEmpty:
        startLine(column + step)
        try writeMembers(inner, column: column + step, level: level + 1)
      default:
        writer.append(Ascii.space)
        writeScalar(member.value, column: column + step)
      }
    }
  }

  private mutating func writeItems(_ elements: [JSONValue], column: Int, level: Int) throws(DataFormatError) {
    try checkDepth(level)
    for (index, element) in elements.enumerated() {
      if index > 0 { startLine(column) }
      writer.append(Ascii.minus)
      writer.append(repeating: Ascii.space, count: step - 1)
      switch element {
      case .array(let inner) where !inner.isEmpty: try writeItems(inner, column: column + step, level: level + 1)
      case .object(let object) where !object.isEmpty:
        try writeMembers(object, column: column + step, level: level + 1)
      default: writeScalar(element, column: column + step)
      }
    }
  }

  private mutating func writeScalar(_ value: JSONValue, column: Int, isRoot: Bool = false) {
    switch value {
    case .null: writer.append("null")
    case .bool(let value): writer.append(value ? "true" : "false")
    case .integer(let value): writer.appendNumber(value)
    case .double(let value): writer.appendNumber(value)
    case .string(let text): writeText(text, isKey: false, column: isRoot ? 0 : column, isRoot: isRoot)
    case .array: writer.append("[]")
    case .object: writer.append("{}")
    }
  }

  private mutating func writeText(_ text: String, isKey: Bool, column: Int, isRoot: Bool = false) {
    let style = YAMLStyle(text, isKey: isKey, isAtStart: column == 0)
    switch style {
    case .plain: writer.append(text)
    case .single:
      writer.append(0x27)
      writer.append(text)
      writer.append(0x27)
    case .double: writeDoubleQuoted(text)
    case .block: writeBlock(text, column: isRoot ? step : column)
    }
  }

  /// Writes the lines of a text below the line that announces them.
  private mutating func writeBlock(_ text: String, column: Int) {
    writer.append(Ascii.pipe)
    let lines = Array(text.utf8).split(separator: Ascii.lineFeed, omittingEmptySubsequences: false)
    // Leading white space would be taken for indentation.
    if lines.first(where: { !$0.isEmpty })?.first == Ascii.space { writer.appendNumber(Int64(step)) }
    if !text.hasSuffix("\n") {
      writer.append(Ascii.minus)
    } else if text.hasSuffix("\n\n") {
      writer.append(Ascii.plus)
    }
    for line in text.hasSuffix("\n") ? lines.dropLast() : lines[...] {
      writer.append(Ascii.lineFeed)
      if !line.isEmpty { writer.append(repeating: Ascii.space, count: column) }
      writer.append(Array(line))
    }
    writer.append(Ascii.lineFeed)
  }

  private mutating func writeDoubleQuoted(_ text: String) {
    writer.append(Ascii.quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": writer.append("\\\"")
      case "\\": writer.append("\\\\")
      case "\n": writer.append("\\n")
      case "\t": writer.append("\\t")
      case "\r": writer.append("\\r")
      case "\u{8}": writer.append("\\b")
      case "\u{C}": writer.append("\\f")
      case "\0": writer.append("\\0")
      case _ where YAMLStyle.isHidden(scalar): writeEscape(scalar)
      default: for byte in UTF8.encode(scalar) ?? .init() { writer.append(byte) }
      }
    }
    writer.append(Ascii.quote)
  }

  private mutating func writeEscape(_ scalar: Unicode.Scalar) {
    let digits = String(scalar.value, radix: 16)
    let (letter, width): (StaticString, Int) =
      scalar.value < 0x100 ? ("\\x", 2) : scalar.value < 0x10000 ? ("\\u", 4) : ("\\U", 8)
    writer.append(letter)
    writer.append(repeating: Ascii.zero, count: width - digits.utf8.count)
    writer.append(digits)
  }
}
