/// What engine and driver say to each other: four bytes of length, big-endian, and that many bytes, which are lines of
/// `key value`, an empty line and a body. The other side is driver.py.
struct DriverMessage {
  var fields: [(key: String, value: String)]
  var body: [UInt8]

  /// The message with its length in front.
  var bytes: [UInt8] {
    let head = fields.map { "\($0.key) \($0.value)" }.joined(separator: "\n") + "\n\n"
    let count = head.utf8.count + body.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 4)
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    bytes += head.utf8
    bytes += body
    return bytes
  }

  /// Texts as the driver takes them: each with its length in bytes and a colon in front.
  static func texts(_ texts: [String]) -> [UInt8] {
    texts.flatMap { text in Array("\(text.utf8.count):".utf8) + Array(text.utf8) }
  }
}

/// An answer of the driver.
struct DriverAnswer {
  private var fields: [Substring: Substring] = [:]
  /// The pieces of the body.
  private(set) var parts: [ArraySlice<UInt8>] = []

  /// nil for bytes that are no answer.
  init?(_ bytes: [UInt8], from start: Int) {
    var lineStart = start
    while true {
      guard let lineEnd = bytes[lineStart...].firstIndex(of: 10) else { return nil }
      let line = String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self)
      lineStart = lineEnd + 1
      if line.isEmpty { break }
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      if let key = words.first { fields[key] = words.dropFirst().first ?? "" }
    }
    var rest = bytes[lineStart...]
    for size in (fields["parts"] ?? "").split(separator: ",") {
      guard let count = Int(size), count >= 0, count <= rest.count else { return nil }
      parts.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
  }

  subscript(key: String) -> String? { fields[key[...]].map(String.init) }
}
