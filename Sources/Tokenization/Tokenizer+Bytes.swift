extension Tokenizer {
  /// Counts the tokens of bytes as UTF-8 text; what is none counts as U+FFFD.
  package func count(_ bytes: [UInt8], special: SpecialTokens = .asText) -> TokenTotal {
    let isText = bytes.withUnsafeBufferPointer { UTF8Text.validCount($0) == $0.count }
    if isText {
      let tokens = bytes.withUnsafeBufferPointer { count(utf8: $0, special) }
      return TokenTotal(tokens: tokens, bytes: bytes.count, replaced: 0)
    }
    var (text, replaced): ([UInt8], Int) = ([], 0)
    let taken = bytes.withUnsafeBufferPointer { UTF8Text.append($0, to: &text, replaced: &replaced) }
    if taken < bytes.count {
      text += UTF8Text.replacement
      replaced += 1
    }
    let tokens = text.withUnsafeBufferPointer { count(utf8: $0, special) }
    return TokenTotal(tokens: tokens, bytes: bytes.count, replaced: replaced)
  }

  /// The bytes that tokens stand for; nil where one is unknown.
  package func decode(_ tokens: [UInt32]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for token in tokens {
      if let part = vocabulary.bytes(of: token) {
        bytes.append(contentsOf: part)
      } else if let special = encoding.specialTokens.first(where: { $0.token == token }) {
        bytes.append(contentsOf: special.text.utf8)
      } else {
        return nil
      }
    }
    return bytes
  }
}
