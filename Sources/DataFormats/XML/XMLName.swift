/// The names that XML 1.0 allows for elements (production 5), with everything beyond ASCII taken for a letter.
enum XMLName {
  static func isStart(_ byte: UInt8) -> Bool {
    Ascii.isLetter(byte) || byte == Ascii.underscore || byte == Ascii.colon || byte >= 0x80
  }

  static func isPart(_ byte: UInt8) -> Bool {
    isStart(byte) || Ascii.isDigit(byte) || byte == Ascii.minus || byte == Ascii.point
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isStart(first) else { return false }
    return text.utf8.allSatisfy(isPart)
  }
}
