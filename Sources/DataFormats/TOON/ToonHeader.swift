/// What announces a list, a table or a keyed table (TOON §6): `key[3]:`, `key[2|]{a|b}:`, `key[2:]{a,b}:`.
struct ToonHeader {
  /// nil for a header without one.
  let key: String?
  /// Items, rows or entries that are to follow. Nobody vouches for it: make no room by it.
  let count: Int
  let delimiter: UInt8
  let isKeyed: Bool
  let fields: FieldGroup?
  /// Where the text after the colon begins.
  let contentStart: Int

  enum Outcome {
    case header(ToonHeader)
    /// A line of another kind.
    case notAHeader
    /// Brackets stand where a header has them, but do not make one: an error unless the decoder is lenient.
    case malformed(DataFormatError)
  }

  /// Looks at the content from `start` on.
  ///
  /// - Throws: ``DataFormatError`` for a quoted key that no reading can save.
  static func read(
    _ line: ToonLine, from start: Int, maximumDepth: Int, _ cache: inout ToonFieldCache
  ) throws(DataFormatError) -> Outcome {
    let text = line.text
    let end = line.end
    // A colon before the first bracket makes it a member, as does a key that is not next to its bracket.
    var bracket = start
    while bracket < end, text[bracket] != Ascii.openBracket {
      if text[bracket] == Ascii.colon { return .notAHeader }
      bracket =
        text[bracket] == Ascii.quote ? ToonScanner.endOfQuotes(text, from: bracket, to: end) : bracket &+ 1
    }
    guard bracket < end else { return .notAHeader }
    if bracket > start, text[bracket - 1] == Ascii.space { return .notAHeader }
    if text[start] == Ascii.quote, ToonScanner.endOfQuotes(text, from: start, to: bracket) != bracket {
      return .notAHeader
    }
    guard let close = ToonScanner.firstUnquoted(Ascii.closeBracket, text, from: bracket + 1, to: end),
      ToonScanner.firstUnquoted(Ascii.colon, text, from: close, to: end) != nil
    else { return .notAHeader }

    guard let segment = Segment(text.bytes(bracket + 1, close)) else {
      return .malformed(
        line.error(
          .syntax,
          "A list's length is digits without leading zeros, with : for a keyed table and a tab or | as delimiter.",
          at: bracket + 1))
    }
    var next = close + 1
    var fields: FieldGroup?
    if text[next] == Ascii.openBrace {
      do {
        fields = try cache.fields(line, at: &next, delimiter: segment.delimiter, maximumDepth: maximumDepth)
      } catch {
        return .malformed(error)
      }
    }
    guard next < end, text[next] == Ascii.colon else {
      return .malformed(line.error(.syntax, "A colon is missing, or text stands before it in a header.", at: next))
    }
    if segment.isKeyed, fields == nil {
      return .malformed(line.error(.syntax, "A keyed header needs fields in braces.", at: close))
    }
    next += 1
    while next < end, text[next] == Ascii.space { next += 1 }
    if fields != nil, next < end {
      return .malformed(line.error(.syntax, "The rows of a table begin on the next line.", at: next))
    }
    var key: String?
    if bracket > start {
      key =
        text[start] == Ascii.quote
        ? try ToonScanner.quotedString(line, from: start, to: bracket)
        : String(decoding: text.bytes(start, bracket), as: UTF8.self)
    }
    return .header(
      ToonHeader(
        key: key, count: segment.count, delimiter: segment.delimiter, isKeyed: segment.isKeyed, fields: fields,
        contentStart: next))
  }

  /// What stands between the brackets.
  private struct Segment {
    var count = 0
    var delimiter = Ascii.comma
    var isKeyed = false

    init?(_ bytes: Bytes) {
      var end = bytes.count
      if end > 0, bytes[end - 1] == Ascii.tab || bytes[end - 1] == Ascii.pipe {
        delimiter = bytes[end - 1]
        end -= 1
      }
      if end > 0, bytes[end - 1] == Ascii.colon {
        isKeyed = true
        end -= 1
      }
      guard end > 0, end == 1 || bytes[0] != Ascii.zero, end <= 18 else { return nil }
      for byte in bytes[..<end] {
        guard Ascii.isDigit(byte) else { return nil }
        count = count * 10 + Int(byte &- Ascii.zero)
      }
    }
  }
}
