/// Takes off what may stand around an answer without being part of it.
enum AnswerCore {
  private static let pairs: [(open: String, close: String)] = [
    ("**", "**"), ("__", "__"), ("\"", "\""), ("'", "'"), ("`", "`"), ("“", "”"), ("‘", "’"), ("«", "»"), ("*", "*"),
  ]

  /// The text without white space, fences, quotation marks, Markdown emphasis around it, and without one full stop at its
  /// end, unless that belongs to it.
  static func bare(_ text: some StringProtocol, keepsFullStop: Bool = false) -> Substring {
    var rest = trimmed(Substring(text))
    while true {
      let before = rest.utf8.count
      rest = trimmed(unwrapped(unfenced(rest)))
      if !keepsFullStop, rest.hasSuffix("."), !rest.hasSuffix("..") { rest = trimmed(rest.dropLast()) }
      if rest.utf8.count == before { return rest }
    }
  }

  static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, isSpace(first) { text.removeFirst() }
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }

  private static func isSpace(_ character: Character) -> Bool {
    character.isWhitespace || character == "\u{FEFF}" || character == "\u{200B}"
  }

  private static func unfenced(_ text: Substring) -> Substring {
    guard text.utf8.count >= 6, text.hasPrefix("```"), text.hasSuffix("```") else { return text }
    let inner = text.dropFirst(3).dropLast(3)
    // Another fence inside: the text is not one block.
    guard !contains(inner, "```") else { return text }
    guard let lineEnd = inner.firstIndex(where: \.isNewline) else { return inner }
    let word = inner[..<lineEnd]
    let isLanguage = word.utf8.count <= 20 && word.allSatisfy { $0.isLetter || $0.isNumber || "+-_ ".contains($0) }
    return isLanguage ? inner[inner.index(after: lineEnd)...] : inner
  }

  private static func unwrapped(_ text: Substring) -> Substring {
    for (open, close) in pairs {
      guard text.utf8.count > open.utf8.count + close.utf8.count, text.hasPrefix(open), text.hasSuffix(close) else {
        continue
      }
      let inner = text.dropFirst(open.count).dropLast(close.count)
      if !contains(inner, open), !contains(inner, close) { return inner }
    }
    return text
  }

  /// Whether one of a few characters stands in a text.
  private static func contains(_ text: Substring, _ part: String) -> Bool {
    let (bytes, wanted) = (text.utf8, Array(part.utf8))
    guard let first = wanted.first else { return true }
    var index = bytes.startIndex
    while let found = bytes[index...].firstIndex(of: first) {
      if bytes[found...].starts(with: wanted) { return true }
      index = bytes.index(after: found)
    }
    return false
  }

  /// What a sentence such as "The answer is X" or "Answer: X" leads up to; nil where the text begins otherwise.
  static func afterLeadIn(_ text: Substring) -> Substring? {
    var rest = text
    var hasNoun = false
    for _ in 0..<mostLeadInWords {
      guard let word = nextWord(&rest) else { return nil }
      let letters = word.filter(\.isLetter).lowercased()
      if hasNoun { return letters.isEmpty || letters == "is" ? trimmed(rest) : nil }
      hasNoun = nouns.contains(letters)
      if hasNoun, word.contains(":") || word.contains("=") { return trimmed(rest) }
      guard hasNoun || fillers.contains(letters) else { return nil }
    }
    return nil
  }

  private static let mostLeadInWords = 6
  private static let nouns: Set<String> = ["answer", "result", "value"]
  private static let fillers: Set<String> = ["so", "thus", "therefore", "hence", "the", "final", "correct", "my"]

  private static func nextWord(_ text: inout Substring) -> Substring? {
    text = trimmed(text)
    let word = text.prefix { !$0.isWhitespace }
    guard !word.isEmpty else { return nil }
    text = text[word.endIndex...]
    return word
  }
}
