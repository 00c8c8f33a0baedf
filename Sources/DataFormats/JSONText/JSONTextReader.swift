import JSON

/// Reads JSON (RFC 8259) with the place of every error, any number and bounded nesting.
///
/// Unlike the parser of the wire protocol it takes a byte order mark and integers beyond 64 bits, which become the
/// nearest double. Leniently repeated keys take their last value and bytes that are not UTF-8 become U+FFFD.
struct JSONTextReader: ~Copyable {
  private let text: Bytes
  private let options: DecodingOptions
  private var position = 0
  private var builder = ValueBuilder()
  /// What each open container is, the innermost last.
  private var isObject: [Bool] = []

  init(_ text: Bytes, _ options: DecodingOptions) {
    self.text = text
    self.options = options
  }

  /// Reads one value and nothing behind it but white space.
  mutating func read() throws(DataFormatError) -> JSONValue {
    if options.isStrict, let start = text.baseAddress, let fault = UTF8Check.firstFault(start, count: text.count) {
      throw error(.encoding, "The text is not UTF-8 here (byte 0x\(String(text[fault], radix: 16))).", at: fault)
    }
    skipSpace()
    try readValue()
    while let isInObject = isObject.last {
      skipSpace()
      let byte = current
      if byte == (isInObject ? Ascii.closeBrace : Ascii.closeBracket) {
        position += 1
        close(isInObject)
      } else if byte == Ascii.comma {
        position += 1
        skipSpace()
        if isInObject { try readKey() }
        try readValue()
      } else {
        throw unexpected(isInObject ? "a comma or }" : "a comma or ]")
      }
    }
    skipSpace()
    guard position == text.count else { throw unexpected("the end of the text") }
    return builder.result ?? .null
  }

  private var current: UInt8? { position < text.count ? text[position] : nil }

  @inline(__always) private mutating func skipSpace() {
    while position < text.count {
      let byte = text[position]
      guard byte == Ascii.space || byte == Ascii.lineFeed || byte == Ascii.carriageReturn || byte == Ascii.tab else {
        return
      }
      position &+= 1
    }
  }

  private mutating func close(_ wasObject: Bool) {
    isObject.removeLast()
    if wasObject { builder.endObject() } else { builder.endArray() }
  }

  /// Reads a plain value, or opens a container and goes on to its first value.
  private mutating func readValue() throws(DataFormatError) {
    while true {
      switch current {
      case Ascii.openBrace:
        try open(isObject: true)
        skipSpace()
        if current == Ascii.closeBrace {
          position += 1
          return close(true)
        }
        try readKey()
      case Ascii.openBracket:
        try open(isObject: false)
        skipSpace()
        if current == Ascii.closeBracket {
          position += 1
          return close(false)
        }
      case Ascii.quote: return builder.append(.string(try readString()))
      case 0x74: return try readWord("true", .bool(true))
      case 0x66: return try readWord("false", .bool(false))
      case 0x6E: return try readWord("null", .null)
      case Ascii.minus?, (Ascii.zero...Ascii.nine)?: return try readNumber()
      default: throw unexpected("a value")
      }
    }
  }

  private mutating func open(isObject: Bool) throws(DataFormatError) {
    guard self.isObject.count < options.maximumDepth else {
      throw error(.limit, "The text nests deeper than \(options.maximumDepth) levels, which is not read.", at: position)
    }
    self.isObject.append(isObject)
    if isObject { builder.beginObject() } else { builder.beginArray() }
    position += 1
  }

  private mutating func readKey() throws(DataFormatError) {
    guard current == Ascii.quote else { throw unexpected("a key in double quotes") }
    let start = position
    let key = try readString()
    if !builder.key(key), options.isStrict {
      throw error(.duplicateKey, "The key \"\(key)\" stands twice in the same object.", at: start)
    }
    skipSpace()
    guard current == Ascii.colon else { throw unexpected("a colon") }
    position += 1
    skipSpace()
  }

  private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(DataFormatError) {
    let end = position + word.utf8CodeUnitCount
    guard end <= text.count, ToonText.matches(Bytes(rebasing: text[position..<end]), word) else {
      throw unexpected("a value")
    }
    position = end
    builder.append(value)
  }

