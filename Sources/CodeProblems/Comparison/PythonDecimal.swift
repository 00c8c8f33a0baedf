/// A number as Python's `decimal.Decimal(text)` reads it, exactly.
struct PythonDecimal: Equatable {
  private enum Value: Equatable {
    /// Significant digits without zeros at either end, and the power of ten of the last of them; none for zero.
    case finite(isNegative: Bool, digits: [UInt8], exponent: Int)
    case infinite(isNegative: Bool)
    case nan
  }

  private let value: Value

  /// The largest exponent that Python takes on 64-bit machines (decimal.MAX_EMAX).
  private static let largestExponent = 999_999_999_999_999_999

  /// nil for a text that `Decimal` refuses.
  ///
  /// Underscores are passed over wherever they stand, and the decimal digits of all scripts count.
  init?(_ text: ArraySlice<UInt8>) {
    guard var rest = Self.ascii(text).map({ $0[...] }) else { return nil }
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard let value = Self.word(rest, isNegative) ?? Self.number(rest, isNegative) else { return nil }
    self.value = value
  }

  private static func word(_ text: ArraySlice<UInt8>, _ isNegative: Bool) -> Value? {
    let lower = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    if lower == Array("inf".utf8) || lower == Array("infinity".utf8) { return .infinite(isNegative: isNegative) }
    for name in ["nan", "snan"] where lower.starts(with: name.utf8) {
      if lower.dropFirst(name.utf8.count).allSatisfy({ isDigit($0) }) { return .nan }
    }
    return nil
  }

  private static func number(_ text: ArraySlice<UInt8>, _ isNegative: Bool) -> Value? {
    var rest = text
    let whole = rest.prefix { isDigit($0) }
    rest = rest.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix { isDigit($0) }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    var exponent = 0
    if let mark = rest.first {
      guard mark | 0x20 == UInt8(ascii: "e"), let value = self.exponent(rest.dropFirst()) else { return nil }
      exponent = value
    }
    return finite(Array(whole) + Array(fraction), exponent: exponent - fraction.count, isNegative)
  }

  private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
    guard !digits.isEmpty, digits.allSatisfy({ isDigit($0) }) else { return nil }
    let significant = digits.drop { $0 == 0x30 }
    // Beyond what is allowed, but not so far that sums with it overflow.
    guard significant.count <= 18 else { return isNegative ? -2 * largestExponent : 2 * largestExponent }
    let value = significant.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return isNegative ? -value : value
  }

  private static func finite(_ digits: [UInt8], exponent: Int, _ isNegative: Bool) -> Value? {
    let significant = digits.drop { $0 == 0x30 }
    // Zero takes any exponent and is brought within bounds.
    guard let last = significant.lastIndex(where: { $0 != 0x30 }) else {
      return .finite(isNegative: false, digits: [], exponent: 0)
    }
    // The power of ten of the first digit, and the smallest that the last may have (decimal.MIN_ETINY).
    let adjusted = exponent + significant.count - 1
    guard adjusted <= largestExponent, exponent >= -1_999_999_999_999_999_997 else { return nil }
    let kept = significant[...last]
    return .finite(
      isNegative: isNegative, digits: Array(kept), exponent: exponent + significant.count - kept.count)
  }

  /// NaN equals nothing, itself least of all.
  static func == (left: PythonDecimal, right: PythonDecimal) -> Bool {
    left.value != .nan && left.value == right.value
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The text with other scripts' digits as ASCII ones and without underscores; nil where it has other characters.
  private static func ascii(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    if text.allSatisfy({ $0 < 0x80 }) { return text.filter { $0 != UInt8(ascii: "_") } }
    var ascii: [UInt8] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where scalar != "_" {
      if scalar.isASCII {
        ascii.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue {
        ascii.append(0x30 + UInt8(value))
      } else {
        return nil
      }
    }
    return ascii
  }
}
