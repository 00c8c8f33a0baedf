/// Where a value is in the one that is written, as a JSON pointer (RFC 6901).
struct ValuePath {
  private var parts: [String] = []

  mutating func append(_ key: String) { parts.append(key) }
  mutating func append(_ index: Int) { parts.append(String(index)) }
  mutating func removeLast() { _ = parts.popLast() }

  private var pointer: String {
    parts.map { part in
      var escaped = "/"
      for character in part {
        switch character {
        case "~": escaped += "~0"
        case "/": escaped += "~1"
        default: escaped.append(character)
        }
      }
      return escaped
    }.joined()
  }

  func error(_ message: String) -> DataFormatError {
    let pointer = pointer
    return DataFormatError(.unrepresentable, pointer.isEmpty ? message : "\(pointer): \(message)", pointer: pointer)
  }
}
