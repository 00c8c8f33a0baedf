/// A decimal number of any length, exactly as it was written.
struct DecimalNumber: Equatable {
  let isNegative: Bool
  /// Without zeros at either end; empty for zero.
  let digits: [UInt8]
  /// The value is 0.DIGITS × 10^`exponent`.
  let exponent: Int

  /// Exponents beyond this are no amounts that anybody means.
  private static let largestExponent = 100_000

  /// - Parameters:
  ///   - whole, fraction: ASCII digits.
  ///   - power: of ten.
  init?(isNegative: Bool, whole: [UInt8], fraction: [UInt8], power: Int) {
    guard power.magnitude <= Self.largestExponent else { return nil }
    let all = whole + fraction
    let start = all.firstIndex { $0 != 48 } ?? all.endIndex
    let end = (all.lastIndex { $0 != 48 }).map { $0 + 1 } ?? start
    digits = Array(all[start..<max(start, end)])
    exponent = digits.isEmpty ? 0 : whole.count - start + power
    self.isNegative = isNegative && !digits.isEmpty
  }

  var isWhole: Bool { digits.count <= exponent }

  func shifted(by power: Int) -> DecimalNumber? {
    DecimalNumber(isNegative: isNegative, whole: [], fraction: digits, power: exponent + power)
  }

  /// The nearest double; an infinity where it is beyond all doubles.
  var value: Double {
    digits.isEmpty ? 0 : Double("\(isNegative ? "-" : "")0.\(String(decoding: digits, as: UTF8.self))e\(exponent)") ?? 0
  }

  /// As people write it where that is short, else with an exponent.
  var text: String {
    let sign = isNegative ? "-" : ""
    let shown = String(decoding: digits, as: UTF8.self)
    if digits.isEmpty { return "0" }
    if exponent > 21 || exponent < -6 { return "\(sign)0.\(shown)e\(exponent)" }
    if exponent <= 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent))\(shown)" }
    if isWhole { return sign + shown + String(repeating: "0", count: exponent - digits.count) }
    return "\(sign)\(shown.prefix(exponent)).\(shown.dropFirst(exponent))"
  }
}
