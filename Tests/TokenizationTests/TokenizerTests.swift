import SeededRandom
import Testing
import Tokenization

@Suite struct TokenizerTests {
  @Test func `tokens are those of tiktoken`() throws {
    for known in try KnownTokens.all() {
      for (encoding, tokens) in known.tokens {
        let tokenizer = Tokenizer.shared(encoding)
        let found = tokenizer.encode(known.text, special: known.special)
        #expect(found == tokens, "\(encoding) \(known.text.debugDescription)")
        #expect(tokenizer.count(known.text, special: known.special) == tokens.count)
        #expect(tokenizer.decode(tokens) == Array(known.text.utf8))
      }
    }
  }

  /// Byte-pair encoding as it is defined, on one piece: the pair of smallest rank first, the leftmost of equal ones.
  private func merged(_ piece: [UInt8], _ ranks: [[UInt8]: UInt32]) -> [UInt32] {
    var parts = piece.map { [$0] }
    while parts.count > 1 {
      let candidates = parts.indices.dropLast().compactMap { at in
        ranks[parts[at] + parts[at + 1]].map { (rank: $0, at: at) }
      }
      guard let best = candidates.min(by: { ($0.rank, $0.at) < ($1.rank, $1.at) }) else { break }
      parts.replaceSubrange(best.at...best.at + 1, with: [parts[best.at] + parts[best.at + 1]])
    }
    return parts.compactMap { ranks[$0] }
  }

  @Test func `pieces are what merging pair after pair makes of them`() {
    let tokenizer = Tokenizer.shared(.cl100kBase)
    var ranks: [[UInt8]: UInt32] = [:]
    for token in 0..<UInt32(TokenEncoding.cl100kBase.ordinaryTokenCount) {
      if let bytes = tokenizer.decode([token]) { ranks[bytes] = token }
    }
    var random = SeededGenerator(seed: 5)
    for round in 0..<300 {
      // Few different letters make the most merges that are undone by others.
      let kinds = round % 5 == 0 ? 26 : 1 + round % 4
      let letters = Array("etaoinsrhdlucmfywgpbvkxqjz".utf8.shuffled(using: &random).prefix(kinds))
      let piece = (0..<random.next(in: 1...120)).map { _ in letters[random.next(in: 0...letters.count - 1)] }
      #expect(tokenizer.encode(String(decoding: piece, as: UTF8.self)) == merged(piece, ranks))
    }
  }

  @Test(arguments: [("a", 8), (" ", 128), ("\n", 32), ("=", 64), ("漢", 1)])
  func `a long run of one character is cut like a shorter one`(_ character: String, _ longest: Int) {
    let tokenizer = Tokenizer.shared(.cl100kBase)
    let few = tokenizer.count(String(repeating: character, count: longest * 100))
    let many = tokenizer.count(String(repeating: character, count: longest * 5_000))
    #expect(few >= 100 && many == few * 50)
  }

  @Test func `special tokens are text unless they are asked for`() {
    let tokenizer = Tokenizer.shared(.o200kBase)
    let text = "a<|endoftext|>b<|endofprompt|"
    #expect(
      tokenizer.encode(text, special: .recognized) == [64, 199_999] + tokenizer.encode("b<|endofprompt|"))
    #expect(!tokenizer.encode(text).contains(199_999))
    // Another encoding's special tokens are text.
    #expect(tokenizer.count("<|fim_prefix|>", special: .recognized) == tokenizer.count("<|fim_prefix|>"))
  }

  @Test(arguments: [
    [0xFF], [0x61, 0x80], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xE2, 0x82, 0x61], [0xF0, 0x9F, 0x98],
    [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80, 0x62], [0xE0, 0x9F, 0x62],
  ])
  func `bytes that are no text count as replacement characters`(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let total = Tokenizer.shared(.o200kBase).count(bytes)
    #expect(total.tokens == Tokenizer.shared(.o200kBase).count(text))
    #expect(total.replaced == text.unicodeScalars.count { $0 == "\u{FFFD}" } && total.replaced > 0)
    #expect(total.bytes == bytes.count)
  }

  @Test func `a text may come from anywhere`() {
    let tokenizer = Tokenizer.shared(.o200kBase)
    let whole = "one two three"
    #expect(tokenizer.count(String(whole.dropFirst(4))) == 2)
    #expect(tokenizer.count("") == 0 && tokenizer.count([]).tokens == 0)
    #expect(tokenizer.count(Array(whole.utf8)) == TokenTotal(tokens: 3, bytes: 13, replaced: 0))
  }
}
