#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes numbers as `Number::toString` of ECMAScript does, which is also the canonical form of TOON (§2): the
/// shortest digits that read back to the same value, no exponent from 1e-6 up to 1e21, `-0` as `0`.
extension ByteWriter {
  mutating func appendNumber(_ value: Int64) {
    reserve(20)
    if value >= 0, value < 10 {
      appendReserved(Ascii.zero &+ UInt8(truncatingIfNeeded: value))
      return
    }
    if value < 0 { appendReserved(Ascii.minus) }
    appendDigits(value.magnitude)
  }

  /// Room for 20 bytes must have been reserved.
  private mutating func appendDigits(_ value: UInt64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = value
      var first = 20
      repeat {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        first &-= 1
        digits[first] = Ascii.zero &+ UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest != 0
      append(Bytes(rebasing: Bytes(digits)[first...]))
    }
  }

  /// NaN and the infinities, which these formats lack, become `null`.
  mutating func appendNumber(_ value: Double) {
    guard value.isFinite else { return append("null") }
    if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
      return appendNumber(Int64(value))
    }
    if !appendDecimal(value) { appendShortest(value) }
  }

  /// Writes a number of up to four decimals and fifteen digits. Decimals that short are the shortest of their value.
  private mutating func appendDecimal(_ value: Double) -> Bool {
    let scaled = (value.magnitude * 10_000).rounded()
    guard scaled < 1e15, scaled >= 1, scaled / 10_000 == value.magnitude else { return false }
    let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: 10_000)
    reserve(32)
    if value < 0 { appendReserved(Ascii.minus) }
    appendDigits(whole)
    appendReserved(Ascii.point)
    var divisor: UInt64 = 1000
    var rest = fraction
    while rest > 0 {
      let (digit, remainder) = rest.quotientAndRemainder(dividingBy: divisor)
      appendReserved(Ascii.zero &+ UInt8(truncatingIfNeeded: digit))
      rest = remainder
      divisor /= 10
    }
    return true
  }

  /// Takes the digits and the exponent of Swift's shortest description and sets the point as ECMAScript does.
  private mutating func appendShortest(_ value: Double) {
    var digits: [UInt8] = []
    var exponent = 0
    var sawPoint = false
    var text = value.magnitude.description[...].utf8
    while let byte = text.popFirst() {
      if Ascii.isDigit(byte) {
        digits.append(byte)
        if !sawPoint { exponent += 1 }
      } else if byte == Ascii.point {
        sawPoint = true
      } else {
        exponent += Int(Substring(text)) ?? 0
        break
      }
    }
    // 0.000123 has its first digit at -3; trailing zeros come from forms such as 1.0e+22.
    let leadingZeros = digits.prefix { $0 == Ascii.zero }.count
    digits.removeFirst(leadingZeros)
    exponent -= leadingZeros
    while digits.last == Ascii.zero { digits.removeLast() }
    if value < 0 { append(Ascii.minus) }
    place(digits, exponent: exponent)
  }

  /// Writes 0.digits × 10^exponent.
  private mutating func place(_ digits: [UInt8], exponent: Int) {
    switch exponent {
    case digits.count...21 where digits.count <= 21:
      append(digits)
      append(repeating: Ascii.zero, count: exponent - digits.count)
    case 1...21:
      append(Array(digits[..<exponent]))
      append(Ascii.point)
      append(Array(digits[exponent...]))
    case -5...0:
      append("0.")
      append(repeating: Ascii.zero, count: -exponent)
      append(digits)
    default:
      append(Array(digits.prefix(1)))
      if digits.count > 1 {
        append(Ascii.point)
        append(Array(digits.dropFirst()))
      }
      append(exponent > 0 ? "e+" : "e-")
      appendNumber(Int64((exponent - 1).magnitude))
    }
  }
}
