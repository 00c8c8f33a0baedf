import ArgumentParser

/// A number of bytes as people write it: `4096`, `64KB`, `16MiB`.
package struct ByteSize: ExpressibleByArgument, Sendable, Equatable, CustomStringConvertible {
  package let bytes: Int

  private static let units = [
    ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("kb", 1000), ("mb", 1_000_000), ("gb", 1_000_000_000),
    ("k", 1000), ("m", 1_000_000), ("g", 1_000_000_000),
  ]

  package init(bytes: Int) { self.bytes = bytes }

  package init?(argument: String) {
    let text = argument.lowercased()
    let unit = Self.units.first { text.hasSuffix($0.0) }
    let digits = text.dropLast(unit?.0.count ?? 0)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else {
      return nil
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit?.1 ?? 1)
    if overflow { return nil }
    self.bytes = bytes
  }

  /// The short way where that is exact.
  package var description: String {
    for (name, factor) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    where bytes > 0 && bytes.isMultiple(of: factor) {
      return "\(bytes / factor)\(name)"
    }
    return String(bytes)
  }

  package var defaultValueDescription: String { description }
}
