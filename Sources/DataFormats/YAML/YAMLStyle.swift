/// How a string is written in YAML.
enum YAMLStyle {
  case plain, single, double, block

  /// - Parameter isAtStart: whether the text may begin a line, where document markers are.
  init(_ text: String, isKey: Bool, isAtStart: Bool) {
    if text.unicodeScalars.contains(where: Self.isHidden) {
      self = .double
    } else if text.utf8.contains(Ascii.lineFeed) {
      self = !isKey && Self.canBeBlock(text) ? .block : .double
    } else if Self.canBePlain(text), !(isAtStart && Self.isMarker(text)) {
      self = .plain
    } else {
      self = text.utf8.contains(Ascii.quote) && !text.utf8.contains(0x27) ? .single : .double
    }
  }

  /// Characters that only an escape can hold: controls but tab and line feed, and what YAML 1.1 takes for a line end.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case ..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// A block cannot end in white space on a line of its own, and is not worth it for white space alone.
  private static func canBeBlock(_ text: String) -> Bool {
    let lines = Array(text.utf8).split(separator: Ascii.lineFeed, omittingEmptySubsequences: false)
    guard lines.contains(where: { $0.contains { $0 != Ascii.space && $0 != Ascii.tab } }) else { return false }
    // Lines of spaces before the first with content would be taken for its indentation.
    guard let first = lines.first(where: { !$0.isEmpty }), first.contains(where: { $0 != Ascii.space }) else {
      return false
    }
    return lines.last.map { $0.isEmpty || $0.contains { $0 != Ascii.space && $0 != Ascii.tab } } ?? true
      && first.first != Ascii.tab
  }

  private static func isMarker(_ text: String) -> Bool {
    text.hasPrefix("---") || text.hasPrefix("...") || text.hasPrefix("%")
  }

  private static func canBePlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last else { return false }
    if "\t ,[]{}#&*!|>'\"%@`".utf8.contains(first) { return false }
    if first == Ascii.minus || first == 0x3F {
      if bytes.count == 1 || bytes[1] == Ascii.space || bytes[1] == Ascii.tab { return false }
    }
    if last == Ascii.space || last == Ascii.tab || last == Ascii.colon { return false }
    for index in 1..<max(bytes.count, 1) {
      let (before, byte) = (bytes[index - 1], bytes[index])
      if before == Ascii.colon, byte == Ascii.space || byte == Ascii.tab { return false }
      if byte == Ascii.hash, before == Ascii.space || before == Ascii.tab { return false }
    }
    if case .text = YAMLPlain.meaning(of: text) { return true }
    return false
  }
}
