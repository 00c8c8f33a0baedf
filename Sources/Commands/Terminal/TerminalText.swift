/// Makes text harmless and measures it for a terminal.
///
/// Answers of models, names and messages from a server are hostile text: an escape sequence in them could clear
/// the screen, rename the window or fake a result. Here they become visible instead.
package enum TerminalText {
  /// The text on one line: line breaks and tabs turn into `↵` and a space, control characters into `\u{1b}`.
  package static func singleLine(_ text: String) -> String { neutralised(text, keepsLines: false) }

  /// The text with its line breaks and tabs kept, and every other control character made visible.
  package static func multiLine(_ text: String) -> String { neutralised(text, keepsLines: true) }

  private static func neutralised(_ text: String, keepsLines: Bool) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    var previousWasReturn = false
    for scalar in text.unicodeScalars {
      let follows = previousWasReturn
      previousWasReturn = scalar == "\r"
      switch scalar {
      case "\n" where follows: break  // The second half of CR LF.
      case "\n", "\r": result.append(keepsLines ? "\n" : "↵")
      case "\t": result.append(keepsLines ? "\t" : " ")
      default: append(scalar, to: &result)
      }
    }
    return String(result)
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    guard isUnsafe(scalar) else {
      result.append(scalar)
      return
    }
    result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
  }

  /// Whether a terminal may act on the character instead of showing it: the controls C0, DEL and C1, line and
  /// paragraph separators, and those that reorder text (Unicode's bidirectional controls) or hide it (tags).
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xE0000...0xE007F: true
    default: false
    }
  }

  /// Columns that the text takes: none for combining marks, two for East Asian wide characters and emoji.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { $0 + width($1) }
  }

  private static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.value < 0x300 { return 1 }
    if scalar.properties.canonicalCombiningClass != .notReordered || scalar.value == 0x200B { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  /// The ranges of Unicode's EastAsianWidth.txt that hold wide and full-width characters, coarsely.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3: true
    case 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6: true
    case 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD: true
    default: false
    }
  }

  /// The text, its end replaced by `…` when it takes more columns than `limit`.
  package static func truncated(_ text: String, to limit: Int) -> String {
    guard width(text) > limit else { return text }
    guard limit > 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      let columns = width(character)
      if used + columns > limit - 1 { break }
      result.append(character)
      used += columns
    }
    return result + "…"
  }
}