  private mutating func readNumber() throws(DataFormatError) {
    var end = position + 1
    while end < text.count, Self.isNumeric(text[end]) { end &+= 1 }
    switch NumberReader.read(Bytes(rebasing: text[position..<end])) {
    case .value(let value): builder.append(value)
    case .tooLarge: throw error(.number, "The number is larger than a double can hold.", at: position)
    case .notANumber:
      throw error(
        .syntax, "A number is digits without leading zeros, a point with digits and an exponent at will.", at: position)
    }
    position = end
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    Ascii.isDigit(byte) || byte == Ascii.point || byte == Ascii.plus || byte == Ascii.minus || byte | 0x20 == 0x65
  }

  private mutating func readString() throws(DataFormatError) -> String {
    let start = position + 1
    var end = start
    while end < text.count, text[end] != Ascii.quote, text[end] != Ascii.backslash, text[end] >= 0x20 { end &+= 1 }
    if end < text.count, text[end] == Ascii.quote {
      position = end + 1
      return String(decoding: Bytes(rebasing: text[start..<end]), as: UTF8.self)
    }
    return try readEscapedString(start, plainEnd: end)
  }

  private mutating func readEscapedString(_ start: Int, plainEnd: Int) throws(DataFormatError) -> String {
    var bytes = Array(text[start..<plainEnd])
    var index = plainEnd
    while index < text.count {
      switch text[index] {
      case Ascii.quote:
        position = index + 1
        return String(decoding: bytes, as: UTF8.self)
      case Ascii.backslash: index = try appendEscape(at: index, &bytes)
      case ..<0x20:
        throw error(
          .syntax, "A line feed, tab or other control character in a string is written as an escape.", at: index)
      default:
        bytes.append(text[index])
        index += 1
      }
    }
    throw error(.syntax, "A string has no closing quote.", at: start - 1)
  }

  private func appendEscape(at index: Int, _ bytes: inout [UInt8]) throws(DataFormatError) -> Int {
    let letter = index + 1 < text.count ? text[index + 1] : 0
    switch letter {
    case Ascii.quote, Ascii.backslash, Ascii.slash: bytes.append(letter)
    case 0x62: bytes.append(0x08)
    case 0x66: bytes.append(0x0C)
    case 0x6E: bytes.append(Ascii.lineFeed)
    case 0x72: bytes.append(Ascii.carriageReturn)
    case 0x74: bytes.append(Ascii.tab)
    case 0x75: return try appendScalar(at: index, &bytes)
    default:
      throw error(
        .syntax, #"There is no such escape: a string knows \" \\ \/ \b \f \n \r \t and \u with four digits."#, at: index
      )
    }
    return index + 2
  }

  private func appendScalar(at index: Int, _ bytes: inout [UInt8]) throws(DataFormatError) -> Int {
    let high = try codeUnit(at: index)
    var (value, next) = (high, index + 6)
    if high & 0xFC00 == 0xD800, next + 1 < text.count, text[next] == Ascii.backslash, text[next + 1] == 0x75 {
      let low = try codeUnit(at: next)
      if low & 0xFC00 == 0xDC00 {
        value = 0x10000 + (high & 0x3FF) << 10 + low & 0x3FF
        next += 6
      }
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw error(.encoding, "Half a surrogate pair stands for no character.", at: index)
    }
    bytes.append(contentsOf: String(Character(scalar)).utf8)
    return next
  }

  private func codeUnit(at index: Int) throws(DataFormatError) -> UInt32 {
    var value: UInt32 = 0
    for offset in 2..<6 {
      guard index + offset < text.count, let digit = Ascii.hexValue(text[index + offset]) else {
        throw error(.syntax, #"\u needs four hexadecimal digits."#, at: index)
      }
      value = value << 4 | digit
    }
    return value
  }

  private func unexpected(_ wanted: String) -> DataFormatError {
    guard position < text.count else {
      return error(.syntax, "The text ends where \(wanted) should stand.", at: position)
    }
    return error(.syntax, "Here should stand \(wanted).", at: position)
  }

  private func error(_ code: DataFormatError.Code, _ message: String, at offset: Int) -> DataFormatError {
    TextPlace(text, offset: offset).error(code, message)
  }
}
