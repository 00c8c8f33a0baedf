import SeededRandom
import Testing
import Tokenization

@Suite struct TokenStreamTests {
  private func total(
    _ bytes: [UInt8], _ encoding: TokenEncoding, _ special: SpecialTokens, partSizes: () -> Int
  ) throws -> TokenTotal {
    var stream = TokenStream(Tokenizer.shared(encoding), special: special)
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(max(1, partSizes()))
      try stream.append(Array(part))
      rest = rest.dropFirst(part.count)
    }
    return stream.finish()
  }

  @Test(arguments: TokenEncoding.allCases)
  func `it is the same however the text is cut`(_ encoding: TokenEncoding) throws {
    var random = SeededGenerator(seed: 11)
    let known = try KnownTokens.all()
    for one in known where !one.text.isEmpty {
      let bytes = Array(one.text.utf8)
      let single = try total(bytes, encoding, one.special) { 1 }
      let several = try total(bytes, encoding, one.special) { random.next(in: 1...40) }
      #expect(single.tokens == one.tokens[encoding]?.count, "\(one.text.debugDescription)")
      #expect(several == single && single.bytes == bytes.count && single.replaced == 0)
    }
  }

  @Test func `all texts one behind the other are as they are at once`() throws {
    let text = try KnownTokens.all().map(\.text).joined(separator: "漢 ")
    let bytes = Array(text.utf8)
    for encoding in TokenEncoding.allCases {
      var random = SeededGenerator(seed: 3)
      let streamed = try total(bytes, encoding, .asText) { random.next(in: 1...5000) }
      #expect(streamed.tokens == Tokenizer.shared(encoding).count(text))
    }
  }

  @Test func `bytes that are no text are replaced the same way wherever they are cut`() throws {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<200 {
      let bytes = (0..<40).map { _ in
        [0x61, 0x80, 0xBF, 0xC3, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0xED, 0xA0, 0x20][random.next(in: 0...12)] as UInt8
      }
      let streamed = try total(bytes, .o200kBase, .asText) { random.next(in: 1...3) }
      #expect(streamed == Tokenizer.shared(.o200kBase).count(bytes))
    }
  }

  @Test func `a run beyond all bounds is refused`() throws {
    var stream = TokenStream(Tokenizer.shared(.o200kBase), maximumPieceBytes: 40_000)
    try stream.append(Array(String(repeating: "words and words ", count: 10_000).utf8))
    let part = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
    var parts = 0
    do throws(EndlessPiece) {
      while parts < 20 {
        try stream.append(part)
        parts += 1
      }
    } catch {}
    #expect((3...4).contains(parts))
  }
}
