import JSON

/// Finds the members of an object or the elements of an array without looking into them.
///
/// A message is split before it is parsed, so that an id keeps its digits, a repeated `id` shows, and a number
/// too large within `params` does not lose the id. Each part is parsed strictly afterwards; what this scan lets
/// pass within one (a stray bracket, bad UTF-8) is found there.
struct EnvelopeScanner {
  struct Member {
    let key: String
    let value: Range<Int>
  }

  enum Shape {
    case object([Member])
    case array([Range<Int>])
    /// Neither object nor array: the whole text, to be parsed as it is.
    case scalar
  }

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// - Throws: an error of code -32700 that says where the text stops being JSON.
  static func scan(_ bytes: [UInt8], in range: Range<Int>) throws(RPCError) -> Shape {
    var scanner = EnvelopeScanner(bytes, range)
    scanner.skipBlanks()
    let shape = try scanner.shape()
    guard case .scalar = shape else {
      scanner.skipBlanks()
      if scanner.position < scanner.end { throw scanner.fault("text after the end of the value") }
      return shape
    }
    return shape
  }

  private mutating func shape() throws(RPCError) -> Shape {
    switch peek {
    case UInt8(ascii: "{"): .object(try members())
    case UInt8(ascii: "["): .array(try elements())
    case nil: throw fault("empty text")
    default: .scalar
    }
  }

  private mutating func members() throws(RPCError) -> [Member] {
    var members: [Member] = []
    try list(closedBy: UInt8(ascii: "}")) { (scanner) throws(RPCError) in
      let key = try scanner.key()
      scanner.skipBlanks()
      guard scanner.peek == UInt8(ascii: ":") else { throw scanner.fault("':' expected") }
      scanner.position += 1
      scanner.skipBlanks()
      members.append(Member(key: key, value: try scanner.value()))
    }
    return members
  }

  private mutating func elements() throws(RPCError) -> [Range<Int>] {
    var elements: [Range<Int>] = []
    try list(closedBy: UInt8(ascii: "]")) { (scanner) throws(RPCError) in
      elements.append(try scanner.value())
    }
    return elements
  }

  private mutating func list(
    closedBy close: UInt8, item: (inout Self) throws(RPCError) -> Void
  ) throws(RPCError) {
    position += 1
    skipBlanks()
    if peek == close {
      position += 1
      return
    }
    while true {
      skipBlanks()
      try item(&self)
      skipBlanks()
      let separator = peek
      position += 1
      if separator == close { return }
      guard separator == UInt8(ascii: ",") else {
        position -= 1
        throw fault("',' or '\(Character(UnicodeScalar(close)))' expected")
      }
    }
  }

  private mutating func key() throws(RPCError) -> String {
    guard peek == UInt8(ascii: "\"") else { throw fault("a member name in double quotes expected") }
    let range = try value()
    return try EnvelopeScanner.string(bytes, range)
  }

  /// The text of a value that is a string of ASCII without escapes, taken as it stands; nil for any other.
  static func plainString(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
    guard bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
    let inner = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
    guard inner.allSatisfy({ $0 >= 0x20 && $0 < 0x80 && $0 != UInt8(ascii: "\\") }) else { return nil }
    return String(decoding: inner, as: UTF8.self)
  }

  /// The number of a value that is nothing but digits and surely within 64 bits; nil for any other.
  static func plainInteger(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    // A number of several digits does not begin with 0.
    guard (1...18).contains(range.count), range.count == 1 || bytes[range.lowerBound] != UInt8(ascii: "0") else {
      return nil
    }
    var number: Int64 = 0
    for byte in bytes[range] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return number
  }

  /// The text of a JSON string.
  static func string(_ bytes: [UInt8], _ range: Range<Int>) throws(RPCError) -> String {
    if let text = plainString(bytes, range) { return text }
    do {
      return try JSONParser(maximumDepth: 1).parse(bytes[range]).stringValue ?? ""
    } catch {
      throw .parseError("at byte \(range.lowerBound + error.offset), \(error.message)")
    }
  }

  /// The extent of the value at the current position.
  private mutating func value() throws(RPCError) -> Range<Int> {
    let start = position
    switch peek {
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipNested()
    default: skipScalar()
    }
    guard position > start else { throw fault("a value expected") }
    return start..<position
  }

  private mutating func skipString() throws(RPCError) {
    position += 1
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "\\"): position += 2
      case UInt8(ascii: "\""):
        position += 1
        return
      default: position += 1
      }
    }
    position = end
    throw fault("a string without end")
  }

  private mutating func skipNested() throws(RPCError) {
    var depth = 0
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        try skipString()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      position += 1
      if depth == 0 { return }
    }
    throw fault("an array or object without end")
  }

  private mutating func skipScalar() {
    while position < end, !Self.endsScalar(bytes[position]) { position += 1 }
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    isBlank(byte)
      || [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: "\"")]
        .contains(byte)
  }

  private var peek: UInt8? { position < end ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while position < end, Self.isBlank(bytes[position]) { position += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private func fault(_ detail: String) -> RPCError { .parseError("at byte \(position), \(detail)") }
}
