/// Reads hash and call from the start of a line as ``RecordingClient`` writes it.
enum QuickKey {
  private static let hashStart = Array(#"{"requestHash":""#.utf8)
  private static let sampleStart = Array(#"","sampleId":""#.utf8)
  private static let epochStart = Array(#"","epoch":"#.utf8)

  /// nil for a line of another form.
  static func read(_ line: ArraySlice<UInt8>) -> (String, CallIdentity?)? {
    var rest = line
    guard line.last == UInt8(ascii: "}"), skip(hashStart, &rest), let hash = text(&rest), skip(sampleStart, &rest),
      let sample = text(&rest), skip(epochStart, &rest)
    else { return nil }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard rest.dropFirst(digits.count).first == UInt8(ascii: ","),
      let epoch = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    return (hash, CallIdentity(sampleID: sample, epoch: epoch))
  }

  private static func skip(_ prefix: [UInt8], _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: prefix) else { return false }
    rest = rest.dropFirst(prefix.count)
    return true
  }

  /// The text up to the next quotation mark, when nothing in it is escaped.
  private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    let bytes = rest[..<end]
    if bytes.contains(UInt8(ascii: "\\")) { return nil }
    rest = rest[end...]
    return String(decoding: bytes, as: UTF8.self)
  }
}
