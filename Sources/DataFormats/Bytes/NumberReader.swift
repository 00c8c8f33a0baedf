import JSON

/// Reads numbers of the grammar that JSON and TOON (§4) share: `-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?` without
/// leading zeros.
///
/// An integer of 64 bits stays exact. Any other number is the nearest double, and an integer again where that loses
/// nothing, so that `1e3`, `1000.0` and `1000` are one value; `-0` is 0.
enum NumberReader {
  enum Outcome {
    case value(JSONValue)
    /// Not of the grammar.
    case notANumber
    /// Larger than any double.
    case tooLarge
  }

  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  @inline(__always) static func read(_ bytes: Bytes) -> Outcome {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return .notANumber }
    return read(start, bytes.count)
  }

  static func read(_ start: UnsafePointer<UInt8>, _ count: Int) -> Outcome {
    var index = start[0] == Ascii.minus ? 1 : 0
    let isNegative = index == 1
    let firstDigit = index
    // Digits beyond the nineteenth are left to the exact reader.
    var mantissa: UInt64 = 0
    while index < count, Ascii.isDigit(start[index]) {
      mantissa = mantissa &* 10 &+ UInt64(start[index] &- Ascii.zero)
      index &+= 1
    }
    var digits = index &- firstDigit
    guard digits > 0, digits == 1 || start[firstDigit] != Ascii.zero else { return .notANumber }
    if index == count, digits < 19 {
      let value = Int64(mantissa)
      return .value(.integer(isNegative ? -value : value))
    }
    var exponent = 0
    if index < count, start[index] == Ascii.point {
      index &+= 1
      let fractionStart = index
      while index < count, Ascii.isDigit(start[index]) {
        mantissa = mantissa &* 10 &+ UInt64(start[index] &- Ascii.zero)
        index &+= 1
      }
      guard index > fractionStart else { return .notANumber }
      digits &+= index &- fractionStart
      exponent = fractionStart &- index
    }
    if index < count, start[index] | 0x20 == 0x65 {
      index &+= 1
      var isExponentNegative = false
      if index < count, start[index] == Ascii.plus || start[index] == Ascii.minus {
        isExponentNegative = start[index] == Ascii.minus
        index &+= 1
      }
      let exponentStart = index
      var written = 0
      while index < count, Ascii.isDigit(start[index]) {
        if written < 100_000 { written = written * 10 + Int(start[index] &- Ascii.zero) }
        index &+= 1
      }
      guard index > exponentStart else { return .notANumber }
      exponent &+= isExponentNegative ? -written : written
    }
    guard index == count else { return .notANumber }
    // Both factors are exact, so one rounding is the right one (Clinger 1990).
    if digits < 16, exponent >= -22, exponent <= 22 {
      let scaled =
        exponent < 0 ? Double(mantissa) / exactPowers[-exponent] : Double(mantissa) * exactPowers[exponent]
      return .value(normalized(isNegative ? -scaled : scaled))
    }
    return exact(start.bytes(0, count))
  }

  private static func exact(_ bytes: Bytes) -> Outcome {
    let text = String(decoding: bytes, as: UTF8.self)
    if let integer = Int64(text) { return .value(.integer(integer)) }
    guard let value = Double(text) else { return .notANumber }
    return value.isFinite ? .value(normalized(value)) : .tooLarge
  }

  private static func normalized(_ value: Double) -> JSONValue {
    value.magnitude < 0x1p53 && value == value.rounded(.towardZero) ? .integer(Int64(value)) : .double(value)
  }
}
