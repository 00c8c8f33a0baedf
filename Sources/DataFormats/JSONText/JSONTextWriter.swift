import JSON

/// Writes JSON as `JSON.stringify` does: numbers as ECMAScript has them, empty lists and objects without line breaks.
struct JSONTextWriter: ~Copyable {
  var writer: ByteWriter
  /// Spaces a level; nil for no white space at all.
  private let indentation: Int?
  private let maximumDepth: Int

  init(indentation: Int?, maximumDepth: Int) {
    self.indentation = indentation
    self.maximumDepth = maximumDepth
    writer = ByteWriter(reservingCapacity: 1 << 12)
  }

  /// A writer of the same kind that has written nothing.
  func empty() -> JSONTextWriter { JSONTextWriter(indentation: indentation, maximumDepth: maximumDepth) }

  mutating func write(_ value: JSONValue, level: Int = 0) throws(DataFormatError) {
    switch value {
    case .array(let elements):
      guard !elements.isEmpty else { return writer.append("[]") }
      try checkDepth(level + 1)
      writer.append(Ascii.openBracket)
      for (index, element) in elements.enumerated() {
        if index > 0 { writer.append(Ascii.comma) }
        breakLine(level + 1)
        try write(element, level: level + 1)
      }
      breakLine(level)
      writer.append(Ascii.closeBracket)
    case .object(let object):
      guard !object.isEmpty else { return writer.append("{}") }
      try checkDepth(level + 1)
      writer.append(Ascii.openBrace)
      for (index, member) in object.enumerated() {
        if index > 0 { writer.append(Ascii.comma) }
        breakLine(level + 1)
        writeKey(member.key)
        try write(member.value, level: level + 1)
      }
      breakLine(level)
      writer.append(Ascii.closeBrace)
    default: writePrimitive(value)
    }
  }

  mutating func writePrimitive(_ value: JSONValue) {
    switch value {
    case .null: writer.append("null")
    case .bool(let value): writer.append(value ? "true" : "false")
    case .integer(let value): writer.appendNumber(value)
    case .double(let value): writer.appendNumber(value)
    case .string(let value): writer.appendJSONString(value)
    case .array, .object: break
    }
  }

  mutating func writeKey(_ key: String) {
    writer.appendJSONString(key)
    writer.append(Ascii.colon)
    if indentation != nil { writer.append(Ascii.space) }
  }

  mutating func breakLine(_ level: Int) {
    guard let indentation else { return }
    writer.append(Ascii.lineFeed)
    writer.append(repeating: Ascii.space, count: indentation * level)
  }

  private func checkDepth(_ level: Int) throws(DataFormatError) {
    guard level > maximumDepth else { return }
    throw DataFormatError(.limit, "The value nests deeper than \(maximumDepth) levels, which is not written.")
  }
}

extension ByteWriter {
  /// Appends a JSON string with its quotes; only what must be escaped is.
  mutating func appendJSONString(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      append(Ascii.quote)
      var runStart = 0
      for index in 0..<bytes.count {
        let byte = bytes[index]
        guard byte < 0x20 || byte == Ascii.quote || byte == Ascii.backslash else { continue }
        append(Bytes(rebasing: bytes[runStart..<index]))
        appendJSONEscape(byte)
        runStart = index + 1
      }
      append(Bytes(rebasing: bytes[runStart...]))
      append(Ascii.quote)
    }
  }

  private mutating func appendJSONEscape(_ byte: UInt8) {
    switch byte {
    case Ascii.quote: append("\\\"")
    case Ascii.backslash: append("\\\\")
    case 0x08: append("\\b")
    case Ascii.tab: append("\\t")
    case Ascii.lineFeed: append("\\n")
    case 0x0C: append("\\f")
    case Ascii.carriageReturn: append("\\r")
    default:
      append("\\u00")
      append(Ascii.lowercaseHex[Int(byte >> 4)])
      append(Ascii.lowercaseHex[Int(byte & 0xF)])
    }
  }
}
