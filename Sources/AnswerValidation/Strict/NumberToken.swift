/// A number in a text, with the signs that belong to it.
struct NumberToken {
  let number: DecimalNumber
  /// With its signs.
  let range: Range<Substring.Index>
  let hasCurrency: Bool
  let isPercent: Bool

  /// Numbers of an answer that are looked at; with more it states no single one.
  private static let mostTokens = 10_000

  /// Every number of a text, in order.
  static func all(in text: Substring) throws(Unreadable) -> [NumberToken] {
    let bytes = text.utf8
    var tokens: [NumberToken] = []
    var index = bytes.startIndex
    while let start = bytes[index...].firstIndex(where: isDigit), tokens.count < mostTokens {
      let token = try token(in: text, from: start, notBefore: index)
      tokens.append(token)
      index = token.range.upperBound
    }
    return tokens
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func token(
    in text: Substring, from start: Substring.Index, notBefore limit: Substring.Index
  ) throws(Unreadable) -> NumberToken {
    let bytes = text.utf8
    let body = bytes[start...].prefix { isDigit($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
    // Punctuation at the end belongs to the sentence.
    var end = body.endIndex
    while end > start, !isDigit(bytes[bytes.index(before: end)]) { end = bytes.index(before: end) }
    var (whole, fraction) = try split(Array(bytes[start..<end]))
    let signs = leadingSigns(text, before: start, notBefore: limit)
    // `.5`
    var begin = signs.start
    if signs.hasPoint {
      guard fraction.isEmpty else { throw unclear(text[start..<end]) }
      (whole, fraction) = ([], whole)
    }
    let exponent = exponent(bytes, at: &end)
    let isPercent = end < bytes.endIndex && bytes[end] == UInt8(ascii: "%")
    if isPercent { end = bytes.index(after: end) }
    guard let number = DecimalNumber(isNegative: signs.isNegative, whole: whole, fraction: fraction, power: exponent)
    else { throw unclear(text[start..<end]) }
    begin = max(begin, limit)
    return NumberToken(number: number, range: begin..<end, hasCurrency: signs.hasCurrency, isPercent: isPercent)
  }

  private static func unclear(_ text: Substring) -> Unreadable {
    Unreadable(.unclearNumber, "\(quoted(text)) can be read as more than one number.")
  }

  /// The digits before and behind the decimal point. Commas have to part thousands.
  private static func split(_ text: [UInt8]) throws(Unreadable) -> (whole: [UInt8], fraction: [UInt8]) {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let problem = unclear(Substring(decoding: text, as: UTF8.self))
    guard parts.count <= 2, let whole = parts.first else { throw problem }
    let groups = whole.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard let first = groups.first, (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 })
      else {
        throw problem
      }
    }
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard fraction.allSatisfy(isDigit) else { throw problem }
    return (groups.flatMap { $0 }, fraction)
  }

  /// A currency, a minus sign and a decimal point before the digits, in the orders that are in use.
  private static func leadingSigns(
    _ text: Substring, before start: Substring.Index, notBefore limit: Substring.Index
  ) -> (start: Substring.Index, isNegative: Bool, hasCurrency: Bool, hasPoint: Bool) {
    var (index, isNegative, hasCurrency, hasPoint) = (start, false, false, false)
    while index > limit {
      let before = text.unicodeScalars.index(before: index)
      let scalar = text.unicodeScalars[before]
      let isAfterWord = before > limit && isWord(text.unicodeScalars[text.unicodeScalars.index(before: before)])
      switch scalar {
      case "." where index == start && !isAfterWord: hasPoint = true
      // `3-4` and `A-4` are no negative numbers.
      case "-" where !isNegative && !isAfterWord, "−" where !isNegative && !isAfterWord: isNegative = true
      case "$" where !hasCurrency, "€" where !hasCurrency, "£" where !hasCurrency, "¥" where !hasCurrency:
        hasCurrency = true
      default: return (index, isNegative, hasCurrency, hasPoint)
      }
      index = before
    }
    return (index, isNegative, hasCurrency, hasPoint)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || (48...57).contains(scalar.value)
  }

  /// Reads `e-3` and moves on behind it; 0 where there is none.
  private static func exponent(_ bytes: Substring.UTF8View, at end: inout Substring.Index) -> Int {
    guard end < bytes.endIndex, bytes[end] | 0x20 == UInt8(ascii: "e") else { return 0 }
    var index = bytes.index(after: end)
    var sign = 1
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      if bytes[index] == UInt8(ascii: "-") { sign = -1 }
      index = bytes.index(after: index)
    }
    let digits = bytes[index...].prefix(while: isDigit)
    guard !digits.isEmpty else { return 0 }
    end = digits.endIndex
    // Beyond any bound, which the number itself refuses.
    return sign * digits.prefix(9).reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
