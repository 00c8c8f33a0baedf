/// Which strings TOON writes without quotes (§7.2, §7.3), and how it quotes the others (§7.1).
enum ToonText {
  /// What a byte means for the string that it stands in.
  private struct Traits: OptionSet {
    let rawValue: UInt8
    /// Quotes are needed wherever it stands.
    static let quoted = Traits(rawValue: 1 << 0)
    static let comma = Traits(rawValue: 1 << 1)
    static let pipe = Traits(rawValue: 1 << 2)
    /// Cannot be part of a number.
    static let notNumeric = Traits(rawValue: 1 << 3)
    /// Cannot be part of a key without quotes.
    static let notKey = Traits(rawValue: 1 << 4)
    /// Has an escape in quotes.
    static let escaped = Traits(rawValue: 1 << 5)
  }

  private static let traits: [UInt8] = (0...255).map { value in
    let byte = UInt8(value)
    var traits: Traits = []
    if byte < 0x20 || #":"\[]{}"#.utf8.contains(byte) { traits.insert(.quoted) }
    if byte < 0x20 || byte == Ascii.quote || byte == Ascii.backslash { traits.insert(.escaped) }
    if byte == Ascii.comma { traits.insert(.comma) }
    if byte == Ascii.pipe { traits.insert(.pipe) }
    if !Ascii.isDigit(byte) && !"+-.eE".utf8.contains(byte) { traits.insert(.notNumeric) }
    if !Ascii.isDigit(byte) && !Ascii.isLetter(byte) && byte != Ascii.underscore && byte != Ascii.point {
      traits.insert(.notKey)
    }
    return traits.rawValue
  }

  private static func union(_ bytes: Bytes) -> Traits {
    var union: UInt8 = 0
    traits.withUnsafeBufferPointer { traits in
      guard let table = traits.baseAddress else { return }
      for byte in bytes { union |= table[Int(byte)] }
    }
    return Traits(rawValue: union)
  }

  /// - Parameter delimiter: the document's for a member's value, the list's for what stands in a list or row (§11.1).
  @inline(__always)
  static func write(_ text: String, delimiter: Delimiter, to writer: inout ByteWriter) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      write(bytes, delimiter: delimiter, to: &writer)
    }
    if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { write($0, delimiter: delimiter, to: &writer) } }
  }

  /// Copies the text, looks at each byte on the way, and does it again with quotes where they turn out to be needed.
  private static func write(_ bytes: Bytes, delimiter: Delimiter, to writer: inout ByteWriter) {
    let count = writer.count
    let union = Traits(rawValue: traits.withUnsafeBufferPointer { writer.append(bytes, union: $0) })
    guard needsQuotes(bytes, union, delimiter) else { return }
    writer.removeLast(writer.count - count)
    quote(bytes, hasEscapes: union.contains(.escaped), to: &writer)
  }

  private static func needsQuotes(_ bytes: Bytes, _ union: Traits, _ delimiter: Delimiter) -> Bool {
    guard let first = bytes.first, let last = bytes.last, !union.contains(.quoted) else { return true }
    if union.contains(.comma), delimiter == .comma { return true }
    if union.contains(.pipe), delimiter == .pipe { return true }
    switch first {
    case Ascii.space, Ascii.minus, Ascii.hash: return true
    case 0x74: if matches(bytes, "true") { return true }  // t
    case 0x66: if matches(bytes, "false") { return true }  // f
    case 0x6E: if matches(bytes, "null") { return true }  // n
    case Ascii.plus, Ascii.zero...Ascii.nine: if !union.contains(.notNumeric), isNumeric(bytes) { return true }
    default: break
    }
    return last == Ascii.space
  }

  static func matches(_ bytes: Bytes, _ text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where bytes[index] != text.utf8Start[index] { return false }
    return true
  }

  /// `/^[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$/i`: wider than the numbers that are read, for readers of older versions.
  private static func isNumeric(_ bytes: Bytes) -> Bool {
    var rest = bytes[...]
    func digits() -> Bool {
      let before = rest.count
      rest = rest.drop(while: Ascii.isDigit)
      return rest.count < before
    }
    if let sign = rest.first, sign == Ascii.plus || sign == Ascii.minus { rest.removeFirst() }
    guard digits() else { return false }
    if rest.first == Ascii.point {
      rest.removeFirst()
      guard digits() else { return false }
    }
    if let letter = rest.first, letter | 0x20 == 0x65 {
      rest.removeFirst()
      if let sign = rest.first, sign == Ascii.plus || sign == Ascii.minus { rest.removeFirst() }
      guard digits() else { return false }
    }
    return rest.isEmpty
  }

  /// A member's key, a field's name, or the key of a row.
  static func writeKey(_ key: String, to writer: inout ByteWriter) {
    var key = key
    key.withUTF8 { bytes in
      let union = union(bytes)
      if let first = bytes.first, !union.contains(.notKey), Ascii.isLetter(first) || first == Ascii.underscore {
        writer.append(bytes)
      } else {
        quote(bytes, hasEscapes: union.contains(.escaped), to: &writer)
      }
    }
  }

  static func writeQuoted(_ text: String, to writer: inout ByteWriter) {
    var text = text
    text.withUTF8 { quote($0, hasEscapes: true, to: &writer) }
  }

  private static func quote(_ bytes: Bytes, hasEscapes: Bool, to writer: inout ByteWriter) {
    writer.append(Ascii.quote)
    if hasEscapes {
      for byte in bytes { escape(byte, to: &writer) }
    } else {
      writer.append(bytes)
    }
    writer.append(Ascii.quote)
  }

  private static func escape(_ byte: UInt8, to writer: inout ByteWriter) {
    switch byte {
    case Ascii.quote: writer.append("\\\"")
    case Ascii.backslash: writer.append("\\\\")
    case Ascii.lineFeed: writer.append("\\n")
    case Ascii.carriageReturn: writer.append("\\r")
    case Ascii.tab: writer.append("\\t")
    case ..<0x20:
      writer.append("\\u00")
      writer.append(Ascii.lowercaseHex[Int(byte >> 4)])
      writer.append(Ascii.lowercaseHex[Int(byte & 0xF)])
    default: writer.append(byte)
    }
  }
}
