/// Makes foreign text safe to show: nothing in it is invisible or moves what stands around it.
package enum VisibleText {
  /// Line breaks and tabs stay; other control characters become their pictures, and characters that hide or reorder
  /// text (zero-width, bidirectional controls, separators) their code points.
  package static func block(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0D: result.append("\n")
      case 0x0A: if previous != "\r" { result.append("\n") }
      case 0x09: result.append("\t")
      case 0...0x1F: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
      case 0x7F: result.append("\u{2421}")
      case 0x80...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
        0xE0000...0xE007F:
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
      default: result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }

  /// On one line: each run of white space is one space.
  package static func line(_ text: String) -> String {
    block(text).split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
  }

  /// The start of the text, with what was left out said in words. `limit` counts code points, so that one character
  /// made of thousands of marks is cut as well.
  package static func shortened(_ text: String, to limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + " … (\(Figure.count(scalars.distance(from: end, to: scalars.endIndex))) more)"
  }
}
