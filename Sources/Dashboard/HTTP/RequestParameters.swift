import Contract

/// The parameters of an address, each of which must be known and right.
struct RequestParameters: Sendable {
  private let values: [String: String]

  /// - Parameters:
  ///   - query: what stands after `?`.
  ///   - known: every name that is understood.
  ///   - isForm: whether it comes from a form, whose empty fields ask for nothing.
  /// - Throws: ``HTTPProblem`` for a name that is unknown or stands twice, and for what is not UTF-8.
  init(_ query: String?, known: [String], isForm: Bool = false) throws(HTTPProblem) {
    var values: [String: String] = [:]
    for pair in (query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
        throw HTTPProblem(400, "invalidParams", "The address has a parameter that is not UTF-8, or a lone '%'.")
      }
      guard known.contains(name) else {
        let list = known.isEmpty ? "none here" : known.joined(separator: ", ")
        throw .parameter(name, "is not known; there are: \(list)")
      }
      guard values[name] == nil else { throw .parameter(name, "stands twice") }
      values[name] = value
    }
    self.values = isForm ? values.filter { !$0.value.isEmpty } : values
  }

  func text(_ name: String) -> String? { values[name] }

  func integer(_ name: String, in range: ClosedRange<Int>) throws(HTTPProblem) -> Int? {
    guard let text = values[name] else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .parameter(name, "is \"\(text.prefix(40))\": give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// Above the lower end, at most the upper.
  func number(_ name: String, above low: Double, atMost high: Double) throws(HTTPProblem) -> Double? {
    guard let text = values[name] else { return nil }
    guard let value = Double(text), value > low, value <= high else {
      throw .parameter(name, "is \"\(text.prefix(40))\": give a number above \(HTML.number(low)), at most \(HTML.number(high))")
    }
    return value
  }

  func time(_ name: String) throws(HTTPProblem) -> Timestamp? {
    guard let text = values[name] else { return nil }
    guard let value = Timestamp(text) else {
      throw .parameter(name, "is \"\(text.prefix(40))\": give a time such as 2026-01-31 or 2026-01-31T08:00:00Z")
    }
    return value
  }

  func choice<Value: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Value.Type = Value.self
  ) throws(HTTPProblem) -> Value? where Value.RawValue == String {
    guard let text = values[name] else { return nil }
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw .parameter(name, "is \"\(text.prefix(40))\": give one of \(known)")
    }
    return value
  }

  /// nil for what is no UTF-8 behind its percent signs.
  static func decoded(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// Writes what may stand anywhere in an address.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
