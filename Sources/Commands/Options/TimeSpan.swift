import ArgumentParser

/// A time as people write it: `500ms`, `2s`, `1.5m`, `1h`; a number alone is seconds.
package struct TimeSpan: Sendable, Equatable {
  package let seconds: Double

  package init(seconds: Double) { self.seconds = seconds }

  @Sendable package static func parse(_ text: String) throws -> TimeSpan {
    let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
    let unit = units.first { text.hasSuffix($0.0) }
    let number = text.dropLast(unit?.0.count ?? 0)
    guard let first = number.utf8.first, (0x30...0x39).contains(first) || first == UInt8(ascii: "."),
      let value = Double(number), value.isFinite
    else { throw ValidationError("'\(text)' is not a time such as 500ms, 2s or 1m") }
    return TimeSpan(seconds: value * (unit?.1 ?? 1))
  }
}
