/// Finds places in a line with regard to quotes, and reads the tokens between them.
enum ToonScanner {
  /// The first such byte outside of quotes; nil if there is none.
  static func firstUnquoted(
    _ wanted: UInt8, _ text: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int? {
    var index = start
    while index < end {
      let byte = text[index]
      if byte == wanted { return index }
      if byte == Ascii.quote {
        index = endOfQuotes(text, from: index, to: end)
      } else {
        index &+= 1
      }
    }
    return nil
  }

  /// What follows the quotes that open here; the end of the line if they do not close.
  static func endOfQuotes(_ text: UnsafePointer<UInt8>, from open: Int, to end: Int) -> Int {
    var index = open &+ 1
    while index < end {
      let byte = text[index]
      if byte == Ascii.quote { return index &+ 1 }
      index &+= byte == Ascii.backslash ? 2 : 1
    }
    return end
  }

  /// Reads a quoted string that begins at `start` and must end at `end` (§7.1).
  static func quotedString(_ line: ToonLine, from start: Int, to end: Int) throws(DataFormatError) -> String {
    let text = line.text
    var index = start &+ 1
    while index < end, text[index] != Ascii.quote, text[index] != Ascii.backslash { index &+= 1 }
    if index &+ 1 == end, text[index] == Ascii.quote {
      return String(decoding: text.bytes(start &+ 1, index), as: UTF8.self)
    }
    return try unescaped(line, from: start, to: end)
  }

  private static func unescaped(_ line: ToonLine, from start: Int, to end: Int) throws(DataFormatError) -> String {
    let text = line.text
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end - start)
    var index = start + 1
    while index < end {
      let byte = text[index]
      if byte == Ascii.quote {
        guard index + 1 == end else {
          throw line.error(.syntax, "Text follows the closing quote of a string.", at: index + 1)
        }
        return String(decoding: bytes, as: UTF8.self)
      }
      if byte == Ascii.backslash {
        index = try appendEscape(line, at: index, to: end, &bytes)
      } else {
        bytes.append(byte)
        index += 1
      }
    }
    throw line.error(.syntax, "A string has no closing quote.", at: start)
  }

  private static func appendEscape(
    _ line: ToonLine, at index: Int, to end: Int, _ bytes: inout [UInt8]
  ) throws(DataFormatError) -> Int {
    guard index + 1 < end else { throw line.error(.syntax, "A string has no closing quote.", at: index) }
    switch line.text[index + 1] {
    case Ascii.backslash: bytes.append(Ascii.backslash)
    case Ascii.quote: bytes.append(Ascii.quote)
    case 0x6E: bytes.append(Ascii.lineFeed)
    case 0x72: bytes.append(Ascii.carriageReturn)
    case 0x74: bytes.append(Ascii.tab)
    case 0x75:
      bytes.append(contentsOf: String(try scalar(line, at: index, to: end)).utf8)
      return index + 6
    default:
      throw line.error(
        .syntax, #"There is no such escape: a string knows \\, \", \n, \r, \t and \u with four digits."#, at: index)
    }
    return index + 2
  }

  private static func scalar(_ line: ToonLine, at index: Int, to end: Int) throws(DataFormatError) -> Character {
    var value: UInt32 = 0
    for offset in 2..<6 {
      guard index + offset < end, let digit = Ascii.hexValue(line.text[index + offset]) else {
        throw line.error(.syntax, #"\u needs four hexadecimal digits."#, at: index)
      }
      value = value << 4 | digit
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw line.error(
        .syntax, #"\u does not write half a surrogate pair: write the character itself."#, at: index)
    }
    return Character(scalar)
  }
}
