import Hashing
import Testing
import Tokenization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct VocabularyTests {
  /// The published file has a line for each token: its bytes in base 64, a space, its rank.
  @Test(arguments: TokenEncoding.allCases)
  func `the vocabulary is the one that tiktoken publishes`(_ encoding: TokenEncoding) {
    let tokenizer = Tokenizer.shared(encoding)
    var hash = SHA256()
    for token in 0..<UInt32(encoding.ordinaryTokenCount) {
      let bytes = tokenizer.decode([token]) ?? []
      hash.update("\(Data(bytes).base64EncodedString()) \(token)\n".utf8)
    }
    #expect(hash.finalizedHex() == encoding.publishedSHA256)
  }

  @Test(arguments: TokenEncoding.allCases)
  func `a token that is text and no more than one piece is found again`(_ encoding: TokenEncoding) {
    let tokenizer = Tokenizer.shared(encoding)
    var found = 0
    for token in 0..<UInt32(encoding.ordinaryTokenCount) where token % 7 == 0 {
      guard let bytes = tokenizer.decode([token]), let text = String(validating: bytes, as: UTF8.self) else { continue }
      let tokens = tokenizer.encode(text)
      // Some tokens stand for what the rules cut into several pieces, and so never come.
      if tokens == [token] { found += 1 }
      #expect(tokenizer.decode(tokens) == bytes)
    }
    #expect(found * 7 > encoding.ordinaryTokenCount * 98 / 100)
  }

  @Test func `an encoding is made once`() {
    #expect(Tokenizer.shared(.cl100kBase).encoding == .cl100kBase)
    #expect(Tokenizer.shared(.o200kBase).encode("tokens") == Tokenizer.shared(.o200kBase).encode("tokens"))
  }

  @Test func `what is no token stands for nothing`() {
    let tokenizer = Tokenizer.shared(.cl100kBase)
    #expect(tokenizer.decode([100_256]) == nil)
    #expect(tokenizer.decode([.max]) == nil)
    #expect(tokenizer.decode([100_257]).map { String(decoding: $0, as: UTF8.self) } == "<|endoftext|>")
    #expect(tokenizer.decode([]) == [])
  }
}
