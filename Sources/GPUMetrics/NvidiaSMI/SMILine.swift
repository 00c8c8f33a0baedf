/// One device in one line of `nvidia-smi`.
///
/// Source: `nvidia-smi --help-query-gpu` and docs.nvidia.com/deploy/nvidia-smi: with `csv,noheader,nounits` memory is in
/// MiB, power in W, clocks in MHz. What a device does not tell is `[N/A]`, `[Not Supported]`, `[Unknown Error]`…
struct SMILine: Equatable {
  /// In this order; the name comes last, since only it could hold a comma.
  static let query = [
    "index", "count", "utilization.gpu", "memory.used", "memory.total", "power.draw", "temperature.gpu", "clocks.gr",
    "clocks.mem", "uuid", "driver_version", "name",
  ]

  let reading: GPUReading
  /// Devices in the machine.
  let count: Int?
  let driver: String?

  /// nil for a line that is no such reading.
  init?(_ line: String) {
    let fields = line.split(separator: ",", maxSplits: Self.query.count - 1, omittingEmptySubsequences: false)
      .map { Self.trimmed($0) }
    guard fields.count == Self.query.count, let index = Int(fields[0]), (0..<1024).contains(index) else { return nil }
    var reading = GPUReading(index: index, source: .nvidiaSMI)
    reading.utilization = Self.number(fields[2], in: 0...100).map { $0 / 100 }
    reading.memoryUsedBytes = Self.bytes(fields[3])
    reading.memoryTotalBytes = Self.bytes(fields[4])
    reading.powerWatts = Self.number(fields[5], in: 0...100_000)
    reading.temperatureCelsius = Self.number(fields[6], in: -100...300)
    reading.graphicsClockMegahertz = Self.number(fields[7], in: 0...1_000_000)
    reading.memoryClockMegahertz = Self.number(fields[8], in: 0...1_000_000)
    reading.uuid = Self.text(fields[9])
    reading.name = Self.text(fields[11])
    self.reading = reading
    count = Int(fields[1]).flatMap { (1...1024).contains($0) ? $0 : nil }
    driver = Self.text(fields[10])
  }

  private static func trimmed(_ field: Substring) -> String {
    let start = field.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// A text that is no "not available" in brackets.
  private static func text(_ field: String) -> String? {
    field.isEmpty || field.hasPrefix("[") || field == "N/A" ? nil : field
  }

  private static func number(_ field: String, in range: ClosedRange<Double>) -> Double? {
    guard let first = field.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
      let value = Double(field), range.contains(value)
    else { return nil }
    return value
  }

  private static func bytes(_ field: String) -> Int? {
    number(field, in: 0...1e9).map { Int($0 * 1_048_576) }
  }
}
