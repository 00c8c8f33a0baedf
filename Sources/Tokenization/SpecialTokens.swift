/// What the texts of special tokens, such as `<|endoftext|>`, are taken for.
package enum SpecialTokens: Sendable {
  /// Text like any other, as in what a person or a model writes (tiktoken's `encode_ordinary`).
  case asText
  /// One token each (tiktoken's `allowed_special="all"`).
  case recognized
}

extension TokenEncoding {
  /// The text of the first special token that stands in a text; nil where there is none.
  package func firstSpecialToken(in text: String) -> String? {
    var text = text
    return text.withUTF8 { firstSpecialToken(in: $0)?.text }
  }

  /// A special token in a text.
  struct FoundSpecialToken {
    let range: Range<Int>
    let token: UInt32
    let text: String
  }

  /// The first special token of a text. All begin with `<|`, and none is the beginning of another.
  func firstSpecialToken(in text: UnsafeBufferPointer<UInt8>) -> FoundSpecialToken? {
    let tokens = specialTokens
    var place = 0
    while let opening = text[place...].firstIndex(of: UInt8(ascii: "<")) {
      for (special, token) in tokens where text[opening...].starts(with: special.utf8) {
        return FoundSpecialToken(range: opening..<opening + special.utf8.count, token: token, text: special)
      }
      place = opening + 1
    }
    return nil
  }
}
