import JSON

/// What a text without quotes looks like, in the formats that have no types.
enum PlainText {
  /// A boolean, a number of JSON's grammar, or the text itself.
  static func value(of bytes: Bytes) -> JSONValue {
    if ToonText.matches(bytes, "true") { return .bool(true) }
    if ToonText.matches(bytes, "false") { return .bool(false) }
    if case .value(let number) = NumberReader.read(bytes) { return number }
    return .string(String(decoding: bytes, as: UTF8.self))
  }
}
