/// The first number anywhere in a text.
enum LenientNumber {
  /// Its digits up to a decimal point.
  static func integer(_ text: Scalars) throws(Unreadable) -> Double {
    guard let token = token(text) else { throw none(text) }
    return Double(token.sign + token.whole) ?? 0
  }

  /// With fraction and exponent; one in percent is divided by 100.
  static func number(_ text: Scalars, _ options: AnswerOptions) throws(Unreadable) -> Double {
    guard let token = token(text) else { throw none(text) }
    var value = Double(token.sign + token.whole + token.fraction + token.exponent) ?? 0
    if token.isPercent, options.allowPercent { value /= 100 }
    guard let places = options.decimalPlaces else { return value }
    let factor = (0..<min(max(places, 0), 15)).reduce(1.0) { product, _ in product * 10 }
    return roundedHalfUp(value * factor) / factor
  }

  /// `Math.round`: halves go up, also those of negative numbers.
  private static func roundedHalfUp(_ value: Double) -> Double {
    let floor = value.rounded(.down)
    return value - floor >= 0.5 ? floor + 1 : floor
  }

  private static func none(_ text: Scalars) -> Unreadable {
    Unreadable(.noNumber, "There is no number in \(quoted(text.text)).")
  }

  private struct Token {
    var sign = ""
    var whole = ""
    var fraction = ""
    var exponent = ""
    var isPercent = false
  }

  /// The leftmost match of `-?\d[\d,]*(\.\d+)?(e[+-]?\d+)?%?`; a currency symbol and white space before it change nothing.
  private static func token(_ text: Scalars) -> Token? {
    guard let start = text.firstIndex(where: \.isDigit) else { return nil }
    var token = Token()
    if start > text.startIndex, text[start - 1] == "-" { token.sign = "-" }
    var rest = text[start...]
    let whole = rest.prefix { $0.isDigit || $0 == "," }
    token.whole = whole.filter(\.isDigit)[...].text
    rest = rest[whole.endIndex...]
    if rest.first == ".", case let digits = rest.dropFirst().prefix(while: \.isDigit), !digits.isEmpty {
      token.fraction = "." + digits.text
      rest = rest[digits.endIndex...]
    }
    if rest.first == "e" || rest.first == "E" {
      var exponent = rest.dropFirst()
      let sign = exponent.first.flatMap { $0 == "+" || $0 == "-" ? $0 : nil }
      if sign != nil { exponent.removeFirst() }
      let digits = exponent.prefix(while: \.isDigit)
      if !digits.isEmpty {
        token.exponent = "e" + (sign == "-" ? "-" : "") + digits.text
        rest = rest[digits.endIndex...]
      }
    }
    token.isPercent = rest.first == "%"
    return token
  }
}
