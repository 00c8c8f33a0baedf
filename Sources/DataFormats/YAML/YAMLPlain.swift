import JSON

/// What a YAML scalar without quotes and tags means: the core schema of YAML 1.2 (section 10.3.2).
enum YAMLPlain {
  enum Meaning {
    case value(JSONValue)
    /// `.inf`, `.nan` and numbers beyond a double, which the JSON model has no value for.
    case unrepresentable
    case text
  }

  static func meaning(of text: String) -> Meaning {
    switch text {
    case "", "~", "null", "Null", "NULL": return .value(.null)
    case "true", "True", "TRUE": return .value(.bool(true))
    case "false", "False", "FALSE": return .value(.bool(false))
    default: break
    }
    guard let first = text.utf8.first, Ascii.isDigit(first) || "+-.".utf8.contains(first) else { return .text }
    if text.hasPrefix("0o"), let value = based(text, radix: 8) { return value }
    if text.hasPrefix("0x"), let value = based(text, radix: 16) { return value }
    var unsigned = Substring(text)
    if first == Ascii.plus || first == Ascii.minus { unsigned.removeFirst() }
    switch unsigned {
    case ".inf", ".Inf", ".INF": return .unrepresentable
    case ".nan", ".NaN", ".NAN": return unsigned.count == text.count ? .unrepresentable : .text
    default: return number(Array(unsigned.utf8), isNegative: first == Ascii.minus)
    }
  }

  private static func based(_ text: String, radix: Int) -> Meaning? {
    let digits = text.dropFirst(2)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ Ascii.hexValue($0).map { $0 < UInt32(radix) } ?? false }) else {
      return nil
    }
    return Int64(digits, radix: radix).map { .value(.integer($0)) } ?? .unrepresentable
  }

  /// `[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?` or `\.[0-9]+…`, brought into the grammar of JSON.
  private static func number(_ digits: [UInt8], isNegative: Bool) -> Meaning {
    var whole = Array(digits.prefix(while: Ascii.isDigit))
    var rest = digits[whole.count...]
    var fraction: [UInt8] = []
    if rest.first == Ascii.point {
      rest.removeFirst()
      fraction = Array(rest.prefix(while: Ascii.isDigit))
      rest.removeFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return .text }
    whole = Array(whole.drop { $0 == Ascii.zero })
    if whole.isEmpty { whole = [Ascii.zero] }
    let text =
      (isNegative ? [Ascii.minus] : []) + whole + (fraction.isEmpty ? [] : [Ascii.point] + fraction) + rest
    return text.withUnsafeBufferPointer { bytes in
      switch NumberReader.read(bytes) {
      case .value(let value): .value(value)
      case .notANumber: .text
      case .tooLarge: .unrepresentable
      }
    }
  }
}
