/// One word or sign of the source text.
struct Token {
  enum Kind { case identifier, privateName, number, string, template, templateHead, regex, sign, end }

  var kind: Kind
  var range: Range<Int>
  /// Whether a line ends between this token and the one before.
  var startsLine: Bool
}

/// Cuts source text into tokens. Whether `/` starts a regular expression, `}` goes on with a template, and `>` belongs
/// to a longer sign depends on the grammar: the parser asks for those.
struct Lexer {
  let bytes: [UInt8]

  struct Failure: Error {
    var offset: Int
    var message: String
    /// Whether the text may well be right and only this stripper cannot do it.
    var isUnsupported = false
  }

  /// The token that starts at or after an offset.
  func token(after offset: Int) throws(Failure) -> Token {
    var start = offset
    let startsLine = try skipBlank(&start)
    guard start < bytes.count else { return Token(kind: .end, range: start..<start, startsLine: startsLine) }
    let (kind, end) = try scan(start)
    return Token(kind: kind, range: start..<end, startsLine: startsLine)
  }

  private func scan(_ start: Int) throws(Failure) -> (Token.Kind, Int) {
    let byte = bytes[start]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return (.string, try endOfString(start))
    case UInt8(ascii: "`"): return try template(from: start + 1, start: start)
    case UInt8(ascii: "#"):
      let end = endOfIdentifier(start + 1)
      guard end > start + 1 else { throw Failure(offset: start, message: "unexpected '#'") }
      return (.privateName, end)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return (.number, endOfNumber(start))
    case UInt8(ascii: ".") where isDigit(at: start + 1): return (.number, endOfNumber(start))
    default: break
    }
    let end = endOfIdentifier(start)
    if end > start { return (.identifier, end) }
    guard let length = Self.signLength(bytes[start...].prefix(4)) else {
      throw Failure(offset: start, message: "unexpected character")
    }
    // "a?.5:b" is a condition with a number.
    let isCondition = length == 2 && byte == UInt8(ascii: "?") && bytes[start + 1] == UInt8(ascii: ".")
    return (.sign, start + (isCondition && isDigit(at: start + 2) ? 1 : length))
  }

  // MARK: - What the parser asks for

  /// The rest of a template after the `}` of a substitution.
  func templateContinuation(_ token: Token) throws(Failure) -> Token {
    let (kind, end) = try template(from: token.range.lowerBound + 1, start: token.range.lowerBound)
    return Token(kind: kind, range: token.range.lowerBound..<end, startsLine: token.startsLine)
  }

  /// A regular expression where a `/` or `/=` was taken for a sign.
  func regularExpression(_ token: Token) throws(Failure) -> Token {
    var index = token.range.lowerBound + 1
    var inClass = false
    while index < bytes.count {
      switch bytes[index] {
      case 0x0a, 0x0d: throw Failure(offset: token.range.lowerBound, message: "a regular expression is not closed")
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): inClass = true
      case UInt8(ascii: "]"): inClass = false
      case UInt8(ascii: "/") where !inClass:
        return Token(
          kind: .regex, range: token.range.lowerBound..<endOfIdentifier(index + 1), startsLine: token.startsLine)
      default: break
      }
      index += 1
    }
    throw Failure(offset: token.range.lowerBound, message: "a regular expression is not closed")
  }

  /// The longest sign that starts with this `>`.
  func greaterSign(_ token: Token) -> Token {
    let start = token.range.lowerBound
    for sign in [">>>=", ">>>", ">>=", ">>", ">="] where bytes[start...].starts(with: sign.utf8) {
      return Token(kind: .sign, range: start..<start + sign.utf8.count, startsLine: token.startsLine)
    }
    return token
  }

  // MARK: - Parts

  /// Moves past white space and comments. Returns whether a line ended there.
  private func skipBlank(_ index: inout Int) throws(Failure) -> Bool {
    var newline = false
    if index == 0, bytes.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "!")]) { skipLine(&index) }
    while index < bytes.count {
      if bytes[index...].starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) {
        skipLine(&index)
      } else if bytes[index...].starts(with: [UInt8(ascii: "/"), UInt8(ascii: "*")]) {
        let start = index
        index += 2
        while index + 1 < bytes.count, bytes[index] != UInt8(ascii: "*") || bytes[index + 1] != UInt8(ascii: "/") {
          if bytes[index] == 0x0a { newline = true }
          index += 1
        }
        guard index + 1 < bytes.count else { throw Failure(offset: start, message: "a comment is not closed") }
        index += 2
      } else if let (length, isLineEnd) = whiteSpace(at: index) {
        newline = newline || isLineEnd
        index += length
      } else {
        return newline
      }
    }
    return newline
  }

  private func skipLine(_ index: inout Int) {
    while index < bytes.count, bytes[index] != 0x0a, bytes[index] != 0x0d { index += 1 }
  }

  private func whiteSpace(at index: Int) -> (length: Int, isLineEnd: Bool)? {
    switch bytes[index] {
    case 0x20, 0x09, 0x0b, 0x0c: return (1, false)
    case 0x0a, 0x0d: return (1, true)
    case 0xc2 where byte(index + 1) == 0xa0: return (2, false)
    case 0xef where byte(index + 1) == 0xbb && byte(index + 2) == 0xbf: return (3, false)
    case 0xe3 where byte(index + 1) == 0x80 && byte(index + 2) == 0x80: return (3, false)
    case 0xe2 where byte(index + 1) == 0x80:
      switch byte(index + 2) {
      case 0xa8, 0xa9: return (3, true)
      case 0x80...0x8a, 0xaf: return (3, false)
      default: return nil
      }
    default: return nil
    }
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func isDigit(at index: Int) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(index)) }

  private func endOfIdentifier(_ start: Int) -> Int {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "$"):
        index += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where index > start: index += 1
      case UInt8(ascii: "\\") where byte(index + 1) == UInt8(ascii: "u"):
        index += 2
        if byte(index) == UInt8(ascii: "{") {
          while index < bytes.count, bytes[index] != UInt8(ascii: "}") { index += 1 }
        }
        index = min(index + 1, bytes.count)
      case 0x80... where whiteSpace(at: index) == nil: index += 1
      default: return index
      }
    }
    return index
  }

  private func endOfNumber(_ start: Int) -> Int {
    let isRadix = byte(start) == UInt8(ascii: "0") && "xXbBoO".utf8.contains(byte(start + 1))
    var index = start
    var hasPoint = isRadix
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        guard !isRadix, "eE".utf8.contains(bytes[index - 1]), index > start else { return index }
      case UInt8(ascii: "."):
        guard !hasPoint else { return index }
        hasPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
        break
      default: return index
      }
      index += 1
    }
    return index
  }

  private func endOfString(_ start: Int) throws(Failure) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != 0x0a {
      if bytes[index] == bytes[start] { return index + 1 }
      // A line continuation may be a carriage return and a line feed.
      if bytes[index] == UInt8(ascii: "\\") { index += byte(index + 1) == 0x0d && byte(index + 2) == 0x0a ? 2 : 1 }
      index += 1
    }
    throw Failure(offset: start, message: "a string is not closed")
  }

  private func template(from first: Int, start: Int) throws(Failure) -> (Token.Kind, Int) {
    var index = first
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "`"): return (.template, index + 1)
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "$") where byte(index + 1) == UInt8(ascii: "{"): return (.templateHead, index + 2)
      default: break
      }
      index += 1
    }
    throw Failure(offset: start, message: "a template is not closed")
  }

  /// Signs of more than one character, but for those that start with `>`.
  private static let longSigns: [[UInt8]] = [
    "...", "===", "!==", "**=", "<<=", "&&=", "||=", "??=", "=>", "==", "!=", "<=", "++", "--", "+=", "-=", "*=",
    "/=", "%=", "&=", "|=", "^=", "&&", "||", "??", "?.", "**", "<<",
  ].map { Array($0.utf8) }

  private static func signLength(_ text: ArraySlice<UInt8>) -> Int? {
    if let sign = longSigns.first(where: { text.starts(with: $0) }) { return sign.count }
    guard let first = text.first, "{}()[];,<>+-*/%&|^!~?:=.@".utf8.contains(first) else { return nil }
    return 1
  }
}
