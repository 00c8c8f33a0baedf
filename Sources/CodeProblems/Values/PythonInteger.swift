/// A whole number of any size.
package struct PythonInteger: Sendable, Equatable {
  /// Decimal, with `-` before a negative one, without zeros in front.
  package let digits: String

  package init(_ value: Int) { digits = "\(value)" }

  /// nil for anything but decimal digits with a sign before them or none.
  package init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let significant = bytes.drop { $0 == 0x30 }
    guard !significant.isEmpty else {
      digits = "0"
      return
    }
    digits = (isNegative ? "-" : "") + String(decoding: significant, as: UTF8.self)
  }

  /// Whether a float has exactly this value, as Python compares the two.
  func equals(_ float: Double) -> Bool {
    guard float.isFinite, float == float.rounded(.towardZero) else { return false }
    if let small = Int64(digits), let other = Int64(exactly: float) { return small == other }
    // The largest double has 309 digits.
    guard digits.utf8.count <= 310 else { return false }
    return digits == Self.digits(of: float)
  }

  /// A double without fraction in decimal, exactly.
  private static func digits(of float: Double) -> String {
    if float == 0 { return "0" }
    // significand · 2^exponent, doubled digit by digit.
    var digits: [UInt8] = []
    var significand = UInt64(float.significandBitPattern | 1 << 52)
    let exponent = Int(float.exponent) - 52
    if exponent < 0 { significand >>= UInt64(-exponent) }
    while significand > 0 {
      digits.append(UInt8(significand % 10))
      significand /= 10
    }
    for _ in 0..<max(exponent, 0) {
      var carry: UInt8 = 0
      for index in digits.indices {
        let doubled = 2 * digits[index] + carry
        digits[index] = doubled % 10
        carry = doubled / 10
      }
      if carry > 0 { digits.append(carry) }
    }
    return (float < 0 ? "-" : "") + String(decoding: digits.reversed().map { $0 + 0x30 }, as: UTF8.self)
  }
}
